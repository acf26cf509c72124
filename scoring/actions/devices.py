"""Tablets: enrolled with a one-time code, revoked, and what they say of themselves.

Enrolment and revocation are ledger events.  What a tablet reports (open sheet, unsent
marks, clock) is its own passing claim: it is stored without one and moves no mark.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain, skill_chain
from people.models import User
from scoring.errors import DeviceRefused
from scoring.models import Device, DevicePolicy, Sheet, SkillState, Visit
from scoring.queries import devices as known
from scoring.queries.schemes import plan_by_digest
from scoring.signals import announce_sheets

# Without letters and digits that are mistaken for each other.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=10)
LONGEST_NAME, LONGEST_REASON = 40, 300
VISIT_KEPT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Report:
    """What one tab of a tablet says: its ids, open sheet, unsent marks, clock, receipt."""

    client: str
    tab: str
    unsent: Mapping[int, int] = field(default_factory=dict)
    clock: datetime | None = None
    receipt: tuple[int, str] | None = None


def digest_of(word: str) -> str:
    """Under what a code or a tablet's secret is stored."""
    return hashlib.sha256(word.encode()).hexdigest()


@transaction.atomic
def set_device_policy(
    competition: Competition, *, is_required: bool, by: User, at: datetime
) -> None:
    """Say whether marks come from enrolled tablets only."""
    row, _made = DevicePolicy.objects.get_or_create(competition=competition)
    if row.is_required == is_required:
        return
    row.is_required = is_required
    row.save(update_fields=["is_required"])
    _note(competition, "device-policy", {"is_required": is_required}, by.actor, at)


@transaction.atomic
def begin_enrolment(
    competition: Competition, *, name: str, by: User, at: datetime
) -> tuple[Device, str]:
    """Name a tablet and return its one-time code, good for ten minutes.

    A name that waits for its tablet gets a new code; the old one is void.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise DeviceRefused(_("请给平板起一个名称，最多 40 字。"), "device-name")
    rows = Device.objects.filter(competition=competition, revoked_at__isnull=True)
    device = rows.filter(name=name).first()
    if device is not None and device.claimed_at is not None:
        raise DeviceRefused(
            _("“%(name)s”已经登记过，请换一个名称，或先停用它。") % {"name": name},
            "device-name-taken",
        )
    if device is None:
        device = Device(competition=competition, name=name, made_at=at)
    code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    device.code_digest, device.code_until = digest_of(code), at + CODE_LASTS
    device.save()
    return device, code


@transaction.atomic
def claim_device(*, code: str, client: str, secret: str, at: datetime) -> Device:
    """Take up a code on the tablet in hand; the organizer has yet to confirm it.

    ``secret`` is what this browser keeps (a cookie).  The code is void from now on.
    """
    rows = Device.objects.select_for_update(of=("self",)).select_related("competition")
    device = rows.filter(code_digest=digest_of(code), revoked_at__isnull=True).first()
    if device is None or device.code_until is None or at >= device.code_until:
        raise DeviceRefused(
            _("这个登记码已失效或已用过，请赛务在平板页面重新生成。"), "device-code"
        )
    device.code_digest, device.code_until = "", None
    device.claimed_at, device.secret_digest = at, digest_of(secret)
    _forget_others(device)
    device.save()
    _take_client(device, client)
    return device


def _forget_others(device: Device) -> None:
    """One browser is one device of a competition: its last enrolment counts."""
    same = Device.objects.filter(
        competition=device.competition_id,
        secret_digest=device.secret_digest,
        revoked_at__isnull=True,
    )
    same.exclude(pk=device.pk).update(secret_digest="")


def _take_client(device: Device, client: str) -> None:
    """Bind the id that marks carry; what was known of it unenrolled goes over."""
    if not client or device.client == client:
        return
    rows = Device.objects.filter(
        competition=device.competition_id, client=client, revoked_at__isnull=True
    )
    for other in rows.exclude(pk=device.pk):
        device.unsent = device.unsent or other.unsent
        if other.name:
            Device.objects.filter(pk=other.pk).update(client="")
        else:
            other.delete()
    device.client = client
    device.save(update_fields=["client", "unsent"])


@transaction.atomic
def confirm_device(device: Device, *, by: User, at: datetime) -> None:
    """Let a tablet in that took up its code; twice changes nothing."""
    row = Device.objects.select_for_update().get(pk=device.pk)
    if row.enrolled_at is not None:
        return
    if row.claimed_at is None or row.revoked_at is not None:
        raise DeviceRefused(_("这台平板还没有扫码，不能确认。"), "device-unclaimed")
    row.enrolled_at, row.enrolled_by = at, by
    row.save(update_fields=["enrolled_at", "enrolled_by"])
    body = {"device": f"device:{row.pk}", "name": row.name, "client": row.client}
    _note(device.competition, "device-enrolled", body, by.actor, at)


@transaction.atomic
def revoke_device(device: Device, *, reason: str, by: User, at: datetime) -> None:
    """Shut a tablet out at once; marks that still wait on it are given up, on record."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise DeviceRefused(_("停用平板要写明事由，最多 300 字。"), "device-reason")
    row = Device.objects.select_for_update().get(pk=device.pk)
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by, row.revoked_because = at, by, reason
    row.code_digest, row.code_until = "", None
    row.save()
    Visit.objects.filter(client=row.client).exclude(client="").delete()
    body = {
        "device": f"device:{row.pk}",
        "name": row.name,
        "client": row.client,
        "reason": reason,
        "unsent": sum(row.unsent.values()),
    }
    _note(device.competition, "device-revoked", body, by.actor, at)


def _note(
    competition: Competition,
    kind: str,
    body: Mapping[str, object],
    actor: str,
    at: datetime,
) -> None:
    chain = competition_chain(competition.pk)
    append(chain, [EventDraft(kind, body)], actor=actor, at=at)


@transaction.atomic
def note_slips(
    competition: Competition,
    people: Collection[User],
    *,
    reason: str,
    by: User,
    at: datetime,
) -> None:
    """Record for whom sealed slips were printed; the PINs are in no event."""
    persons = [f"person:{user.person_id}" for user in people]
    body = {"persons": persons, "reason": reason}
    _note(competition, "pin-slips", body, by.actor, at)


@transaction.atomic
def choose_entry_mode(
    skill: Skill, *, panel: str, is_group: bool, by: User, at: datetime
) -> None:
    """Let a panel enter everything on one tablet, or each judge on their own."""
    lock_chains([skill_chain(skill.pk)], at=at)
    state = SkillState.objects.select_related("scheme").get(skill=skill)
    subs = plan_by_digest(state.scheme.digest).subs.values()
    if panel not in {sub.panel for sub in subs}:
        raise DeviceRefused(_("评分方案里没有这个评分组。"), "panel-unknown")
    letters = set(state.group_panels)
    changed = letters | {panel} if is_group else letters - {panel}
    if changed == letters:
        return
    state.group_panels = sorted(changed)
    state.save(update_fields=["group_panels"])
    body = {"panel": panel, "is_group": is_group}
    draft = EventDraft("entry-mode", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
    sheets = Sheet.objects.filter(skill=skill, sub_criterion__panel=panel)
    announce_sheets(skill.pk, sheets.values_list("pk", flat=True))


def take_report(
    report: Report,
    *,
    sheet: Sheet | None,
    seat: int | None,
    secret: str,
    by: User,
    at: datetime,
    is_refused: bool = False,
) -> None:
    """Store what a tablet says, and the sheet it has open.

    When somebody comes to a sheet that others have open, all of them are nudged.
    """
    with transaction.atomic():
        rows = _reporting(report, sheet, secret, by=by, at=at)
        for row in rows:
            _store(row, report, sheet, by=by, at=at)
        name = next((row.name for row in rows if row.enrolled_at), "")
        is_new = _visit(report, sheet, seat, name, by=by, at=at, refused=is_refused)
        if sheet is not None and is_new and known.company_of(sheet, report.tab, at):
            announce_sheets(sheet.skill_id, [sheet.pk])


def leave_sheet(*, tab: str, by: User, at: datetime) -> None:
    """A tab was closed: who shares its sheet is told."""
    visit = Visit.objects.filter(tab=tab, user=by).select_related("sheet").first()
    if visit is None:
        return
    with transaction.atomic():
        visit.delete()
        if known.company_of(visit.sheet, tab, at):
            announce_sheets(visit.sheet.skill_id, [visit.sheet_id])


def _reporting(
    report: Report, sheet: Sheet | None, secret: str, *, by: User, at: datetime
) -> list[Device]:
    """The rows of this device: where it is enrolled or was seen, and where it marks now."""
    enrolled = known.devices_with(digest_of(secret)) if secret else []
    for row in enrolled:
        _take_client(row, report.client)
    places = {row.competition_id for row in enrolled}
    loose = Device.objects.filter(client=report.client, revoked_at__isnull=True)
    rows = [*enrolled, *loose.exclude(competition__in=places)]
    places |= {row.competition_id for row in rows}
    wanted = known.competitions_of({*report.unsent, *([sheet.pk] if sheet else [])})
    for competition in wanted - places:
        rows += _made(competition, report.client, at)
    return rows


def _made(competition: int, client: str, at: datetime) -> list[Device]:
    try:
        with transaction.atomic():
            row = Device(competition_id=competition, client=client, made_at=at)
            row.save()
    except IntegrityError:  # two tabs said it at once
        return list(Device.objects.filter(competition=competition, client=client))
    return [row]


def _store(
    row: Device, report: Report, sheet: Sheet | None, *, by: User, at: datetime
) -> None:
    mine = known.sheets_in(row.competition_id, report.unsent)
    row.unsent = {str(pk): report.unsent[pk] for pk in sorted(mine)}
    row.seen_at, row.user = at, by
    is_here = sheet and sheet.skill.competition_id == row.competition_id
    row.sheet = sheet if is_here else None
    if report.clock is not None:
        row.skew_ms = round((report.clock - at).total_seconds() * 1000)
    if report.receipt is not None and (row.receipt_seq or 0) <= report.receipt[0]:
        row.receipt_seq, row.receipt_hash = report.receipt
    row.save()


def _visit(
    report: Report,
    sheet: Sheet | None,
    seat: int | None,
    name: str,
    *,
    by: User,
    at: datetime,
    refused: bool,
) -> bool:
    """Move the tab to its sheet; True if it was not there before."""
    mine = Visit.objects.filter(tab=report.tab)
    if sheet is None:
        mine.delete()
        return False
    facts = {"user": by, "client": report.client, "device_name": name, "seat": seat}
    facts |= {"is_refused": refused, "seen_at": at}
    before = mine.filter(sheet=sheet, seen_at__gt=at - known.VISIT_LASTS).exists()
    if not mine.filter(sheet=sheet).update(**facts):
        Visit.objects.update_or_create(
            tab=report.tab, defaults={"sheet": sheet, "opened_at": at, **facts}
        )
        Visit.objects.filter(sheet=sheet, seen_at__lt=at - VISIT_KEPT).delete()
    return not before
