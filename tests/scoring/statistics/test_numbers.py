"""Means, ranks and probabilities, against tables and against scipy."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.statistics import numbers

D = Decimal


def decimals(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize("free", [1, 2, 3, 7, 19, 38, 99, 400])
@pytest.mark.parametrize("value", ["0", "0.01", "0.5", "1.9", "4", "11", "40"])
def test_students_probability_is_scipys(value, free):
    known = 2 * stats.t.sf(float(value), free)

    found = float(numbers.student_chance(D(value), free))

    assert found == pytest.approx(known, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("free", "limit"),
    [(1, "12.7062"), (2, "4.3027"), (9, "2.2622"), (19, "2.0930"), (120, "1.9799")],
)
def test_students_limits_are_those_of_the_printed_tables(free, limit):
    found = numbers.student_limit(free, D("0.05"))

    assert f"{found:.4f}" == limit


@pytest.mark.parametrize("value", ["0", "0.3", "1", "2.9", "3", "3.01", "5", "9"])
def test_normal_probability_is_scipys(value):
    known = 2 * stats.norm.sf(float(value))

    assert float(numbers.normal_chance(D(value))) == pytest.approx(known, rel=1e-11)


def test_adjusted_probabilities_are_those_of_benjamini_and_hochberg():
    raw = ["0.0001", "0.0004", "0.0019", "0.0095", "0.0201", "0.0278", "0.0298"]
    chances = decimals(*raw)

    found = [float(each) for each in numbers.adjusted(chances)]

    known = stats.false_discovery_control([float(each) for each in chances])
    assert found == pytest.approx(list(known), rel=1e-12)


def test_nothing_is_adjusted_where_nothing_was_tested():
    assert numbers.adjusted([]) == []


def test_median_deviation_and_correlation_of_a_small_table():
    ones, others = decimals("1", "2", "3", "4", "10"), decimals("2", "1", "4", "3", "9")

    found = (
        numbers.median(ones),
        numbers.median(ones[:4]),
        f"{numbers.deviation(ones):.6f}",
        f"{numbers.correlation(ones, others):.6f}",
        f"{numbers.spearman(ones, others):.6f}",
    )

    assert found == (D(3), D("2.5"), "3.535534", "0.953561", "0.800000")


@pytest.mark.parametrize("values", [[], ["1"], ["2", "2", "2"]])
def test_what_does_not_vary_has_no_correlation(values):
    same = decimals(*values)

    assert numbers.correlation(same, same) is None


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30))
def test_ranks_sum_as_if_there_were_no_equals(values):
    found = numbers.ranks([D(value) for value in values])

    assert sum(found) == D(len(values) * (len(values) + 1)) / 2


@given(st.lists(st.integers(0, 1000), max_size=20))
def test_adjusting_never_lowers_a_probability_nor_changes_their_order(values):
    raw = [D(value) / 1000 for value in values]

    found = numbers.adjusted(raw)

    assert all(a >= b for a, b in zip(found, raw, strict=True))
    pairs = sorted(zip(raw, found, strict=True))
    assert [after for _, after in pairs] == sorted(after for _, after in pairs)
