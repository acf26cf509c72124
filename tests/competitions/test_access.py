"""Another organizer's object is not found, whatever the role elsewhere."""

import pytest
from django.http import Http404

from competitions import access
from competitions.actions import appoint
from competitions.enums import Phase
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_organization(kinds=["organizer"], region="510000")


def found(get, *args, **facts):
    try:
        return get(*args, **facts)
    except Http404:
        return None


def test_an_organizer_reaches_the_own_competitions_only(office):
    own, foreign = make_competition(office), make_competition()
    own_skill, foreign_skill = make_skill(own), make_skill(foreign)
    own_entry, foreign_entry = make_entry(own_skill), make_entry(foreign_skill)
    lin = make_member(office, "organizer")

    assert found(access.competition_for, lin, own.code) == own
    assert found(access.competition_for, lin, foreign.code) is None
    assert found(access.competition_for, lin, "nothing") is None
    assert found(access.skill_for, lin, own_skill.pk) == own_skill
    assert found(access.skill_for, lin, foreign_skill.pk) is None
    assert found(access.entry_for, lin, own_entry.pk) == own_entry
    assert found(access.entry_for, lin, foreign_entry.pk) is None
    assert list(access.competitions_for(lin)) == [own]
    assert access.may_edit(lin, own)
    assert not access.may_edit(lin, foreign)


def test_another_role_in_the_owner_does_not_organize(office):
    competition = make_competition(office)
    officer = make_member(office, "hr-officer")

    assert found(access.competition_for, officer, competition.code) is None
    assert found(
        access.competition_for, officer, competition.code, roles=["hr-officer"]
    )


def test_an_appointment_opens_its_skill_and_no_other(office):
    competition = make_competition(office)
    skill, other = make_skill(competition), make_skill(competition)
    person = make_person()
    judge = make_user(person=person)
    make_appointment(skill, "judge", person)
    roles = ("organizer", "judge")

    assert found(access.skill_for, judge, skill.pk, roles=roles) == skill
    assert found(access.skill_for, judge, skill.pk) is None
    assert found(access.skill_for, judge, other.pk, roles=roles) is None
    assert found(access.competition_for, judge, competition.code) is None


def test_an_appointment_to_the_competition_opens_every_skill(office):
    competition = make_competition(office)
    skill = make_skill(competition)
    elsewhere = make_skill()
    person = make_person()
    supervisor = make_user(person=person)
    appoint(competition, person=person, role="supervisor", by=make_user(), at=AT)

    assert found(access.skill_for, supervisor, skill.pk, roles=["supervisor"]) == skill
    assert (
        found(access.skill_for, supervisor, elsewhere.pk, roles=["supervisor"]) is None
    )


def test_a_leader_reaches_the_own_delegation(office):
    competition = make_competition(office)
    own, foreign = make_delegation(competition), make_delegation(competition)
    person = make_person()
    leader = make_user(person=person)
    appoint(
        competition,
        person=person,
        role="leader",
        delegation=own,
        by=make_user(),
        at=AT,
    )

    assert found(access.delegation_for, leader, own.pk) == own
    assert found(access.delegation_for, leader, foreign.pk) is None
    assert list(access.delegations_for(make_user())) == []


def test_the_public_sees_what_is_listed_and_has_begun(office):
    competition = make_competition(office)

    assert found(access.public_competition, competition.code) is None
    competition.phase = Phase.ENTRY
    competition.save()
    assert found(access.public_competition, competition.code) == competition
    competition.is_listed = False
    competition.save()
    assert found(access.public_competition, competition.code) is None
