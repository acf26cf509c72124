"""The marks that statistics look at, and how far each stands from its colleagues.

A share is a mark divided by the range of its aspect, so that all aspects compare.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.statistics.numbers import ZERO

FEW_JUDGES = 2  # fewer cannot be compared


class Why(StrEnum):
    """Why a figure is not there."""

    FEW_JUDGES = "few-judges"
    FEW_ENTRIES = "few-entries"
    FEW_SHEETS = "few-sheets"
    NO_VARIANCE = "no-variance"
    NO_OWN = "no-own"
    ALL_OWN = "all-own"
    NO_LEVELS = "no-levels"
    NO_PAIRS = "no-pairs"


@dataclass(frozen=True, slots=True)
class Cell:
    """One mark of one judge; ``order`` is when it came, ``level`` 0-3 of a judgement."""

    judge: int
    entry: int
    sheet: str  # code of the sub-criterion
    aspect: str
    share: Decimal
    weight: Decimal  # the points that the aspect is worth
    order: int
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Residual:
    """A mark beside ``control``, the mean of what the other judges gave."""

    cell: Cell
    control: Decimal

    @property
    def value(self) -> Decimal:
        """Above nought: more generous than the others."""
        return self.cell.share - self.control


def residuals(cells: Iterable[Cell]) -> list[Residual]:
    """Each mark against the others of the same entry and aspect (leave one out).

    Marks that nobody else gave a second of are left out.
    """
    units: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        units[cell.entry, cell.aspect].append(cell)
    found = []
    for unit in units.values():
        if len(unit) < FEW_JUDGES:
            continue
        total = sum((cell.share for cell in unit), ZERO)
        others = len(unit) - 1
        found += [Residual(cell, (total - cell.share) / others) for cell in unit]
    return found


def by_judge(rows: Iterable[Residual]) -> dict[int, list[Residual]]:
    """The residuals of each judge, judges in order of their number."""
    found: dict[int, list[Residual]] = defaultdict(list)
    for row in rows:
        found[row.cell.judge].append(row)
    return dict(sorted(found.items()))


def by_entry(rows: Sequence[Residual]) -> dict[int, list[Decimal]]:
    """The values of residuals by entry."""
    found: dict[int, list[Decimal]] = defaultdict(list)
    for row in rows:
        found[row.cell.entry].append(row.value)
    return dict(sorted(found.items()))
