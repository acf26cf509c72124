"""Take back steps that were taken together: the same day, while nobody went further."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.access import approves
from awards.actions.entitlements.moving import (
    WITHDRAWN,
    WRITTEN,
    State,
    begin,
    locked_rows,
    record,
)
from awards.actions.entitlements.register_facts import take_back_facts
from awards.enums import WithdrawalState
from awards.errors import EntitlementRefused
from awards.models import (
    Entitlement,
    EntitlementStep,
    Filing,
    MaterialTick,
    PublicityRound,
    RoundObjection,
    Withdrawal,
)
from ledger.actions import EventDraft
from people.models import Organization, User


@transaction.atomic
def undo_bulk(batch: str, *, by: User, at: datetime) -> list[Entitlement]:
    """Put every entitlement of a batch back to exactly where it was; return them.

    Only on the day of the step, by who took it or an approver, and while nobody went
    further with any of them; otherwise EntitlementRefused and nothing changes.  What a
    grant put into people's files is withdrawn; a filing or round made by it is void.
    """
    bureau, chain = begin(by, at)
    steps = list(
        EntitlementStep.objects.filter(batch=batch, undone_at__isnull=True)
        .exclude(batch="")
        .order_by("pk")
    )
    _require_allowed(steps, bureau, by=by, at=at)
    rows = locked_rows(_entitlements(steps))
    _require_last(rows, steps)
    for row, step in zip(rows, steps, strict=True):
        _put_back(row, step)
    Entitlement.objects.bulk_update(rows, WRITTEN, batch_size=500)
    EntitlementStep.objects.filter(pk__in=[step.pk for step in steps]).update(
        undone_at=at, undone_by=by
    )
    granted = [
        row
        for row, step in zip(rows, steps, strict=True)
        if step.after == State.GRANTED
    ]
    take_back_facts(granted, reason=_("当天撤回了核准的登记"), by=by, at=at)
    ticks = MaterialTick.objects.filter(batch=batch, withdrawn_at__isnull=True)
    ticks.update(withdrawn_at=at)
    _void(steps, by=by, at=at)
    record(chain, [_event(step) for step in steps], by=by, at=at)
    return rows


def _entitlements(steps: Sequence[EntitlementStep]) -> list[Entitlement]:
    found = Entitlement.objects.in_bulk([step.entitlement_id for step in steps])
    return [found[step.entitlement_id] for step in steps]


def _require_allowed(
    steps: Sequence[EntitlementStep], bureau: Organization, *, by: User, at: datetime
) -> None:
    if not steps:
        raise EntitlementRefused("batch", _("这一批已经撤回，或没有登记过。"))
    if timezone.localdate(steps[0].at) != timezone.localdate(at):
        raise EntitlementRefused("day", _("只能在登记的当天撤回。"))
    if any(step.after in WITHDRAWN for step in steps):
        raise EntitlementRefused("two-people", _("两人办理的撤销不能撤回。"))
    if any(step.by_id != by.pk for step in steps) and not approves(by, bureau, at=at):
        text = _("只有登记的人或审批人可以撤回。")
        raise EntitlementRefused("person", text)


def _require_last(
    rows: Sequence[Entitlement], steps: Sequence[EntitlementStep]
) -> None:
    """Refuse when anything happened to one of the rows after its step."""
    ids = [row.pk for row in rows]
    later = EntitlementStep.objects.filter(
        entitlement__in=ids, undone_at__isnull=True, pk__gt=steps[-1].pk
    )
    asked = Withdrawal.objects.filter(entitlement__in=ids, state=WithdrawalState.ASKED)
    rounds = {step.round_id for step in steps if step.round_id is not None}
    objected = RoundObjection.objects.filter(round__in=rounds)
    closed = PublicityRound.objects.filter(pk__in=rounds, closed_at__isnull=False)
    moved = any(row.state != step.after for row, step in zip(rows, steps, strict=True))
    found = (later, asked, objected, closed)
    if moved or any(rows.exists() for rows in found):
        text = _("其中有的已继续办理，不能整批撤回。请逐项处理。")
        raise EntitlementRefused("further", text)


def _put_back(row: Entitlement, step: EntitlementStep) -> None:
    kept = step.restore
    row.state = step.before
    row.state_reason = kept["state_reason"]
    row.changed_at = datetime.fromisoformat(kept["changed_at"])
    row.due_on = date.fromisoformat(kept["due_on"]) if kept["due_on"] else None
    row.filing_id, row.round_id = kept["filing"], kept["round"]


def _void(steps: Iterable[EntitlementStep], *, by: User, at: datetime) -> None:
    filings = {step.filing_id for step in steps if step.filing_id is not None}
    rounds = {step.round_id for step in steps if step.round_id is not None}
    Filing.objects.filter(pk__in=filings).update(voided_at=at)
    PublicityRound.objects.filter(pk__in=rounds).update(
        voided_at=at, voided_by=by, void_reason=_("当天撤回")
    )


def _event(step: EntitlementStep) -> EventDraft:
    body = {
        "entitlement": step.entitlement_id,
        "from": step.after,
        "to": step.before,
        "batch": step.batch,
    }
    return EventDraft("entitlement-step-undone", body)
