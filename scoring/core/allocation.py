"""The mark allocation table: sections in rows, criteria in columns, weighted marks.

Real sums come from the aspects, never from what a workbook says about itself; a
section's variation is what it declares less what its aspects give.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.core.rounding import round_half_up
from scoring.core.scheme import Scheme

UNASSIGNED = ""
PLACES = 2


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One section; ``declared`` is ``None`` for aspects that name no known section."""

    number: str
    name: str
    marks: tuple[Decimal, ...]
    total: Decimal
    declared: Decimal | None

    @property
    def variation(self) -> Decimal | None:
        """Declared less real."""
        return None if self.declared is None else self.declared - self.total


@dataclass(frozen=True, slots=True)
class Allocation:
    """The whole table; ``letters`` heads its columns, ``totals`` is its last row."""

    letters: tuple[str, ...]
    rows: tuple[AllocationRow, ...]
    totals: tuple[Decimal, ...]
    total: Decimal
    declared: Decimal


def allocation(scheme: Scheme) -> Allocation:
    """Sum the weighted maxima of all aspects by section and criterion."""
    letters = tuple(criterion.letter for criterion in scheme.criteria)
    known = {section.number for section in scheme.sections}
    sums: dict[tuple[str, str], Fraction] = {}
    for criterion in scheme.criteria:
        weight = Fraction(1 if criterion.weight is None else criterion.weight)
        for sub in criterion.sub_criteria:
            for aspect in sub.aspects:
                number = aspect.section if aspect.section in known else UNASSIGNED
                place = (number, criterion.letter)
                part = Fraction(aspect.maximum) * weight
                sums[place] = sums.get(place, Fraction(0)) + part
    rows = [_row(s.number, s.name, letters, sums, s.declared) for s in scheme.sections]
    loose = _row(UNASSIGNED, "", letters, sums, None)
    if loose.total or not rows:
        rows.append(loose)
    totals = [
        sum((v for (_n, letter), v in sums.items() if letter == one), Fraction(0))
        for one in letters
    ]
    return Allocation(
        letters,
        tuple(rows),
        tuple(round_half_up(total, PLACES) for total in totals),
        round_half_up(sum(totals, Fraction(0)), PLACES),
        sum((section.declared for section in scheme.sections), Decimal(0)),
    )


def _row(
    number: str,
    name: str,
    letters: tuple[str, ...],
    sums: dict[tuple[str, str], Fraction],
    declared: Decimal | None,
) -> AllocationRow:
    marks = [sums.get((number, letter), Fraction(0)) for letter in letters]
    return AllocationRow(
        number,
        name,
        tuple(round_half_up(mark, PLACES) for mark in marks),
        round_half_up(sum(marks, Fraction(0)), PLACES),
        declared,
    )
