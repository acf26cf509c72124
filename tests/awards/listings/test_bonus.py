"""The bonus list: every fen that was granted, and where each stands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.grants import share_of
from awards.enums import OutcomeKind
from awards.listings import bonus
from tests.awards import desk
from tests.awards.listings import lists

SUMS = st.integers(min_value=1, max_value=10**9).map(
    lambda fen: Decimal(fen).scaleb(-2)
)


@given(SUMS, st.integers(min_value=1, max_value=12))
def test_equal_shares_and_what_is_left_add_up_to_the_sum(total, size):
    each, rest = bonus.each_of(total, size), bonus.rest_of(total, size)

    assert each * size + rest == total
    assert Decimal(0) <= rest < Decimal("0.01") * size


@given(SUMS, st.integers(min_value=1, max_value=12))
def test_what_members_are_paid_is_the_share_and_at_most_a_fen_more(total, size):
    paid = [share_of(total, members=size, position=n + 1) for n in range(size)]

    assert sum(paid) == total
    assert {amount - bonus.each_of(total, size) for amount in paid} <= {
        Decimal("0.00"),
        Decimal("0.01"),
    }
    assert paid == sorted(paid, reverse=True)


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.mark.django_db
def test_team_states_the_whole_sum_and_members_what_each_is_paid(bureau):
    lists.team_final([3], "1000", [["333.34", "333.33", "333.33"]])

    found = lists.lines("bonus-payments", bureau)

    keys = ("number", "name", "standard", "heads", "each", "payable", "note")
    assert [tuple(line.cells.get(key) for key in keys) for line in found] == [
        (
            Decimal(1),
            "成都代表队（选手001、选手002、选手003）",
            Decimal(1000),
            Decimal(3),
            Decimal("333.33"),
            None,
            "余 0.01 元按报名顺序加给在前的队员",
        ),
        ("", "　选手001", None, None, None, Decimal("333.34"), ""),
        ("", "　选手002", None, None, None, Decimal("333.33"), ""),
        ("", "　选手003", None, None, None, Decimal("333.33"), ""),
        ("", "合计", None, Decimal(3), None, Decimal("1000.00"), None),
    ]
    assert {line.sheet for line in found} == {"大赛组委会"}


@pytest.mark.django_db
def test_sum_of_lines_is_the_sum_granted_team_by_team(bureau):
    lists.team_final(
        [2, 2], "5000.01", [["2500.01", "2500.00"], ["2500.01", "2500.00"]]
    )

    found = lists.lines("bonus-payments", bureau)

    assert lists.paid(found) == Decimal("10000.02") == found[-1].cells["payable"]


@pytest.mark.django_db
def test_single_competitor_is_one_line(bureau):
    lists.final(
        2,
        OutcomeKind.BONUS,
        value="5000 元",
        detail=lists.bonus("5000", "5000", "each"),
    )

    found = lists.lines("bonus-payments", bureau)

    keys = ("number", "name", "standard", "heads", "each", "payable")
    assert [tuple(line.cells.get(key) for key in keys) for line in found] == [
        (
            Decimal(1),
            "选手001",
            Decimal(5000),
            Decimal(1),
            Decimal(5000),
            Decimal(5000),
        ),
        (
            Decimal(2),
            "选手002",
            Decimal(5000),
            Decimal(1),
            Decimal(5000),
            Decimal(5000),
        ),
        ("", "合计", None, Decimal(2), None, Decimal(10000)),
    ]


@pytest.mark.django_db
def test_team_with_a_member_elsewhere_says_so(bureau):
    _release, ((_entry, members),) = lists.team_final([2], "3000", [["1500", "1500"]])
    members[1].decisions.update(region="440100")
    members[1].entitlements.update(region="440100")

    found = lists.lines("bonus-payments", bureau)

    assert found[0].cells["note"] == "另 1 名队员不在本表"
    assert found[-1].cells["payable"] == Decimal(1500)


@pytest.mark.django_db
def test_sum_nobody_has_said_is_open_and_in_no_total(bureau):
    lists.final(1, OutcomeKind.BONUS, value="奖金", detail=lists.bonus("", ""))

    first, total = lists.lines("bonus-payments", bureau)

    assert (first.cells["standard"], first.cells["note"]) == (
        None,
        "标准待定，未计入合计",
    )
    assert total.cells["payable"] == Decimal(0)
