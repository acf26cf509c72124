"""A trainee against the panel, in shares of the maximum."""

from fractions import Fraction

import pytest

from scoring.core.trainees import Compared, Deviation, deviation


def row(own, panel, maximum):
    return Compared(Fraction(own), Fraction(panel), Fraction(maximum))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], Deviation()),
        ([row(1, 1, 0)], Deviation()),
        ([row(2, 2, 4)], Deviation(1, 1)),
        (
            [row(3, 2, 4), row(1, 2, 4)],
            Deviation(2, 0, Fraction(0), Fraction(1, 4), Fraction(1, 4)),
        ),
        (
            [row(3, 0, 3), row(1, 1, 2)],
            Deviation(2, 1, Fraction(1, 2), Fraction(1, 2), Fraction(1)),
        ),
    ],
)
def test_deviation_is_signed_and_sized(rows, found):
    assert deviation(rows) == found
