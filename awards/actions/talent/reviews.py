"""The yearly review of pool entries, and taking back a step that covered several."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.enums import ReviewOutcome
from awards.errors import PoolRefused
from awards.models import PoolDecline, PoolEntry, PoolReview
from awards.queries.candidates import survivors
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import Organization, User


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """What one review step did: its name for undoing, how many, who was settled."""

    batch: str
    reviews: tuple[PoolReview, ...]
    skipped: tuple[int, ...] = ()


@transaction.atomic
def review_entries(
    bureau: Organization,
    entries: Iterable[PoolEntry],
    *,
    year: int,
    outcome: str,
    note: str,
    by: User,
    at: datetime,
) -> ReviewStep:
    """Record the review of a year for these entries; to leave ends them today.

    Entries that left or are settled for that year are skipped and named.  Raises
    PoolRefused for a year to come and for leaving or putting off without a reason.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    note = note.strip()[:300]
    _check(year, outcome, note, at)
    wanted = [row.pk for row in entries]
    open_ = _open(bureau, wanted, year)
    leaves, batch = outcome == ReviewOutcome.LEAVE, str(uuid.uuid4())
    reviews = PoolReview.objects.bulk_create(
        PoolReview(
            entry=row,
            year=year,
            outcome=outcome,
            note=note,
            ended_entry=leaves,
            by=by,
            at=at,
            batch=batch,
        )
        for row in open_
    )
    done = [row.pk for row in open_]
    if leaves:
        PoolEntry.objects.filter(pk__in=done).update(
            left_on=timezone.localdate(at), left_reason=note, left_by=by, left_at=at
        )
    if reviews:
        body = {"batch": batch, "year": year, "outcome": outcome, "entries": done}
        append(locked, [EventDraft("pool-reviewed", body)], actor=by.actor, at=at)
    skipped = tuple(pk for pk in wanted if pk not in done)
    return ReviewStep(batch, tuple(reviews), skipped)


def _check(year: int, outcome: str, note: str, at: datetime) -> None:
    if outcome not in ReviewOutcome.values:
        raise PoolRefused("outcome", _("请选择复核结论。"))
    if year > timezone.localdate(at).year:
        raise PoolRefused("year", _("还没有到 %d 年，不能预先复核。") % year)
    if outcome != ReviewOutcome.KEEP and not note:
        raise PoolRefused("note", _("退出和暂缓要写明理由。"))


def _open(bureau: Organization, wanted: list[int], year: int) -> list[PoolEntry]:
    """The entries of the bureau among these that nobody has settled for the year."""
    rows = PoolEntry.objects.select_for_update().filter(
        pk__in=wanted,
        pool__bureau=bureau,
        left_at__isnull=True,
        undone_at__isnull=True,
    )
    settled = set(
        PoolReview.objects.filter(entry__in=wanted, year=year, undone_at__isnull=True)
        .exclude(outcome=ReviewOutcome.DEFER)
        .values_list("entry_id", flat=True)
    )
    return [row for row in rows.order_by("pk") if row.pk not in settled]


@transaction.atomic
def undo_batch(
    bureau: Organization, batch: str, *, by: User, at: datetime
) -> tuple[int, int]:
    """Take back an admission, a decline or a review; returns how many, and how many not.

    An admission cannot be taken back for who was reviewed or left since; a review that
    ended an entry lets the person in again unless they have entered anew.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    counts = [
        _undo_admission(bureau, batch, by, at),
        _undo_declines(bureau, batch, at),
        _undo_reviews(bureau, batch, by, at),
    ]
    undone, kept = (sum(column) for column in zip(*counts, strict=True))
    if undone:
        body = {"batch": batch, "undone": undone, "kept": kept}
        append(locked, [EventDraft("pool-undone", body)], actor=by.actor, at=at)
    return undone, kept


def _undo_admission(
    bureau: Organization, batch: str, by: User, at: datetime
) -> tuple[int, int]:
    rows = PoolEntry.objects.filter(
        pool__bureau=bureau, batch=batch, undone_at__isnull=True
    )
    total = rows.count()
    reviewed = PoolReview.objects.filter(undone_at__isnull=True).values("entry")
    free = rows.filter(left_at__isnull=True).exclude(pk__in=reviewed)
    undone = free.update(undone_at=at, undone_by=by)
    return undone, total - undone


def _undo_declines(bureau: Organization, batch: str, at: datetime) -> tuple[int, int]:
    rows = PoolDecline.objects.filter(
        pool__bureau=bureau, batch=batch, undone_at__isnull=True
    )
    return rows.update(undone_at=at), 0


def _undo_reviews(
    bureau: Organization, batch: str, by: User, at: datetime
) -> tuple[int, int]:
    rows = list(
        PoolReview.objects.filter(
            entry__pool__bureau=bureau, batch=batch, undone_at__isnull=True
        ).select_related("entry")
    )
    ended = [row.entry for row in rows if row.ended_entry]
    inside = {
        (pool, person)
        for pool, person in PoolEntry.objects.filter(
            pool__in={entry.pool_id for entry in ended},
            left_at__isnull=True,
            undone_at__isnull=True,
        ).values_list("pool_id", "person_id")
    }
    survivor = survivors()
    humans = {(pool, survivor.get(pk, pk)) for pool, pk in inside}
    stuck = {
        entry.pk
        for entry in ended
        if (entry.pool_id, survivor.get(entry.person_id, entry.person_id)) in humans
    }
    free = [row for row in rows if row.entry_id not in stuck]
    PoolReview.objects.filter(pk__in=[row.pk for row in free]).update(
        undone_at=at, undone_by=by
    )
    back = [row.entry_id for row in free if row.ended_entry]
    PoolEntry.objects.filter(pk__in=back).update(
        left_on=None, left_reason="", left_document="", left_by=None, left_at=None
    )
    return len(free), len(rows) - len(free)
