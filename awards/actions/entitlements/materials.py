"""Tick off, waive and amend the materials of entitlements."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards import materials
from awards.actions.entitlements.moving import (
    REPLACEABLE,
    State,
    begin,
    locked_rows,
    record,
)
from awards.enums import MaterialState, OutcomeKind
from awards.errors import EntitlementRefused
from awards.models import Entitlement, MaterialRule, MaterialTick
from ledger.actions import EventDraft
from people.models import Organization, User


@transaction.atomic
def tick_material(
    entitlements: Sequence[Entitlement],
    *,
    item: str,
    state: str,
    evidence: str,
    by: User,
    at: datetime,
) -> list[MaterialTick]:
    """Say that an item of the checklist is there, or waived with a reason.

    What was said before about it is withdrawn.  An entitlement whose list does not have
    the item, or that has gone further than its materials, is left alone; raises
    EntitlementRefused when that leaves none, and for a waiver without a reason.
    """
    if state == MaterialState.WAIVED and not evidence.strip():
        raise EntitlementRefused("evidence", _("免交须写明理由或依据。"))
    bureau, chain = begin(by, at)
    rows = [row for row in locked_rows(entitlements) if row.state in REPLACEABLE]
    lists = materials.checklists(rows, bureau)
    named = [row for row in rows if item in _codes(lists[row.pk])]
    if not named:
        text = _("清单里没有这一项，或已转入后面的步骤。请刷新页面。")
        raise EntitlementRefused("item", text)
    _said(named, item).update(withdrawn_at=at)
    ticks = MaterialTick.objects.bulk_create(
        MaterialTick(
            entitlement=row,
            item=item,
            state=MaterialState(state),
            evidence=evidence.strip()[:200],
            by=by,
            at=at,
        )
        for row in named
    )
    drafts = [_ticked(tick.entitlement_id, item, state) for tick in ticks]
    record(chain, drafts, by=by, at=at)
    return ticks


@transaction.atomic
def untick_material(
    entitlement: Entitlement, *, item: str, by: User, at: datetime
) -> Entitlement:
    """Take back what was said about an item, while the materials are still being got."""
    _bureau, chain = begin(by, at)
    row = locked_rows([entitlement])[0]
    if row.state != State.PROPOSED:
        text = _("材料已转为齐备，不能再改。")
        raise EntitlementRefused("step", text)
    if _said([row], item).update(withdrawn_at=at):
        record(chain, [_ticked(row.pk, item, "open")], by=by, at=at)
    return row


def waive_open(
    rows: Sequence[Entitlement],
    bureau: Organization,
    *,
    reason: str,
    batch: str,
    by: User,
    at: datetime,
) -> list[EventDraft]:
    """Waive whatever is still open on the checklists of ``rows``; return the events."""
    if not reason:
        return []
    found = materials.open_items(rows, bureau)
    ticks = [
        MaterialTick(
            entitlement_id=pk,
            item=item.code,
            state=MaterialState.WAIVED,
            evidence=reason[:200],
            batch=batch,
            by=by,
            at=at,
        )
        for pk, items in found.items()
        for item in items
    ]
    MaterialTick.objects.bulk_create(ticks, batch_size=500)
    return [_ticked(t.entitlement_id, t.item, MaterialState.WAIVED) for t in ticks]


def _codes(lines: Iterable[materials.Line]) -> set[str]:
    return {line.item.code for line in lines}


def _said(rows: Iterable[Entitlement], item: str):  # type: ignore[no-untyped-def]
    return MaterialTick.objects.filter(
        entitlement__in=[row.pk for row in rows], item=item, withdrawn_at__isnull=True
    )


def _ticked(entitlement: int, item: str, state: str) -> EventDraft:
    body = {"entitlement": entitlement, "item": item, "state": str(state)}
    return EventDraft("material-ticked", body)


@transaction.atomic
def write_material_rule(
    *,
    kind: str,
    code: str,
    title: str,
    is_required: bool,
    document: str,
    by: User,
    at: datetime,
) -> MaterialRule:
    """Add an item of the bureau's own (``code`` ""), or say whether a common one is asked.

    The paper that says so must be named.  An earlier word on the same item is withdrawn.
    """
    if not document.strip():
        raise EntitlementRefused("document", _("请写明依据文件。"))
    if kind not in OutcomeKind.values or (
        code and code not in materials.common().codes
    ):
        raise EntitlementRefused("item", _("没有这一类待遇或这一项材料。"))
    if not code and not title.strip():
        raise EntitlementRefused("title", _("请写明材料的名称。"))
    bureau, chain = begin(by, at)
    if code:
        own = MaterialRule.objects.filter(bureau=bureau, kind=kind, code=code)
        own.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    row = MaterialRule.objects.create(
        bureau=bureau,
        kind=kind,
        code=code,
        title=title.strip()[:80],
        is_required=is_required,
        document=document.strip()[:200],
        written_by=by,
        written_at=at,
    )
    body = {
        "rule": row.pk,
        "kind": kind,
        "item": code or row.title,
        "required": is_required,
        "document": row.document,
    }
    record(chain, [EventDraft("material-rule-written", body)], by=by, at=at)
    return row


@transaction.atomic
def withdraw_material_rule(row: MaterialRule, *, by: User, at: datetime) -> None:
    """Take back a bureau's word on an item; what was ticked off stays."""
    _bureau, chain = begin(by, at)
    fresh = MaterialRule.objects.select_for_update().get(pk=row.pk)
    if fresh.withdrawn_at is not None:
        return
    fresh.withdrawn_at = at
    fresh.save(update_fields=["withdrawn_at"])
    draft = EventDraft("material-rule-withdrawn", {"rule": row.pk})
    record(chain, [draft], by=by, at=at)
