"""500 people with valid numbers of a region never assigned, and what they are due.

Everybody has the same birth date and sex, so that either beside a mask is seen; a
contest that was really marked stands by for the public bundle.
"""

from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from awards.actions.certificates import issue_certificates
from awards.actions.result_codes import issue_result_codes
from awards.enums import OutcomeKind
from awards.models import Certificate, Decision, Entitlement
from competitions.models import Competition, Entry, EntryMember
from people.core.identity import check_character
from people.models import Organization, Person, User
from scoring.models import Release
from tests import factories
from tests.awards import desk
from tests.awards.isolation.scene import DETAILS
from tests.scoring.releases import make_release

PEOPLE, UNITS = 500, 20
BORN = "19910407"
BIRTH_WORDS = ("1991-04-07", "1991年4月", "1991/4/7", "19910407", "<v>33335</v>")


def number(serial: int) -> str:
    digits = f"519900{BORN}{serial:03d}"
    return digits + check_character(digits)


def phone(serial: int) -> str:
    return f"1380000{serial:04d}"


@dataclass
class Crowd:
    bureau: Organization
    officer: User
    approver: User
    release: Release
    marked: Release
    people: list[Person]
    codes: list[str] = field(default_factory=list)

    @property
    def secrets(self) -> set[str]:
        return {number(n) for n in range(PEOPLE)} | {phone(n) for n in range(PEOPLE)}

    @property
    def certificates(self) -> list[Certificate]:
        return list(Certificate.objects.filter(release=self.release)[:5])


def make_crowd() -> Crowd:
    bureau = desk.make_bureau()
    officer = desk.make_officer(bureau)
    approver = desk.make_officer(bureau, "li", approves=True)
    people = _people()
    release = _final(people)
    _entitle(release, people, bureau)
    issue_certificates(release, by=officer, at=desk.AT)
    marked = make_release()[1]
    shown = [release.competition_id, marked.competition_id]
    Competition.objects.filter(pk__in=shown).update(
        phase="final", is_rehearsal=False, is_listed=True
    )
    members = EntryMember.objects.filter(entry__skill__competition=marked.competition)
    for member, person in zip(members, people, strict=False):
        Person.objects.filter(pk=member.person_id).update(phone=person.phone)
    crowd = Crowd(bureau, officer, approver, release, marked, people)
    competition = Competition.objects.get(pk=release.competition_id)
    issued = issue_result_codes(
        competition,
        people[:5],
        expires_at=desk.AT.replace(year=2090),
        by=officer,
        at=desk.AT,
    )
    crowd.codes = [text for _row, text in issued]
    return crowd


def _people() -> list[Person]:
    units = [
        factories.make_organization(f"蜀山第{n}机械厂", region="510100")
        for n in range(UNITS)
    ]
    return [
        factories.make_person(
            f"蜀匠{n:03d}",
            identity_number=number(n),
            phone=phone(n),
            home_region="510100",
            organization=unit,
        )
        for n, unit in zip(range(PEOPLE), cycle(units), strict=False)
    ]


def _final(people: list[Person]) -> Release:
    competition = desk.make_competition()
    skill = desk.make_skill(competition)
    entries = [desk.make_entry(skill, [p], f"{n:03d}") for n, p in enumerate(people)]
    medals = ["金牌", "银牌", "铜牌"]
    results: list[tuple[Entry, int | None, str]] = [
        (e, n + 1, medals[n % 3]) for n, e in enumerate(entries)
    ]
    return desk.publish(skill, results, by="system:test")


def _entitle(release: Release, people: list[Person], bureau: Organization) -> None:
    """A grade for everybody, and one other award for each in turn."""
    others = [kind for kind in OutcomeKind.values if kind != OutcomeKind.UNIT]
    members = {
        member.person_id: member.entry
        for member in EntryMember.objects.filter(
            entry__skill__competition=release.competition
        ).select_related("entry__skill")
    }
    rows = []
    for person, kind in zip(people, cycle(others), strict=False):
        desk.make_grade(person, 4)
        for each in {OutcomeKind.GRADE.value, kind}:
            rows.append(_decision(release, members[person.pk], person, each))
    Entitlement.objects.bulk_create(
        Entitlement(
            decision=row,
            person=row.person,
            release=release,
            kind=row.kind,
            value=row.value,
            region=row.region,
            authority=row.detail["authority"],
            changed_at=desk.AT,
        )
        for row in rows
    )


def _decision(release: Release, entry: Any, person: Person, kind: str) -> Decision:
    detail = {"authority": "主管单位", **DETAILS.get(kind, {})}
    named = {OutcomeKind.GRADE.value: "高级技师", OutcomeKind.BONUS.value: "20000 元"}
    value = named.get(kind, "入选")
    return desk.make_decision(
        release, entry.skill, entry, person, kind=kind, value=value, detail=detail
    )
