"""Whether a judge's measure moved while marking: rank correlation and CUSUM.

Looked at sheet by sheet in the order of marking, beside the judge's own mean, so that a
severe judge who stays severe does not drift.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.statistics.cells import Residual, Why
from scoring.statistics.numbers import (
    ZERO,
    adjusted,
    correlation_chance,
    deviation,
    mean,
    spearman,
)

FEW_SHEETS = 8
SLACK = Decimal("0.5")  # k: deviations from the own mean that are not summed
LIMIT = Decimal(5)  # h
LARGE = Decimal("0.10")
CHANCE = Decimal("0.05")
THIRDS = 3


@dataclass(frozen=True, slots=True)
class Drift:
    """The way of one judge; ``high`` and ``low`` are the two sums after each sheet."""

    rank: Decimal  # Spearman, of residual and order
    chance: Decimal  # adjusted over the judges
    change: Decimal  # mean of the last third less that of the first
    means: tuple[Decimal, ...]  # of each sheet
    high: tuple[Decimal, ...]
    low: tuple[Decimal, ...]
    crossed: int | None  # the sheet, from 1, at which a sum first passed the limit

    @property
    def is_flagged(self) -> bool:
        """A large change in one direction, more than chance."""
        return abs(self.change) > LARGE and self.chance < CHANCE


def drifts(judges: Mapping[int, Sequence[Residual]]) -> dict[int, Drift | Why]:
    """The drift of each judge who marked enough sheets."""
    found = {judge: _drift(rows) for judge, rows in judges.items()}
    known = {k: each for k, each in found.items() if isinstance(each, Drift)}
    chances = adjusted([each.chance for each in known.values()])
    after = {
        judge: replace(each, chance=chance)
        for (judge, each), chance in zip(known.items(), chances, strict=True)
    }
    return found | after


def _drift(rows: Sequence[Residual]) -> Drift | Why:
    means = _sheet_means(rows)
    if len(means) < FEW_SHEETS:
        return Why.FEW_SHEETS
    order = [Decimal(place) for place in range(len(means))]
    rank = spearman(means, order)
    wide = deviation(means)
    if rank is None or not wide:
        return Why.NO_VARIANCE
    third = max(1, len(means) // THIRDS)
    centre = mean(means)
    high, low = cusum([(value - centre) / wide for value in means])
    crossed = next(
        (
            place
            for place, sums in enumerate(zip(high, low, strict=True), start=1)
            if max(sums[0], -sums[1]) > LIMIT
        ),
        None,
    )
    return Drift(
        rank,
        correlation_chance(rank, len(means)),
        mean(means[-third:]) - mean(means[:third]),
        tuple(means),
        tuple(high),
        tuple(low),
        crossed,
    )


def cusum(steps: Sequence[Decimal]) -> tuple[list[Decimal], list[Decimal]]:
    """The upper and the lower cumulative sum after each standardised step.

    >>> high, low = cusum([Decimal(2), Decimal(-3), Decimal(1)])
    >>> [str(value) for value in high], [str(value) for value in low]
    (['1.5', '0', '0.5'], ['0', '-2.5', '-1.0'])
    """
    high, low = [], []
    up = down = ZERO
    for step in steps:
        up = max(ZERO, up + step - SLACK)
        down = min(ZERO, down + step + SLACK)
        high.append(up)
        low.append(down)
    return high, low


def _sheet_means(rows: Sequence[Residual]) -> list[Decimal]:
    """The mean residual of each sheet, in the order in which they were begun."""
    sheets: dict[tuple[int, str], list[Residual]] = defaultdict(list)
    for row in rows:
        sheets[row.cell.entry, row.cell.sheet].append(row)
    ordered = sorted(
        sheets.values(), key=lambda found: min(row.cell.order for row in found)
    )
    return [mean([row.value for row in found]) for found in ordered]
