"""The four promotion operators and the sharing of sums."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.grants import promote, share_of
from awards.core.vocabulary import Operator
from people.core import grades

LADDER = ["无", "学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师"]


@pytest.mark.parametrize(
    ("operator", "target", "reached"),
    [
        # for each grade held, from none to 特级技师
        ("to-or-up", "技师", "技师 技师 技师 技师 技师 高级技师 - -"),
        ("to-or-up", "高级工", "高级工 高级工 高级工 高级工 技师 - - -"),
        ("to-unless", "技师", "技师 技师 技师 技师 技师 - - -"),
        ("up1", None, "初级工 初级工 中级工 高级工 技师 高级技师 - -"),
    ],
)
def test_promotion_from_every_grade(operator, target, reached):
    found = [
        promote(
            Operator(operator),
            held=None if held == "无" else grades.parse(held),
            target=grades.parse(target) if target else None,
        )
        for held in LADDER
    ]

    assert [grade.label if grade else "-" for grade in found] == reached.split()


@pytest.mark.parametrize(
    ("paper", "held", "reached"),
    [("高级工", "中级工", "技师"), ("技师", "高级工", "高级技师"),
     ("高级技师", "技师", "高级技师"), ("中级工", "技师", None)],
)  # fmt: skip
def test_one_above_the_paper(paper, held, reached):
    found = promote(
        Operator.PAPER_PLUS_1, held=grades.parse(held), paper=grades.parse(paper)
    )

    assert found == (grades.parse(reached) if reached else None)


@given(
    st.decimals(Decimal("0.01"), Decimal(1000000), places=2),
    st.integers(1, 7),
)
def test_shares_add_up_to_the_sum(total, members):
    shares = [
        share_of(total, members=members, position=place + 1) for place in range(members)
    ]

    assert sum(shares) == total
    assert max(shares) - min(shares) <= Decimal("0.01")
