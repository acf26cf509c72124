"""What stands out about each judge: severity, spread, normalised error, halo, outliers.

Flags go by the size of an effect; that it differs from nought by more than chance is
asked as well, for all judges together (Benjamini and Hochberg).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.statistics.cells import Residual, Why, by_entry
from scoring.statistics.numbers import (
    ZERO,
    adjusted,
    deviation,
    mean,
    median,
    normal_chance,
    student_chance,
    student_limit,
)

LARGE = Decimal("0.10")  # of the range: smaller effects are nobody's concern
CHANCE = Decimal("0.05")
FAR = 3  # standard deviations
RARE = Decimal("0.001")
FEW_ENTRIES = 3
FEW_MARKS = 10
WIDE = Decimal("1.5")  # times the panel's
NARROW = Decimal("0.7")
ALIKE = Decimal("0.20")  # more correlated than the panel's median
FLOOR = Decimal("0.25")  # of the mean variance: what a fitted variance may fall to


@dataclass(frozen=True, slots=True)
class Severity:
    """Mean residual with its cluster error; below nought is severe, above lenient."""

    effect: Decimal
    error: Decimal
    low: Decimal
    high: Decimal
    chance: Decimal  # adjusted over the judges
    marks: int
    entries: int

    @property
    def is_flagged(self) -> bool:
        """Large, and more than chance."""
        return abs(self.effect) > LARGE and self.chance < CHANCE


@dataclass(frozen=True, slots=True)
class Habits:
    """How a judge uses the scale, beside the panel; None where there is too little."""

    spread: Decimal | None  # of normalised errors, in medians of the panel
    error: Decimal | None  # root mean square of normalised errors; 1 = average
    range_used: Decimal | None  # spread of the marks themselves, in medians
    halo: Decimal | None  # mean correlation of aspects within a sheet
    halo_over: Decimal | None  # above the panel's median

    @property
    def is_erratic(self) -> bool:
        return self.spread is not None and self.spread > WIDE

    @property
    def is_central(self) -> bool:
        return self.range_used is not None and self.range_used < NARROW

    @property
    def has_halo(self) -> bool:
        return self.halo_over is not None and self.halo_over > ALIKE


@dataclass(frozen=True, slots=True)
class Outlier:
    """A mark further from its colleagues than marks at this level usually are."""

    judge: int
    entry: int
    aspect: str
    share: Decimal
    control: Decimal
    deviations: Decimal
    is_rare: bool  # p < .001 after adjusting over all marks


def severities(judges: Mapping[int, Sequence[Residual]]) -> dict[int, Severity | Why]:
    """The severity of each judge who marked enough entries."""
    found = {judge: _severity(rows) for judge, rows in judges.items()}
    known = {k: each for k, each in found.items() if isinstance(each, Severity)}
    chances = adjusted([each.chance for each in known.values()])
    after = {
        judge: replace(each, chance=chance)
        for (judge, each), chance in zip(known.items(), chances, strict=True)
    }
    return found | after


def _severity(rows: Sequence[Residual]) -> Severity | Why:
    """Marks of one entry hang together: the error comes from entries, not marks."""
    clusters = by_entry(rows)
    count, marks = len(clusters), len(rows)
    if count < FEW_ENTRIES:
        return Why.FEW_ENTRIES
    effect = mean([row.value for row in rows])
    sums = [sum(values, ZERO) - effect * len(values) for values in clusters.values()]
    square = sum((each * each for each in sums), ZERO)
    error = (square * count / (count - 1)).sqrt() / marks
    if not error:
        return Why.NO_VARIANCE
    reach = error * student_limit(count - 1, CHANCE)
    chance = student_chance(effect / error, count - 1)
    return Severity(effect, error, effect - reach, effect + reach, chance, marks, count)


def normalised(rows: Sequence[Residual]) -> list[tuple[Residual, Decimal]]:
    """Each residual in standard deviations usual at its level; empty without any.

    The variance is a concave quadratic of the level, as in the gymnasts' evaluation of
    judges; where that does not fit, it is the same at every level.
    """
    if not rows:
        return []
    usual = mean([row.value**2 for row in rows])
    if not usual:
        return []
    terms = _concave(rows)
    found = []
    for row in rows:
        variance = usual
        if terms is not None:
            level = row.control
            fitted = terms[0] + terms[1] * level + terms[2] * level * level
            variance = max(fitted, usual * FLOOR)
        found.append((row, row.value / variance.sqrt()))
    return found


def outliers(errors: Sequence[tuple[Residual, Decimal]]) -> list[Outlier]:
    """Marks more than three deviations away, the furthest first."""
    far = [(row, value) for row, value in errors if abs(value) > FAR]
    far.sort(key=lambda each: (-abs(each[1]), each[0].cell.order))
    chances = [normal_chance(value) for _row, value in far]
    # Every mark was asked, the others had larger probabilities than these.
    rest = [Decimal(1)] * (len(errors) - len(far))
    after = adjusted([*chances, *rest])
    return [
        Outlier(
            row.cell.judge,
            row.cell.entry,
            row.cell.aspect,
            row.cell.share,
            row.control,
            value,
            chance < RARE,
        )
        for (row, value), chance in zip(far, after, strict=False)
    ]


def habits(errors: Sequence[tuple[Residual, Decimal]]) -> dict[int, Habits]:
    """How each judge uses the scale, against the median of the panel."""
    of: dict[int, list[tuple[Residual, Decimal]]] = defaultdict(list)
    for row, value in errors:
        of[row.cell.judge].append((row, value))
    spread, used, halo, error = {}, {}, {}, {}
    for judge, rows in sorted(of.items()):
        if len(rows) < FEW_MARKS:
            continue
        spread[judge] = deviation([value for _row, value in rows])
        used[judge] = deviation([row.cell.share for row, _value in rows])
        error[judge] = mean([value**2 for _row, value in rows]).sqrt()
        halo[judge] = _halo([row for row, _value in rows])
    spreads, uses = _ratios(spread), _ratios(used)
    alike = [value for value in halo.values() if value is not None]
    return {
        judge: Habits(
            spreads.get(judge),
            error.get(judge),
            uses.get(judge),
            halo.get(judge),
            _over(halo.get(judge), alike),
        )
        for judge in sorted(of)
    }


def _over(value: Decimal | None, all_values: Sequence[Decimal]) -> Decimal | None:
    if value is None or len(all_values) < 2:  # noqa: PLR2004 - nobody to compare with
        return None
    return value - median(all_values)


def _ratios(values: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    known = {judge: value for judge, value in values.items() if value is not None}
    middle = median(list(known.values())) if len(known) > 1 else ZERO
    if not middle:
        return {}
    return {judge: value / middle for judge, value in known.items()}


def _halo(rows: Sequence[Residual]) -> Decimal | None:
    """The mean correlation of two aspects of a sheet, over the entries."""
    sheets: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(dict)
    for row in rows:
        cell = row.cell
        sheets[cell.sheet].setdefault(cell.entry, {})[cell.aspect] = cell.share
    total, pairs = ZERO, 0
    for entries in sheets.values():
        aspects = max((frozenset(marks) for marks in entries.values()), key=len)
        whole = [marks for marks in entries.values() if marks.keys() == aspects]
        found, count = _correlated(whole)
        total, pairs = total + found, pairs + count
    return total / pairs if pairs else None


def _correlated(rows: Sequence[Mapping[str, Decimal]]) -> tuple[Decimal, int]:
    """The sum of all correlations between two aspects, and how many there are."""
    if len(rows) <= FEW_ENTRIES:
        return ZERO, 0
    sums = [ZERO] * len(rows)
    count = 0
    for aspect in rows[0]:
        column = [row.get(aspect, ZERO) for row in rows]
        wide = deviation(column)
        if not wide:
            continue
        centre = mean(column)
        count += 1
        sums = [
            total + (value - centre) / wide
            for total, value in zip(sums, column, strict=True)
        ]
    pairs = count * (count - 1) // 2
    if not pairs:
        return ZERO, 0
    square = sum((each * each for each in sums), ZERO) / (len(rows) - 1)
    return (square - count) / 2, pairs


def _concave(rows: Sequence[Residual]) -> tuple[Decimal, Decimal, Decimal] | None:
    """The quadratic of the level that fits the squared residuals best, if concave."""
    powers = [ZERO] * 5
    right = [ZERO] * 3
    for row in rows:
        level, square, power = row.control, row.value**2, Decimal(1)
        for degree in range(5):
            powers[degree] += power
            if degree < 3:  # noqa: PLR2004 - a quadratic has three terms
                right[degree] += power * square
            power *= level
    grid = [[*powers[line : line + 3], right[line]] for line in range(3)]
    terms = _solved(grid)
    return terms if terms is not None and terms[2] <= ZERO else None


def _solved(grid: list[list[Decimal]]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Three linear equations by elimination; None when they do not decide."""
    for step in range(3):
        pivot = max(range(step, 3), key=lambda line: abs(grid[line][step]))
        grid[step], grid[pivot] = grid[pivot], grid[step]
        if abs(grid[step][step]) < Decimal("1e-12"):
            return None
        for line in range(3):
            if line == step:
                continue
            factor = grid[line][step] / grid[step][step]
            grid[line] = [
                mine - factor * other
                for mine, other in zip(grid[line], grid[step], strict=True)
            ]
    return tuple(grid[line][3] / grid[line][line] for line in range(3))  # type: ignore[return-value]
