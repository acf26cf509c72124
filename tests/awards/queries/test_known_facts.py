"""What the register knows about people, as facts for the engine."""

from datetime import date

import pytest

from awards.core.facts import Fact
from awards.queries.known_facts import known_of
from people.actions import (
    confirm_no_grade,
    confirm_no_title,
    record_grade,
    record_holder_fact,
    record_title,
    withdraw_fact,
)
from people.core.grades import Grade
from tests.awards.results import AT, WELDER, make_person

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 20)
BY = {"by": "system:test", "at": AT, "evidence": "证书"}
GRADES = "职业技能等级档案"


def _facts(person, occupation=WELDER):
    return known_of([person.pk])[person.pk].facts(occupation, ON)


def test_nothing_recorded_is_unknown():
    assert _facts(make_person("甲")) == {}


def test_highest_grade_of_the_occupation_counts():
    person = make_person("甲")
    for grade in (Grade.TECHNICIAN, Grade.SENIOR):
        record_grade(person, occupation_code=WELDER, grade=grade, **BY)
    record_grade(
        person, occupation_code="6-20-01-01", grade=Grade.SENIOR_TECHNICIAN, **BY
    )

    assert _facts(person)["grade_held"] == Fact(Grade.TECHNICIAN, GRADES)
    assert _facts(person, "")["grade_held"] == Fact(Grade.SENIOR_TECHNICIAN, GRADES)
    assert "grade_held" not in _facts(person, "4-03-02-01")


def test_stated_absence_is_known_to_be_none():
    person = make_person("甲")
    confirm_no_grade(person, occupation_code=WELDER, **BY)

    assert _facts(person)["grade_held"] == Fact(None, GRADES)


def test_withdrawn_and_later_facts_do_not_count():
    person = make_person("甲")
    withdrawn = record_grade(person, occupation_code=WELDER, grade=3, **BY)
    withdraw_fact(withdrawn, reason="误录", by="system:test", at=AT)
    record_title(person, title="全国技术能手", awarded_on=date(2026, 11, 1), **BY)

    assert _facts(person) == {}


def test_person_register_and_holder_facts():
    person = make_person(
        "甲", birth_on=date(1991, 4, 16), sex="2", employment_kind="worker"
    )
    record_title(person, title="全国技术能手", awarded_on=date(2020, 1, 1), **BY)
    record_holder_fact(person, kind="national-studio", **BY)

    assert _facts(person) == {
        "birth_on": Fact(date(1991, 4, 16), "人员档案"),
        "sex": Fact("female", "人员档案"),
        "employment": Fact("worker", "人员档案"),
        "titles": Fact(("全国技术能手",), "称号档案"),
        "national_studio_lead": Fact(True, "证书"),
    }


def test_duplicate_and_survivor_are_one_human_being():
    survivor, other = make_person("甲"), make_person("乙")
    duplicate = make_person("甲", survivor=survivor)
    record_grade(survivor, occupation_code=WELDER, grade=Grade.SENIOR, **BY)
    record_title(duplicate, title="四川工匠", **BY)

    known = known_of([survivor.pk, duplicate.pk, other.pk])

    facts = [known[p.pk].facts(WELDER, ON) for p in (survivor, duplicate)]
    assert facts[0] == facts[1]
    assert set(facts[0]) == {"grade_held", "titles"}
    assert known[other.pk].facts(WELDER, ON) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_people(count, django_assert_num_queries):
    ids = [make_person(f"人{n}").pk for n in range(count)]

    with django_assert_num_queries(7):
        known_of(ids)


def test_a_recorded_no_is_known_and_a_yes_counts_before_it():
    person = make_person("甲")
    record_holder_fact(person, kind="state-allowance", holds=False, **BY)
    assert _facts(person)["special_allowance"] == Fact(False, "证书")
    assert not known_of([person.pk])[person.pk].is_holder()

    record_holder_fact(person, kind="state-allowance", **BY)

    assert _facts(person)["special_allowance"] == Fact(True, "证书")


def test_no_title_is_known_once_it_is_stated():
    person = make_person("甲")
    confirm_no_title(person, **BY)

    assert _facts(person)["titles"] == Fact((), "称号档案")
