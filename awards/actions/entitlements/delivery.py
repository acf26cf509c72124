"""发放: what was granted reached the person, on a day and by a paper."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.entitlements.guards import Refusals, refusals, refuse_later
from awards.actions.entitlements.moving import (
    BulkStep,
    Move,
    State,
    begin,
    locked_rows,
    new_batch,
    record,
    take,
)
from awards.errors import EntitlementRefused
from awards.models import Entitlement, EntitlementStep
from people.models import User


@transaction.atomic
def deliver_many(
    entitlements: Iterable[Entitlement],
    *,
    delivered_on: date,
    document: str,
    by: User,
    at: datetime,
    reason: str = "",
) -> tuple[BulkStep, Refusals]:
    """Record that these were handed out, with the receipt or list that shows it.

    Returns what came of it, and why those that were skipped may not be delivered.
    """
    refuse_later(delivered_on, timezone.localdate(at))
    bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    refused = refusals(rows, to=State.DELIVERED, reason=document, bureau=bureau)
    days = _granted_on([row.pk for row in rows])
    for row in rows:
        granted = days.get(row.pk)
        if row.pk not in refused and granted is not None and delivered_on < granted:
            text = _("发放日期早于核准日期（%(day)s），请核对。") % {"day": granted}
            refused[row.pk] = EntitlementRefused("date", text)
    ready = [row for row in rows if row.pk not in refused]
    batch = new_batch()
    move = Move(
        State.DELIVERED,
        by,
        at,
        reason=reason.strip(),
        document=document.strip(),
        on=delivered_on,
        batch=batch,
    )
    record(chain, take(ready, move), by=by, at=at)
    skipped = [(row, refused[row.pk].message) for row in rows if row.pk in refused]
    return BulkStep(batch, ready, skipped), refused


def _granted_on(ids: Iterable[int]) -> dict[int, date]:
    steps = EntitlementStep.objects.filter(
        entitlement__in=list(ids),
        after=State.GRANTED,
        undone_at__isnull=True,
        on__isnull=False,
    )
    days = steps.order_by("pk").values_list("entitlement_id", "on")
    return {pk: day for pk, day in days if day is not None}
