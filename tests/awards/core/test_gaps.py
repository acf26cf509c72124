"""What may fill a gap, and what a filled gap makes of a grant."""

from decimal import Decimal

import pytest

from awards.core.gaps import Filling, check_filling, fill_grant, filled_words
from awards.core.rulebook import Grant
from awards.core.vocabulary import GrantKind, Operator
from people.core.grades import Grade

UP = {"operator": "to-or-up", "grade": "技师"}


@pytest.mark.parametrize(
    ("fills", "value"),
    [
        ("rank", 3),
        ("statement", "省职称破格评审办法"),
        ("statement", "不适用"),
        ("amount", 5000),
        ("amount", "5000.50"),
        ("amount", {"first": "5000", "2": 3000}),
        ("promotion", UP),
        ("promotion", {"operator": "up1"}),
    ],
)
def test_readable_value_may_fill_a_gap(fills, value):
    check_filling(fills, value)


@pytest.mark.parametrize(
    ("fills", "value", "words"),
    [
        ("rank", "前三名", "write a place"),
        ("statement", " ", "write a text"),
        ("amount", -1, "write the sum"),
        ("amount", True, "write the sum"),
        ("amount", "许多", "write the sum"),
        ("amount", {}, "write the sum"),
        ("amount", {"platinum": 5}, "write the sum"),
        ("promotion", "技师", "write { operator"),
        ("promotion", {"operator": "up2"}, "write { operator"),
        ("promotion", {"operator": "to-or-up"}, "write { operator"),
        ("promotion", {**UP, "grade": "大师"}, "write a grade"),
        ("promotion", {**UP, "grade": "特级技师"}, "stops at 高级技师"),
    ],
)
def test_unreadable_value_is_refused_with_the_remedy(fills, value, words):
    with pytest.raises(ValueError, match=words):
        check_filling(fills, value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (5000, "5000"),
        ({"first": "8000", "2": "5000"}, "一等奖 8000、第 2 名 5000"),
        (UP, "operator to-or-up、grade 技师"),
    ],
)
def test_filled_value_is_said_in_words(value, words):
    assert filled_words(value) == words


def test_filled_gap_gives_the_sum_or_the_promotion():
    bonus = Grant(GrantKind.BONUS, "奖金", gap="G")
    grade = Grant(GrantKind.GRADE, "按规定", gap="G")

    one = fill_grant(bonus, Filling(5000, "复函"))
    table = fill_grant(bonus, Filling({"1": "8000", "2": "5000"}, "复函"))
    promotion = fill_grant(grade, Filling(UP, "复函"))

    assert (one.amount, one.gap) == (Decimal(5000), "")
    assert table.amounts == {"1": Decimal(8000), "2": Decimal(5000)}
    assert promotion.operator is Operator.TO_OR_UP
    assert promotion.grade is Grade.TECHNICIAN
