"""用人单位落实清单: what its staff were given, and what documents ask of the employer.

A duty is a document's own sentence: treatment beside professional staff, allowances,
post and pay.  Sums and posts that a document leaves to the employer are 待定; whether
the employer has given them is the employer's answer, so the state is 待用人单位落实.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from django.db.models import Count, QuerySet
from django.utils import timezone

from awards.core.rulebook import Document, Rulebook
from awards.core.scoping import region_covers
from awards.core.vocabulary import Status
from awards.enums import EntitlementState, OutcomeKind
from awards.listings import cells
from awards.listings.base import Listing, ListLine, ListOption, Selection
from awards.listings.cells import shown
from awards.listings.reading import (
    Told,
    chosen_id,
    chunks,
    entitlements_on,
    left_open,
    shelf,
    told,
)
from awards.models import Entitlement, EntitlementStep
from awards.queries.documents import fillings, rulebooks
from people.core.grades import LABELS, Grade
from people.enums import EmploymentKind
from people.models import Organization
from people.spreadsheets import Cell

EMPLOYER = "用人单位"
WAITING = "待用人单位落实"
NOT_YET = "待主管部门核准后落实"
OPEN = "待定"
ALL_EMPLOYERS = "全部单位"
MOST_SHEETS = 60
ABOVE = "高级工及以上"
HIGHLY_SKILLED = "高技能人才"
KINDS = (
    OutcomeKind.GRADE,
    OutcomeKind.TITLE,
    OutcomeKind.TITLE_APPLICATION,
    OutcomeKind.PRIORITY_APPLICATION,
    OutcomeKind.LABOUR_MEDAL,
    OutcomeKind.HONOUR,
)
GIVEN = (EntitlementState.GRANTED, EntitlementState.DELIVERED)
COLUMNS = (
    cells.NUMBER,
    shown("employer", "用人单位", 20, wraps=True),
    cells.NAME,
    cells.IDENTITY,
    shown("occupation", "职业(工种)", 14, wraps=True),
    shown("kind", "类别", 14),
    shown("value", "晋升等级、称号或事项", 22, wraps=True),
    shown("paper", "批复文件", 20, wraps=True),
    shown("duty", "单位应落实事项", 24, wraps=True),
    shown("standard", "标准", 22, wraps=True),
    shown("citation", "依据条款", 24, wraps=True),
    shown("quote", "原文", 32, wraps=True),
    shown("state", "办理状态", 16, wraps=True),
    shown("answer", "单位落实情况", 20),
    cells.REFERENCE,
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a document asks of employers: for whom, what, how much, where written."""

    what: str
    standard: str
    document: Document
    clause: str
    quote: str
    of: str = ""

    def concerns(self, held: Grade | None) -> bool:
        """Whether the document means somebody of this grade; "" means any winner."""
        if not self.of:
            return True
        if held is None:
            return False
        skilled = ABOVE in self.of or HIGHLY_SKILLED in self.of
        return self.of == held.label or (skilled and held >= Grade.SENIOR)


def duties_in(bureau: Organization, on: date) -> list[Duty]:
    """Return what documents in force in the bureau's region ask of employers."""
    filled = fillings()
    found = []
    for book in rulebooks():
        if _binds(book, bureau, on):
            found += _treatment(book)
            for gap in (gap for gap in book.gaps if gap.authority == EMPLOYER):
                said = filled.get(f"{book.document.id}:{gap.id}")
                standard = f"{said.value}（依据 {said.document}）" if said else OPEN
                found.append(
                    Duty(
                        gap.question,
                        standard,
                        book.document,
                        gap.citation.clause,
                        gap.citation.quote,
                    )
                )
    return found


def _binds(book: Rulebook, bureau: Organization, on: date) -> bool:
    document = book.document
    if document.status is not Status.IN_FORCE or not document.is_in_force(on):
        return False
    whole = bureau.region in ("", "000000")
    return whole or region_covers(document.region, bureau.region)


def _treatment(book: Rulebook) -> list[Duty]:
    names = (*LABELS.values(), ABOVE, HIGHLY_SKILLED)
    return [
        Duty(
            f"{same.purpose}比照{same.counts_as}",
            OPEN,
            book.document,
            same.citation.clause,
            same.citation.quote,
            same.of,
        )
        for same in book.equivalences
        if any(name in same.of for name in names) and "班" not in same.of
    ]


def of_staff(selection: Selection) -> QuerySet[Entitlement]:
    """Return what people at work are given; a school is no employer of its students."""
    rows = entitlements_on(selection, KINDS).filter(person__organization__isnull=False)
    return rows.exclude(person__employment_kind=EmploymentKind.STUDENT)


def granted_to_staff(selection: Selection) -> QuerySet[Entitlement]:
    """Return what staff of employers were given or are being given, by employer."""
    rows = of_staff(selection)
    chosen = chosen_id(selection, "employer")
    if chosen is not None:
        rows = rows.filter(person__organization_id=chosen)
    return rows.order_by(
        "person__organization__sort_key",
        "person__organization_id",
        "person__sort_key",
        "person_id",
        "pk",
    )


def employers_on(selection: Selection) -> list[tuple[str, str]]:
    """Return the employers that have anybody on the list, as (id, name)."""
    unit = "person__organization"
    rows = of_staff(selection)
    found = rows.order_by(f"{unit}__sort_key", unit).values_list(unit, f"{unit}__name")
    return [(str(pk), name) for pk, name in found.distinct()]


def employer_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield for each employee what was given and every duty it brings."""
    duties = duties_in(selection.bureau, timezone.localdate(selection.at))
    rows = granted_to_staff(selection)
    counted = rows.order_by().aggregate(n=Count("person__organization", distinct=True))
    apart = counted["n"] <= MOST_SHEETS
    lines = _with_papers(told(rows, shelf()))
    for _person, own in groupby(lines, key=lambda pair: pair[0].row.person_id):
        yield from _of_person(list(own), duties, apart)


def _with_papers(lines: Iterable[Told]) -> Iterator[tuple[Told, str]]:
    """Every line with the authority's paper, where it has answered."""
    for chunk in chunks(lines):
        steps = EntitlementStep.objects.filter(
            entitlement__in=[line.row.pk for line in chunk],
            after=EntitlementState.GRANTED,
            undone_at__isnull=True,
        ).order_by("pk")
        papers = dict(steps.values_list("entitlement_id", "document"))
        for line in chunk:
            given = line.row.state in GIVEN
            yield line, papers.get(line.row.pk, "") if given else ""


def _of_person(
    pairs: Sequence[tuple[Told, str]], duties: Iterable[Duty], apart: bool
) -> Iterator[ListLine]:
    """What one person was given, a line each, then what the employer owes for it."""
    lines = [line for line, _paper in pairs]
    person = lines[0].row.person
    unit = person.organization if person else None
    sheet = unit.name if unit and apart else ALL_EMPLOYERS
    for line, paper in pairs:
        written = cells.all_cells(line)
        yield cells.line_of(
            line,
            sheet,
            {
                **written,
                "employer": unit.name if unit else "",
                "kind": cells.kind_word(line.row.kind),
                "paper": paper,
                "quote": line.decision.quote,
            },
        )
    owed = [duty for duty in duties if duty.concerns(best_grade(lines))]
    settled = any(line.row.state in GIVEN for line in lines)
    for duty in owed:
        yield _owed(lines[0], duty, sheet, settled)


def best_grade(lines: Iterable[Told]) -> Grade | None:
    """The best grade held or already granted; one merely applied for does not count."""
    by_label = {label: grade for grade, label in LABELS.items()}
    found = [Grade(line.held.grade) for line in lines if line.held is not None]
    found += [
        by_label[line.row.value]
        for line in lines
        if line.row.state in GIVEN and line.row.value in by_label
    ]
    return max(found, default=None)


def _owed(line: Told, duty: Duty, sheet: str, settled: bool) -> ListLine:
    who = cells.person_cells(line)
    mark = cells.UNSEEN if duty.document.seen == "report" else ""
    written: dict[str, Cell] = {
        "employer": who.get("unit", ""),
        "name": who["name"],
        "identity_number": who.get("identity_number", ""),
        "kind": "单位落实",
        "duty": duty.what,
        "standard": duty.standard,
        "citation": f"《{duty.document.title}》{duty.clause}{mark}",
        "quote": duty.quote,
        "state": WAITING if settled else NOT_YET,
    }
    return ListLine(
        sheet,
        written,
        person=line.row.person_id,
        document=duty.document.title,
        release=line.row.release.number,
    )


def _people(selection: Selection) -> int:
    rows = granted_to_staff(selection).order_by()
    return rows.values("person").distinct().count()


EMPLOYERS = Listing(
    name="employer-follow-up",
    title="用人单位落实清单",
    columns=COLUMNS,
    lines=employer_lines,
    left_open=partial(left_open, kinds=KINDS),
    people=_people,
    closing_lines=(
        "“单位应落实事项”照录文件原文；标准由用人单位确定的写“待定”。请单位填写落实情况后退回。",
    ),
    group_title="%(title)s(%(sheet)s)",
    options=(
        ListOption(
            "employer", "用人单位（不选为全部）", employers_on, is_required=False
        ),
    ),
)
