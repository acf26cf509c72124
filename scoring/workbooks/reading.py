"""From a workbook to a core scheme with its counts and findings.

The scheme is made only when nothing found is an error: half a scheme is never
returned.  Marks are summed from the aspects as Decimal, never taken from cached sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from people.spreadsheets import (
    Problem,
    SpreadsheetRefused,
    Workbook,
    as_decimal,
    as_integer,
    has_errors,
    read_table,
    read_workbook,
)
from scoring.core.findings import maximum_total
from scoring.core.scheme import (
    Aspect,
    Calculation,
    Criterion,
    MarkKind,
    Scheme,
    SubCriterion,
)
from scoring.workbooks.calculations import (
    calculation_step,
    calculations_in,
    default_calculation,
    without_step,
)
from scoring.workbooks.checks import check_drafts, no_header
from scoring.workbooks.layout import find_headers
from scoring.workbooks.preamble import Preamble, preamble_of
from scoring.workbooks.rows import (
    LEVELS,
    AspectDraft,
    SubCriterionDraft,
    blocks_of,
    day_of,
    drafts_of,
)
from scoring.workbooks.settings import settings_in, with_settings
from scoring.workbooks.template import FIELDS
from scoring.workbooks.template_reading import read_rows, total_problems

KINDS = {"M": MarkKind.MEASUREMENT, "O": MarkKind.MEASUREMENT, "J": MarkKind.JUDGEMENT}
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in the workbook, right or wrong."""

    total_mark: Decimal = Decimal("0.00")
    sub_criteria: int = 0
    aspects: int = 0
    measurement: int = 0
    judgement: int = 0
    untyped: int = 0


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """The outcome of reading: a scheme only if no problem is an error."""

    scheme: Scheme | None
    counts: Counts
    problems: tuple[Problem, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the JSON of the import command."""
        return {
            "total_mark": str(self.counts.total_mark),
            "sub_criteria": self.counts.sub_criteria,
            "aspects": self.counts.aspects,
            "measurement": self.counts.measurement,
            "judgement": self.counts.judgement,
            "untyped": self.counts.untyped,
            "problems": [problem.as_dict() for problem in self.problems],
        }


def read_scheme(content: bytes, *, filename: str) -> SchemeReading:
    """Return what the file holds; a file that is refused is one error and no counts."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return SchemeReading(None, Counts(), (refusal.problem,))
    return scheme_in(workbook)


def scheme_in(workbook: Workbook) -> SchemeReading:
    """Read the first sheet with a CIS heading row, or else the project's own layout."""
    for sheet in workbook.sheets:
        headers = find_headers(sheet)
        if headers:
            break
    else:
        return _own_layout(workbook)
    drafts = drafts_of(list(blocks_of(sheet, headers)))
    preamble = preamble_of(sheet, headers[0].first_row)
    calculations = calculations_in(workbook.sheets)
    problems = check_drafts(sheet.name, headers, drafts, preamble, calculations)
    settings = settings_in(workbook.sheets)
    problems = (*problems, *settings.problems)
    scheme = None
    if not has_errors(problems):
        scheme = with_settings(_scheme(drafts, preamble, calculations), settings)
    return SchemeReading(scheme, _counts(drafts), problems)


def _own_layout(workbook: Workbook) -> SchemeReading:
    table = read_table(workbook, FIELDS)
    if not table.rows and len(table.problems) >= sum(f.is_required for f in FIELDS):
        return SchemeReading(None, Counts(), (no_header(table.sheet),))
    read = read_rows(table)
    settings = settings_in(workbook.sheets)
    bare = Scheme(title="", criteria=tuple(read.criteria))
    scheme = with_settings(bare, settings)
    exact = maximum_total(scheme)
    total = Decimal(exact.numerator) / Decimal(exact.denominator)
    problems = (
        *read.problems,
        *settings.problems,
        *(total_problems(table.sheet, total) if table.rows else ()),
    )
    subs = [sub for criterion in scheme.criteria for sub in criterion.sub_criteria]
    kinds = [aspect.kind for sub in subs for aspect in sub.aspects]
    counts = Counts(
        total.quantize(CENT, rounding=ROUND_HALF_UP),
        len({sub.code for sub in subs}),
        len(kinds),
        kinds.count(MarkKind.MEASUREMENT) - read.untyped,
        kinds.count(MarkKind.JUDGEMENT),
        read.untyped,
    )
    return SchemeReading(None if has_errors(problems) else scheme, counts, problems)


def _counts(drafts: Sequence[SubCriterionDraft]) -> Counts:
    aspects = [aspect for draft in drafts for aspect in draft.aspects]
    kinds = [KINDS.get(aspect.letter) for aspect in aspects]
    marks = [as_decimal(aspect.maximum) or Decimal(0) for aspect in aspects]
    return Counts(
        sum(marks, Decimal(0)).quantize(CENT, rounding=ROUND_HALF_UP),
        len({draft.code for draft in drafts if draft.code}),
        len(aspects),
        kinds.count(MarkKind.MEASUREMENT),
        kinds.count(MarkKind.JUDGEMENT),
        kinds.count(None),
    )


def _scheme(
    drafts: Sequence[SubCriterionDraft],
    preamble: Preamble,
    calculations: Mapping[int, Calculation],
) -> Scheme:
    by_code: dict[str, list[SubCriterionDraft]] = {}
    for draft in drafts:
        by_code.setdefault(draft.code, []).append(draft)
    subs = [_sub_criterion(code, same, calculations) for code, same in by_code.items()]
    letters = sorted({sub.code[0] for sub in subs})
    return Scheme(
        title=preamble.title,
        criteria=tuple(
            Criterion(
                letter,
                preamble.criteria[letter].name if letter in preamble.criteria else "",
                tuple(sub for sub in subs if sub.code[0] == letter),
            )
            for letter in letters
        ),
        sections=preamble.sections,
    )


def _sub_criterion(
    code: str,
    drafts: Sequence[SubCriterionDraft],
    calculations: Mapping[int, Calculation],
) -> SubCriterion:
    aspects = [aspect for draft in drafts for aspect in draft.aspects]
    return SubCriterion(
        code,
        next((draft.name for draft in drafts if draft.name), ""),
        next((day for draft in drafts if (day := day_of(draft)) is not None), None),
        tuple(
            _aspect(code, position, aspect, calculations)
            for position, aspect in enumerate(aspects, start=1)
        ),
    )


def _aspect(
    code: str,
    position: int,
    draft: AspectDraft,
    calculations: Mapping[int, Calculation],
) -> Aspect:
    kind = KINDS[draft.letter]
    is_judgement = kind is MarkKind.JUDGEMENT
    calculation = Calculation()
    if not is_judgement:
        row = as_integer(draft.calculation)
        texts = (draft.description, *draft.extra, draft.requirement)
        calculation = calculations.get(row or 0) or default_calculation(texts)
    step = calculation_step(calculation)
    return Aspect(
        code=f"{code}.{'J' if is_judgement else 'M'}{position}",
        kind=kind,
        maximum=as_decimal(draft.maximum) or Decimal(0),
        description=draft.description,
        extra=tuple(draft.extra),
        requirement=draft.requirement,
        section=draft.section,
        descriptors=tuple(draft.levels[level] for level in LEVELS)
        if is_judgement
        else (),
        calculation=without_step(calculation),
        step=step,
    )
