"""The WorldSkills scale: totals made comparable across skills.

Since 2017 the median stands at 700 and 1.4826 times the median absolute deviation at 30
points; until 2015 the mean stood at 500 and the population standard deviation at 30.
The scale is relative: one late correction moves everybody, so it is always recomputed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from scoring.core.rounding import round_half_up

UNIT = 30
MAD_TO_SIGMA = Fraction(14826, 10000)
MEAN_DEVIATION_TO_SIGMA = Fraction(12533, 10000)
ROOT_DIGITS = 60


class Spread(StrEnum):
    """What the spread was measured by; said on the result."""

    MEDIAN_DEVIATION = "median-deviation"
    MEAN_DEVIATION = "mean-deviation"  # fallback when the median deviation is 0
    STANDARD_DEVIATION = "standard-deviation"
    NONE = "none"  # everybody equal


@dataclass(frozen=True, slots=True)
class Scale:
    """Integer scale scores in the order of the totals, with what they were built on."""

    scores: tuple[int, ...]
    centre: Fraction = Fraction(0)
    unit: Fraction = Fraction(0)
    spread: Spread = Spread.NONE


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value; of an even number the mean of the two in the middle."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def scale_700(totals: Sequence[Fraction | Decimal]) -> Scale:
    """round(700 + 30·(x − median) / (1.4826·MAD)), halves up.

    With a MAD of 0, 1.2533 times the mean absolute deviation takes its place; if that
    is 0 too, everybody has 700.
    """
    values = [Fraction(total) for total in totals]
    if not values:
        return Scale(())
    centre = median(values)
    distances = [abs(value - centre) for value in values]
    unit = MAD_TO_SIGMA * median(distances)
    spread = Spread.MEDIAN_DEVIATION
    if not unit:
        mean = sum(distances, Fraction(0)) / len(values)
        unit = MEAN_DEVIATION_TO_SIGMA * mean
        spread = Spread.MEAN_DEVIATION
    return _scaled(values, 700, centre, unit, spread)


def scale_500(totals: Sequence[Fraction | Decimal]) -> Scale:
    """round(500 + 30·(x − mean) / population standard deviation), halves up."""
    values = [Fraction(total) for total in totals]
    if not values:
        return Scale(())
    centre = sum(values, Fraction(0)) / len(values)
    squares = sum(((value - centre) ** 2 for value in values), Fraction(0))
    unit = _root(squares / len(values))
    return _scaled(values, 500, centre, unit, Spread.STANDARD_DEVIATION)


def _scaled(
    values: Sequence[Fraction],
    origin: int,
    centre: Fraction,
    unit: Fraction,
    spread: Spread,
) -> Scale:
    if not unit:
        return Scale((origin,) * len(values), centre, unit, Spread.NONE)
    scores = tuple(
        int(round_half_up(origin + UNIT * (value - centre) / unit, 0))
        for value in values
    )
    return Scale(scores, centre, unit, spread)


def _root(square: Fraction) -> Fraction:
    with localcontext() as context:
        context.prec = ROOT_DIGITS
        quotient = Decimal(square.numerator) / Decimal(square.denominator)
        return Fraction(quotient.sqrt())
