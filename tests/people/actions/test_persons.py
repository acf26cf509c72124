"""Registering, changing and merging persons."""

import json

import pytest

from ledger.models import Event
from people.actions import (
    identify_person,
    merge_persons,
    register_person,
    survivor_of,
    update_person,
)
from people.errors import IdentityRefused, PersonRefused
from people.models import Change, Person
from people.queries import person_with_document, persons_matching, same_person_ids
from tests.factories import AT, BY, identity_number, make_organization, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def last_event():
    event = Event.objects.order_by("-pk").first()
    return event.type, json.loads(event.body)


def test_the_same_document_is_the_same_person_in_any_spelling():
    number = identity_number("19900307", 2)
    first, created = register_person(
        name="曾 小梅",
        identity_kind="resident-id",
        identity_number=number,
        by=BY,
        at=AT,
    )
    again, created_again = register_person(
        name="曾小梅",
        identity_kind="resident-id",
        identity_number=f" {number.lower()} ",
        by=BY,
        at=AT,
    )

    assert (created, created_again, again.pk) == (True, False, first.pk)
    assert (first.name, first.sort_key) == ("曾小梅", "zengxiaomei zxm")
    assert (first.birth_on.isoformat(), first.sex) == ("1990-03-07", "2")


def test_the_event_of_a_registration_holds_no_personal_data():
    person = make_person("曾小梅", phone="13812345678")

    type_, body = last_event()

    assert type_ == "person-registered"
    assert body == {"person": f"person:{person.pk}", "provisional": False}


def test_a_wrong_number_is_refused_with_its_reason():
    with pytest.raises(IdentityRefused, match="校验位") as refused:
        make_person(identity_number="519900199003070010")

    assert [finding.code for finding in refused.value.findings] == ["identity-form"]
    assert not Person.objects.exists()


def test_a_person_without_number_needs_the_file_it_comes_from():
    with pytest.raises(PersonRefused, match="证件"):
        register_person(name="选手001", by=BY, at=AT)
    first, created = register_person(
        name="选手001", provisional_key="file:1", by=BY, at=AT
    )
    again, created_again = register_person(
        name="选手001", provisional_key="file:1", by=BY, at=AT
    )

    assert (created, created_again, again.pk) == (True, False, first.pk)
    assert first.is_provisional


def test_a_change_keeps_the_old_value_encrypted_and_its_digest_in_the_ledger():
    unit = make_organization()
    person = make_person("张伟", phone="13812345678")

    changed = update_person(
        person, by=BY, at=AT, phone="13900000000", organization=unit, sex=person.sex
    )

    changes = {row.field: (row.before, row.after) for row in Change.objects.all()}
    type_, body = last_event()
    assert changed == ["phone", "organization"]
    assert changes == {
        "phone": ("13812345678", "13900000000"),
        "organization": ("", f"organization:{unit.pk}"),
    }
    assert type_ == "person-changed"
    assert body["fields"] == {
        row.field: row.digest for row in Change.objects.order_by("pk")
    }


def test_a_change_to_the_same_values_is_none():
    person = make_person("张伟", phone="13812345678")

    assert update_person(person, by=BY, at=AT, phone="13812345678") == []
    assert not Change.objects.exists()


def test_a_duplicate_points_to_its_survivor_and_is_found_under_both():
    survivor, duplicate = make_person("张伟"), make_person("张玮")
    duplicate.identity_kind = "passport"
    duplicate.save()

    merge_persons(duplicate, survivor=survivor, by=BY, at=AT)

    assert survivor_of(Person.objects.get(pk=duplicate.pk)) == survivor
    assert sorted(same_person_ids(duplicate)) == sorted([survivor.pk, duplicate.pk])
    assert list(persons_matching("张玮")) == []


def test_two_documents_of_one_kind_are_two_people():
    with pytest.raises(PersonRefused, match="不是同一个人"):
        merge_persons(make_person(), survivor=make_person(), by=BY, at=AT)


def test_a_provisional_person_gets_a_document():
    number = identity_number("19900307", 11)
    person, _created = register_person(
        name="选手001", provisional_key="file:1", by=BY, at=AT
    )

    owner = identify_person(
        person, identity_kind="resident-id", identity_number=number, by=BY, at=AT
    )

    assert owner == person
    assert person_with_document("resident-id", number) == person


def test_a_provisional_person_whose_document_is_known_becomes_that_person():
    number = identity_number("19900307", 13)
    known = make_person("张伟", identity_number=number)
    person, _created = register_person(
        name="选手001", provisional_key="file:1", by=BY, at=AT
    )

    owner = identify_person(
        person, identity_kind="resident-id", identity_number=number, by=BY, at=AT
    )

    assert owner == known
    assert Person.objects.get(pk=person.pk).survivor == known


@pytest.mark.parametrize("text", ["曾小", "zengxiao", "zeng xiao mei", "zxm"])
def test_persons_are_found_by_name_and_pinyin(text):
    person = make_person("曾小梅")
    make_person("张伟")

    assert list(persons_matching(text)) == [person]


def test_persons_are_found_by_their_whole_number_only():
    number = identity_number("19900307", 15)
    person = make_person("张伟", identity_number=number)

    assert list(persons_matching(number.lower())) == [person]
    assert list(persons_matching(number[:17])) == []
