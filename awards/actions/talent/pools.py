"""Open and close a pool, write and withdraw the criteria of its bureau."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.core.talent import Asked
from awards.enums import PoolKind
from awards.errors import PoolRefused
from awards.models import Pool, PoolCriterion
from awards.pool_catalogue import Founded, offered_in
from awards.talent_words import mistake_words
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import Organization, User


@dataclass(frozen=True, slots=True)
class PoolDraft:
    """What a bureau says of a pool it opens; ``takes`` are documents' words for it."""

    kind: str
    name: str
    document: str = ""
    clause: str = ""
    takes: tuple[str, ...] = ()
    waits_for_grant: bool = True


@transaction.atomic
def open_pool(
    bureau: Organization,
    draft: PoolDraft,
    *,
    founded: Founded | None = None,
    by: User,
    at: datetime,
) -> Pool:
    """Open a pool: one that a document founds, or one the bureau founds by its own.

    Raises PoolRefused when no document founds it and none is named, or when the bureau
    has an open pool of that name.
    """
    chain = bureau_chain(bureau.pk)
    locked = lock_chains([chain], at=at)[chain]
    name = " ".join(draft.name.split())
    document, clause = _founding(bureau, draft, founded, at)
    if draft.kind not in PoolKind.values or not name:
        raise PoolRefused("name", _("请写明库的类别和名称。"))
    if Pool.objects.filter(bureau=bureau, name=name, closed_at__isnull=True).exists():
        raise PoolRefused("twice", _("本局已有名为“%s”的库，请直接使用。") % name)
    words = {word.strip() for word in draft.takes if word.strip()}
    row = Pool.objects.create(
        bureau=bureau,
        kind=draft.kind,
        name=name,
        catalogue=founded.id if founded else "",
        document=document[:200],
        clause=clause[:60],
        quote=founded.quote if founded else "",
        takes=sorted(words | set(founded.takes if founded else ())),
        waits_for_grant=draft.waits_for_grant,
        opened_by=by,
        opened_at=at,
    )
    body = {
        "pool": row.pk,
        "kind": row.kind,
        "name": row.name,
        "document": row.document,
        "takes": row.takes,
        "waits_for_grant": row.waits_for_grant,
    }
    append(locked, [EventDraft("pool-opened", body)], actor=by.actor, at=at)
    return row


def _founding(
    bureau: Organization, draft: PoolDraft, founded: Founded | None, at: datetime
) -> tuple[str, str]:
    """Document and clause of a pool: the bureau's own before the catalogue's."""
    if founded is not None and founded not in offered_in(bureau.region):
        raise PoolRefused("catalogue", _("目录里没有本地区的这个库。"))
    if draft.document.strip():
        return draft.document.strip(), draft.clause.strip()
    if founded is None or not founded.binds(timezone.localdate(at)):
        raise PoolRefused("document", _("请写明设立这个库的文件名称和文号。"))
    return founded.citation, founded.clause


@transaction.atomic
def close_pool(pool: Pool, *, reason: str, by: User, at: datetime) -> Pool:
    """Close a pool that nobody is in any more; what it held stays readable."""
    chain = bureau_chain(pool.bureau_id)
    locked = lock_chains([chain], at=at)[chain]
    row = Pool.objects.select_for_update().get(pk=pool.pk)
    if row.closed_at is not None:
        raise PoolRefused("closed", _("这个库已经停用。"))
    if not reason.strip():
        raise PoolRefused("reason", _("请写明停用的理由和文件。"))
    inside = row.entries.filter(left_at__isnull=True, undone_at__isnull=True).count()
    if inside:
        raise PoolRefused(
            "not-empty",
            _("库里还有 %(n)d 人，先办理退出或转库再停用。") % {"n": inside},
        )
    row.closed_by, row.closed_at, row.close_reason = by, at, reason.strip()[:300]
    row.save(update_fields=["closed_by", "closed_at", "close_reason"])
    body = {"pool": row.pk, "reason": row.close_reason}
    append(locked, [EventDraft("pool-closed", body)], actor=by.actor, at=at)
    return row


@transaction.atomic
def write_criterion(
    pool: Pool, asked: Asked, *, document: str, clause: str, by: User, at: datetime
) -> PoolCriterion:
    """Write a criterion that proposes candidates; it admits nobody by itself.

    Raises PoolRefused for a criterion that asks nothing or contradicts itself, one
    without its document, and one in a closed pool.
    """
    chain = bureau_chain(pool.bureau_id)
    locked = lock_chains([chain], at=at)[chain]
    if pool.closed_at is not None:
        raise PoolRefused("closed", _("这个库已经停用。"))
    if asked.mistakes:
        raise PoolRefused(asked.mistakes[0], mistake_words(asked.mistakes[0]))
    if not document.strip():
        raise PoolRefused("document", _("请写明条件出自哪份文件。"))
    row = PoolCriterion.objects.create(
        pool=pool,
        asked=asked.as_plain(),
        document=document.strip(),
        clause=clause.strip(),
        written_by=by,
        written_at=at,
    )
    body = {"pool": pool.pk, "criterion": row.pk, "asked": row.asked}
    body["document"] = row.document
    append(locked, [EventDraft("pool-criterion-written", body)], actor=by.actor, at=at)
    return row


@transaction.atomic
def withdraw_criterion(
    criterion: PoolCriterion, *, by: User, at: datetime
) -> PoolCriterion:
    """Stop a criterion: it proposes nobody from now on; who is in by it stays in."""
    chain = bureau_chain(criterion.pool.bureau_id)
    locked = lock_chains([chain], at=at)[chain]
    row = PoolCriterion.objects.select_for_update().get(pk=criterion.pk)
    if row.withdrawn_at is not None:
        raise PoolRefused("withdrawn", _("这条条件已经停用。"))
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    body = {"pool": row.pool_id, "criterion": row.pk}
    draft = EventDraft("pool-criterion-withdrawn", body)
    append(locked, [draft], actor=by.actor, at=at)
    return row
