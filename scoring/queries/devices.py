"""What is known of tablets: which is whose, what waits on them, who shares a sheet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from people.models import User
from scoring.models import Device, DevicePolicy, Sheet, Visit

VISIT_LASTS = timedelta(seconds=45)  # three reports missed
AWAY_AFTER = timedelta(minutes=2)
MOST_SKEW_MS = 60_000
SHOWN = 200


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A tablet on the wall."""

    device: Device
    label: str
    state: str  # waiting, claimed, enrolled, loose, revoked
    user: str
    sheet: str
    unsent: int
    is_away: bool
    skew_seconds: int | None  # None while the clock is right


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else who has the same sheet open."""

    kind: str  # same-tab, same-user, panel, foreign
    name: str
    seat: int | None
    device: str


def is_required(competition: Competition) -> bool:
    """Whether the competition is marked on enrolled tablets only."""
    return DevicePolicy.objects.filter(
        competition=competition, is_required=True
    ).exists()


def devices_with(secret_digest: str) -> list[Device]:
    """The enrolments a tablet's secret stands for, those revoked left out."""
    rows = Device.objects.filter(secret_digest=secret_digest, revoked_at__isnull=True)
    return list(rows.filter(enrolled_at__isnull=False).order_by("pk"))


def device_in(competition: int, secret_digest: str) -> Device | None:
    """The newest row of this secret at a competition, whatever its state."""
    rows = Device.objects.filter(competition=competition, secret_digest=secret_digest)
    return rows.order_by("-pk").first()


def competitions_of(sheets: Collection[int]) -> set[int]:
    """The competitions to which sheets belong."""
    if not sheets:
        return set()
    rows = Sheet.objects.filter(pk__in=sheets)
    return set(rows.values_list("skill__competition_id", flat=True))


def sheets_in(competition: int, sheets: Iterable[int]) -> set[int]:
    """Those of ``sheets`` that belong to a competition."""
    wanted = list(sheets)
    if not wanted:
        return set()
    rows = Sheet.objects.filter(pk__in=wanted, skill__competition=competition)
    return set(rows.values_list("pk", flat=True))


def label_of(device: Device) -> str:
    """The name of a tablet, or a word for one that has none."""
    return device.name or _("未登记 %(id)s") % {"id": device.client[:4].upper()}


def device_rows(competition: Competition, at: datetime) -> list[DeviceRow]:
    """The tablets of a competition: unsent first, then by name; three queries."""
    rows = Device.objects.filter(competition=competition)
    related = ("user", "sheet__entry", "sheet__sub_criterion", "enrolled_by")
    found = [_row(row, at) for row in rows.select_related(*related)[:SHOWN]]
    order = {"claimed": 0, "waiting": 1, "enrolled": 2, "loose": 3, "revoked": 4}
    return sorted(
        found,
        key=lambda row: (
            row.state == "revoked",
            not row.unsent,
            order[row.state],
            len(row.label),
            row.label,
        ),
    )


def _row(device: Device, at: datetime) -> DeviceRow:
    sheet = device.sheet
    skew = device.skew_ms
    is_wrong = skew is not None and abs(skew) > MOST_SKEW_MS
    return DeviceRow(
        device=device,
        label=label_of(device),
        state=_state(device),
        user=str(device.user or ""),
        sheet=f"{sheet.entry.code} {sheet.sub_criterion.code}" if sheet else "",
        unsent=sum(device.unsent.values()),
        is_away=device.seen_at is None or at - device.seen_at > AWAY_AFTER,
        skew_seconds=round(skew / 1000) if is_wrong and skew is not None else None,
    )


def _state(device: Device) -> str:
    if device.revoked_at is not None:
        return "revoked"
    if device.enrolled_at is not None:
        return "enrolled"
    if device.claimed_at is not None:
        return "claimed"
    return "waiting" if device.name else "loose"


def unsent_devices(skill: Skill) -> list[tuple[str, int]]:
    """Tablets that report marks of this skill not sent yet: label and how many."""
    rows = Device.objects.filter(
        competition=skill.competition_id, revoked_at__isnull=True
    ).exclude(unsent={})
    reported = [(row, {int(pk): n for pk, n in row.unsent.items()}) for row in rows]
    wanted = {pk for _row, unsent in reported for pk in unsent}
    if not wanted:
        return []
    mine = set(
        Sheet.objects.filter(skill=skill, pk__in=wanted).values_list("pk", flat=True)
    )
    counted = [
        (label_of(row), sum(n for pk, n in unsent.items() if pk in mine))
        for row, unsent in reported
    ]
    return sorted((label, count) for label, count in counted if count)


def unsent_words(found: Iterable[tuple[str, int]]) -> str:
    """The sentence that says which tablets hold unsent marks."""
    return _("；").join(
        _("%(device)s 报告还有 %(count)d 条没有上传")
        % {"device": label, "count": count}
        for label, count in found
    )


def company_of(sheet: Sheet, tab: str, at: datetime) -> list[Visit]:
    """Who has a sheet open beside this tab, the newest first."""
    rows = Visit.objects.filter(sheet=sheet, seen_at__gt=at - VISIT_LASTS)
    others = rows.exclude(tab=tab).select_related("user")
    return list(others.order_by("-opened_at", "pk")[:12])


def companions(
    sheet: Sheet, *, user: User, client: str, tab: str, at: datetime
) -> list[Companion]:
    """Who shares the sheet, as this tab has to know it; one query."""
    found = []
    for visit in company_of(sheet, tab, at):
        kind = "foreign" if visit.is_refused else "panel"
        if visit.user_id == user.pk:
            kind = "same-tab" if visit.client == client else "same-user"
        found.append(Companion(kind, str(visit.user), visit.seat, visit.device_name))
    return found
