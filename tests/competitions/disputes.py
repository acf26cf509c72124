"""A competition in which leaders appeal, supervisors rule, officers decode."""

from dataclasses import dataclass

from competitions.actions import appoint
from competitions.models import Competition, Delegation, Entry, Skill
from people.actions import set_pin
from people.models import User
from tests.factories import (
    AT,
    make_appointment,
    make_competition,
    make_delegation,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

PIN = "271828"


@dataclass
class Court:
    """One skill of a running competition with the people around its appeals."""

    skill: Skill
    entry: Entry
    delegation: Delegation
    organizer: User
    leader: User
    first: User  # supervisor of the skill
    second: User  # supervisor of the whole competition

    @property
    def competition(self) -> Competition:
        return self.skill.competition


def with_pin(user: User) -> User:
    set_pin(user, pin=PIN, by="system:test", at=AT)
    return user


def official(skill: Skill, role: str, **facts) -> User:
    """Somebody with a role in the skill and a PIN."""
    person = make_person(**facts)
    make_appointment(skill, role, person)
    return with_pin(make_user(person=person))


def wide(competition: Competition, role: str, delegation=None) -> User:
    """Somebody with a role in the whole competition and a PIN."""
    person = make_person()
    appoint(
        competition, person=person, role=role, delegation=delegation,
        by=make_user(), at=AT,
    )  # fmt: skip
    return with_pin(make_user(person=person))


def make_court(**facts) -> Court:
    """The competition runs: results may be appealed against."""
    owner = make_organization(kinds=["organizer"], region="510000")
    competition = make_competition(owner, **facts)
    skill = make_skill(competition)
    delegation = make_delegation(competition)
    entry = make_entry(skill, delegation=delegation)
    Competition.objects.filter(pk=competition.pk).update(phase="competing")
    skill.competition.refresh_from_db()
    return Court(
        skill=skill,
        entry=entry,
        delegation=delegation,
        organizer=make_member(owner, "organizer"),
        leader=wide(competition, "leader", delegation),
        first=official(skill, "supervisor"),
        second=wide(competition, "supervisor"),
    )
