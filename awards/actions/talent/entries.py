"""People enter a pool and leave it; a candidate may be declined."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.enums import PoolBasis
from awards.errors import PoolRefused
from awards.models import Pool, PoolDecline, PoolEntry
from awards.queries.candidates import Candidate, survivors
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from ledger.models import Chain
from people.models import Person, User


@dataclass(frozen=True, slots=True)
class Admission:
    """What one step did: its name for undoing, whom it let in, who was in already."""

    batch: str
    entries: tuple[PoolEntry, ...]
    already: tuple[int, ...] = ()


def admit(
    pool: Pool,
    candidates: Sequence[Candidate],
    *,
    document: str,
    entered_on: date,
    by: User,
    at: datetime,
) -> Admission:
    """Admit candidates, each on what they were proposed by; who is in already is named.

    Raises PoolRefused without the document of the admission, for a day to come and for
    a closed pool.
    """
    return _enter(
        pool,
        [
            PoolEntry(
                pool=pool,
                person_id=row.person,
                basis=row.basis,
                entitlement_id=row.entitlement,
                criterion_id=row.criterion,
                evidence=row.evidence[:300],
            )
            for row in candidates
        ],
        document=document,
        entered_on=entered_on,
        by=by,
        at=at,
    )


def enter_by_hand(
    pool: Pool,
    person: Person,
    *,
    document: str,
    reason: str,
    entered_on: date,
    by: User,
    at: datetime,
) -> PoolEntry:
    """Enter a person by the bureau's own act, with its document and its reason.

    Raises PoolRefused as :func:`admit`, without a reason, and for who is in already.
    """
    if not reason.strip():
        raise PoolRefused("reason", _("请写明入库的事由和证据。"))
    entry = PoolEntry(
        pool=pool,
        person=person,
        basis=PoolBasis.HAND,
        evidence=reason.strip()[:300],
    )
    done = _enter(pool, [entry], document=document, entered_on=entered_on, by=by, at=at)
    if done.already:
        raise PoolRefused("in", _("%s已经在库里。") % person.name)
    return done.entries[0]


@transaction.atomic
def _enter(
    pool: Pool,
    rows: Iterable[PoolEntry],
    *,
    document: str,
    entered_on: date,
    by: User,
    at: datetime,
) -> Admission:
    chain = _locked(pool, at)
    if not document.strip():
        raise PoolRefused("document", _("请写明批准入库的文件名称和文号。"))
    if entered_on > timezone.localdate(at):
        raise PoolRefused("day", _("入库日期不能晚于今天。"))
    survivor = survivors()
    inside = PoolEntry.objects.filter(
        pool=pool, left_at__isnull=True, undone_at__isnull=True
    ).values_list("person_id", flat=True)
    known = {survivor.get(pk, pk) for pk in inside}
    batch, fresh, already = str(uuid.uuid4()), [], []
    for row in rows:
        row.person_id = survivor.get(row.person_id, row.person_id)
        if row.person_id in known:
            already.append(row.person_id)
            continue
        known.add(row.person_id)
        row.document, row.entered_on = document.strip()[:200], entered_on
        row.entered_by, row.entered_at, row.batch = by, at, batch
        fresh.append(row)
    entries = PoolEntry.objects.bulk_create(fresh)
    if entries:
        body = {
            "pool": pool.pk,
            "batch": batch,
            "entries": [row.pk for row in entries],
            "document": document.strip(),
        }
        append(chain, [EventDraft("pool-entered", body)], actor=by.actor, at=at)
    return Admission(batch, tuple(entries), tuple(already))


@transaction.atomic
def leave_pool(
    entry: PoolEntry,
    *,
    reason: str,
    document: str = "",
    left_on: date,
    by: User,
    at: datetime,
) -> PoolEntry:
    """Let a person leave a pool, with the reason and the document if there is one.

    Raises PoolRefused without a reason, for a day before the entry or to come, and for
    an entry that has ended.
    """
    chain = bureau_chain(entry.pool.bureau_id)
    locked = lock_chains([chain], at=at)[chain]
    row = PoolEntry.objects.select_for_update().get(pk=entry.pk)
    if row.left_at is not None or row.undone_at is not None:
        raise PoolRefused("left", _("这个人已经不在库里。"))
    if not reason.strip():
        raise PoolRefused("reason", _("请写明退出的理由。"))
    if not row.entered_on <= left_on <= timezone.localdate(at):
        raise PoolRefused("day", _("退出日期应在入库日期和今天之间。"))
    row.left_on, row.left_reason = left_on, reason.strip()[:300]
    row.left_document, row.left_by, row.left_at = document.strip()[:200], by, at
    row.save(
        update_fields=["left_on", "left_reason", "left_document", "left_by", "left_at"]
    )
    body = {"pool": row.pool_id, "entry": row.pk, "document": row.left_document}
    append(locked, [EventDraft("pool-left", body)], actor=by.actor, at=at)
    return row


@transaction.atomic
def decline(
    pool: Pool, people: Iterable[int], *, reason: str, by: User, at: datetime
) -> str:
    """Take candidates off the list with a reason; returns the step's name for undoing."""
    chain = _locked(pool, at)
    if not reason.strip():
        raise PoolRefused("reason", _("请写明不予入库的理由。"))
    standing = PoolDecline.objects.filter(pool=pool, undone_at__isnull=True)
    known = set(standing.values_list("person_id", flat=True))
    batch = str(uuid.uuid4())
    rows = PoolDecline.objects.bulk_create(
        PoolDecline(
            pool=pool,
            person_id=person,
            reason=reason.strip()[:300],
            by=by,
            at=at,
            batch=batch,
        )
        for person in dict.fromkeys(people)
        if person not in known
    )
    if rows:
        body = {"pool": pool.pk, "batch": batch, "declines": [r.pk for r in rows]}
        append(chain, [EventDraft("pool-declined", body)], actor=by.actor, at=at)
    return batch


def _locked(pool: Pool, at: datetime) -> Chain:
    ref = bureau_chain(pool.bureau_id)
    chain = lock_chains([ref], at=at)[ref]
    if Pool.objects.get(pk=pool.pk).closed_at is not None:
        raise PoolRefused("closed", _("这个库已经停用。"))
    return chain
