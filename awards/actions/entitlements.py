"""Move an entitlement along its life; *granted* is the authority's answer, never ours."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.access import bureau_of
from awards.enums import EntitlementState, OutcomeKind
from awards.errors import EntitlementRefused
from awards.models import Entitlement
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.actions import record_title
from people.enums import TitleRoute
from people.models import User

State = EntitlementState
STEPS: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.MATERIAL_COMPLETE,),
    State.MATERIAL_COMPLETE: (State.PUBLICITY, State.FILED),
    State.PUBLICITY: (State.FILED,),
    State.FILED: (State.GRANTED, State.REFUSED),
    State.GRANTED: (State.DELIVERED, State.REVOKED),
    State.DELIVERED: (State.REVOKED,),
    State.REFUSED: (State.FILED,),
}
# The reason is the authority's paper (granted) or its grounds (refused, revoked).
NEEDS_REASON = (State.GRANTED, State.REFUSED, State.REVOKED)


@transaction.atomic
def advance_entitlement(
    entitlement: Entitlement, *, to: str, reason: str, by: User, at: datetime
) -> Entitlement:
    """Take the next step; the row is locked and its state read again first.

    A granted title is entered into the person's titles, so that it is not given twice.
    Raises EntitlementRefused for a step that does not follow or lacks its reason.
    """
    bureau = bureau_of(user=by)
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    row = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    before = row.state
    if to not in STEPS.get(before, ()):
        raise EntitlementRefused(
            "step",
            _("“%(before)s”之后不能直接转为“%(to)s”。请刷新页面后按顺序办理。")
            % {"before": row.get_state_display(), "to": _label(to)},
        )
    if to in NEEDS_REASON and not reason.strip():
        raise EntitlementRefused(
            "reason", _("请填写主管部门的批复文件或理由，再作登记。")
        )
    row.state, row.state_reason, row.changed_at = to, reason.strip(), at
    row.save(update_fields=["state", "state_reason", "changed_at"])
    if to == State.GRANTED and row.kind == OutcomeKind.TITLE:
        _enter_title(row, by=by, at=at)
    body = {"entitlement": row.pk, "from": before, "to": to, "reason": row.state_reason}
    append(locked, [EventDraft("entitlement-advanced", body)], actor=by.actor, at=at)
    return row


def _label(state: str) -> str:
    return str(State(state).label) if state in State.values else state


def _enter_title(row: Entitlement, *, by: User, at: datetime) -> None:
    record_title(
        row.person,
        title=row.value,
        issuer=row.authority,
        awarded_on=timezone.localdate(at),
        route=TitleRoute.COMPETITION,
        origin_region=row.region,
        evidence=row.state_reason,
        by=by,
        at=at,
    )
