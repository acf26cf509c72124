"""Values stated on a document, and the social-security card."""

import pytest

from people.actions import (
    merge_persons,
    register_person,
    state_values,
    update_person,
)
from people.errors import FactRefused, PersonRefused
from people.models import Change, FieldEvidence, Person
from people.queries import person_with_social_card, persons_matching
from tests.factories import AT, BY, make_person

pytestmark = pytest.mark.django_db
CARD = "A12345678"


def test_newer_evidence_of_a_value_replaces_the_older_and_keeps_it():
    person = make_person()
    for value, basis in (("大学本科", "毕业证"), ("研究生", "学位证")):
        state_values(person, values={"education": value}, evidence=basis, by=BY, at=AT)

    old, new = FieldEvidence.objects.order_by("pk")
    assert (old.replaced_by, new.withdrawn_at, new.evidence) == (new, None, "学位证")
    assert Person.objects.get(pk=person.pk).education == "研究生"
    assert list(Change.objects.values_list("field", flat=True)) == ["education"] * 2


@pytest.mark.parametrize(
    ("values", "evidence"),
    [({}, "证"), ({"name": "别人"}, "证"), ({"education": "高中"}, " ")],
)
def test_values_need_evidence_and_a_field_of_the_list(values, evidence):
    with pytest.raises(FactRefused):
        state_values(make_person(), values=values, evidence=evidence, by=BY, at=AT)


def test_a_card_is_found_in_any_spelling_and_never_stored_in_clear():
    person = make_person(social_card_number=" a1234 5678")

    assert person_with_social_card("A1234-5678") == person
    assert list(persons_matching(CARD)) == [person]
    assert Person.objects.get(pk=person.pk).social_card_number == CARD
    assert CARD not in str(
        Person.objects.filter(pk=person.pk).values("social_card_hash")
    )


def test_one_card_belongs_to_one_person():
    make_person(social_card_number=CARD)
    other = make_person()

    with pytest.raises(PersonRefused) as refused:
        update_person(other, by=BY, at=AT, social_card_number=CARD)
    assert refused.value.code == "social-card-taken"
    with pytest.raises(PersonRefused):
        make_person(social_card_number=CARD)


def test_a_given_back_card_is_free_again():
    first, second = make_person(social_card_number=CARD), make_person()
    update_person(first, by=BY, at=AT, social_card_number="")
    update_person(second, by=BY, at=AT, social_card_number=CARD)

    assert person_with_social_card(CARD) == second


def test_two_files_of_one_person_may_name_one_card():
    duplicate, _new = register_person(
        name="选手001", provisional_key="file:1", by=BY, at=AT
    )
    survivor = make_person()
    update_person(duplicate, by=BY, at=AT, social_card_number=CARD)
    merge_persons(duplicate, survivor=survivor, by=BY, at=AT)
    update_person(survivor, by=BY, at=AT, social_card_number=CARD)

    assert person_with_social_card(CARD) == survivor


def test_a_text_that_is_no_card_number_is_refused():
    with pytest.raises(PersonRefused) as refused:
        make_person(social_card_number="卡号不详")

    assert refused.value.code == "social-card-form"
