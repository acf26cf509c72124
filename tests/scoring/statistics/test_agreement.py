"""Published worked examples, and what must not matter to a coefficient."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics.agreement import (
    Figure,
    alpha_interval,
    alpha_ordinal,
    concordance,
    reliability,
)
from scoring.statistics.cells import Why

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C and E.
FOUR_OBSERVERS = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
]
# Shrout and Fleiss (1979), table 2: six targets, four judges.
SIX_TARGETS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def exact(rows):
    return [[Fraction(value) for value in row] for row in rows]


def rounded(figure, places):
    return round(float(figure.value), places)


def test_krippendorffs_own_example_gives_his_ordinal_and_interval_alpha():
    ordinal = alpha_ordinal(FOUR_OBSERVERS)
    interval = alpha_interval(exact(FOUR_OBSERVERS))

    assert (rounded(ordinal, 3), rounded(interval, 3)) == (0.815, 0.849)


def test_six_targets_give_the_reliabilities_of_the_paper():
    found = reliability(exact(SIX_TARGETS))

    assert (rounded(found.single, 2), rounded(found.panel, 2)) == (0.29, 0.62)


def test_equal_orders_concord_fully_and_opposite_ones_not_at_all():
    same = [[1, 10], [2, 20], [3, 30], [4, 40]]
    opposite = [[1, 40], [2, 30], [3, 20], [4, 10]]

    found = [concordance(exact(rows)) for rows in (same, opposite)]

    assert found == [Figure(Fraction(1)), Figure(Fraction(0))]


def test_ties_are_corrected_so_that_equal_orders_with_ties_concord_fully():
    rows = [[1, 1, 1], [2, 2, 2], [2, 2, 2], [4, 4, 4]]

    assert concordance(exact(rows)) == Figure(Fraction(1))


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (alpha_ordinal([]), Why.NO_PAIRS),
        (alpha_ordinal([[3], [2]]), Why.NO_PAIRS),
        (alpha_ordinal([[3, 3], [3, 3]]), Why.NO_VARIANCE),
        (alpha_interval([]), Why.NO_PAIRS),
        (alpha_interval([[Fraction(1), Fraction(1)]]), Why.NO_VARIANCE),
        (concordance([]), Why.FEW_JUDGES),
        (concordance(exact([[1], [2], [3]])), Why.FEW_JUDGES),
        (concordance(exact([[1, 2], [2, 1]])), Why.FEW_ENTRIES),
        (concordance(exact([[1, 2], [1, 2], [1, 2]])), Why.NO_VARIANCE),
        (reliability(exact([[1], [2], [3]])).single, Why.FEW_JUDGES),
        (reliability(exact([[1, 2], [2, 1]])).panel, Why.FEW_ENTRIES),
        (reliability(exact([[5, 5], [5, 5], [5, 5]])).single, Why.NO_VARIANCE),
    ],
)
def test_what_cannot_be_computed_says_why(found, why):
    assert found == Figure(why=why)


units = st.lists(
    st.lists(st.integers(0, 3), min_size=2, max_size=5), min_size=2, max_size=15
).filter(lambda rows: len({value for row in rows for value in row}) > 1)
tables = st.integers(2, 5).flatmap(
    lambda judges: st.lists(
        st.lists(st.integers(0, 6), min_size=judges, max_size=judges),
        min_size=3,
        max_size=10,
    )
)


@given(units)
def test_alpha_never_exceeds_one_and_is_one_where_all_agree(rows):
    agreed = [[row[0]] * len(row) for row in rows]
    same = alpha_ordinal(agreed)

    assert alpha_ordinal(rows).value <= 1
    assert same in (Figure(Fraction(1)), Figure(why=Why.NO_VARIANCE))


@given(units, st.randoms(use_true_random=False))
def test_alpha_knows_no_order_of_judges_and_units(rows, chance):
    mixed = [chance.sample(row, len(row)) for row in chance.sample(rows, len(rows))]

    assert alpha_ordinal(mixed) == alpha_ordinal(rows)


@given(units)
def test_ordinal_alpha_sees_the_order_of_levels_only(rows):
    stretched = [[value**3 + 7 for value in row] for row in rows]

    assert alpha_ordinal(stretched) == alpha_ordinal(rows)


@given(units, st.integers(1, 9), st.integers(-9, 9))
def test_interval_alpha_keeps_under_another_scale(rows, times, more):
    moved = [[times * value + more for value in row] for row in exact(rows)]

    assert alpha_interval(moved) == alpha_interval(exact(rows))


@given(tables, st.integers(1, 9), st.integers(-9, 9))
def test_reliability_and_concordance_keep_under_another_scale(rows, times, more):
    before = exact(rows)
    after = [[times * value + more for value in row] for row in before]

    assert reliability(after) == reliability(before)
    assert concordance(after) == concordance(before)


@given(tables)
def test_concordance_lies_between_nought_and_one(rows):
    found = concordance(exact(rows))

    assert found.why is Why.NO_VARIANCE or 0 <= found.value <= 1
