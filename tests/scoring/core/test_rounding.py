"""Half up, exactly; scaled integers and plain text."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.rounding import (
    from_scaled,
    plain_text,
    round_half_up,
    rounded,
    to_scaled,
)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Decimal("90.425"), 2, "90.43"),
        (Fraction(70, 9), 2, "7.78"),
        (Fraction(7, 9), 2, "0.78"),
        (Decimal("0.125"), 2, "0.13"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Decimal("2.5"), 0, "3"),
        (7, 2, "7.00"),
    ],
)
def test_halves_go_up(value, places, expected):
    assert str(round_half_up(value, places)) == expected


def test_a_stage_without_rounding_keeps_the_exact_value():
    assert rounded(Fraction(1, 3), None) == Fraction(1, 3)
    assert rounded(Fraction(1, 3), 2) == Fraction(33, 100)


@given(st.integers(-(10**15), 10**15))
def test_scaled_points_come_back_as_they_were(scaled):
    assert to_scaled(from_scaled(scaled)) == scaled


@pytest.mark.parametrize(
    ("scaled", "expected"),
    [(86_500_000, "86.50"), (1_125_000, "1.125"), (0, "0.00"), (100_000_000, "100.00")],
)
def test_stored_points_show_at_least_two_places(scaled, expected):
    assert str(from_scaled(scaled)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1.50", "1.5"), ("1E+2", "100"), ("0E-8", "0"), ("-0", "0"), ("0.25000", "0.25")],
)
def test_equal_numbers_have_equal_text(value, expected):
    assert plain_text(Decimal(value)) == expected
