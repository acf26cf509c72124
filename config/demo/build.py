"""Build the demonstration: one fictional provincial final, at one of four moments.

Everything goes through the readers and actions that people use: workbooks are written,
read and imported, judges enter marks in batches, people sign with their PIN.  The same
seed and day give the same competition; moments lie around the day it is built for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from competitions import actions as contests
from competitions.actions.rosters import import_roster
from competitions.enums import (
    BoardNaming,
    CompetitionClass,
    CompetitionKind,
    EntryState,
    EventRole,
    Group,
    HostRole,
    Phase,
    PublicFrom,
    Tier,
)
from competitions.models import Competition, Entry, Skill
from competitions.rosters import read_roster
from config.demo import accounts, cast
from config.demo.files import roster_file, scheme_file
from people.core.grades import Grade
from people.models import User
from scoring.actions.schemes import import_scheme
from scoring.workbooks import read_scheme

ZONE = ZoneInfo("Asia/Shanghai")


class Stage(StrEnum):
    """The moments at which the demonstration can stand, in order."""

    REGISTRATION = "registration"
    MARKING = "marking"
    PUBLICITY = "publicity"
    FINAL = "final"


# First competition day relative to the day the demonstration is built for.
FIRST_DAY = {
    Stage.REGISTRATION: 21,
    Stage.MARKING: -1,
    Stage.PUBLICITY: -5,
    Stage.FINAL: -24,
}
SKILLS = (
    ("01", "electrical", "电气装置", "Electrical Installations", "6-31-01-03"),
    ("02", "welding", "焊接", "Welding", "6-18-02-04"),
    ("03", "robots", "工业机器人系统运维", "Robot Systems Maintenance", "6-31-07-01"),
)
JUDGES = {
    "01": ("judge1", "judge2", "judge3"),
    "02": ("judge1", "judge2", "judge3", "judge4", "judge5"),
    "03": ("judge3", "judge4", "judge5"),
}


@dataclass(slots=True)
class Demonstration:
    """What has been built so far, and when things happen."""

    on: date
    stage: Stage
    house: accounts.House
    competition: Competition
    skills: dict[str, Skill] = field(default_factory=dict)

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A moment on competition day ``day`` (1 = the first; before it: 0, -1 …)."""
        first = self.on + timedelta(days=FIRST_DAY[self.stage])
        return datetime.combine(
            first + timedelta(days=day - 1), time(hour, minute), tzinfo=ZONE
        )

    def user(self, name: str) -> User:
        return self.house.users[name]


def dated(text: str, on: date) -> str:
    """Material is written for 2026; another year stands in its place."""
    return text.replace("2026", str(on.year))


def found(on: date, stage: Stage) -> Demonstration:
    """House, competition and skills, filed and open for entries."""
    facts = cast.material()["competition"]
    first = on + timedelta(days=FIRST_DAY[stage])
    filed = datetime.combine(first - timedelta(days=60), time(9), tzinfo=ZONE)
    house = accounts.build_house(at=filed)
    competition = contests.create_competition(
        name=dated(facts["name"], on),
        name_en=dated(facts["name_en"], on),
        tier=Tier.PROVINCIAL,
        dates=(first, first + timedelta(days=2)),
        owner=house.units["office"],
        code=dated(facts["code"], on),
        series=facts["series"],
        edition=dated(facts["edition"], on),
        competition_class=CompetitionClass.CLASS_1,
        kind=CompetitionKind.COMPREHENSIVE,
        region="510000",
        place=facts["place"],
        document_number=dated(facts["document_number"], on),
        public_from=PublicFrom.SHEET_COMPLETE,
        by=house.users["organizer"],
        at=filed,
    )
    show = Demonstration(on, stage, house, competition)
    hosts = [
        (house.units["bureau"], HostRole.HOST),
        (house.units["office"], HostRole.ORGANIZER),
        (house.units["society"], HostRole.SUPPORTER),
    ]
    contests.set_hosts(competition, hosts=hosts, by=show.user("organizer"), at=filed)
    for skill in SKILLS:
        _add_skill(show, *skill, at=filed)
    advance(show, Phase.FILED, Phase.ENTRY, at=filed + timedelta(days=7))
    return show


def _add_skill(
    show: Demonstration, number: str, material: str, *names: str, at: datetime
) -> None:
    name, english, occupation = names
    is_student = number == "03"
    is_drawn = number == "02"
    skill = contests.create_skill(
        show.competition,
        number=number,
        name=name,
        name_en=english,
        occupation_code=occupation,
        group=Group.STUDENT if is_student else Group.WORKER,
        team_size=2 if is_student else 1,
        paper_grade=int(Grade.SENIOR if is_student else Grade.TECHNICIAN),
        days={"01": 3, "02": 2, "03": 1}[number],
        draw_levels=1 if is_drawn else 0,
        board_naming=BoardNaming.ALIASES if is_drawn else BoardNaming.CODES,
        by=show.user("organizer"),
        at=at,
    )
    show.skills[number] = skill
    name, content, digest = scheme_file(material)
    reading = read_scheme(content, filename=name)
    if reading.scheme is None:
        raise ValueError(f"demonstration scheme {material}: {reading.problems}")
    import_scheme(
        skill,
        scheme=reading.scheme,
        source_name=name,
        source_digest=digest,
        findings=[problem.as_dict() for problem in reading.problems],
        by=show.user("organizer"),
        at=at,
    )


def advance(show: Demonstration, *phases: Phase, at: datetime) -> None:
    """Take the competition through ``phases``; what blocks one stops the build."""
    for phase in phases:
        contests.advance_phase(
            show.competition, to=phase, by=show.user("organizer"), at=at
        )
        show.competition.refresh_from_db()


def enrol(show: Demonstration) -> None:
    """Import the roster and review it, as far as the stage has come."""
    at = show.moment(-20, 10)
    name, content = roster_file()
    reading = read_roster(content, filename=name, on=at.date())
    outcome = import_roster(
        show.competition, reading=reading, by=show.user("organizer"), at=at
    )
    if not outcome.is_written:
        raise ValueError(f"demonstration roster: {outcome.problems}")
    for team in cast.teams():
        for member in (*team.members, *team.coaches):
            accounts.register(member, show.house, at=at)
    accounts.record_facts(
        show.house,
        {number: skill.occupation_code for number, skill in show.skills.items()},
        at=at,
    )
    _review(show)


def _review(show: Demonstration) -> None:
    """Accept every entry; while registration runs, leave some of the work to do."""
    officer = show.user("organizer")
    at = show.moment(-15, 14)
    running = show.stage == Stage.REGISTRATION
    entries = Entry.objects.filter(skill__competition=show.competition)
    for index, entry in enumerate(entries.order_by("key")):
        if running and index % 5 == 3:  # noqa: PLR2004 - every fifth waits for review
            continue
        if running and entry.key == "02-08":
            contests.return_entry(
                entry, reason="等级证书照片看不清，请重新上传", by=officer, at=at
            )
            continue
        contests.accept_entry(entry, by=officer, at=at)


def prepare(show: Demonstration) -> None:
    """Appoint everybody, draw or number the codes, enter the competition."""
    at = show.moment(-5, 9)
    officer = show.user("organizer")

    def appoint(login: str, role: EventRole, skill: Skill | None = None) -> None:
        person = show.user(login).person
        if person is not None:
            contests.appoint(
                show.competition,
                person=person,
                role=role,
                skill=skill,
                by=officer,
                at=at,
            )

    appoint("supervisor", EventRole.SUPERVISOR)
    appoint("results", EventRole.RESULTS_OFFICER)
    appoint("display", EventRole.DISPLAY_OPERATOR)
    appoint("display", EventRole.DRAW_OFFICER)
    for number, skill in show.skills.items():
        appoint("chief", EventRole.CHIEF_JUDGE, skill)
        for judge in JUDGES[number]:
            appoint(judge, EventRole.JUDGE, skill)
    appoint("reserve", EventRole.RESERVE, show.skills["01"])
    appoint("reserve", EventRole.RESERVE, show.skills["03"])
    appoint("trainee", EventRole.TRAINEE, show.skills["01"])
    leader = show.user("leader").person
    if leader is not None:
        contests.appoint(
            show.competition,
            person=leader,
            role=EventRole.LEADER,
            delegation=show.competition.delegations.get(region="510100"),
            by=officer,
            at=at,
        )
    advance(show, Phase.PREPARATION, at=at)
    _codes(show)


def _codes(show: Demonstration) -> None:
    for skill in show.skills.values():
        at = show.moment(0, 16)
        if skill.draw_levels:
            draw = contests.draw_codes(
                skill, level=1, seed=f"{show.competition.code} 38 07 21",
                by=show.user("display"), at=at,
            )  # fmt: skip
            contests.record_printed(draw, by=show.user("display"), at=at)
        else:
            contests.assign_codes(skill, by=show.user("organizer"), at=at)


def attend(show: Demonstration) -> None:
    """Everybody comes but one."""
    for entry in Entry.objects.filter(skill__competition=show.competition):
        absent = entry.key == "02-10"
        contests.mark_attendance(
            entry,
            state=EntryState.ABSENT if absent else EntryState.COMPETING,
            by=show.user("organizer"),
            at=show.moment(1, 8),
        )
