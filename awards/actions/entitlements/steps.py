"""Take entitlements a step further, one or many at once; set when they are due."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.entitlements.answers import answer_many, record_answer
from awards.actions.entitlements.delivery import deliver_many
from awards.actions.entitlements.filing import file_rows
from awards.actions.entitlements.guards import Refusals, refusals
from awards.actions.entitlements.materials import waive_open
from awards.actions.entitlements.moving import (
    BEFORE_ANSWER,
    BulkStep,
    Move,
    State,
    begin,
    locked_rows,
    new_batch,
    record,
    remembered,
    take,
)
from awards.errors import EntitlementRefused
from awards.models import Entitlement, EntitlementStep
from ledger.actions import EventDraft
from people.models import User

ANSWERS = (State.GRANTED, State.REFUSED)


@transaction.atomic
def advance_entitlement(
    entitlement: Entitlement, *, to: str, reason: str, by: User, at: datetime
) -> Entitlement:
    """Take the next step; the row is locked and its state read again first.

    ``reason`` is the paper of an answer or a delivery, the number of a filing's paper,
    why open materials need not be brought.  A granted title is entered into the person's
    titles, so that it is not given twice.  Raises EntitlementRefused for a step that does
    not follow, lacks its reason, or needs a round of 公示 or a second person.
    """
    if to == State.REFUSED:
        return record_answer(
            entitlement,
            verdict=to,
            document="",
            answered_on=timezone.localdate(at),
            reason=reason,
            by=by,
            at=at,
        )
    if to == State.GRANTED:
        day = timezone.localdate(at)
        return record_answer(
            entitlement, verdict=to, document=reason, answered_on=day, by=by, at=at
        )
    step, refused = _advanced([entitlement], to=to, reason=reason, by=by, at=at)
    if refused:
        raise next(iter(refused.values()))
    return step.moved[0]


@transaction.atomic
def advance_many(
    entitlements: Iterable[Entitlement],
    *,
    to: str,
    reason: str,
    by: User,
    at: datetime,
) -> BulkStep:
    """Take the same step for many; those that may not are skipped, each with its reason.

    The batch it returns can be taken back by ``undo_bulk``.
    """
    day = timezone.localdate(at)
    if to in ANSWERS:
        paper = reason if to == State.GRANTED else ""
        grounds = "" if to == State.GRANTED else reason
        return answer_many(
            entitlements,
            verdict=to,
            document=paper,
            answered_on=day,
            reason=grounds,
            by=by,
            at=at,
        )
    return _advanced(entitlements, to=to, reason=reason, by=by, at=at)[0]


def _advanced(
    entitlements: Iterable[Entitlement],
    *,
    to: str,
    reason: str,
    by: User,
    at: datetime,
) -> tuple[BulkStep, Refusals]:
    if to == State.PUBLICITY:
        text = _("公示须列入一批：写明地点、起始日、天数和依据后一起公示。")
        raise EntitlementRefused("round", text)
    day = timezone.localdate(at)
    if to == State.DELIVERED:
        return deliver_many(
            entitlements, delivered_on=day, document=reason, by=by, at=at
        )
    bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    refused = refusals(rows, to=to, reason=reason, bureau=bureau)
    ready = [row for row in rows if row.pk not in refused]
    batch = new_batch()
    why = reason.strip()
    if to == State.FILED:
        drafts = file_rows(
            ready, bureau=bureau, words=why, filed_on=day, batch=batch, by=by, at=at
        )
    else:
        drafts = waive_open(ready, bureau, reason=why, batch=batch, by=by, at=at)
        drafts += take(ready, Move(to, by, at, reason=why, batch=batch))
    record(chain, drafts, by=by, at=at)
    return BulkStep(batch, ready, skipped_of(rows, refused)), refused


def skipped_of(
    rows: Iterable[Entitlement], refused: Refusals
) -> list[tuple[Entitlement, str]]:
    """The rows that did not move, each with the reason in words."""
    return [(row, refused[row.pk].message) for row in rows if row.pk in refused]


@transaction.atomic
def set_due(
    entitlements: Iterable[Entitlement],
    *,
    due_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> BulkStep:
    """Give a new day until which the next step is due; why is kept with it.

    Only before the authority has answered; the others are skipped.
    """
    if not reason.strip():
        raise EntitlementRefused("reason", _("请写明为什么改期限。"))
    _bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    ready = [row for row in rows if row.state in BEFORE_ANSWER]
    text = _("主管部门已经答复或已撤回，没有期限可改。")
    skipped = [(row, text) for row in rows if row.state not in BEFORE_ANSWER]
    batch = new_batch()
    steps = [_due_step(row, due_on, reason.strip(), batch, by, at) for row in ready]
    for row in ready:
        row.due_on = due_on
    Entitlement.objects.bulk_update(ready, ["due_on"], batch_size=500)
    EntitlementStep.objects.bulk_create(steps, batch_size=500)
    record(chain, _due_events(steps, due_on), by=by, at=at)
    return BulkStep(batch, ready, skipped)


def _due_step(
    row: Entitlement, due_on: date, reason: str, batch: str, by: User, at: datetime
) -> EntitlementStep:
    return EntitlementStep(
        entitlement=row,
        before=row.state,
        after=row.state,
        reason=reason[:300],
        on=due_on,
        batch=batch,
        restore=remembered(row),
        by=by,
        at=at,
    )


def _due_events(steps: Sequence[EntitlementStep], due_on: date) -> list[EventDraft]:
    return [
        EventDraft(
            "due-set",
            {
                "entitlement": step.entitlement_id,
                "due": due_on.isoformat(),
                "reason": step.reason,
                "batch": step.batch,
            },
        )
        for step in steps
    ]
