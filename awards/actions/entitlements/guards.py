"""Why an entitlement may not take a step; asked for many at once, in a few queries."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from awards import materials
from awards.actions.entitlements.moving import NEEDS_REASON, STEPS, WITHDRAWN, State
from awards.enums import WithdrawalState
from awards.errors import EntitlementRefused
from awards.models import Entitlement, RoundObjection, Withdrawal
from people.core.integrity import Activity, Bearing, bearing
from people.models import Organization
from people.queries import sanctions_on

Refusals = dict[int, EntitlementRefused]


def refusals(
    rows: Sequence[Entitlement], *, to: str, reason: str, bureau: Organization
) -> Refusals:
    """Why each of ``rows`` may not be taken to ``to``, by id; the others may."""
    found = {row.pk: refused for row in rows if (refused := _order(row, to))}
    rest = [row for row in rows if row.pk not in found]
    if rest and to in NEEDS_REASON and not reason.strip():
        text = _("请填写主管部门的批复文件或理由，再作登记。")
        return found | {row.pk: EntitlementRefused("reason", text) for row in rest}
    found |= _asked_back(rest)
    if to == State.MATERIAL_COMPLETE and not reason.strip():
        found |= _incomplete(rest, bureau)
    if to in (State.PUBLICITY, State.FILED):
        found |= _changed(rest)
    if to == State.FILED:
        found |= _not_ready([row for row in rest if row.pk not in found], reason)
        if not reason.strip():
            found |= _sanctioned([row for row in rest if row.pk not in found])
    return found


def _order(row: Entitlement, to: str) -> EntitlementRefused | None:
    if to in STEPS.get(row.state, ()):
        return None
    if to in WITHDRAWN:
        text = _("撤销和替代须两人办理：先提请，再由审批人复核同意。")
        return EntitlementRefused("two-people", text)
    words = {"before": row.get_state_display(), "to": label_of(to)}
    text = _("“%(before)s”之后不能直接转为“%(to)s”。请刷新页面后按顺序办理。")
    return EntitlementRefused("step", text % words)


def label_of(state: str) -> str:
    """The word of a state; what is none stays as it was typed."""
    return str(State(state).label) if state in State.values else state


def _asked_back(rows: Sequence[Entitlement]) -> Refusals:
    """Entitlements somebody has asked to withdraw wait for the second person."""
    asked = Withdrawal.objects.filter(
        entitlement__in=[row.pk for row in rows], state=WithdrawalState.ASKED
    )
    text = _("已提请撤销，等待审批人复核。复核之前不能继续办理。")
    return {
        pk: EntitlementRefused("withdrawal", text)
        for pk in asked.values_list("entitlement_id", flat=True)
    }


def _incomplete(rows: Sequence[Entitlement], bureau: Organization) -> Refusals:
    found = {}
    for pk, items in materials.open_items(rows, bureau).items():
        if not items:
            continue
        names = _("、").join(item.label for item in items)
        text = _("材料还缺：%(items)s。备齐后再转，或写明理由免交。")
        found[pk] = EntitlementRefused("materials", text % {"items": names})
    return found


def _changed(rows: Sequence[Entitlement]) -> Refusals:
    text = _("依据已变化，请先在“依据已变化”中决定保留或提请撤销，再继续办理。")
    return {
        row.pk: EntitlementRefused("basis", text) for row in rows if row.basis_changed
    }


def _sanctioned(rows: Sequence[Entitlement]) -> Refusals:
    """Whom an integrity record in force bars from titles and entitlements by its scope.

    What a record of another scope means for them no rule says: the page warns.
    """
    records = sanctions_on(
        timezone.now(),
        [row.person_id for row in rows if row.person_id is not None],
        [row.unit_id for row in rows if row.unit_id is not None],
    )
    barring = [
        record
        for record in records
        if bearing(record.scope, Activity.AWARD) is Bearing.BARS
    ]
    found = {}
    for row in rows:
        for record in barring:
            ids = (record.person_id, record.organization_id)
            if ids == (row.person_id, row.unit_id):
                text = _(
                    "诚信记录（%(scope)s）限制期内，不能上报：%(reason)s。"
                    "处理文件允许的，写明理由再报。"
                )
                words = {"scope": record.scope, "reason": record.reason}
                found[row.pk] = EntitlementRefused("sanction", text % words)
    return found


def _not_ready(rows: Sequence[Entitlement], reason: str) -> Refusals:
    found: Refusals = {}
    rounds = {row.round_id for row in rows if row.round_id is not None}
    objections = list(RoundObjection.objects.filter(round__in=rounds))
    for row in rows:
        refused = _before_filing(row, reason, objections)
        if refused is not None:
            found[row.pk] = refused
    return found


def _before_filing(
    row: Entitlement, reason: str, objections: Iterable[RoundObjection]
) -> EntitlementRefused | None:
    if row.state == State.REFUSED and not reason.strip():
        text = _("不予核准后再次上报，须写明理由，例如补充了什么材料。")
        return EntitlementRefused("reason", text)
    if row.round is None:
        return None
    if row.round.voided_at is not None:
        text = _("公示 %(number)s 已作废，请重新公示后再上报。")
        return EntitlementRefused("round", text % {"number": row.round.number})
    if row.round.closed_at is None:
        text = _("公示 %(number)s 还没有结束（到 %(day)s 为止），不能上报。")
        values = {"number": row.round.number, "day": row.round.ends_on}
        return EntitlementRefused("round", text % values)
    about = [
        o
        for o in objections
        if o.round_id == row.round_id and o.entitlement_id in (None, row.pk)
    ]
    if any(objection.is_upheld for objection in about):
        text = _("公示中的异议成立，不能上报；请提请撤销，或作废这次公示重新办理。")
        return EntitlementRefused("objection", text)
    return None


def refuse_later(day: date, today: date) -> None:
    """Refuse a day that has not come yet."""
    if day > today:
        text = _("日期“%(day)s”在未来，请核对。") % {"day": day}
        raise EntitlementRefused("date", text)
