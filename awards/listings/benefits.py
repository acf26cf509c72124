"""待遇一览: everything each person is or may be entitled to, and the next step.

Open decisions stand beside entitlements, so that nobody's list ends where a fact is
missing; refusals and drafts stay out.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import QuerySet

from awards.core.explanation import missing_label
from awards.core.rulebook import Document
from awards.enums import EntitlementState, OutcomeKind
from awards.listings import cells
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.cells import shown
from awards.listings.reading import chunks, decisions_on, shelf
from awards.models import Decision, Entitlement
from awards.queries.documents import rulebooks
from people.spreadsheets import Cell

SHEET = "待遇一览"
COLUMNS = (
    cells.NUMBER,
    cells.NAME,
    cells.IDENTITY,
    cells.UNIT,
    shown("kind", "待遇类别", 14),
    shown("value", "待遇内容", 22, wraps=True),
    shown("event", "依据的成绩", 24, wraps=True),
    cells.CITATION,
    shown("quote", "原文", 28, wraps=True),
    cells.STATE,
    shown("missing", "尚缺", 24, wraps=True),
    shown("step", "下一步", 22, wraps=True),
    shown("due_on", "办理期限", 12, "date"),
    shown("authority", "由谁核准或发放", 20, wraps=True),
    cells.REFERENCE,
)
OPEN_STEP = "补齐所缺事实后重新判定"
NEXT = {
    EntitlementState.PROPOSED: "备齐材料",
    EntitlementState.MATERIAL_COMPLETE: "公示或上报",
    EntitlementState.PUBLICITY: "公示期满后上报",
    EntitlementState.FILED: "等候主管部门答复",
    EntitlementState.GRANTED: "发放并登记",
    EntitlementState.DELIVERED: "已办结",
    EntitlementState.REFUSED: "可补正后重新上报",
    EntitlementState.REVOKED: "已撤销，不再办理",
    EntitlementState.SUPERSEDED: "已被替代，见新的一行",
}


def benefits_on(selection: Selection) -> QuerySet[Decision]:
    """Return what people are entitled to or may be, by name."""
    rows = decisions_on(selection, tuple(OutcomeKind)).filter(person__isnull=False)
    return (
        rows.select_related("person__organization", "skill__competition", "release")
        .defer("release__text", "release__source")
        .order_by("person__sort_key", "person_id", "kind", "pk")
    )


def benefit_lines(selection: Selection) -> Iterator[ListLine]:
    """Yield a line per benefit, all of a person together."""
    documents, questions = shelf(), questions_asked()
    for chunk in chunks(benefits_on(selection)):
        held = _entitlements(chunk)
        for row in chunk:
            yield _line(row, held.get(row.pk), documents, questions)


def _entitlements(rows: Sequence[Decision]) -> dict[int, Entitlement]:
    found = Entitlement.objects.filter(decision__in=[row.pk for row in rows])
    return {row.decision_id: row for row in found.order_by("pk")}


def questions_asked() -> dict[str, str]:
    """What each document leaves open, by "rulebook:gap"."""
    return {
        f"{book.document.id}:{gap.id}": gap.question
        for book in rulebooks()
        for gap in book.gaps
    }


def missing_words(row: Decision, questions: Mapping[str, str]) -> str:
    """Return what a decision waits for; a document's gap by its question."""
    words = []
    for code in row.missing:
        kind, _colon, gap = code.partition(":")
        asked = questions.get(f"{row.rulebook}:{gap}") if kind == "gap" else None
        words.append(f"主管部门明确：{asked}" if asked else missing_label(code, str))
    return "；".join(words)


def _line(
    row: Decision,
    held: Entitlement | None,
    documents: Mapping[str, Document],
    questions: Mapping[str, str],
) -> ListLine:
    document = documents.get(row.rulebook)
    return ListLine(
        sheet=SHEET,
        cells={
            **benefit_cells(row, held, document),
            "missing": missing_words(row, questions),
        },
        entitlement=held.pk if held else None,
        person=row.person_id,
        document=document.title if document else row.rulebook,
        release=row.release.number,
    )


def benefit_cells(
    row: Decision, held: Entitlement | None, document: Document | None
) -> dict[str, Cell]:
    """Return one benefit as a line: what, by which clause, where it stands, what next."""
    person = row.person
    unit = person.organization.name if person and person.organization else ""
    result = str(row.detail.get("result") or "")
    event = f"{row.skill.competition.name} {row.skill.name} {result}"
    return {
        "name": row.subject_name,
        "identity_number": person.identity_number if person else "",
        "unit": unit,
        "kind": cells.kind_word(row.kind),
        "value": (held.value if held else row.value) or cells.kind_word(row.kind),
        "event": event.strip(),
        "citation": cells.citation(row, document),
        "quote": row.quote,
        "state": cells.state_word(held) if held else OPEN_WORD,
        "step": NEXT[EntitlementState(held.state)] if held else OPEN_STEP,
        "due_on": held.due_on if held and held.state in WAITING else None,
        "authority": str(row.detail.get("authority") or ""),
        "reference": cells.reference(held) if held else "",
    }


OPEN_WORD = "待补"
WAITING = (
    EntitlementState.PROPOSED,
    EntitlementState.MATERIAL_COMPLETE,
    EntitlementState.PUBLICITY,
    EntitlementState.FILED,
)


def _left_open(selection: Selection) -> int:
    """Nobody is left out: open decisions are lines of their own."""
    return 0


def _people(selection: Selection) -> int:
    return benefits_on(selection).order_by().values("person").distinct().count()


BENEFITS = Listing(
    name="benefit-checklist",
    title="竞赛获奖人员待遇一览",
    columns=COLUMNS,
    lines=benefit_lines,
    left_open=_left_open,
    people=_people,
)
