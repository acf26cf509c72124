"""Grades, titles and sanctions, each with evidence."""

from datetime import date

import pytest

from ledger.core.chain import installation_chain
from ledger.queries import body_of, events_of
from people.actions import (
    confirm_no_grade,
    confirm_no_title,
    correct_fact,
    record_grade,
    record_holder_fact,
    record_professional_title,
    record_sanction,
    record_title,
    withdraw_fact,
)
from people.core.grades import Grade
from people.errors import FactRefused
from people.models import Change
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


def test_a_correction_points_from_the_old_row_to_the_new_one():
    person = make_person()
    old = grade_of(person)
    values = {"occupation_code": "6-18-02-04", "evidence": "证书原件"}
    fresh = correct_fact(
        old, reason="录错等级", grade=Grade.SENIOR, by=BY, at=AT, **values
    )

    old.refresh_from_db()
    assert (old.replaced_by, old.withdrawn_by, old.withdrawn_reason) == (
        fresh,
        BY,
        "录错等级",
    )
    assert list(grades_of(person)) == [fresh]
    with pytest.raises(FactRefused):
        correct_fact(old, reason="再改", grade=Grade.SENIOR, by=BY, at=AT, **values)


def test_the_ledger_learns_no_reason():
    person = make_person()
    withdraw_fact(grade_of(person), reason="曾小梅的证书", by=BY, at=AT)

    event = events_of(installation_chain()).order_by("-seq").first()
    assert "曾小梅" not in str(body_of(event))
    assert Change.objects.get(field="reason").after == "曾小梅的证书"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            {"certificate_number": "S000051000001262000001", "issuer_kind": "Y"},
            "issuer-kind-differs",
        ),
        ({"issued_on": date(2027, 1, 1)}, "date-in-future"),
        ({"evidence_on": date(2027, 1, 1)}, "date-in-future"),
        ({"issuer_kind": "X"}, "issuer-kind-unknown"),
    ],
)
def test_parts_of_a_grade_that_do_not_fit_are_refused(facts, code):
    with pytest.raises(FactRefused) as refused:
        grade_of(make_person(), **facts)

    assert refused.value.code == code


def test_a_professional_title_needs_a_level_of_the_list():
    person = make_person()
    fact = record_professional_title(
        person, name="工程师", level="intermediate", evidence="证书", by=BY, at=AT
    )

    assert fact.get_level_display() == "中级"
    with pytest.raises(FactRefused):
        record_professional_title(
            person, name="工程师", level="high", evidence="证书", by=BY, at=AT
        )


def test_no_title_is_a_statement_of_its_own():
    fact = confirm_no_title(make_person(), evidence="联网查询", by=BY, at=AT)

    assert fact.evidence == "联网查询"
