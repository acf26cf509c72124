"""A decision as the page and the JSON a clerk checks it with.

Reads only.  Every sentence comes from what the decision stored; nothing is judged again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import documents, wording
from awards.actions.facts import FILLABLE as STATED
from awards.core import explanation
from awards.core.facts import OF_SKILL
from awards.enums import DecisionState, EntitlementState
from awards.models import Decision, Entitlement
from awards.queries.decided import is_stale
from competitions.models import Skill
from people.core import regions
from people.models import Person
from people.queries import grades_of, sanctions_on, titles_of

# Facts that the person's page has a form for.
FILLABLE = frozenset(
    {
        "grade_held",
        "titles",
        "employment",
        "birth_on",
        "sex",
        "special_allowance",
        "national_studio_lead",
        "provincial_studio_lead",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way to delivery: its word, its state, a glyph's name."""

    label: str
    done: bool
    current: bool
    icon: str


@dataclass(frozen=True, slots=True)
class Need:
    """One missing fact: its name, where it is filled, the page for it."""

    code: str
    label: str
    text: str
    url: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether it is stated right here, about the published result."""
        return self.code in STATED


@dataclass(frozen=True, slots=True)
class Other:
    """Another decision on the same result, in a line."""

    decision: Decision
    what: str
    document: str
    step: str
    ticks: list[str]
    obstacle: wording.Condition | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything the page shows."""

    decision: Decision
    entitlement: Entitlement | None
    headline: str
    title: str
    text: str
    tone: str
    document: documents.DocumentWords
    conditions: list[wording.Condition]
    gaps: list[documents.GapWords]
    needs: list[Need]
    others: list[Other]
    refused: list[Other]
    steps: list[Step]
    facts: list[tuple[str, str]]
    due: wording.Due
    is_stale: bool

    @property
    def can_fill(self) -> bool:
        """Whether a missing fact can be filled on the person's page."""
        of_person = self.decision.person_id is not None
        return of_person and bool(set(self.decision.missing) & FILLABLE)


def page_of(
    decision: Decision, siblings: QuerySet[Decision], *, today: date
) -> Explanation:
    """Return the explanation of a decision with the others of the same result."""
    entitlement = decision.entitlements.order_by("pk").last()
    near = [row for row in siblings.prefetch_related("entitlements") if row != decision]
    titles = documents.document_titles()
    gaps = documents.gaps_of_decision(decision)
    given = (DecisionState.ENTITLED, DecisionState.OPEN)
    return Explanation(
        decision=decision,
        entitlement=entitlement,
        headline=wording.headline(decision),
        title=wording.verdict_title(decision),
        text=wording.verdict_text(decision),
        tone=wording.STATE_TONES[DecisionState(decision.state)],
        document=documents.document_words(decision.rulebook),
        conditions=wording.conditions_of(decision),
        gaps=gaps,
        needs=_needs(decision, gaps),
        others=[_other(row, titles) for row in near if row.state in given],
        refused=[_other(row, titles) for row in near if row.state not in given],
        steps=_steps(entitlement),
        facts=_facts_of(decision),
        due=wording.due_of(entitlement, today),
        is_stale=decision.is_current and is_stale(decision),
    )


def _needs(decision: Decision, gaps: list[documents.GapWords]) -> list[Need]:
    """What a decision waits for, each with the page where it is given."""
    questions = {f"gap:{gap.id}": gap.question for gap in gaps}
    return [
        _need(code, decision, questions.get(code) or explanation.missing_label(code, _))
        for code in decision.missing
    ]


def _need(code: str, decision: Decision, label: str) -> Need:
    if code in FILLABLE:
        if decision.person_id is None:
            return Need(code, label, _("这是人员的事实，单位没有这一项。"))
        url = reverse("bureau_person", args=[decision.person_id]) + "#facts"
        return Need(code, label, _("在人员页登记，登记后自动重新判定。"), url)
    kind, _sep, gap = code.partition(":")
    if kind == "gap":
        page = reverse("bureau_document", args=[decision.rulebook])
        text = _("原文没有写明，凭主管部门的文件填写。")
        return Need(code, label, text, f"{page}#gap-{gap}")
    if kind == "quota":
        return Need(code, label, _("按主管部门下达的名额定。"))
    if code in OF_SKILL:
        return Need(code, label, _("公布的成绩没有写明；填写后对整个赛项生效。"))
    return Need(code, label, _("公布的成绩没有写明，凭文件填写。"))


def as_json(decision: Decision) -> dict[str, object]:
    """Return the decision as plain values, conditions in Chinese."""
    return {
        "person": decision.subject_key,
        "release": decision.release.number,
        "skill": decision.skill.name,
        "kind": decision.kind,
        "value": decision.value,
        "decision": decision.state,
        "would_be": decision.detail.get("would_be", decision.state),
        "missing": decision.missing,
        "rulebook": decision.rulebook,
        "document": _document(decision),
        "rulebook_digest": decision.rulebook_digest,
        "rule": decision.rule,
        "clause": decision.clause,
        "quote": decision.quote,
        "conditions": [
            {
                "name": row.name,
                "asked": row.asked,
                "found": row.found,
                "source": row.source,
                "verdict": row.verdict,
            }
            for row in wording.conditions_of(decision)
        ],
        "gaps": [
            {
                "gap": gap.id,
                "question": gap.question,
                "authority": gap.authority,
                "value": gap.value,
                "document": gap.document,
            }
            for gap in documents.gaps_of_decision(decision)
        ],
        "reasons": decision.reasons,
        "facts_digest": decision.facts_digest,
        "evaluated_at": decision.evaluated_at.isoformat(),
    }


def _document(decision: Decision) -> dict[str, object]:
    words = documents.document_words(decision.rulebook)
    return {
        "title": words.title,
        "number": words.number,
        "standing": words.status,
        "seen": decision.detail.get("seen", ""),
        "confidence": decision.detail.get("confidence", ""),
    }


def _other(row: Decision, titles: Mapping[str, str]) -> Other:
    entitlement = wording.latest_of(row)
    return Other(
        decision=row,
        what=wording.what(row),
        document=titles.get(row.rulebook, row.rulebook),
        step=wording.state_word(row, entitlement),
        ticks=wording.ticks_of(entitlement),
        obstacle=wording.first_obstacle(row),
    )


def _steps(entitlement: Entitlement | None) -> list[Step]:
    if entitlement is None:
        return []
    state = entitlement.state
    ended = state not in wording.TRACK
    reached = wording.step_of(entitlement)
    if state == EntitlementState.DELIVERED:
        reached = len(wording.TRACK)
    steps = []
    for index, step in enumerate(wording.TRACK):
        current = not ended and index == reached - 1
        done = not ended and index < reached - 1
        icon = "check" if done else "s-public" if current else "s-none"
        steps.append(Step(str(step.label), done, current, icon))
    if ended:
        steps.append(Step(str(EntitlementState(state).label), False, True, "cross"))
    return steps


def _facts_of(decision: Decision) -> list[tuple[str, str]]:
    if decision.person is not None:
        return _facts(decision.person, decision.skill)
    unit = decision.subject
    blocked = sanctions_on(timezone.now(), organizations=[unit.pk])
    region = regions.name_of(decision.region) or decision.region
    return [
        (_("单位"), unit.name),
        (_("行政区划"), region or _("未登记")),
        (_("诚信记录"), _("；").join(row.reason for row in blocked) or _("无")),
    ]


def _facts(person: Person, skill: Skill) -> list[tuple[str, str]]:
    """The facts as they stand now; the conditions above keep what was found then."""
    held = [row for row in grades_of(person) if _same(row.occupation_code, skill)]
    grade = held[0].grade_label if held else _("未登记")
    number = held[0].certificate_number if held else ""
    titles = _("；").join(row.title for row in titles_of(person))
    blocked = sanctions_on(timezone.now(), persons=[person.pk])
    employment = person.get_employment_kind_display() if person.employment_kind else ""
    return [
        (_("职业"), f"{skill.occupation_name} {skill.occupation_code}".strip() or "—"),
        (_("现持等级"), _("，").join(filter(None, (grade, number)))),
        (_("身份"), str(employment) or _("未登记")),
        (_("已有称号"), titles or _("未登记")),
        (_("诚信记录"), _("；").join(row.reason for row in blocked) or _("无")),
    ]


def _same(code: str, skill: Skill) -> bool:
    return not skill.occupation_code or code == skill.occupation_code
