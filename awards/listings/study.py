"""升学名单: student winners where a document promises further study.

No document at hand says how; what it leaves open is shown as 待定 with the authority it
is left to, and what an authority has filled in is shown with its paper.  Nothing is
promised here that a document does not say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from awards.core.rulebook import Gap, Rulebook
from awards.core.scoping import region_covers
from awards.core.vocabulary import Award, Status
from awards.listings import cells
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.cells import shown
from awards.listings.reading import Result, Results, chunks, results_on, titles_of
from awards.models import Decision
from awards.queries.documents import fillings, rulebooks
from competitions.enums import Group
from people.enums import EmploymentKind
from people.models import Organization
from people.spreadsheets import Cell
from scoring.models import Release

SUBJECT = "升学"
COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.IDENTITY,
    shown("school", "所在院校", 24, wraps=True),
    shown("education", "学历", 10),
    cells.PHONE,
    cells.COMPETITION,
    cells.TIER,
    cells.SKILL,
    shown("group", "组别", 8),
    cells.PLACE,
    cells.AWARD,
    shown("titles", "已获称号", 16, wraps=True),
    shown("policy", "升学政策", 30, wraps=True),
    shown("method", "具体办法", 30, wraps=True),
    shown("authority", "由谁确定", 20, wraps=True),
    cells.CITATION,
    cells.NOTE,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What one document says about further study, and what is filled in so far."""

    book: Rulebook
    gap: Gap
    method: str
    paper: str

    @property
    def is_draft(self) -> bool:
        """Whether the document does not bind yet."""
        return self.book.document.status is Status.CONSULTATION_DRAFT


def promises(selection: Selection, on: date) -> list[Promise]:
    """Return what the documents of the bureau's region promise, drafts among them."""
    filled = fillings()
    found = []
    for book in rulebooks():
        if not _concerns(book, selection.bureau, on):
            continue
        for gap in book.gaps:
            if SUBJECT in gap.question:
                said = filled.get(f"{book.document.id}:{gap.id}")
                method = str(said.value) if said else ""
                found.append(Promise(book, gap, method, said.document if said else ""))
    return found


def _concerns(book: Rulebook, bureau: Organization, on: date) -> bool:
    document = book.document
    if document.status is Status.REPEALED or not document.is_in_force(on):
        return False
    whole = bureau.region in ("", "000000")
    return whole or region_covers(document.region, bureau.region)


def study_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield a line per student winner and promise, a sheet per document."""
    for promise in promises(selection, timezone.localdate(selection.at)):
        rows = students_on(selection, promise)
        for chunk in chunks(_once(rows.iterator(chunk_size=1000))):
            yield from _lines(chunk, promise)


def students_on(selection: Selection, promise: Promise) -> QuerySet[Decision]:
    """Return decisions about students of the document's region, one result apart."""
    is_student = Q(person__employment_kind=EmploymentKind.STUDENT) | Q(
        skill__group=Group.STUDENT
    )
    rows = results_on(selection).filter(is_student)
    region = promise.book.document.region.rstrip("0") or ""
    if region:
        rows = rows.filter(region__startswith=region)
    return (
        rows.select_related("person__organization", "skill__competition", "release")
        .defer("release__text", "release__source")
        .order_by("release_id", "skill__number", "skill_id", "entry_id", "person_id")
    )


def _once(rows: Iterator[Decision]) -> Iterator[Decision]:
    """One decision for each person and result, whatever was decided."""

    def result(row: Decision) -> tuple[int, int, int, int | None]:
        return (row.release_id, row.skill_id, row.entry_id, row.person_id)

    for _key, group in groupby(rows, key=result):
        yield next(group)


def _lines(rows: Sequence[Decision], promise: Promise) -> Iterator[ListLine]:
    texts = Release.objects.filter(pk__in={row.release_id for row in rows})
    read = {pk: Results(text) for pk, text in texts.values_list("pk", "text")}
    titles = titles_of(row.person_id or 0 for row in rows)
    document = promise.book.document
    for row in rows:
        result = read[row.release_id].of(row.skill_id, row.entry_id)
        if not result.award or result.award == Award.NONE.label:
            continue
        yield ListLine(
            sheet=f"{document.title}",
            cells={
                **_who(row, result),
                "titles": titles.get(row.person_id or 0, ""),
                **_said(promise),
            },
            person=row.person_id,
            document=document.title,
            release=row.release.number,
        )


def _who(row: Decision, result: Result) -> dict[str, Cell]:
    person, skill = row.person, row.skill
    if person is None:
        return {}
    school = person.organization.name if person.organization else ""
    return {
        "name": person.name,
        "identity_number": person.identity_number,
        "school": school,
        "education": person.education,
        "phone": person.phone,
        "competition": skill.competition.name,
        "tier": cells.tier_of(skill),
        "skill": skill.name,
        "group": cells.word(Group, skill.group),
        "place": result.place,
        "award": result.award,
    }


def _said(promise: Promise) -> dict[str, Cell]:
    gap, document = promise.gap, promise.book.document
    method = f"{promise.method}（依据 {promise.paper}）" if promise.method else "待定"
    mark = cells.UNSEEN if document.seen == "report" else ""
    return {
        "policy": gap.citation.quote,
        "method": method,
        "authority": gap.authority,
        "citation": f"《{document.title}》{gap.citation.clause}{mark}",
        "note": "征求意见稿，仅供参考" if promise.is_draft else "",
    }


def _nobody(selection: Selection) -> int:
    """Nobody waits for a fact: what is open is the document's own gap."""
    return 0


STUDY = Listing(
    name="further-study",
    title="竞赛获奖学生升学政策对照名单",
    columns=COLUMNS,
    lines=study_lines,
    left_open=_nobody,
    closing_lines=("文件没有写明办法的，由所列机关确定；本表不表示已经取得升学资格。",),
)
