"""Conditions of entry: met, not met, not known."""

from datetime import date

import pytest

from competitions.core.eligibility import (
    Answer,
    Candidate,
    Condition,
    Finding,
    age_on,
    check,
    read_condition,
)

ON = date(2026, 9, 8)


def answers(candidate, **condition):
    rule = read_condition({"citation": "第三条", **condition})
    return [finding.answer for finding in check(candidate, [rule], track="", on=ON)]


@pytest.mark.parametrize(
    ("birth_on", "age"),
    [
        (date(2010, 9, 8), 16),
        (date(2010, 9, 9), 15),
        (date(2008, 2, 29), 18),
    ],
)
def test_age_turns_on_the_birthday(birth_on, age):
    assert age_on(birth_on, ON) == age


@pytest.mark.parametrize(
    ("candidate", "condition", "answer"),
    [
        (Candidate(date(2010, 9, 8)), {"age_at_least": 16}, Answer.MET),
        (Candidate(date(2010, 9, 9)), {"age_at_least": 16}, Answer.NOT_MET),
        (Candidate(), {"age_at_least": 16}, Answer.UNKNOWN),
        (Candidate(date(2000, 1, 1)), {"age_at_most": 22}, Answer.NOT_MET),
        (Candidate(date(1980, 1, 1), "1"), {"below_retirement": True}, Answer.MET),
        (Candidate(date(1960, 1, 1), "1"), {"below_retirement": True}, Answer.NOT_MET),
        (Candidate(date(1965, 1, 1), "1"), {"below_retirement": True}, Answer.UNKNOWN),
        (Candidate(date(1980, 1, 1)), {"below_retirement": True}, Answer.UNKNOWN),
        (Candidate(employment_kind="worker"), {"groups": ["worker"]}, Answer.MET),
        (Candidate(employment_kind="student"), {"groups": ["worker"]}, Answer.NOT_MET),
        (Candidate(), {"groups": ["worker"]}, Answer.UNKNOWN),
    ],
)
def test_answer(candidate, condition, answer):
    assert answers(candidate, **condition) == [answer]


def test_finding_names_what_was_asked_what_was_found_and_the_clause():
    rule = Condition("NAT-10", "第三条", age_at_least=16)

    assert check(Candidate(date(2012, 1, 1)), [rule], track="", on=ON) == (
        Finding("NAT-10", "年满 16 周岁", "14 周岁", Answer.NOT_MET, "第三条"),
    )


def test_a_condition_of_another_track_asks_nothing():
    rule = read_condition(
        {"citation": "第三条", "age_at_most": 22, "track": "selection"}
    )

    assert check(Candidate(), [rule], track="national-choice", on=ON) == ()


@pytest.mark.parametrize(
    "values", [{"age_at_least": 16}, {"citation": " "}, {"citation": "x", "height": 1}]
)
def test_a_condition_without_citation_or_with_unknown_keys_is_refused(values):
    with pytest.raises(ValueError, match="entry condition"):
        read_condition(values)
