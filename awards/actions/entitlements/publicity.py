"""公示 of entitlements: opened with what the paper says, objected to, closed by a human.

The number of working days is the bureau's, with its document; nothing ends by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.entitlements.guards import refusals
from awards.actions.entitlements.moving import (
    WITHDRAWN,
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
from awards.models import Entitlement, PublicityRound, RoundObjection
from ledger.actions import EventDraft
from people.core.calendar import add_working_days
from people.models import Organization, User


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """Where, from when and for how many working days, by which paper."""

    place: str
    document: str
    starts_on: date
    days: int


@transaction.atomic
def open_round(
    entitlements: Iterable[Entitlement],
    *,
    place: str,
    document: str,
    starts_on: date,
    days: int,
    by: User,
    at: datetime,
) -> tuple[PublicityRound, BulkStep]:
    """Open a 公示 of these; the starting day itself is not counted.

    Those that may not be announced are skipped.  Raises EntitlementRefused when that
    leaves none, or place, paper or days are missing.
    """
    terms = RoundTerms(place.strip(), document.strip(), starts_on, days)
    _check(terms)
    bureau, chain = begin(by, at)
    rows = locked_rows(entitlements)
    refused = refusals(rows, to=State.PUBLICITY, reason="", bureau=bureau)
    ready = [row for row in rows if row.pk not in refused]
    if not ready:
        text = _("请先选择材料已齐的待遇。")
        raise next(iter(refused.values()), EntitlementRefused("empty", text))
    row = _make(bureau, terms, by, at)
    body = {
        "round": row.number,
        "from": starts_on.isoformat(),
        "days": days,
        "to": row.ends_on.isoformat(),
        "document": row.document,
        "entitlements": len(ready),
    }
    batch = new_batch()
    move = Move(
        State.PUBLICITY,
        by,
        at,
        document=row.document,
        on=row.ends_on,
        batch=batch,
        round=row,
    )
    drafts = [EventDraft("round-opened", body), *take(ready, move)]
    record(chain, drafts, by=by, at=at)
    skipped = [(r, refused[r.pk].message) for r in rows if r.pk in refused]
    return row, BulkStep(batch, ready, skipped)


def _check(terms: RoundTerms) -> None:
    if not terms.place:
        raise EntitlementRefused("place", _("请写明在哪里公示。"))
    if not terms.document:
        text = _("请写明公示天数依据哪份文件；平台不作假定。")
        raise EntitlementRefused("document", text)
    if terms.days < 1:
        text = _("公示至少一个工作日；文件不要求公示的，可以直接上报。")
        raise EntitlementRefused("days", text)


def _make(
    bureau: Organization, terms: RoundTerms, by: User, at: datetime
) -> PublicityRound:
    end = add_working_days(terms.starts_on, terms.days)
    head = f"GS-{bureau.pk}-{terms.starts_on.year}-"
    made = PublicityRound.objects.filter(bureau=bureau, number__startswith=head)
    return PublicityRound.objects.create(
        bureau=bureau,
        number=f"{head}{made.count() + 1:03d}",
        place=terms.place[:200],
        document=terms.document[:200],
        starts_on=terms.starts_on,
        days=terms.days,
        ends_on=end.ends_on,
        unknown_years=list(end.unknown_years),
        opened_by=by,
        opened_at=at,
    )


def is_over(row: PublicityRound, at: datetime) -> bool:
    """Whether the days have passed; the last one counts in full."""
    return timezone.localdate(at) > row.ends_on


@transaction.atomic
def close_round(row: PublicityRound, *, by: User, at: datetime) -> PublicityRound:
    """Close a round whose days have passed and whose objections are all ruled on."""
    _bureau, chain = begin(by, at)
    fresh = _running(row)
    if not is_over(fresh, at):
        text = _("公示到 %(day)s 为止，次日起才能结束。") % {"day": fresh.ends_on}
        raise EntitlementRefused("too-early", text)
    if fresh.objections.filter(is_upheld__isnull=True).exists():
        text = _("还有异议没有裁定，裁定之后才能结束公示。")
        raise EntitlementRefused("objection", text)
    fresh.closed_by, fresh.closed_at = by, at
    fresh.save(update_fields=["closed_by", "closed_at"])
    draft = EventDraft("round-closed", {"round": fresh.number})
    record(chain, [draft], by=by, at=at)
    return fresh


@transaction.atomic
def void_round(
    row: PublicityRound, *, reason: str, by: User, at: datetime
) -> PublicityRound:
    """Break a round off: what was in it goes back to where its materials are complete.

    It then needs another round; it cannot be filed without one.  Raises
    EntitlementRefused once something of it has been filed.
    """
    if not reason.strip():
        raise EntitlementRefused("reason", _("请写明为什么作废这次公示。"))
    _bureau, chain = begin(by, at)
    fresh = PublicityRound.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.voided_at is not None:
        raise EntitlementRefused("round", _("这次公示已经作废。"))
    inside = fresh.entitlements.filter(state=State.PUBLICITY).order_by("pk")
    if has_gone_on(fresh):
        text = _("其中有的已经上报，不能作废；对上报了的请提请撤销。")
        raise EntitlementRefused("further", text)
    fresh.voided_by, fresh.voided_at = by, at
    fresh.void_reason = reason.strip()[:300]
    fresh.save(update_fields=["voided_by", "voided_at", "void_reason"])
    body = {"round": fresh.number, "reason": fresh.void_reason}
    move = Move(
        State.MATERIAL_COMPLETE, by, at, reason=fresh.void_reason, batch=new_batch()
    )
    moved = take(locked_rows(inside), move)
    record(chain, [EventDraft("round-voided", body), *moved], by=by, at=at)
    return fresh


def has_gone_on(row: PublicityRound) -> bool:
    """Whether something that was announced in a round has been filed since."""
    still = (State.PUBLICITY, *WITHDRAWN)
    return row.entitlements.exclude(state__in=still).exists()


def _running(row: PublicityRound) -> PublicityRound:
    fresh = PublicityRound.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if fresh.closed_at is not None or fresh.voided_at is not None:
        raise EntitlementRefused("round", _("这次公示已经结束。"))
    return fresh


@transaction.atomic
def enter_objection(
    row: PublicityRound,
    *,
    entitlement: Entitlement | None,
    name: str,
    text: str,
    received_on: date,
    by: User,
    at: datetime,
) -> RoundObjection:
    """Enter an objection received during the days of a round, to one line or to all."""
    if not text.strip():
        raise EntitlementRefused("text", _("请写明异议的内容。"))
    _bureau, chain = begin(by, at)
    fresh = _running(row)
    if not fresh.starts_on <= received_on <= fresh.ends_on:
        values = {"first": fresh.starts_on, "last": fresh.ends_on}
        words = _("异议须在公示期内收到：%(first)s 至 %(last)s。") % values
        raise EntitlementRefused("received_on", words)
    if entitlement is not None and entitlement.round_id != fresh.pk:
        raise EntitlementRefused("entitlement", _("这一项不在这次公示里。"))
    objection = RoundObjection.objects.create(
        round=fresh,
        entitlement=entitlement,
        name=name.strip(),
        text=text.strip(),
        received_on=received_on,
        entered_by=by,
        entered_at=at,
    )
    body = {
        "round": fresh.number,
        "objection": objection.pk,
        "entitlement": entitlement.pk if entitlement else None,
    }
    record(chain, [EventDraft("objection-entered", body)], by=by, at=at)
    return objection


@transaction.atomic
def rule_objection(
    objection: RoundObjection, *, is_upheld: bool, ruling: str, by: User, at: datetime
) -> RoundObjection:
    """Rule on an objection, with its grounds; an upheld one keeps its line from filing."""
    if not ruling.strip():
        raise EntitlementRefused("ruling", _("请写明裁定的理由。"))
    _bureau, chain = begin(by, at)
    row = RoundObjection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if row.is_upheld is not None:
        raise EntitlementRefused("ruled", _("这项异议已经裁定。"))
    row.is_upheld, row.ruling = is_upheld, ruling.strip()
    row.ruled_by, row.ruled_at = by, at
    row.save(update_fields=["is_upheld", "ruling", "ruled_by", "ruled_at"])
    body = {"objection": row.pk, "upheld": is_upheld}
    record(chain, [EventDraft("objection-ruled", body)], by=by, at=at)
    return row
