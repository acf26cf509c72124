"""How far judges agree: Krippendorff's alpha, intraclass correlation, Kendall's W.

Exact fractions throughout: missing marks are allowed for alpha only.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from scoring.statistics.cells import FEW_JUDGES, Why

Units = Iterable[Sequence[Fraction]]
Matrix = Sequence[Sequence[Fraction]]  # a row for each entry, a column for each judge
FEW_ENTRIES = 3  # fewer make no statement about an order


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or why there is none."""

    value: Fraction | None = None
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Reliability:
    """ICC(A,1) of one judge and ICC(A,k) of the panel's mean (McGraw and Wong 1996)."""

    single: Figure
    panel: Figure


def alpha_ordinal(units: Iterable[Sequence[int]]) -> Figure:
    """Krippendorff's alpha of ordered levels; a unit is what its judges gave."""
    compared = [unit for unit in units if len(unit) >= FEW_JUDGES]
    if not compared:
        return Figure(why=Why.NO_PAIRS)
    counts = Counter(value for unit in compared for value in unit)
    total = sum(counts.values())
    if len(counts) < 2:  # noqa: PLR2004 - one level only: nothing to disagree about
        return Figure(why=Why.NO_VARIANCE)
    distance = _ordinal_distances(counts)
    observed = Fraction(0)
    for unit in compared:
        levels = Counter(unit)
        apart = sum(
            levels[one] * levels[other] * distance[one, other]
            for one in levels
            for other in levels
        )
        observed += Fraction(apart) / (len(unit) - 1)
    expected = sum(
        counts[one] * counts[other] * distance[one, other]
        for one in counts
        for other in counts
    )
    return Figure(1 - (total - 1) * observed / expected)


def alpha_interval(units: Units) -> Figure:
    """Krippendorff's alpha of measures whose differences count as they are."""
    compared = [unit for unit in units if len(unit) >= FEW_JUDGES]
    if not compared:
        return Figure(why=Why.NO_PAIRS)
    values = [value for unit in compared for value in unit]
    expected = _apart(values)
    if not expected:
        return Figure(why=Why.NO_VARIANCE)
    observed = sum((_apart(unit) / (len(unit) - 1) for unit in compared), Fraction(0))
    return Figure(1 - (len(values) - 1) * observed / expected)


def reliability(matrix: Matrix) -> Reliability:
    """Two-way random effects, absolute agreement, of a complete matrix."""
    why = _lacking(matrix)
    if why is not None:
        return Reliability(Figure(why=why), Figure(why=why))
    entries, judges = len(matrix), len(matrix[0])
    grand = _mean([value for row in matrix for value in row])
    rows = judges * sum((_mean(row) - grand) ** 2 for row in matrix)
    columns = entries * sum(
        (_mean(column) - grand) ** 2 for column in zip(*matrix, strict=True)
    )
    whole = sum((value - grand) ** 2 for row in matrix for value in row)
    of_entries = Fraction(rows) / (entries - 1)
    of_judges = Fraction(columns) / (judges - 1)
    rest = Fraction(whole - rows - columns) / ((entries - 1) * (judges - 1))
    shift = (of_judges - rest) / entries
    return Reliability(
        _ratio(of_entries - rest, of_entries + (judges - 1) * rest + judges * shift),
        _ratio(of_entries - rest, of_entries + shift),
    )


def concordance(matrix: Matrix) -> Figure:
    """Kendall's W of the judges' orders, corrected for ties."""
    why = _lacking(matrix)
    if why is not None:
        return Figure(why=why)
    entries, judges = len(matrix), len(matrix[0])
    ranked = [_doubled_ranks(column) for column in zip(*matrix, strict=True)]
    sums = [sum(of_entry) for of_entry in zip(*ranked, strict=True)]
    spread = 12 * sum(each * each for each in sums)  # of doubled ranks: four times
    spread -= 12 * judges**2 * entries * (entries + 1) ** 2
    ties = sum(
        count**3 - count
        for column in zip(*matrix, strict=True)
        for count in Counter(column).values()
    )
    most = 4 * (judges**2 * (entries**3 - entries) - judges * ties)
    return _ratio(Fraction(spread), Fraction(most))


def _ordinal_distances(counts: Counter[int]) -> dict[tuple[int, int], Fraction]:
    """Squared: how many values lie between two levels, half of the ends included."""
    levels = sorted(counts)
    upto = dict(zip(levels, accumulate(counts[level] for level in levels), strict=True))
    found = {}
    for one in levels:
        for other in levels:
            low, high = min(one, other), max(one, other)
            between = upto[high] - upto[low] + counts[low]
            span = between - Fraction(counts[low] + counts[high], 2)
            found[one, other] = span**2 if low != high else Fraction(0)
    return found


def _apart(values: Sequence[Fraction]) -> Fraction:
    """The squared differences of all ordered pairs, summed."""
    squares = sum((value * value for value in values), Fraction(0))
    total = sum(values, Fraction(0))
    return 2 * (len(values) * squares - total * total)


def _lacking(matrix: Matrix) -> Why | None:
    if not matrix or len(matrix[0]) < FEW_JUDGES:
        return Why.FEW_JUDGES
    return Why.FEW_ENTRIES if len(matrix) < FEW_ENTRIES else None


def _mean(values: Sequence[Fraction]) -> Fraction:
    return Fraction(sum(values)) / len(values)


def _ratio(part: Fraction, whole: Fraction) -> Figure:
    return Figure(part / whole) if whole else Figure(why=Why.NO_VARIANCE)


def _doubled_ranks(values: Sequence[Fraction]) -> list[int]:
    """Twice the rank of each value from 1, equals sharing the mean of their ranks."""
    ordered = sorted(values)
    first: dict[Fraction, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    counts = Counter(values)
    return [2 * first[value] + counts[value] - 1 for value in values]
