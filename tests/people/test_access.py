"""Whom a user may look at: oneself, and the people of the own bureau's region."""

import pytest
from django.http import Http404

from people import access
from people.actions import merge_persons, register_person
from tests.factories import (
    AT,
    BY,
    make_member,
    make_organization,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db


def sees(user, person):
    try:
        return access.person_for(user, person.pk, at=AT) == person
    except Http404:
        return False


def test_a_bureau_sees_the_people_of_its_region():
    province = make_organization(kinds=["bureau"], region="510000")
    city = make_organization(kinds=["bureau"], region="510100")
    at_home = make_person(home_region="510104")
    at_work = make_person(organization=make_organization(region="510700"))
    elsewhere = make_person(home_region="500101")
    nowhere = make_person()

    of_province = make_member(province, "hr-officer")
    of_city = make_member(city, "hr-approver")

    people = (at_home, at_work, elsewhere, nowhere)
    assert [sees(of_province, person) for person in people] == [
        True,
        True,
        False,
        False,
    ]
    assert [sees(of_city, person) for person in people] == [True, False, False, False]


def test_other_roles_in_a_bureau_see_nobody():
    bureau = make_organization(kinds=["bureau"], region="510000")
    person = make_person(home_region="510104")

    assert not sees(make_member(bureau, "organizer"), person)
    assert not sees(make_user(), person)


def test_a_role_in_an_office_that_is_no_bureau_opens_nothing():
    office = make_organization(kinds=["enterprise"], region="510000")

    user = make_member(office, "hr-officer")

    assert not sees(user, make_person(home_region="510104"))
    assert access.bureaus_for(user) == []


def test_everybody_sees_oneself_under_any_file():
    person = make_person("张伟")
    old, _created = register_person(name="张伟", provisional_key="old:1", by=BY, at=AT)
    merge_persons(old, survivor=person, by=BY, at=AT)
    user = make_user(person=person)

    assert sees(user, person)
    assert sees(user, old)
    assert not sees(user, make_person())


def test_organizations_are_those_of_the_role():
    office, other = make_organization("甲"), make_organization("乙")
    user = make_member(office, "organizer")

    assert access.organizations_for(user, "organizer") == [office]
    assert access.organizations_for(user, "hr-officer") == []
    assert access.organization_for(user, office.pk, role="organizer") == office
    with pytest.raises(Http404):
        access.organization_for(user, other.pk, role="organizer")
