"""Where entitlements stand, for the pages of 办理: one line each, and the whole of one.

Reads and words only.  The number of queries does not depend on the number of lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import materials, wording
from awards.actions.entitlements.moving import BEFORE_ANSWER, WITHDRAWN
from awards.actions.entitlements.register_facts import gives_title
from awards.enums import EntitlementState, OutcomeKind, WithdrawalState
from awards.models import (
    BasisChange,
    Decision,
    Entitlement,
    EntitlementStep,
    GivenFact,
    Withdrawal,
)
from awards.spoken import spoken
from people.models import Organization, User

State = EntitlementState
LATE = {
    State.PROPOSED: lambda: _("材料还没有备齐"),
    State.MATERIAL_COMPLETE: lambda: _("还没有公示或上报"),
    State.PUBLICITY: lambda: _("还没有上报"),
    State.FILED: lambda: _("主管部门还没有答复"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One entitlement in a list."""

    entitlement: Entitlement
    name: str
    unit: str
    what: str
    skill: str
    state: str
    days_late: int = 0
    late: str = ""


def shown(rows: QuerySet[Entitlement]) -> QuerySet[Entitlement]:
    """The same rows with what a line shows of them, in one query."""
    return rows.select_related(
        "person__organization", "unit", "decision__skill", "filing", "round"
    ).defer("decision__conditions", "decision__reasons", "decision__quote")


def row_of(row: Entitlement, today: date) -> Row:
    """An entitlement as a line; relations must have been loaded."""
    person = row.person
    organization = person.organization if person is not None else None
    late = 0
    if row.due_on is not None and row.state in BEFORE_ANSWER:
        late = max((today - row.due_on).days, 0)
    return Row(
        entitlement=row,
        name=row.subject_name,
        unit=organization.name if organization is not None else "",
        what=what(row),
        skill=row.decision.skill.name,
        state=str(row.get_state_display()),
        days_late=late,
        late=LATE[State(row.state)]() if late else "",
    )


def what(row: Entitlement) -> str:
    """What an entitlement is: 晋升高级技师, 全国技术能手, 奖金 5000 元 …"""
    if row.kind == OutcomeKind.GRADE and wording.is_grade(row.value):
        return _("晋升%(value)s") % {"value": spoken(row.value)}
    if row.kind == OutcomeKind.BONUS:
        return _("奖金 %(value)s") % {"value": spoken(row.value)}
    return spoken(row.value) or str(row.get_kind_display())


def overdue(rows: QuerySet[Entitlement], today: date) -> QuerySet[Entitlement]:
    """Those whose next step is late, the longest first."""
    late = rows.filter(due_on__lt=today, state__in=BEFORE_ANSWER)
    return late.order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class Difference:
    """A condition as it was found then and now."""

    name: str
    asked: str
    before: str
    after: str
    word: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A change of basis in words."""

    change: BasisChange
    row: Row
    differences: list[Difference]
    verdict: str
    kind: str
    reason: str


def changed(change: BasisChange, today: date) -> Changed:
    """A change of basis with what differs; its relations must have been loaded."""
    row = row_of(change.entitlement, today)
    if change.is_correction:
        reason = _("成绩版本 %(number)s 更正了成绩")
    else:
        reason = _("事实或文件变动后重新判定（%(number)s）")
    return Changed(
        change=change,
        row=row,
        differences=differences(change.before, change.after),
        verdict=_verdict(change),
        kind="superseded" if _gives(change.after) else "revoked",
        reason=reason % {"number": change.release.number},
    )


def _gives(decision: Decision | None) -> bool:
    return decision is not None and decision.state == "entitled"


def _verdict(change: BasisChange) -> str:
    after = change.after
    if after is None:
        return _("现在没有条款再涉及这一项。")
    if _gives(after):
        return _("现在判定为：%(what)s。") % {"what": wording.what(after)}
    return _("现在判定为：%(state)s。") % {"state": after.get_state_display()}


def differences(before: Decision, after: Decision | None) -> list[Difference]:
    """The conditions that are found otherwise now than then."""
    old = {row.name: row for row in wording.conditions_of(before)}
    new = {row.name: row for row in wording.conditions_of(after)} if after else {}
    found = []
    for name in [*old, *(name for name in new if name not in old)]:
        then, now = old.get(name), new.get(name)
        known = now or then
        same = then is not None and now is not None
        if known is None or (same and _found(then) == _found(now)):
            continue
        found.append(
            Difference(
                name=name,
                asked=known.asked,
                before=then.found if then else "—",
                after=now.found if now else "—",
                word=now.word if now else "",
            )
        )
    return found


def _found(condition: wording.Condition | None) -> tuple[str, ...]:
    return (condition.asked, condition.found, condition.verdict) if condition else ()


@dataclass(frozen=True, slots=True)
class Panel:
    """All there is to say and do about one entitlement."""

    entitlement: Entitlement
    checklist: list[materials.Line]
    history: list[EntitlementStep]
    asked: Withdrawal | None
    change: Changed | None
    is_approver: bool
    is_own_asking: bool
    undo: str
    given: list[GivenFact]
    lacks_fact: bool

    @property
    def what(self) -> str:
        """What it is, whatever the decision has come to say since."""
        return what(self.entitlement)

    @property
    def open_items(self) -> list[str]:
        """What is still to be brought."""
        return [line.item.label for line in self.checklist if line.is_open]

    @property
    def is_withdrawn(self) -> bool:
        """Whether nothing more can be done."""
        return self.entitlement.state in WITHDRAWN


def panel_of(
    row: Entitlement,
    bureau: Organization,
    *,
    user: User,
    is_approver: bool,
    at: datetime,
) -> Panel:
    """Everything the panel of an explanation page shows."""
    history = list(row.steps.select_related("by", "filing", "round").order_by("pk"))
    asked = (
        row.withdrawals.filter(state=WithdrawalState.ASKED)
        .select_related("asked_by")
        .first()
    )
    change = (
        row.basis_changes.filter(settled_at__isnull=True)
        .select_related(*CHANGE_RELATIONS)
        .defer(*CHANGE_HEAVY)
        .first()
    )
    given = [
        fact
        for fact in row.given_facts.select_related(
            "title", "grade", "professional_title"
        )
        if fact.taken_back_at is None
    ]
    lists = materials.checklists([row], bureau)
    return Panel(
        entitlement=row,
        checklist=lists[row.pk],
        history=history,
        asked=asked,
        change=changed(change, timezone.localdate(at)) if change else None,
        is_approver=is_approver,
        is_own_asking=asked is not None and asked.asked_by_id == user.pk,
        undo=_undo(history, user, is_approver, at),
        given=given,
        lacks_fact=_lacks_fact(row, given),
    )


CHANGE_HEAVY = ("release__text", "release__source")
CHANGE_RELATIONS = (
    "release",
    "before__skill",
    "after__skill",
    "entitlement__person__organization",
    "entitlement__unit",
    "entitlement__decision__skill",
)


def _undo(
    history: Sequence[EntitlementStep], user: User, is_approver: bool, at: datetime
) -> str:
    """The batch that could be taken back from here, "" where none can."""
    taken = [step for step in history if step.undone_at is None]
    if not taken or not taken[-1].batch or taken[-1].after in WITHDRAWN:
        return ""
    last = taken[-1]
    is_today = timezone.localdate(last.at) == timezone.localdate(at)
    may = is_approver or last.by_id == user.pk
    return last.batch if is_today and may else ""


def _lacks_fact(row: Entitlement, given: Iterable[GivenFact]) -> bool:
    """Whether a grant should be in the person's file and is not there by itself."""
    if row.state not in (State.GRANTED, State.DELIVERED) or row.person_id is None:
        return False
    enters = row.kind == OutcomeKind.GRADE or gives_title(row)
    return enters and not list(given)


def counts(rows: QuerySet[Entitlement], today: date) -> Mapping[str, int]:
    """How many of the bureau's entitlements wait for what."""
    states = rows.order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(states.values_list("state", "n"))
    return {
        "ready": found.get(State.MATERIAL_COMPLETE, 0),
        "publicity": found.get(State.PUBLICITY, 0),
        "filed": found.get(State.FILED, 0),
        "late": overdue(rows, today).count(),
        "changed": rows.filter(basis_changed=True).count(),
    }
