"""Marking teams arranged one by one; reserves who step in; permissions to catch up.

Lock order as everywhere: the skill's chain first.  No mark is ever lost here: what a
judge entered stays theirs, and only empty cells go to who takes the seat.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Entry, Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import moment, skill_chain
from people.models import User
from scoring.actions.seats import (
    appointed_users,
    note_seats,
    seat_sheets,
    write_calendar,
)
from scoring.actions.totals import refresh_results
from scoring.core.dual import SECOND
from scoring.enums import SheetState
from scoring.errors import MarkingRefused
from scoring.models import CatchUp, Mark, MarkingTeam, PanelSeat, Sheet
from scoring.queries.interest import reserves_of
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.signals import announce_scoreboard, announce_sheets

UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)
LONGEST_REASON = 300
MOST_DAYS = 30
Aside = dict[int, dict[str, list[int]]]


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What may be said of a team; ``judges`` in the order of their seats."""

    name: str = ""
    days: tuple[int, ...] = ()
    by_sub_day: bool = False
    size: int = 0
    leader: int | None = None
    judges: tuple[int, ...] = ()


@transaction.atomic
def arrange_team(
    skill: Skill, letter: str, *, facts: TeamFacts, by: User, at: datetime
) -> MarkingTeam:
    """Set a team's name, days, size, leader and who sits in it; seats become arranged.

    Who stays keeps the number; who comes takes the lowest free one.  A judge who has
    marked leaves only by way of a reserve (:func:`seat_reserve`).
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    _check_facts(skill, letter, facts)
    team, _made = MarkingTeam.objects.get_or_create(skill=skill, letter=letter)
    team.name, team.size, team.by_sub_day = facts.name, facts.size, facts.by_sub_day
    team.days, team.leader_id = sorted(set(facts.days)), facts.leader
    team.is_arranged = True
    team.save()
    seats = _sit(skill, letter, facts.judges, at=at)
    write_calendar(skill)
    body = {
        "panel": letter,
        "days": team.days,
        "by_sub_day": team.by_sub_day,
        "size": team.size,
        "leader": None if facts.leader is None else f"user:{facts.leader}",
        "seats": [[seat.number, f"user:{seat.judge_id}"] for seat in seats],
    }
    draft = EventDraft("team", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
    note_seats(skill, _seats(skill), by=by, at=at)
    _reseat(skill, by=by, at=at)
    return team


def _check_facts(skill: Skill, letter: str, facts: TeamFacts) -> None:
    if not ("A" <= letter <= "Z" and len(letter) == 1):
        raise MarkingRefused(_("评分组用一个大写字母表示，如 A。"), "bad-letter")
    if any(not 1 <= day <= MOST_DAYS for day in facts.days):
        raise MarkingRefused(_("评分日写 C1、C2……，从开赛第一天算起。"), "bad-day")
    allowed = {user.pk for user in appointed_users(skill, EventRole.JUDGE)}
    allowed |= {user.pk for user in appointed_users(skill, EventRole.RESERVE)}
    if not set(facts.judges) <= allowed:
        raise MarkingRefused(
            _("有人没有聘为本赛项的裁判员或替补裁判，先聘任。"), "not-appointed"
        )
    if facts.leader is not None and facts.leader not in facts.judges:
        raise MarkingRefused(_("组长须是本组裁判。"), "leader-outside")
    others = _paired_letters(skill, letter)
    rows = _seats(skill).filter(panel__in=others, judge__in=facts.judges)
    if twice := rows.select_related("judge").first():
        raise MarkingRefused(
            _(
                "%(name)s 已在 %(other)s 组：两组要各自评同一张评分表，"
                "一名裁判不能同在两组。"
            )
            % {"name": twice.judge, "other": twice.panel},
            "two-teams",
        )


def _paired_letters(skill: Skill, letter: str) -> set[str]:
    """The teams that mark a sheet together with this one, each on its own."""
    state = state_of(skill)
    if state is None:
        return set()
    subs = plan_by_digest(state.scheme.digest).subs.values()
    pairs = [{sub.panel, sub.dual.panel} for sub in subs if sub.dual is not None]
    return {other for pair in pairs if letter in pair for other in pair - {letter}}


def _seats(skill: Skill) -> QuerySet[PanelSeat]:
    return PanelSeat.objects.filter(
        skill=skill, left_at__isnull=True, entry__isnull=True
    )


def _sit(
    skill: Skill, letter: str, judges: Sequence[int], *, at: datetime
) -> list[PanelSeat]:
    held = {seat.judge_id: seat for seat in _seats(skill).filter(panel=letter)}
    leaving = [seat for judge, seat in held.items() if judge not in judges]
    for seat in leaving:
        if _has_marked(skill, seat):
            raise MarkingRefused(
                _("%(name)s 在这个席位上评过分，不能直接移出；请用“替补上场”。")
                % {"name": seat.judge},
                "has-marked",
            )
    PanelSeat.objects.filter(pk__in=[seat.pk for seat in leaving]).update(left_at=at)
    kept = [seat for judge, seat in held.items() if judge in judges]
    taken = {seat.number for seat in kept}
    free = iter(n for n in range(1, SECOND) if n not in taken)
    new = [
        PanelSeat(
            skill=skill, panel=letter, number=next(free), judge_id=judge, seated_at=at
        )
        for judge in dict.fromkeys(judges)
        if judge not in held
    ]
    PanelSeat.objects.bulk_create(new)
    return sorted([*kept, *new], key=lambda seat: seat.number)


def _has_marked(skill: Skill, seat: PanelSeat) -> bool:
    first = Q(sheet__sub_criterion__panel=seat.panel, seat=seat.number)
    second = Q(sheet__sub_criterion__second_panel=seat.panel, seat=seat.number + SECOND)
    rows = Mark.objects.filter(first | second, sheet__skill=skill)
    return rows.filter(judge=seat.judge_id).exists()


@transaction.atomic
def seat_reserve(
    skill: Skill,
    *,
    panel: str,
    number: int,
    reserve: User,
    reason: str,
    by: User,
    at: datetime,
    entry: Entry | None = None,
) -> PanelSeat:
    """A reserve steps in: on one entry's sheets, or in the seat from now on.

    The chief judge's act.  The seat keeps its number, so every mark in it stands as its
    judge entered it; only what is still empty is the reserve's to fill.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    _require_chief(skill, by)
    _check_reason(reason)
    seat = _seats(skill).filter(panel=panel, number=number).first()
    if seat is None:
        raise MarkingRefused(_("没有这个席位，请刷新页面。"), "no-seat")
    _require_fit(skill, seat, reserve, entry)
    if entry is None:
        new = _replace(skill, seat, reserve, at=at)
    else:
        new = _stand_in(skill, seat, reserve, entry, at=at)
    aside = _reseat(skill, by=None, at=at)
    body = {
        "panel": panel,
        "number": number,
        "entries": [] if entry is None else [entry.pk],
        "from": f"user:{seat.judge_id}",
        "to": reserve.actor,
        "reason": reason,
        "aside": {str(pk): away for pk, away in sorted(aside.items())},
    }
    draft = EventDraft("reserve-seated", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
    return new


def _require_fit(
    skill: Skill, seat: PanelSeat, reserve: User, entry: Entry | None
) -> None:
    found = {row.user.pk: row for row in reserves_of(skill)}.get(reserve.pk)
    if found is None:
        raise MarkingRefused(
            _("%(name)s 不是本赛项可以上场的替补裁判。") % {"name": reserve},
            "no-reserve",
        )
    wanted = {entry.pk} if entry else _open_entries(skill, seat.panel)
    if unfit := wanted & found.unfit:
        codes = Entry.objects.filter(pk__in=unfit).order_by("code")
        names = _("、").join(codes.values_list("code", flat=True)[:5])
        raise MarkingRefused(
            _("%(name)s 与工位 %(codes)s 的选手有关联，也须回避。请换一名替补。")
            % {"name": reserve, "codes": names},
            "reserve-conflict",
        )


def _open_entries(skill: Skill, panel: str) -> set[int]:
    """The entries of which this team still has something to mark or sign."""
    of_team = Q(sub_criterion__panel=panel) | Q(sub_criterion__second_panel=panel)
    rows = Sheet.objects.filter(of_team, skill=skill, state__in=UNSIGNED)
    return set(rows.values_list("entry_id", flat=True))


def _replace(
    skill: Skill, seat: PanelSeat, reserve: User, *, at: datetime
) -> PanelSeat:
    """The seat is the reserve's from now on; what they held for single entries ends."""
    PanelSeat.objects.filter(
        skill=skill,
        panel=seat.panel,
        number=seat.number,
        judge=reserve,
        left_at__isnull=True,
    ).update(left_at=at)
    seat.left_at, seat.left_for = at, reserve
    seat.save(update_fields=["left_at", "left_for"])
    return PanelSeat.objects.create(
        skill=skill,
        panel=seat.panel,
        number=seat.number,
        judge=reserve,
        seated_at=at,
    )


def _stand_in(
    skill: Skill, seat: PanelSeat, reserve: User, entry: Entry, *, at: datetime
) -> PanelSeat:
    if entry.skill_id != skill.pk:
        raise MarkingRefused(_("没有这个席位，请刷新页面。"), "no-seat")
    here = PanelSeat.objects.filter(
        skill=skill, panel=seat.panel, entry=entry, left_at__isnull=True
    )
    if here.filter(judge=reserve).exclude(number=seat.number).exists():
        raise MarkingRefused(
            _("%(name)s 在这名选手的评分表上已替另一席，请换一名替补。")
            % {"name": reserve},
            "stands-in-already",
        )
    here.filter(number=seat.number).update(left_at=at, left_for=reserve)
    return PanelSeat.objects.create(
        skill=skill,
        panel=seat.panel,
        number=seat.number,
        judge=reserve,
        entry=entry,
        seated_at=at,
    )


@transaction.atomic
def grant_catch_up(
    team: MarkingTeam,
    *,
    reason: str,
    until: datetime,
    by: User,
    at: datetime,
    sub: str = "",
) -> CatchUp:
    """Let a team mark outside its days until a moment; the chief judge's word."""
    skill = team.skill
    lock_chains([skill_chain(skill.pk)], at=at)
    _require_chief(skill, by)
    _check_reason(reason)
    if until <= at:
        raise MarkingRefused(_("补评截止时间已经过去。"), "catch-up-past")
    row = CatchUp.objects.create(
        team=team, sub=sub, reason=reason, granted_by=by, granted_at=at, until=until
    )
    body = {
        "panel": team.letter,
        "sub": sub,
        "until": moment(until),
        "reason": reason,
    }
    draft = EventDraft("catch-up", body)
    append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)
    write_calendar(skill)
    return row


@transaction.atomic
def review_interests(skill: Skill, *, by: User | str, at: datetime) -> int:
    """Compute anew who stands aside from what; return how many seats changed.

    Nothing is recorded where nothing changed.
    """
    lock_chains([skill_chain(skill.pk)], at=at)
    before = _seats_by_sheet(skill)
    _reseat(skill, by=by, at=at, only_if_changed=True)
    after = _seats_by_sheet(skill)
    return sum(len(set(after[pk]) ^ set(seats)) for pk, seats in before.items())


def _seats_by_sheet(skill: Skill) -> dict[int, list[int]]:
    return dict(Sheet.objects.filter(skill=skill).values_list("pk", "seats"))


def _reseat(
    skill: Skill, *, by: User | str | None, at: datetime, only_if_changed: bool = False
) -> Aside:
    """Seat the sheets there are anew; ``by`` notes it as a repeated opening."""
    state = state_of(skill)
    if state is None or state.opened_at is None:
        return {}
    plan = plan_by_digest(state.scheme.digest)
    rows = Sheet.objects.filter(skill=skill).select_related("sub_criterion")
    sheets = list(rows.order_by("pk"))
    before = [list(sheet.seats) for sheet in sheets]
    panels, aside = seat_sheets(skill, plan, sheets, list(_seats(skill)))
    if only_if_changed and before == [sheet.seats for sheet in sheets]:
        return aside
    by_entry: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        by_entry[sheet.entry_id].append(sheet)
    refresh_results(skill, state, plan, sheets=by_entry, at=at)
    if by is not None:
        actor = by if isinstance(by, str) else by.actor
        _note(skill, by_entry, panels, aside, actor=actor, at=at)
    announce_scoreboard(skill.pk)
    announce_sheets(skill.pk, [sheet.pk for sheet in sheets])
    return aside


def _note(
    skill: Skill,
    entries: Collection[int],
    panels: dict[str, list[int]],
    aside: Aside,
    *,
    actor: str,
    at: datetime,
) -> None:
    guests = Entry.objects.filter(pk__in=entries, is_guest=True)
    body = {
        "entries": sorted(entries),
        "guests": sorted(guests.values_list("pk", flat=True)),
        "panels": panels,
        "aside": {str(pk): away for pk, away in sorted(aside.items())},
    }
    draft = EventDraft("marking-open", body)
    append(skill_chain(skill.pk), [draft], actor=actor, at=at)


def _require_chief(skill: Skill, by: User) -> None:
    if EventRole.CHIEF_JUDGE not in event_roles_of(by, skill):
        raise MarkingRefused(_("这一步由裁判长作出。"), "not-chief-judge")


def _check_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise MarkingRefused(
            _("请写明原因，最多 %(most)d 字。") % {"most": LONGEST_REASON}, "no-reason"
        )
