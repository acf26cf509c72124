"""Pairs of whole numbers and the stated rounding."""

import pytest

from scoring.shadow.ratio import half_up, over, pair_of, plus, times


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("0.30", (30, 100)),
        ("12", (12, 1)),
        (".5", (5, 10)),
        ("-1.5", (-15, 10)),
        ("1e2", (100, 1)),
        ("", None),
        ("x", None),
        (None, None),
        ("NaN", None),
        ("3.0.1", None),
    ],
)
def test_a_number_is_read_as_written(text, pair):
    assert pair_of(text) == pair


@pytest.mark.parametrize(
    ("value", "places", "units"),
    [
        ((90425, 1000), 2, 9043),
        ((90424, 1000), 2, 9042),
        ((-5, 10), 0, -1),
        ((1, 2), 0, 1),
        ((2, 3), 6, 666667),
    ],
)
def test_an_exact_half_goes_away_from_nought(value, places, units):
    assert half_up(value, places) == units


def test_thirty_and_seventy_parts_give_ninety_and_forty_three():
    theory = times((885, 10), (30, 100))
    practice = times((9125, 100), (70, 100))
    assert half_up(plus(theory, practice), 2) == 9043


def test_a_quotient_keeps_its_denominator_positive():
    assert over((1, 2), (-3, 4)) == (-4, 6)
