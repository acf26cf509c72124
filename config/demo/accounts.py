"""The demonstration's units, persons, facts and sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.demo import cast
from people import actions
from people.enums import EmploymentKind, IdentityKind, OrganizationRole
from people.models import Organization, Person, User

BY = "system:demo"
PASSWORD = "leitai-demo-2026"  # noqa: S105 - printed for everybody who tries it
PIN = "482615"
LOGINS = {
    "organizer": ("赛务", "/organize/"),
    "chief": ("裁判长", "/judge/"),
    "judge1": ("裁判员", "/judge/"),
    "judge2": ("裁判员", "/judge/"),
    "judge3": ("裁判员", "/judge/"),
    "judge4": ("裁判员", "/judge/"),
    "judge5": ("裁判员", "/judge/"),
    "reserve": ("替补裁判", "/judge/"),
    "trainee": ("见习裁判", "/judge/"),
    "supervisor": ("监督仲裁", "/judge/"),
    "results": ("成绩管理", "/organize/"),
    "leader": ("领队", "/delegation/"),
    "display": ("大屏操作", "/live/"),
    "bureau": ("待遇经办", "/bureau/"),
    "approver": ("待遇审批", "/bureau/"),
    "admin": ("系统管理员", "/admin/"),
}
MEMBERSHIPS = {
    "organizer": ("office", OrganizationRole.ORGANIZER),
    "leader": ("cdschool", OrganizationRole.LEADER),
    "bureau": ("bureau", OrganizationRole.HR_OFFICER),
    "approver": ("bureau", OrganizationRole.HR_APPROVER),
    "admin": ("office", OrganizationRole.SYSTEM_ADMINISTRATOR),
}


@dataclass(frozen=True, slots=True)
class House:
    """Everything registered: units by key, persons by identity number, users by name."""

    units: dict[str, Organization]
    persons: dict[str, Person]
    users: dict[str, User]

    def person(self, somebody: cast.Somebody) -> Person:
        return self.persons[somebody.identity_number]


def build_house(*, at: datetime) -> House:
    """Register units, officials and sign-ins; competitors come with the roster."""
    units = {
        unit.key: actions.register_organization(
            name=unit.name, region=unit.region, kinds=unit.kinds, by=BY, at=at
        )[0]
        for unit in cast.units().values()
    }
    house = House(units, {}, {})
    for official in cast.officials():
        person = register(official, house, at=at)
        if official.login:
            house.users[official.login] = _sign_in(official, person, house, at=at)
    return house


def register(somebody: cast.Somebody, house: House, *, at: datetime) -> Person:
    """Register one person of the material, once."""
    known = house.persons.get(somebody.identity_number)
    if known is not None:
        return known
    unit = house.units[somebody.unit]
    student = "school" in unit.kinds and somebody.birth_on.year > 2000  # noqa: PLR2004
    person, _ = actions.register_person(
        name=somebody.name,
        identity_kind=IdentityKind.RESIDENT,
        identity_number=somebody.identity_number,
        employment_kind=EmploymentKind.STUDENT if student else EmploymentKind.WORKER,
        home_region=unit.region,
        organization=unit,
        by=BY,
        at=at,
    )
    house.persons[somebody.identity_number] = person
    return person


def _sign_in(
    official: cast.Somebody, person: Person, house: House, *, at: datetime
) -> User:
    user = actions.register_user(
        username=official.login,
        name=official.name,
        password=PASSWORD,
        person=person,
        is_staff=official.login == "admin",
        by=BY,
        at=at,
    )
    actions.set_pin(user, pin=PIN, by=BY, at=at)
    if official.login in MEMBERSHIPS:
        unit, role = MEMBERSHIPS[official.login]
        actions.grant_membership(
            user, organization=house.units[unit], role=role, by=BY, at=at
        )
    return user


def record_facts(house: House, occupations: dict[str, str], *, at: datetime) -> None:
    """Record who states to hold no grade, by the occupation of the skill.

    Grades and titles came with the roster.  A grade that is empty there stays unknown:
    the bureau will find it named as missing.
    """
    for team in cast.teams():
        for member in team.members:
            if member.grade == "none":
                actions.confirm_no_grade(
                    house.person(member),
                    occupation_code=occupations[team.skill],
                    evidence="演示材料：本人声明",
                    by=BY,
                    at=at,
                )
