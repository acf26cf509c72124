"""Decisions against each other: highest only, once a year, not twice, quotas."""

from dataclasses import replace
from datetime import date

import pytest

from awards.core.engine import Decision
from awards.core.grants import Worth
from awards.core.quotas import Quota
from awards.core.rulebook import Citation, Document, Grant
from awards.core.settling import Held, settle
from awards.core.vocabulary import (
    DecisionState,
    GrantKind,
    Operator,
    Rank,
    Status,
)
from people.core.grades import Grade

ENTITLED, REFUSED, OPEN = (
    DecisionState.ENTITLED,
    DecisionState.REFUSED,
    DecisionState.OPEN,
)


def _decision(rule, *, grade=None, title="", rulebook="book", **changes):
    kind = GrantKind.GRADE if grade else GrantKind.TITLE
    value = grade.label if grade else title
    decision = Decision(
        person="p",
        skill="s",
        occupation="6-18-02-04",
        on=date(2026, 10, 20),
        document=Document(
            rulebook, rulebook, "厅", Status.IN_FORCE, "510000", "试验", "report"
        ),
        digest="d",
        rule=rule,
        position=0,
        citation=Citation("一"),
        grant=Grant(kind, value, operator=Operator.UP_1 if grade else None),
        worth=Worth(value, grade=grade),
        state=ENTITLED,
        would_be=ENTITLED,
        answers=(),
        rank=Rank.exact(1),
    )
    return replace(decision, **changes)


def _states(decisions):
    return {(d.person, d.skill, d.rule): d.state for d in decisions}


def test_highest_promotion_in_an_occupation_is_kept():
    low = _decision("A", grade=Grade.SENIOR)
    high = _decision("B", grade=Grade.TECHNICIAN)

    settled = settle([low, high])

    assert _states(settled) == {("p", "s", "A"): REFUSED, ("p", "s", "B"): ENTITLED}
    assert settled[0].notes[0].text() == "就高不重复：已由 book B 晋升技师。"


def test_equal_promotion_is_the_competitions_own():
    own = Document("own", "own", "办", Status.EDITION_ONLY, "510000", "试验", "text")
    first = _decision("A", grade=Grade.TECHNICIAN)
    second = _decision("B", grade=Grade.TECHNICIAN, document=own)

    assert _states(settle([first, second])) == {
        ("p", "s", "A"): REFUSED,
        ("p", "s", "B"): ENTITLED,
    }


def test_open_promotion_does_not_beat_an_entitled_one():
    sure = _decision("A", grade=Grade.SENIOR)
    unsure = _decision("B", grade=Grade.TECHNICIAN, state=OPEN, would_be=OPEN)

    assert _states(settle([sure, unsure])) == {
        ("p", "s", "A"): ENTITLED,
        ("p", "s", "B"): OPEN,
    }


def test_one_promotion_a_year_across_occupations():
    yearly = Grant(GrantKind.GRADE, operator=Operator.UP_1, once_per_year=True)
    one = _decision("A", grade=Grade.TECHNICIAN, grant=yearly)
    other = replace(
        one,
        skill="t",
        occupation="6-20-01-01",
        worth=Worth("高级工", grade=Grade.SENIOR),
    )

    assert _states(settle([one, other])) == {
        ("p", "s", "A"): ENTITLED,
        ("p", "t", "A"): REFUSED,
    }


@pytest.mark.parametrize(
    ("on", "state"),
    [(date(2026, 3, 1), REFUSED), (date(2025, 12, 31), ENTITLED)],
)
def test_promotion_of_the_same_year_counts(on, state):
    yearly = Grant(GrantKind.GRADE, operator=Operator.UP_1, once_per_year=True)
    decision = _decision("A", grade=Grade.TECHNICIAN, grant=yearly)
    history = [Held("p", GrantKind.GRADE, "高级工", on, "R-2026-0001")]

    assert settle([decision], history)[0].state is state


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2020, 12, 13), REFUSED),
        (None, REFUSED),
        (date(2026, 12, 1), ENTITLED),
    ],
)
def test_title_held_before_is_not_given_again(on, state):
    once = Grant(GrantKind.TITLE, "全国技术能手", once=True)
    decision = _decision("A", title="全国技术能手", grant=once)
    history = [Held("p", GrantKind.TITLE, "全国技术能手", on, "档案")]

    assert settle([decision], history)[0].state is state


def test_same_title_from_two_documents_is_proposed_once():
    one = _decision("A", title="江苏工匠")
    two = _decision("B", title="江苏工匠", rulebook="later")

    assert _states(settle([two, one])) == {
        ("p", "s", "A"): ENTITLED,
        ("p", "s", "B"): REFUSED,
    }


def test_titles_beyond_the_quota_stay_open_by_place():
    decisions = [
        _decision("A", title="能手", person=person, rank=Rank.exact(rank))
        for person, rank in (("p", 3), ("q", 1), ("r", 2))
    ]

    settled = settle(decisions, quotas=[Quota("book", "能手", 2)])

    assert _states(settled) == {
        ("p", "s", "A"): OPEN,
        ("q", "s", "A"): ENTITLED,
        ("r", "s", "A"): ENTITLED,
    }
    assert settled[0].missing == ("quota:能手",)


def test_order_of_decisions_does_not_matter():
    decisions = [
        _decision("A", grade=Grade.SENIOR),
        _decision("B", grade=Grade.TECHNICIAN),
        _decision("C", title="能手"),
        _decision("D", title="能手"),
    ]

    assert settle(decisions[::-1]) == settle(decisions)
