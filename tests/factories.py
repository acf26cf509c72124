"""Rows for tests, made by the real actions: plain functions with keyword overrides.

Identity numbers carry the region code 519900, which was never assigned.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from competitions import actions as competition_actions
from competitions.actions import MemberDraft
from competitions.models import Appointment, Competition, Delegation, Entry, Skill
from people import actions
from people.core.identity import check_character
from people.models import Organization, Person, User

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)  # a Tuesday, 09:00 in Shanghai
BY = "system:test"
PASSWORD = "correct horse battery"

_numbers = count(1)


def next_number() -> int:
    return next(_numbers)


def identity_number(born: str = "19900307", sequence: int | None = None) -> str:
    sequence = next_number() % 1000 if sequence is None else sequence
    digits = f"519900{born}{sequence:03d}"
    return digits + check_character(digits)


def make_organization(
    name: str = "", *, kinds: Sequence[str] = ("enterprise",), region: str = "510100"
) -> Organization:
    organization, _created = actions.register_organization(
        name=name or f"单位{next_number()}",
        kinds=list(kinds),
        region=region,
        by=BY,
        at=AT,
    )
    return organization


def make_person(name: str = "", **facts: Any) -> Person:
    years, sequence = divmod(next_number(), 1000)  # 40,000 persons, no two alike
    number = facts.pop("identity_number", "") or identity_number(
        f"{1960 + years % 40}0307", sequence
    )
    person, _created = actions.register_person(
        name=name or f"张{next_number()}",
        identity_kind=facts.pop("identity_kind", "resident-id"),
        identity_number=number,
        by=BY,
        at=AT,
        **facts,
    )
    return person


def make_user(
    username: str = "", *, person: Person | None = None, name: str = ""
) -> User:
    username = username or f"user{next_number()}"
    return actions.register_user(
        username=username,
        name=name or (person.name if person else username),
        password=PASSWORD,
        person=person,
        by=BY,
        at=AT,
    )


def make_member(organization: Organization, role: str, username: str = "") -> User:
    """A user who holds ``role`` in ``organization``."""
    user = make_user(username)
    actions.grant_membership(
        user,
        organization=organization,
        role=role,
        starts_on=date(2020, 1, 1),
        by=BY,
        at=AT,
    )
    return user


def make_competition(owner: Organization | None = None, **facts: Any) -> Competition:
    values: dict[str, Any] = {
        "name": "四川工匠杯",
        "tier": "provincial",
        "competition_class": "class-1",
        "region": "510000",
        "dates": (date(2026, 9, 8), date(2026, 9, 10)),
        "document_number": "川赛〔2026〕1号",
    } | facts
    return competition_actions.create_competition(
        owner=owner or make_organization(kinds=["organizer"], region="510000"),
        by=BY,
        at=AT,
        **values,
    )


def make_skill(competition: Competition | None = None, **facts: Any) -> Skill:
    values: dict[str, Any] = {
        "number": f"{next_number():02d}",
        "name": "焊接",
        "occupation_code": "6-18-02-04",
    } | facts
    return competition_actions.create_skill(
        competition or make_competition(), by=BY, at=AT, **values
    )


def make_delegation(
    competition: Competition, name: str = "", **facts: Any
) -> Delegation:
    delegation, _created = competition_actions.add_delegation(
        competition, name=name or f"代表队{next_number()}", by=BY, at=AT, **facts
    )
    return delegation


def make_entry(
    skill: Skill,
    *,
    delegation: Delegation | None = None,
    members: Sequence[Person] = (),
    coaches: Sequence[Person] = (),
    key: str = "",
    is_accepted: bool = True,
) -> Entry:
    people = members or [make_person() for _place in range(skill.team_size)]
    entry = competition_actions.register_entry(
        skill,
        delegation=delegation or make_delegation(skill.competition),
        key=key or f"E{next_number():03d}",
        members=[MemberDraft(person, person.organization) for person in people],
        coaches=coaches,
        by=BY,
        at=AT,
    )
    if is_accepted:
        competition_actions.accept_entry(entry, by=BY, at=AT)
    return entry


def make_appointment(
    skill: Skill, role: str, person: Person | None = None, by: User | None = None
) -> Appointment:
    return competition_actions.appoint(
        skill.competition,
        person=person or make_person(),
        role=role,
        skill=skill,
        by=by or make_user(),
        at=AT,
    )
