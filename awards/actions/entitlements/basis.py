"""依据已变化: keep an entitlement although its facts changed, with the reason."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.actions.entitlements.moving import begin, locked_rows, record
from awards.enums import BasisChoice
from awards.errors import EntitlementRefused
from awards.models import BasisChange, Entitlement
from ledger.actions import EventDraft
from people.models import User


@transaction.atomic
def keep_entitlement(
    entitlement: Entitlement, *, reason: str, by: User, at: datetime
) -> Entitlement:
    """Let an entitlement go on although its basis changed; the marker comes off.

    It is marked again when the facts change again.
    """
    if not reason.strip():
        raise EntitlementRefused("reason", _("请写明为什么保留。"))
    _bureau, chain = begin(by, at)
    row = locked_rows([entitlement])[0]
    changed = settle_open(row, BasisChoice.KEPT, reason=reason.strip(), by=by, at=at)
    if changed is None:
        raise EntitlementRefused("basis", _("依据没有变化，或已作过决定。"))
    body = {
        "entitlement": row.pk,
        "change": changed.pk,
        "reason": changed.reason,
    }
    record(chain, [EventDraft("basis-kept", body)], by=by, at=at)
    return row


def settle_open(
    row: Entitlement, choice: BasisChoice, *, reason: str, by: User | None, at: datetime
) -> BasisChange | None:
    """Settle the open change of a locked entitlement; None where there is none."""
    changed = row.basis_changes.filter(settled_at__isnull=True).first()
    if changed is None:
        return None
    changed.choice, changed.reason = choice, reason[:300]
    changed.settled_by, changed.settled_at = by, at
    changed.save(update_fields=["choice", "reason", "settled_by", "settled_at"])
    row.basis_changed = False
    row.save(update_fields=["basis_changed"])
    return changed
