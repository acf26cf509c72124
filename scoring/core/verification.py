"""复核 by sample: which entries are checked by hand, and when all of them must be.

The choice follows from the head of the skill's chain, which nobody can choose: the top
share of the ranking whole, of the rest those with the smallest tickets, and, where asked
for, neighbours so close that one step of the largest aspect could exchange them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from scoring.core.calculation import parameter_number, parameter_text
from scoring.core.rounding import SCALE
from scoring.core.scheme import Aspect, CalculationKind, MarkKind, Scheme

HUNDRED = 100
LEVELS = 3  # steps between the lowest and the highest level of a judgement


class Why(StrEnum):
    """Why an entry is checked."""

    TOP = "top"
    SAMPLE = "sample"
    CLOSE = "close"
    MOVED = "moved"  # a correction lifted it into the top share
    ALL = "all"  # the error rate passed the trigger


@dataclass(frozen=True, slots=True)
class SampleRules:
    """Shares and trigger in percent."""

    top: Decimal
    sample: Decimal
    trigger: Decimal
    with_close: bool = False

    def __post_init__(self) -> None:
        for share in (self.top, self.sample, self.trigger):
            if not (share.is_finite() and 0 <= share <= HUNDRED):
                raise ValueError(f"not a percentage: {share}")


# The rule of national contests as background knowledge gives it, not confirmed by text.
DEFAULT = SampleRules(Decimal(30), Decimal(15), Decimal(5))


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry that was marked: its opaque id, place (if any) and millionths of points."""

    entry: str
    place: int | None
    points: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An entry to be checked, and why."""

    entry: str
    why: Why


def share_of(count: int, percent: Decimal) -> int:
    """How many ``percent`` of ``count`` are, rounded up.

    >>> share_of(40, Decimal(30)), share_of(28, Decimal(15))
    (12, 5)
    """
    return ceil(Fraction(percent) * count / HUNDRED)


def ticket(head: str, entry: str) -> str:
    """The number an entry draws: a hash of the head and its id."""
    return hashlib.sha256(f"verification\n{head}\n{entry}".encode()).hexdigest()


def top_of(table: Sequence[Ranked], rules: SampleRules) -> tuple[str, ...]:
    """The entries of the top share, best first; a shared place is not cut in two."""
    ranked = sorted(
        (row for row in table if row.place is not None),
        key=lambda row: (row.place or 0, row.entry),
    )
    count = min(share_of(len(table), rules.top), len(ranked))
    if not count:
        return ()
    last = ranked[count - 1].place or 0
    return tuple(row.entry for row in ranked if (row.place or 0) <= last)


def draw_sample(
    table: Sequence[Ranked], rules: SampleRules, *, head: str, step: Fraction
) -> tuple[Drawn, ...]:
    """The entries to check, in order: top share, drawn ones, close pairs.

    ``step`` is :func:`largest_step` of the scheme.  The order of ``table`` is of no
    influence.
    """
    top = top_of(table, rules)
    rest = sorted(
        (row.entry for row in table if row.entry not in top),
        key=lambda entry: (ticket(head, entry), entry),
    )
    sampled = rest[: share_of(len(rest), rules.sample)]
    found = [Drawn(entry, Why.TOP) for entry in top]
    found += [Drawn(entry, Why.SAMPLE) for entry in sampled]
    if rules.with_close:
        known = {drawn.entry for drawn in found}
        found += [
            Drawn(entry, Why.CLOSE)
            for entry in close_entries(table, step)
            if entry not in known
        ]
    return tuple(found)


def close_entries(table: Sequence[Ranked], step: Fraction) -> tuple[str, ...]:
    """Every entry that a neighbour in the ranking is nearer to than one step."""
    ranked = sorted(
        (row for row in table if row.place is not None),
        key=lambda row: (-row.points, row.entry),
    )
    close = {
        row.entry
        for above, below in zip(ranked, ranked[1:], strict=False)
        if Fraction(above.points - below.points, SCALE) < step
        for row in (above, below)
    }
    return tuple(row.entry for row in ranked if row.entry in close)


def needs_all(wrong: int, drawn: int, rules: SampleRules) -> bool:
    """Whether so many wrong ones of those drawn make a check of everything necessary.

    >>> needs_all(1, 17, DEFAULT), needs_all(1, 20, DEFAULT)
    (True, False)
    """
    return drawn > 0 and Fraction(wrong * HUNDRED, drawn) > Fraction(rules.trigger)


def largest_step(scheme: Scheme) -> Fraction:
    """What one step of the largest aspect moves a total by; the larger of equals."""
    found = [
        (Fraction(aspect.maximum) * weight, aspect_step(aspect) * weight)
        for criterion in scheme.criteria
        for weight in (Fraction(1 if criterion.weight is None else criterion.weight),)
        for sub in criterion.sub_criteria
        for aspect in sub.aspects
    ]
    return max(found)[1] if found else Fraction(0)


def aspect_step(aspect: Aspect) -> Fraction:
    """The points between two neighbouring values; the maximum where no step is stated."""
    maximum = Fraction(aspect.maximum)
    calculation = aspect.calculation
    if aspect.kind is MarkKind.JUDGEMENT:
        return maximum / LEVELS
    if aspect.kind in (MarkKind.PANEL, MarkKind.IMPORTED):
        scale = Fraction(aspect.maximum if aspect.scale is None else aspect.scale)
        return Fraction(aspect.step) * maximum / scale if scale else maximum
    if aspect.kind is MarkKind.DEDUCTION:
        return Fraction(parameter_number(calculation, "UNIT") or 0)
    match calculation.kind:
        case CalculationKind.NUMBER_COMPLETED:
            possible = parameter_number(calculation, "NUM_POSSIBLE") or Decimal(1)
            return maximum / Fraction(possible)
        case CalculationKind.DIRECT | CalculationKind.RANGED_SCORE:
            return Fraction(aspect.step)
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            amount = Fraction(parameter_number(calculation, "DEDUCTION") or 0)
            percent = parameter_text(calculation, "DEDUCTION_TYPE").upper() == "PERCENT"
            return maximum * amount / HUNDRED if percent else amount
    return maximum
