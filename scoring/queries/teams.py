"""The marking teams of a skill as a page shows them: matrix, seats, conflicts, reserves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from competitions.core.conflicts import Conflict
from competitions.enums import EventRole
from competitions.models import Competition, Entry, Skill
from competitions.queries import judges_of, local_day
from people.models import User
from scoring.core.dual import BOTH
from scoring.core.scheme import DualMarking
from scoring.core.teams import competition_day
from scoring.enums import SheetState
from scoring.models import (
    CatchUp,
    Mark,
    MarkingTeam,
    PanelSeat,
    Sheet,
    SkillState,
    SubCriterion,
)
from scoring.queries.interest import Reserve, reasons_by_entry, reserves_of
from scoring.queries.schemes import Plan, plan_by_digest, state_of

UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)


@dataclass(frozen=True, slots=True)
class TeamSub:
    """A sub-criterion of a team; ``other`` is the team that marks it as well."""

    code: str
    name: str
    day: int | None
    other: str
    rule: DualMarking | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: who holds it, since when, how many marks, whom they stand aside from."""

    number: int
    user_id: int
    name: str
    since: datetime
    marks: int
    aside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A reserve who holds a seat for one entry."""

    number: int
    code: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """A marking team with all that the page shows of it; ``row`` None: not arranged."""

    letter: str
    name: str
    days: tuple[int, ...]
    by_sub_day: bool
    size: int
    leader_id: int | None
    is_arranged: bool
    row_id: int | None
    subs: tuple[TeamSub, ...]
    seats: tuple[Seat, ...]
    stand_ins: tuple[StandIn, ...]
    catch_ups: tuple[CatchUp, ...]

    @property
    def lacking(self) -> int:
        """How many judges it lacks; without a size one is enough."""
        return max((self.size or 1) - len(self.seats), 0)

    def subs_on(self, day: int) -> tuple[TeamSub, ...]:
        """What it marks on a competition day."""
        if not self.by_sub_day and self.days and day not in self.days:
            return ()
        return tuple(
            sub
            for sub in self.subs
            if not (self.by_sub_day and sub.day is not None) or sub.day == day
        )


@dataclass(frozen=True, slots=True)
class SeatConflict:
    """An empty chair: a judge who must stand aside, and the reserves free to sit."""

    panel: str
    number: int
    name: str
    entry_id: int
    code: str
    reasons: tuple[Conflict, ...]
    reserves: tuple[User, ...]


@dataclass(frozen=True, slots=True)
class Teams:
    """Everything of the page; ``today`` is the day of the competition."""

    days: int
    today: int
    has_scheme: bool
    is_frozen: bool
    is_open: bool
    teams: tuple[Team, ...]
    conflicts: tuple[SeatConflict, ...]
    reserves: tuple[Reserve, ...]
    unmarked: tuple[tuple[str, int], ...]  # sub-criterion and day no team covers


def teams_of(skill: Skill, at: datetime) -> Teams:
    """The marking teams of a skill; a fixed number of queries but for the judges' ties."""
    state = state_of(skill)
    plan = plan_by_digest(state.scheme.digest) if state else None
    seats = current_seats(skill)
    reserves = reserves_of(skill)
    conflicts = seat_conflicts(skill, seats, reserves)
    rows = {
        row.letter: row
        for row in MarkingTeam.objects.filter(skill=skill).prefetch_related("catch_ups")
    }
    letters = sorted({*rows, *(seat.panel for seat in seats), *_letters(plan)})
    marks = _marks(skill)
    teams = tuple(
        _team(letter, rows.get(letter), plan, seats, conflicts, marks)
        for letter in letters or ["A"]
    )
    competition = skill.competition
    day = competition_day(local_day(competition, at), competition.starts_on)
    return Teams(
        days=number_of_days(skill),
        today=day,
        has_scheme=plan is not None,
        is_frozen=_is_frozen(state),
        is_open=state is not None and state.opened_at is not None,
        teams=teams,
        conflicts=tuple(conflicts),
        reserves=tuple(reserves),
        unmarked=tuple(_unmarked(teams, number_of_days(skill))),
    )


def number_of_days(skill: Skill) -> int:
    """The days of the competition, at least as many as the skill says it takes."""
    competition = skill.competition
    length = (competition.ends_on - competition.starts_on).days + 1
    return min(max(length, skill.days, 1), 30)


def appointed_for_teams(skill: Skill) -> list[tuple[int, str]]:
    """Who may sit in a team: judges, then reserves, with a sign-in; id and words."""
    found: list[tuple[int, str]] = []
    for role in (EventRole.JUDGE, EventRole.RESERVE):
        rows = judges_of(skill, role).filter(person__user__isnull=False)
        for row in rows.select_related("person__user"):
            unit = row.person.organization
            words = f"{row.person.name}（{unit}）" if unit else row.person.name
            found.append((row.person.user.pk, words))
    return list(dict(found).items())


def seat_conflicts(
    skill: Skill, seats: Collection[PanelSeat], reserves: Sequence[Reserve]
) -> list[SeatConflict]:
    """Every seat that is empty for an entry because its holder must stand aside.

    Only while something of the entry is unsigned; seats come with judge and person.
    """
    held = [seat for seat in seats if seat.entry_id is None]
    filled = {(s.panel, s.number, s.entry_id) for s in seats if s.entry_id is not None}
    users = {seat.judge_id: seat.judge for seat in held}
    reasons = reasons_by_entry(skill, users.values())
    unsigned = _unsigned_panels(skill)
    codes = dict(Entry.objects.filter(pk__in=list(reasons)).values_list("pk", "code"))
    found = []
    for entry, by_user in reasons.items():
        for seat in held:
            if seat.judge_id not in by_user:
                continue
            if (seat.panel, seat.number, entry) in filled:
                continue
            if unsigned is not None and (entry, seat.panel) not in unsigned:
                continue
            free = tuple(r.user for r in reserves if entry not in r.unfit)
            found.append(
                SeatConflict(
                    seat.panel,
                    seat.number,
                    str(seat.judge),
                    entry,
                    codes.get(entry, ""),
                    by_user[seat.judge_id],
                    free,
                )
            )
    return sorted(found, key=lambda row: (row.panel, row.number, row.code))


def _unsigned_panels(skill: Skill) -> set[tuple[int, str]] | None:
    """Entry and panel of every unsigned sheet; None before sheets are made."""
    rows = Sheet.objects.filter(skill=skill)
    if not rows.exists():
        return None
    found = set()
    for entry, first, second in rows.filter(state__in=UNSIGNED).values_list(
        "entry_id", "sub_criterion__panel", "sub_criterion__second_panel"
    ):
        found |= {(entry, first), (entry, second)}
    return found


def _letters(plan: Plan | None) -> set[str]:
    subs = plan.subs.values() if plan else ()
    return {sub.panel for sub in subs} | {sub.dual.panel for sub in subs if sub.dual}


def _is_frozen(state: SkillState | None) -> bool:
    return state is not None and state.scheme.frozen_at is not None


def _marks(skill: Skill) -> dict[int, int]:
    """How many marks stand, by judge."""
    rows = Mark.objects.filter(sheet__skill=skill).values_list("judge_id")
    return dict(rows.annotate(count=Count("pk")).order_by())


def _team(
    letter: str,
    row: MarkingTeam | None,
    plan: Plan | None,
    seats: Sequence[PanelSeat],
    conflicts: Sequence[SeatConflict],
    marks: Mapping[int, int],
) -> Team:
    mine = [seat for seat in seats if seat.panel == letter]
    return Team(
        letter=letter,
        name=row.name if row else "",
        days=tuple(row.days) if row else (),
        by_sub_day=row.by_sub_day if row else False,
        size=row.size if row else 0,
        leader_id=row.leader_id if row else None,
        is_arranged=row.is_arranged if row else False,
        row_id=row.pk if row else None,
        subs=tuple(_subs(letter, plan)),
        seats=tuple(
            Seat(
                seat.number,
                seat.judge_id,
                str(seat.judge),
                seat.seated_at,
                marks.get(seat.judge_id, 0),
                tuple(
                    found.code
                    for found in conflicts
                    if (found.panel, found.number) == (letter, seat.number)
                ),
            )
            for seat in mine
            if seat.entry_id is None
        ),
        stand_ins=tuple(
            StandIn(seat.number, seat.entry.code, str(seat.judge), seat.seated_at)
            for seat in mine
            if seat.entry is not None
        ),
        catch_ups=tuple(row.catch_ups.all()) if row else (),
    )


def _subs(letter: str, plan: Plan | None) -> list[TeamSub]:
    found = []
    for sub in plan.subs.values() if plan else ():
        if letter == sub.panel:
            other = sub.dual.panel if sub.dual else ""
            found.append(TeamSub(sub.code, sub.name, sub.day, other, sub.dual))
        elif sub.dual is not None and letter == sub.dual.panel:
            found.append(TeamSub(sub.code, sub.name, sub.day, sub.panel, sub.dual))
    return found


def _unmarked(teams: Sequence[Team], days: int) -> list[tuple[str, int]]:
    """Sub-criteria whose day of marking is none of their team's days."""
    found = []
    for team in teams:
        for sub in team.subs:
            if sub.day is None or team.by_sub_day or not team.days:
                continue
            if sub.day not in team.days:
                found.append((sub.code, sub.day))
    return sorted(set(found))


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """A team in figures; ``empty``: seats empty for an entry, of unsigned sheets."""

    skill_id: int
    letter: str
    size: int
    seats: int
    empty: int
    uncovered: tuple[tuple[str, int], ...]


def team_standings(competition: Competition) -> list[TeamStanding]:
    """Every team that was arranged, or whose seats are empty somewhere; four queries."""
    rows = {
        (row.skill_id, row.letter): row
        for row in MarkingTeam.objects.filter(skill__competition=competition)
    }
    held: dict[tuple[int, str], set[int]] = defaultdict(set)
    seats = PanelSeat.objects.filter(
        skill__competition=competition, left_at__isnull=True, entry__isnull=True
    )
    for skill, panel, number in seats.values_list("skill_id", "panel", "number"):
        held[skill, panel].add(number)
    empty = _empty_seats(competition, held)
    uncovered = _uncovered(competition, rows)
    return [
        TeamStanding(
            skill,
            letter,
            row.size if (row := rows.get((skill, letter))) else 0,
            len(held[skill, letter]),
            empty[skill, letter],
            tuple(uncovered[skill, letter]),
        )
        for skill, letter in sorted({*rows, *(key for key in empty if empty[key])})
    ]


def _empty_seats(
    competition: Competition, held: Mapping[tuple[int, str], set[int]]
) -> dict[tuple[int, str], int]:
    """How many seats of unsigned sheets are empty; equal sheets are counted together."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    sheets = Sheet.objects.filter(skill__competition=competition, state__in=UNSIGNED)
    groups = sheets.order_by().values_list(
        "skill_id", "sub_criterion__panel", "sub_criterion__second_panel", "seats"
    )
    for skill, first, second, seats, count in groups.annotate(count=Count("pk")):
        for group, letter in zip(BOTH, (first, second), strict=True):
            wanted = held.get((skill, letter), set()) if letter else set()
            lacking = wanted - {seat - group for seat in seats}
            found[skill, letter] += len(lacking) * count
    return found


def _uncovered(
    competition: Competition, rows: Mapping[tuple[int, str], MarkingTeam]
) -> dict[tuple[int, str], list[tuple[str, int]]]:
    found: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    schemes = SkillState.objects.filter(skill__competition=competition)
    subs = SubCriterion.objects.filter(
        criterion__scheme__in=schemes.values("scheme_id"), day__isnull=False
    )
    for skill, code, day, first, second in subs.order_by("code").values_list(
        "criterion__scheme__skill_id", "code", "day", "panel", "second_panel"
    ):
        for letter in filter(None, (first, second)):
            row = rows.get((skill, letter))
            if row and row.days and not row.by_sub_day and day not in row.days:
                found[skill, letter].append((code, day or 0))
    return found


def current_seats(skill: Skill) -> list[PanelSeat]:
    """The seats of a skill with judge and person, stand-ins included."""
    rows = PanelSeat.objects.filter(skill=skill, left_at__isnull=True)
    people = rows.select_related("judge__person", "entry")
    return list(people.order_by("panel", "number", "pk"))
