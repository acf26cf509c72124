"""Who stands behind entries and judges, as conflicts of interest are asked about."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from competitions.core.conflicts import Conflict, EntryParties, Judge, conflicts
from competitions.models import (
    Appointment,
    Competition,
    DeclaredTie,
    Delegation,
    Entry,
    EntryCoach,
    Skill,
)
from competitions.queries.entries import TAKING_PART, UNDECIDED, entries_of
from people.enums import OrganizationKind
from people.models import Organization, Person
from people.queries import same_person_ids

CONFLICT_WORDS = {
    Conflict.COMPETITOR: gettext_lazy("本人在本赛项参赛"),
    Conflict.COACH: gettext_lazy("是参赛选手的教练"),
    Conflict.EXPERT: gettext_lazy("是参赛队专家组成员"),
    Conflict.SAME_ORGANIZATION: gettext_lazy("与参赛选手同一单位或学校"),
    Conflict.SAME_SCHOOL: gettext_lazy("与参赛选手同一院校"),
    Conflict.SAME_DELEGATION: gettext_lazy("属于参赛的代表队"),
    Conflict.DECLARED: gettext_lazy("已申报与参赛选手有利害关系"),
}


def conflict_word(conflict: Conflict) -> str:
    """Return the reason as it follows a name."""
    return str(CONFLICT_WORDS[conflict])


def parties_of(entries: Iterable[Entry]) -> list[EntryParties]:
    """Return who stands behind each entry; entries come from :func:`entries_of`.

    A member's unit is the one at the time of entry and the one of today.
    """
    return [_parties(entry) for entry in entries]


def _parties(entry: Entry) -> EntryParties:
    units = [
        unit
        for member in entry.members.all()
        for unit in (member.organization, member.person.organization)
        if unit is not None
    ]
    organizations, schools = _by_kind(units)
    return EntryParties(
        entry=entry.pk,
        persons=frozenset(member.person_id for member in entry.members.all()),
        coaches=frozenset(coach.person_id for coach in entry.coaches.all()),
        experts=frozenset(expert.person_id for expert in entry.experts.all()),
        organizations=organizations,
        schools=schools,
        delegation=entry.delegation_id,
        delegation_organization=entry.delegation.organization_id,
    )


def _by_kind(units: Iterable[Organization]) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of units, schools apart: with a school's part goes the school."""
    organizations: set[int] = set()
    schools: set[int] = set()
    for unit in units:
        if not unit.has_kind(OrganizationKind.SCHOOL):
            organizations.add(unit.pk)
            continue
        schools.add(unit.pk)
        if unit.parent is not None and unit.parent.has_kind(OrganizationKind.SCHOOL):
            schools.add(unit.parent.pk)
    return frozenset(organizations), frozenset(schools)


def judge_of(
    person: Person, competition: Competition, delegation: Delegation | None = None
) -> Judge:
    """Return a person as conflicts are asked about: units, delegations, own ties.

    Duplicates of the person count; ``delegation`` is one they are about to belong to.
    """
    ids = same_person_ids(person)
    held = Appointment.objects.filter(
        competition=competition,
        person__in=ids,
        delegation__isnull=False,
        withdrawn_at__isnull=True,
    )
    delegations = set(held.values_list("delegation_id", flat=True))
    if delegation is not None:
        delegations.add(delegation.pk)
    units = Organization.objects.filter(people__in=ids).select_related("parent")
    organizations, schools = _by_kind(units.distinct())
    ties = DeclaredTie.objects.filter(
        competition=competition, person__in=ids, withdrawn_at__isnull=True
    )
    declared = list(ties.values_list("entry_id", "organization_id"))
    return Judge(
        persons=frozenset(ids),
        organizations=organizations,
        schools=schools,
        delegations=frozenset(delegations),
        tied_entries=frozenset(entry for entry, _unit in declared if entry),
        tied_organizations=frozenset(unit for _entry, unit in declared if unit),
    )


def conflicts_in(
    person: Person, skill: Skill, delegation: Delegation | None = None
) -> dict[int, tuple[Conflict, ...]]:
    """Return the entries of a skill that ``person`` may not mark, with the reasons."""
    judge = judge_of(person, skill.competition, delegation)
    states = (*TAKING_PART, *UNDECIDED)
    found = {
        party.entry: conflicts(judge, party)
        for party in parties_of(entries_of(skill, states))
    }
    return {entry: reasons for entry, reasons in found.items() if reasons}


def is_coach_in(person: Person, skill: Skill) -> bool:
    """Return whether a person coaches an entry of a skill."""
    return EntryCoach.objects.filter(
        entry__skill=skill, person__in=same_person_ids(person)
    ).exists()
