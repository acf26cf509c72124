"""Penalties: who may, what they take, that they can be taken back, that they rebuild."""

from decimal import Decimal

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from scoring.actions import impose_penalty, verify_results, withdraw_penalty
from scoring.errors import PenaltyRefused
from scoring.models import Penalty, Result
from scoring.queries.rebuilding import differences
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(entries=2)


def impose(contest, value="2.5", entry=0, **changes):
    facts = {
        "value": Decimal(value),
        "is_percent": False,
        "clause": "安全规程第 7 条",
        "reason": "带电作业",
        "by": contest.chief,
        "at": contest.now(),
    }
    return impose_penalty(contest.entries[entry], **(facts | changes))


def points(contest, entry=0):
    return Result.objects.get(entry=contest.entries[entry]).points_scaled


def test_a_penalty_lowers_the_total_and_rebuilds_from_the_ledger(contest):
    contest.fill(0)
    whole = points(contest)

    impose(contest)
    impose(contest, "10", is_percent=True)

    assert whole == 96_670_000
    # 96.67 less 2.5 and less 10 % of 96.67, rounded once.
    assert points(contest) == 84_500_000
    assert differences(contest.skill) == []


def test_the_event_names_clause_reason_and_amount(contest):
    penalty = impose(contest, "5", is_percent=True)
    event = events_of(skill_chain(contest.skill.pk)).get(type="penalty")
    assert body_of(event) == {
        "penalty": penalty.pk,
        "entry": contest.entries[0].pk,
        "points": None,
        "percent": "5",
        "clause": "安全规程第 7 条",
        "reason": "带电作业",
    }


def test_a_withdrawn_penalty_takes_nothing_and_stays_listed(contest):
    contest.fill(0)
    penalty = impose(contest)

    withdraw_penalty(penalty, reason="误记", by=contest.chief, at=contest.now())

    assert points(contest) == 96_670_000
    row = Penalty.objects.get()
    assert (row.void_reason, row.void_by) == ("误记", contest.chief)
    assert differences(contest.skill) == []
    with pytest.raises(PenaltyRefused) as refused:
        withdraw_penalty(row, reason="再撤", by=contest.chief, at=contest.now())
    assert refused.value.code == "withdrawn"


def test_a_total_is_never_below_zero(contest):
    contest.mark(0, 0, "A1.M1", "1")
    impose(contest, "5000")
    assert points(contest) == 0


def test_marks_entered_later_keep_the_penalty(contest):
    impose(contest, "1")
    contest.fill(0)
    assert points(contest) == 95_670_000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"clause": " "}, "reason-missing"),
        ({"reason": ""}, "reason-missing"),
        ({"value": Decimal(0)}, "out-of-range"),
        ({"value": Decimal(-1)}, "out-of-range"),
        ({"value": Decimal("NaN")}, "out-of-range"),
        ({"value": Decimal(101), "is_percent": True}, "out-of-range"),
        ({"value": Decimal("0.0000001")}, "wrong-step"),
    ],
)
def test_what_is_no_penalty_is_refused(contest, changes, code):
    with pytest.raises(PenaltyRefused) as refused:
        impose_penalty(
            contest.entries[0],
            **(
                {
                    "value": Decimal(1),
                    "is_percent": False,
                    "clause": "第 1 条",
                    "reason": "迟到",
                    "by": contest.chief,
                    "at": contest.now(),
                }
                | changes
            ),
        )
    assert refused.value.code == code
    assert Penalty.objects.count() == 0


@pytest.mark.parametrize("who", ["organizer", "officer"])
def test_only_the_chief_judge_punishes(contest, who):
    with pytest.raises(PenaltyRefused) as refused:
        impose(contest, by=getattr(contest, who))
    assert refused.value.code == "not-chief"


def test_verified_results_are_not_punished_any_more(contest):
    for entry in (0, 1):
        contest.fill(entry)
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    with pytest.raises(PenaltyRefused) as refused:
        impose(contest)
    assert refused.value.code == "verified"
