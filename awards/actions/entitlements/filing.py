"""上报: put entitlements before an authority, in batches that have a number and a paper."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.entitlements.guards import refusals, refuse_later
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
from awards.models import Entitlement, ExportBatch, Filing
from ledger.actions import EventDraft
from people.models import Organization, User


@transaction.atomic
def file_entitlements(
    entitlements: Iterable[Entitlement],
    *,
    authority: str,
    document: str,
    filed_on: date,
    by: User,
    at: datetime,
    reason: str = "",
    due_on: date | None = None,
) -> tuple[Filing, BulkStep]:
    """Put these before ``authority`` as one batch; those that may not go are skipped.

    ``reason`` is needed for what was refused before; ``due_on`` is when the answer is due
    where a paper says so, nobody's guess otherwise.  Raises EntitlementRefused when none
    may go, no authority is named, or the day is still to come.
    """
    if not authority.strip():
        raise EntitlementRefused("authority", _("请写明报给哪个主管部门。"))
    refuse_later(filed_on, timezone.localdate(at))
    bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    refused = refusals(rows, to=State.FILED, reason=reason, bureau=bureau)
    ready = [row for row in rows if row.pk not in refused]
    if not ready:
        raise next(iter(refused.values()), _nothing())
    filing = _make(bureau, authority.strip(), document.strip(), filed_on, by, at)
    batch = new_batch()
    drafts = _filed(
        ready,
        filing,
        reason=reason.strip(),
        batch=batch,
        by=by,
        at=at,
        due_on=due_on,
    )
    record(chain, drafts, by=by, at=at)
    skipped = [(row, refused[row.pk].message) for row in rows if row.pk in refused]
    return filing, BulkStep(batch, ready, skipped)


def _nothing() -> EntitlementRefused:
    return EntitlementRefused("empty", _("请先选择要办理的待遇。"))


def file_rows(
    rows: Sequence[Entitlement],
    *,
    bureau: Organization,
    words: str,
    filed_on: date,
    batch: str,
    by: User,
    at: datetime,
) -> list[EventDraft]:
    """File locked rows, one batch for each authority they belong to; return the events.

    ``words`` are the paper's number, or why something refused before goes again.
    """
    groups: dict[tuple[str, bool], list[Entitlement]] = {}
    for row in rows:
        groups.setdefault((row.authority, row.state == State.REFUSED), []).append(row)
    drafts = []
    for (authority, is_again), group in groups.items():
        paper = "" if is_again else words
        filing = _make(bureau, authority, paper, filed_on, by, at)
        why = words if is_again else ""
        drafts += _filed(group, filing, reason=why, batch=batch, by=by, at=at)
    return drafts


def _make(
    bureau: Organization,
    authority: str,
    document: str,
    filed_on: date,
    by: User,
    at: datetime,
) -> Filing:
    head = f"SB-{bureau.pk}-{filed_on.year}-"
    made = Filing.objects.filter(bureau=bureau, number__startswith=head).count()
    return Filing.objects.create(
        bureau=bureau,
        number=f"{head}{made + 1:03d}",
        authority=authority[:120],
        document=document[:200],
        filed_on=filed_on,
        made_by=by,
        made_at=at,
    )


def _filed(
    rows: Sequence[Entitlement],
    filing: Filing,
    *,
    reason: str,
    batch: str,
    by: User,
    at: datetime,
    due_on: date | None = None,
) -> list[EventDraft]:
    body = {
        "filing": filing.number,
        "authority": filing.authority,
        "document": filing.document,
        "entitlements": len(rows),
    }
    move = Move(
        State.FILED,
        by,
        at,
        reason=reason,
        document=filing.document,
        on=filing.filed_on,
        batch=batch,
        filing=filing,
        due_on=due_on,
    )
    return [EventDraft("filing-made", body), *take(rows, move)]


@transaction.atomic
def complete_filing(
    filing: Filing,
    *,
    document: str,
    papers: ExportBatch | None,
    by: User,
    at: datetime,
) -> Filing:
    """Enter the number of the paper afterwards, or which exported list went with it."""
    bureau, chain = begin(by, at)
    row = Filing.objects.select_for_update(of=("self",)).get(pk=filing.pk)
    if papers is not None and papers.bureau_id != bureau.pk:
        raise EntitlementRefused("papers", _("没有这份导出的名单。"))
    row.document = document.strip()[:200] or row.document
    row.papers = papers or row.papers
    row.save(update_fields=["document", "papers"])
    body = {
        "filing": row.number,
        "document": row.document,
        "export": row.papers.number if row.papers else "",
    }
    record(chain, [EventDraft("filing-completed", body)], by=by, at=at)
    return row
