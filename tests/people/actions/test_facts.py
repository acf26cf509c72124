"""Grades, titles and sanctions, each with evidence."""

from datetime import date

import pytest

from people.actions import (
    confirm_no_grade,
    record_grade,
    record_holder_fact,
    record_sanction,
    record_title,
    withdraw_fact,
)
from people.core.grades import Grade
from people.errors import FactRefused
from people.queries import confirmations_of, grades_of, sanctions_on, titles_of
from tests.factories import AT, BY, make_person

pytestmark = pytest.mark.django_db


def grade_of(person, **facts):
    values = {
        "occupation_code": "6-18-02-04",
        "grade": Grade.TECHNICIAN,
        "evidence": "证书原件",
    } | facts
    return record_grade(person, by=BY, at=AT, **values)


def test_a_grade_takes_its_issuer_from_the_certificate():
    fact = grade_of(make_person(), certificate_number="s0000 51 000001 26 2 000001")

    assert (fact.certificate_number, fact.issuer_kind, fact.occupation_name) == (
        "S000051000001262000001",
        "S",
        "焊工",
    )
    assert fact.grade_label == "技师（二级）"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"grade": 9}, "grade-unknown"),
        ({"evidence": " "}, "evidence-missing"),
        ({"occupation_code": "焊工"}, "fact-form"),
        ({"certificate_number": "123"}, "fact-form"),
        ({"certificate_number": "S000051000001261000001"}, "grade-differs"),
    ],
)
def test_a_grade_that_cannot_be_right_is_refused(facts, code):
    with pytest.raises(FactRefused) as refused:
        grade_of(make_person(), **facts)

    assert refused.value.code == code


def test_grades_are_read_highest_first_without_those_withdrawn():
    person = make_person()
    low = grade_of(person, grade=Grade.SENIOR)
    high = grade_of(person)
    wrong = grade_of(person, grade=Grade.SENIOR_TECHNICIAN)
    withdraw_fact(wrong, reason="证书为伪造", by=BY, at=AT)

    assert list(grades_of(person)) == [high, low]


def test_no_grade_is_a_statement_of_its_own():
    person = make_person()
    fact = confirm_no_grade(
        person, occupation_code="6-18-02-04", evidence="本人声明", by=BY, at=AT
    )

    assert list(confirmations_of(person)) == [fact]
    assert list(grades_of(person)) == []


def test_titles_and_holder_facts_need_evidence():
    person = make_person()
    title = record_title(
        person,
        title="全国技术能手",
        evidence="人社部函",
        awarded_on=date(2023, 1, 1),
        by=BY,
        at=AT,
    )

    assert list(titles_of(person)) == [title]
    with pytest.raises(FactRefused):
        record_title(person, title="全国技术能手", evidence="", by=BY, at=AT)
    with pytest.raises(FactRefused):
        record_holder_fact(person, kind="knight", evidence="x", by=BY, at=AT)


def test_a_sanction_counts_in_its_period_only():
    person = make_person()
    record = record_sanction(
        person,
        scope="竞赛",
        reason="替考",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        by=BY,
        at=AT,
    )

    assert list(sanctions_on(AT, persons=[person.pk])) == [record]
    assert list(sanctions_on(AT.replace(year=2027), persons=[person.pk])) == []
