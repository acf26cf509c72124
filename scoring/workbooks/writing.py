"""A scheme written back in the CIS layout, so that other systems can read it.

What comes out reads in as the same scheme.  Sums are written as values: a formula range
that ends at the last aspect would lose rows added later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from people.spreadsheets import Cell, Grid, Properties, as_decimal, write_workbook
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Scheme,
    SubCriterion,
)
from scoring.workbooks.calculations import (
    STEP,
    calculation_step,
    default_calculation,
    rendered,
)
from scoring.workbooks.settings import settings_grid

SHEET = "CIS Marking Scheme Import"
HEADINGS = (
    "Sub\nCriterion\nID", "Sub Criterion\nName or Description", "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg", "Aspect - Description", "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description "
    "(Judg only)",
    "Requirement\n(Measurement Only)", "WSOS Section", "Calculation Row \n(Export only)",
    "Max\nMark",
)  # fmt: skip
WIDTHS = (9, 28, 9, 8, 46, 7, 46, 22, 9, 12, 8, 12, 8, 8)


def cis_workbook(scheme: Scheme) -> bytes:
    """Return the scheme as a CIS workbook; only M and J aspects have a place there.

    Raises ValueError for panel and imported aspects: those need the project's own
    template.
    """
    rows: list[tuple[Cell, ...]] = [(scheme.title,), ()]
    headings: set[int] = set()
    calculations: list[tuple[Cell, ...]] = []
    rows += _sections(scheme)
    rows += _criteria(scheme)
    for criterion in scheme.criteria or (Criterion("A", ""),):
        total = _marks(criterion.sub_criteria)
        rows += [(), ()]
        rows.append((*HEADINGS, f"Criterion {criterion.letter}", "Total\nMark", total))
        headings.add(len(rows))
        for sub in criterion.sub_criteria:
            rows += _sub_criterion(sub, calculations)
    grand = sum((_marks(c.sub_criteria) for c in scheme.criteria), Decimal(0))
    rows += [(), (*(None,) * 11, "Competition", "Total\nMark", grand)]
    sheets = [
        Grid(SHEET, rows, WIDTHS, frozenset(headings)),
        Grid("Calculations", calculations, (24, 32, 8, 90)),
    ]
    settings = settings_grid(scheme, in_columns=False)
    if settings:
        sheets.append(settings)
    return write_workbook(sheets, properties=Properties(title=scheme.title))


def _marks(subs: tuple[SubCriterion, ...]) -> Decimal:
    return sum((a.maximum for sub in subs for a in sub.aspects), Decimal(0))


def _sections(scheme: Scheme) -> Iterator[tuple[Cell, ...]]:
    real: dict[str, Decimal] = {}
    for aspect in _aspects(scheme):
        real[aspect.section] = real.get(aspect.section, Decimal(0)) + aspect.maximum
    yield ("WorldSkills Occupational Standards",)
    blank = (None,) * 6
    yield (
        "Section",
        "WSOS Marks",
        *blank,
        "WSOS Marks",
        "Aspect Marks",
        "Variation",
    )
    total = Decimal(0)
    for section in scheme.sections:
        marks = real.get(section.number, Decimal(0))
        variation = abs(section.declared - marks)
        total += variation
        yield (
            _number(section.number),
            section.name,
            *blank,
            section.declared,
            marks,
            variation,
        )
    yield (*(None,) * 8, "Total Variation", None, total)
    yield ()


def _criteria(scheme: Scheme) -> Iterator[tuple[Cell, ...]]:
    yield ("Criteria",)
    yield ("ID", "Name", *(None,) * 8, "Mark")
    for criterion in scheme.criteria:
        marks = _marks(criterion.sub_criteria)
        yield (criterion.letter, criterion.name, *(None,) * 8, marks)


def _aspects(scheme: Scheme) -> Iterator[Aspect]:
    for criterion in scheme.criteria:
        yield from _aspects_in(criterion)


def _aspects_in(criterion: Criterion) -> Iterator[Aspect]:
    for sub in criterion.sub_criteria:
        yield from sub.aspects


def _sub_criterion(
    sub: SubCriterion, calculations: list[tuple[Cell, ...]]
) -> Iterator[tuple[Cell, ...]]:
    yield (sub.code, sub.name, None if sub.day is None else Decimal(sub.day))
    for aspect in sub.aspects:
        if aspect.kind is MarkKind.JUDGEMENT:
            yield from _judgement(aspect)
        elif aspect.kind is MarkKind.MEASUREMENT:
            yield from _measurement(aspect, _calculation_row(aspect, calculations))
        else:
            raise ValueError(f"{aspect.code}: {aspect.kind} has no place in CIS")
        yield ()


def _judgement(aspect: Aspect) -> Iterator[tuple[Cell, ...]]:
    yield _row(aspect, "J", "", None)
    for line in aspect.extra:
        yield (*(None,) * 6, line)
    for level, text in enumerate(aspect.descriptors):
        yield (*(None,) * 5, Decimal(level), text)


def _measurement(aspect: Aspect, calculation: Cell) -> Iterator[tuple[Cell, ...]]:
    first, *more = aspect.extra or ("",)
    yield _row(aspect, "M", first, calculation)
    for line in more:
        yield (*(None,) * 6, line)


def _row(
    aspect: Aspect, letter: str, extra: str, calculation: Cell
) -> tuple[Cell, ...]:
    return (
        None, None, None, letter, aspect.description, None, extra, aspect.requirement,
        _number(aspect.section), calculation, aspect.maximum,
    )  # fmt: skip


def _number(text: str) -> Cell:
    number = as_decimal(text)
    return text if number is None else number


def _calculation_row(
    aspect: Aspect, calculations: list[tuple[Cell, ...]]
) -> Decimal | None:
    """Return the 1-based row of the aspect's calculation, ``None`` for the default."""
    calculation = aspect.calculation
    texts = (aspect.description, *aspect.extra, aspect.requirement)
    if calculation.kind is CalculationKind.DIRECT:
        pairs = dict(calculation.parameters)
        if aspect.step != calculation_step(Calculation()):
            pairs[STEP] = f"{aspect.step:f}"
        calculation = replace(calculation, parameters=tuple(pairs.items()))
    if calculation == default_calculation(texts):
        return None
    raw = calculation.raw or rendered(calculation.parameters)
    row = (calculation.name, calculation.kind.value, bool(calculation.name), raw)
    if row not in calculations:
        calculations.append(row)
    return Decimal(calculations.index(row) + 1)
