"""What the demonstration's judges enter: plausible values, the same for one seed.

Strength (0-100) moves every value; nothing here computes points or places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from scoring.core.calculation import choices_of, parameter_number, target_of
from scoring.core.marking import is_per_judge
from scoring.core.scheme import Aspect, CalculationKind, MarkKind, SubCriterion


@dataclass(frozen=True, slots=True)
class Value:
    """One value for one aspect by one seat (0 = the group)."""

    aspect: str
    seat: int
    text: str


def values_of(
    sub: SubCriterion, *, seats: int, strength: int, seed: str
) -> Iterator[Value]:
    """Every value of one sheet, in the order in which judges would enter them."""
    for aspect in sub.aspects:
        chance = Random(f"{seed} {aspect.code}")  # noqa: S311 - no secret here
        if is_per_judge(aspect.kind):
            yield from _by_judges(aspect, seats, strength, chance)
        else:
            yield Value(aspect.code, 0, _measured(aspect, strength, chance))


def _by_judges(
    aspect: Aspect, seats: int, strength: int, chance: Random
) -> Iterator[Value]:
    centre = chance.gauss(strength, 9)
    for seat in range(1, seats + 1):
        if aspect.kind is MarkKind.JUDGEMENT:
            level = _level(centre)
            shifted = level + chance.choice((0, 0, 0, 1 if level < 3 else 0))
            yield Value(aspect.code, seat, str(shifted))
        else:
            yield Value(aspect.code, seat, _stepped(aspect, chance.gauss(centre, 4)))


def _level(centre: float) -> int:
    return 3 if centre >= 92 else 2 if centre >= 74 else 1 if centre >= 52 else 0


def _stepped(aspect: Aspect, percent: float) -> str:
    share = Decimal(round(max(0, min(100, percent)))) / 100
    largest = aspect.maximum if aspect.scale is None else aspect.scale
    steps = (largest * share / aspect.step).to_integral_value()
    return str((steps * aspect.step).quantize(aspect.step))


def _measured(aspect: Aspect, strength: int, chance: Random) -> str:
    percent = chance.gauss(strength, 12)
    if aspect.kind is MarkKind.IMPORTED:
        return _stepped(aspect, chance.gauss(strength - 3, 5))
    match aspect.calculation.kind:
        case CalculationKind.PASS_FAIL:
            return "1" if chance.random() * 100 < strength + 3 else "0"
        case CalculationKind.NUMBER_COMPLETED:
            possible = int(parameter_number(aspect.calculation, "NUM_POSSIBLE") or 1)
            return str(min(possible, max(0, round(possible * percent / 100))))
        case CalculationKind.CHOICE:
            last = len(choices_of(aspect.calculation))
            return str(1 if percent >= 80 else min(2, last) if percent >= 60 else last)
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            target = target_of(aspect) or Decimal(0)
            difference = parameter_number(aspect.calculation, "DIFFERENCE") or Decimal(
                1
            )
            away = max(0, round((100 - percent) / 12))
            return str(target + difference * away * chance.choice((1, -1)))
    return _stepped(aspect, percent)
