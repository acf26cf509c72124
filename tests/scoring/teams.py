"""Contests whose teams are arranged: reserves, second teams, days."""

from dataclasses import replace
from decimal import Decimal

from people.actions import set_pin
from people.models import User
from scoring.actions import open_marking
from scoring.actions.teams import TeamFacts, arrange_team
from scoring.core.scheme import DualMarking
from tests.factories import AT, make_appointment, make_person, make_user
from tests.scoring.contest import PIN, Contest, make_contest
from tests.scoring.core.schemes import worldskills_type

RULE = DualMarking(panel="B", tolerance=Decimal("3"), places=2)


def dual_scheme(rule=RULE):
    """The WorldSkills-type scheme whose first sheet is marked by A and B."""
    plain = worldskills_type()
    first, second = plain.criteria
    sub = replace(first.sub_criteria[0], dual=rule)
    return replace(plain, criteria=(replace(first, sub_criteria=(sub,)), second))


def official(contest: Contest, role: str, **facts) -> User:
    """Somebody more who is appointed in the contest's skill."""
    person = make_person(**facts)
    user = make_user(person=person)
    make_appointment(contest.skill, role, person, by=contest.organizer)
    set_pin(user, pin=PIN, by=contest.organizer, at=AT)
    return user


def arrange(contest: Contest, letter: str, *judges: User, **facts):
    return arrange_team(
        contest.skill,
        letter,
        facts=TeamFacts(judges=tuple(judge.pk for judge in judges), **facts),
        by=contest.organizer,
        at=contest.now(),
    )


def dual_contest(judges: int = 4, entries: int = 2) -> Contest:
    """Two judges in each of two teams; sheet A1 is marked by both."""
    contest = make_contest(dual_scheme(), entries=entries, judges=judges, is_open=False)
    half = judges // 2
    arrange(contest, "A", *contest.judges[:half])
    arrange(contest, "B", *contest.judges[half:])
    open_marking(contest.skill, by=contest.organizer, at=contest.now())
    return contest
