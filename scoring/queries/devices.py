"""What is known of tablets: which is whose, what waits on them, who shares a sheet."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from people.models import User
from scoring.models import (
    Device,
    DevicePolicy,
    PanelSeat,
    Sheet,
    SkillState,
    SubCriterion,
    Visit,
)

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

    @property
    def slow_seconds(self) -> int:
        return -(self.skew_seconds or 0)

    @property
    def check(self) -> str:
        """Four characters that the tablet shows too while it waits."""
        return self.device.secret_digest[:4].upper()


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


def was_revoked(competition: int, secret_digest: str, noted: int | None) -> bool:
    """Whether the secret, or the device a session was opened on, was shut out here."""
    same = Q(secret_digest=secret_digest) | Q(pk=noted or 0)
    rows = Device.objects.filter(same, competition=competition)
    return rows.filter(revoked_at__isnull=False).exists()


def device_to_claim(code_digest: str, at: datetime) -> Device | None:
    """The tablet that waits for this one-time code."""
    rows = Device.objects.filter(code_digest=code_digest, code_until__gt=at)
    return rows.select_related("competition").filter(revoked_at__isnull=True).first()


def claimed_with(secret_digest: str) -> Device | None:
    """The newest tablet of this secret that was not revoked, confirmed or not."""
    rows = Device.objects.filter(secret_digest=secret_digest, revoked_at__isnull=True)
    return rows.select_related("competition").order_by("-claimed_at").first()


def required_among(competitions: Collection[int]) -> set[int]:
    """Those competitions that are marked on enrolled tablets only."""
    rows = DevicePolicy.objects.filter(competition__in=competitions, is_required=True)
    return set(rows.values_list("competition_id", flat=True))


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


def has_devices(competition: Competition) -> bool:
    """Whether any tablet is known at a competition."""
    return Device.objects.filter(competition=competition).exists()


def label_of(device: Device) -> str:
    """The name of a tablet, or a word for one that has none."""
    return device.name or _("未登记 %(id)s") % {"id": device.client[:4].upper()}


def device_names(competition: Competition) -> dict[str, str]:
    """The names of enrolled tablets by the label under which PIN failures count."""
    rows = Device.objects.filter(competition=competition).exclude(name="")
    return {f"device:{pk}": name for pk, name in rows.values_list("pk", "name")}


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


def unsent_devices(
    skill: Skill, sheets: Collection[int] | None = None
) -> list[tuple[str, int]]:
    """Tablets that report marks of this skill not sent yet: label and how many.

    Of certain ``sheets`` only, if they are given.
    """
    rows = Device.objects.filter(
        competition=skill.competition_id, revoked_at__isnull=True
    ).exclude(unsent={})
    reported = [(row, {int(pk): n for pk, n in row.unsent.items()}) for row in rows]
    wanted = {pk for _row, unsent in reported for pk in unsent}
    if not wanted:
        return []
    if sheets is not None:
        wanted &= set(sheets)
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


@dataclass(frozen=True, slots=True)
class EntryMode:
    """How a panel of a skill enters its marks."""

    skill: Skill
    panel: str
    judges: int
    is_group: bool


def entry_modes(competition: Competition) -> list[EntryMode]:
    """The panels of a competition's skills that have a scheme; three queries."""
    states = SkillState.objects.filter(skill__competition=competition)
    rows = list(states.select_related("skill__competition").order_by("skill__number"))
    letters = SubCriterion.objects.filter(
        criterion__scheme__in=[row.scheme_id for row in rows]
    ).values_list("criterion__scheme_id", "panel", "second_panel")
    panels: dict[int, set[str]] = {}
    for scheme, *both in letters:
        panels.setdefault(scheme, set()).update(letter for letter in both if letter)
    seats = PanelSeat.objects.filter(
        skill__competition=competition, left_at__isnull=True, entry__isnull=True
    ).values_list("skill_id", "panel")
    held = Counter(seats)
    return [
        EntryMode(
            row.skill, letter, held[row.skill_id, letter], letter in row.group_panels
        )
        for row in rows
        for letter in sorted(panels.get(row.scheme_id, ()))
    ]
