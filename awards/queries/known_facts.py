"""What the person register knows about people, read in bulk for the engine.

The number of queries does not depend on the number of people.  What is not recorded is
absent, and absent means unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from awards.core.facts import Fact
from awards.core.settling import Held
from awards.core.vocabulary import GrantKind
from awards.enums import EntitlementState, OutcomeKind
from awards.models import Entitlement
from people.core.grades import Grade
from people.enums import HolderKind, Sex
from people.models import (
    GradeConfirmation,
    GradeHeld,
    HolderFact,
    Person,
    PersonFact,
    TitleConfirmation,
    TitleHeld,
)
from scoring.models import Release

GRADES, TITLES, PERSON = "职业技能等级档案", "称号档案", "人员档案"
HOLDER_FACTS = {
    HolderKind.STATE_ALLOWANCE: "special_allowance",
    HolderKind.NATIONAL_STUDIO: "national_studio_lead",
    HolderKind.PROVINCIAL_STUDIO: "provincial_studio_lead",
}
SEXES = {Sex.MALE: "male", Sex.FEMALE: "female"}
ENDED = (
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Everything recorded about one person; lists are empty where nothing is."""

    person: Person
    grades: list[GradeHeld] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    titles: list[TitleHeld] = field(default_factory=list)
    holder: list[HolderFact] = field(default_factory=list)
    untitled: list[TitleConfirmation] = field(default_factory=list)

    @property
    def home_region(self) -> str:
        """The person's region, or that of the unit."""
        unit = self.person.organization
        return self.person.home_region or (unit.region if unit is not None else "")

    def is_holder(self) -> bool:
        """Whether anything is held that gives rights by being held."""
        return bool(self.titles or any(row.holds for row in self.holder))

    def facts(self, occupation: str, on: date) -> dict[str, Fact]:
        """The facts of this person as they stood on ``on``, for one occupation."""
        person = self.person
        found = self._grade(occupation, on)
        if person.birth_on is not None:
            found["birth_on"] = Fact(person.birth_on, PERSON)
        if person.sex in SEXES:
            found["sex"] = Fact(SEXES[Sex(person.sex)], PERSON)
        if person.employment_kind:
            found["employment"] = Fact(person.employment_kind, PERSON)
        held = [row for row in self.titles if _by(row.awarded_on, on)]
        if held:
            names = tuple(sorted({row.title for row in held}))
            found["titles"] = Fact(names, TITLES)
        elif self.untitled and not self.titles:
            found["titles"] = Fact((), TITLES)
        return found | self._holder(on)

    def _holder(self, on: date) -> dict[str, Fact]:
        """Holder's facts; one that is held counts before a recorded "no"."""
        found: dict[str, Fact] = {}
        for row in sorted(self.holder, key=lambda row: row.holds):
            name = HOLDER_FACTS.get(HolderKind(row.kind))
            if name is None:
                continue
            if not row.holds or _by(row.since, on):
                found[name] = Fact(row.holds, row.evidence or PERSON)
        return found

    def _grade(self, occupation: str, on: date) -> dict[str, Fact]:
        held = [
            row
            for row in self.grades
            if _same(row.occupation_code, occupation) and _by(row.issued_on, on)
        ]
        if held:
            best = max(held, key=lambda row: row.grade)
            return {"grade_held": Fact(Grade(best.grade), GRADES)}
        if any(_same(code, occupation) for code in self.without):
            return {"grade_held": Fact(None, GRADES)}
        return {}


def _by(day: date | None, on: date) -> bool:
    """Whether a fact of that day counts on ``on``; an undated one does."""
    return day is None or day <= on


def _same(code: str, occupation: str) -> bool:
    """Whether a fact is about the occupation; results from elsewhere may name none."""
    return not occupation or code == occupation


def known_of(ids: Iterable[int]) -> dict[int, Known]:
    """What is recorded about these people, by id.

    A duplicate and its survivor are one human being: what is recorded under either
    counts for both.
    """
    people = _with_survivors(set(ids))
    known = {pk: Known(row) for pk, row in people.items() if row.survivor_id is None}
    family = _family(known)
    for grade in _in_force(GradeHeld, family):
        known[family[grade.person_id]].grades.append(grade)
    for none in _in_force(GradeConfirmation, family):
        known[family[none.person_id]].without.append(none.occupation_code)
    for title in _in_force(TitleHeld, family):
        known[family[title.person_id]].titles.append(title)
    for fact in _in_force(HolderFact, family):
        known[family[fact.person_id]].holder.append(fact)
    for untitled in _in_force(TitleConfirmation, family):
        known[family[untitled.person_id]].untitled.append(untitled)
    return {pk: known[family[pk]] for pk in ids if pk in family}


def _with_survivors(ids: set[int]) -> dict[int, Person]:
    """The people and, chain by chain, those they point to."""
    rows = Person.objects.select_related("organization")
    found: dict[int, Person] = {}
    wanted = ids
    while wanted:
        fresh = rows.in_bulk(wanted)
        found |= fresh
        survivors = {row.survivor_id for row in fresh.values() if row.survivor_id}
        wanted = survivors - found.keys()
    return found


def survivors_of(ids: Iterable[int]) -> dict[int, int]:
    """The survivor of each of these ids; whoever is no duplicate is their own."""
    people = _with_survivors(set(ids))
    found = {}
    for pk in ids:
        person = people[pk]
        while person.survivor_id is not None:
            person = people[person.survivor_id]
        found[pk] = person.pk
    return found


def known_as(ids: Iterable[int]) -> frozenset[int]:
    """Every id under which one of these people is known."""
    return frozenset(_family(survivors_of(ids).values()))


def _family(survivors: Iterable[int]) -> dict[int, int]:
    """The survivor of every id under which one of these people is known."""
    family = {pk: pk for pk in survivors}
    fresh = list(family)
    while fresh:
        rows = Person.objects.filter(survivor__in=fresh)
        found = dict(rows.values_list("pk", "survivor_id"))
        family |= {pk: family[above] for pk, above in found.items()}
        fresh = list(found)
    return family


Row = TypeVar("Row", bound=PersonFact)


def _in_force(model: type[Row], family: Mapping[int, int]) -> QuerySet[Row]:
    rows = model._default_manager.filter(person__in=list(family))
    return rows.filter(withdrawn_at__isnull=True).order_by("pk")


def history_of(known: Mapping[int, Known], release: Release) -> list[Held]:
    """Titles held, and titles and promotions proposed elsewhere, of these people."""
    titles = [
        Held(str(pk), GrantKind.TITLE, row.title, row.awarded_on, TITLES)
        for pk, found in known.items()
        for row in found.titles
    ]
    return titles + _proposed(list(known), release)


PROPOSED = (OutcomeKind.GRADE, OutcomeKind.TITLE)


def _proposed(ids: list[int], release: Release) -> list[Held]:
    """What releases of *other* competitions proposed: a correction is the same one."""
    proposed = (
        Entitlement.objects.filter(person__in=ids, kind__in=PROPOSED)
        .exclude(state__in=ENDED)
        .exclude(release__competition=release.competition_id)
        .select_related("release__competition", "decision__skill")
        .defer("release__text", "release__source")
        .order_by("person_id", "pk")
    )
    return [
        Held(
            person=str(row.person_id),
            kind=GrantKind(row.kind),
            value=row.value,
            on=row.release.competition.ends_on,
            source=row.release.number,
            occupation=row.decision.skill.occupation_code,
        )
        for row in proposed
    ]
