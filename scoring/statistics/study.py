"""All statistics of one skill together.

``study`` is a pure function of the marks, of who is near to whom and of a seed; the seed
is the head of the ledger, so that anybody can repeat the draws.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.statistics.agreement import (
    FEW_ENTRIES,
    Figure,
    Reliability,
    alpha_interval,
    alpha_ordinal,
    concordance,
    reliability,
)
from scoring.statistics.cells import FEW_JUDGES, Cell, Why, by_judge, residuals
from scoring.statistics.drift import Drift, drifts
from scoring.statistics.effects import Effect, Exchange, exchanges, own_effects
from scoring.statistics.judging import (
    Habits,
    Outlier,
    Severity,
    habits,
    normalised,
    outliers,
    severities,
)

Near = Mapping[str, Mapping[int, frozenset[int]]]  # relation -> judge -> entries
NO_HABITS = Habits(None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class JudgeStudy:
    """Everything about one judge; a figure that cannot be had says why."""

    judge: int
    marks: int
    entries: int
    severity: Severity | Why
    habits: Habits
    drift: Drift | Why
    effects: Mapping[str, Effect | Why]
    outliers: int


@dataclass(frozen=True, slots=True)
class Block:
    """Judges who all marked the same sheets of the same entries: a complete table."""

    judges: tuple[int, ...]
    sheets: tuple[str, ...]
    entries: int
    reliability: Reliability
    concordance: Figure


@dataclass(frozen=True, slots=True)
class Study:
    """The statistics of one skill."""

    marks: int  # compared with a colleague's
    entries: int
    judges: tuple[JudgeStudy, ...]
    levels: Figure  # alpha (ordinal) of judgements
    shares: Figure  # alpha (interval) of all marks as shares of their range
    blocks: tuple[Block, ...]
    outliers: tuple[Outlier, ...]
    exchanges: tuple[Exchange, ...]
    why: Why | None = None  # nothing can be compared yet


def study(cells: Sequence[Cell], near: Near, *, seed: str) -> Study:
    """Describe how the judges of ``cells`` marked; never fails for lack of marks."""
    rows = residuals(cells)
    judges = by_judge(rows)
    errors = normalised(rows)
    far = outliers(errors)
    habit = habits(errors)
    severity, drift = severities(judges), drifts(judges)
    effects = {
        name: own_effects(judges, own, seed=f"{seed} {name}")
        for name, own in near.items()
    }
    levels, shares = _alphas(cells)
    return Study(
        marks=len(rows),
        entries=len({row.cell.entry for row in rows}),
        judges=tuple(
            JudgeStudy(
                judge=judge,
                marks=len(mine),
                entries=len({row.cell.entry for row in mine}),
                severity=severity[judge],
                habits=habit.get(judge, NO_HABITS),
                drift=drift[judge],
                effects={name: effects[name][judge] for name in near},
                outliers=sum(each.judge == judge for each in far),
            )
            for judge, mine in judges.items()
        ),
        levels=levels,
        shares=shares,
        blocks=tuple(blocks(cells)),
        outliers=tuple(far),
        exchanges=tuple(
            each
            for name, own in near.items()
            for each in exchanges(judges, own, seed=f"{seed} {name}")
        ),
        why=None if rows else Why.FEW_JUDGES,
    )


def blocks(cells: Sequence[Cell]) -> list[Block]:
    """The largest complete tables, no sub-criterion in two of them."""
    sheets = _sheets(cells)
    by_bench: dict[frozenset[int], dict[str, set[int]]] = defaultdict(dict)
    for (entry, code), marks in sheets.items():
        bench = frozenset(marks)
        if len(bench) >= FEW_JUDGES:
            by_bench[bench].setdefault(code, set()).add(entry)
    tables = [(bench, *_largest(complete)) for bench, complete in by_bench.items()]
    tables.sort(key=lambda each: (-len(each[1]) * len(each[2]), sorted(each[0])))
    found: list[Block] = []
    used: set[str] = set()
    for bench, codes, entries in tables:
        if used.isdisjoint(codes) and len(entries) >= FEW_ENTRIES:
            used |= set(codes)
            found.append(_block(sheets, bench, codes, entries))
    return found


Sheets = dict[tuple[int, str], dict[int, dict[str, Fraction]]]


def _sheets(cells: Sequence[Cell]) -> Sheets:
    """What each judge gave on each sheet that all of its judges marked in full."""
    sheets: Sheets = defaultdict(lambda: defaultdict(dict))
    aspects: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        points = Fraction(cell.share) * Fraction(cell.weight)
        sheets[cell.entry, cell.sheet][cell.judge][cell.aspect] = points
        aspects[cell.sheet].add(cell.aspect)
    return {
        (entry, code): marks
        for (entry, code), marks in sheets.items()
        if all(given.keys() == aspects[code] for given in marks.values())
    }


def _largest(complete: Mapping[str, set[int]]) -> tuple[list[str], list[int]]:
    """The sub-criteria and entries that make the largest table without gaps."""
    order = sorted(complete, key=lambda code: (-len(complete[code]), code))
    codes: list[str] = []
    entries: set[int] = set()
    for count in range(1, len(order) + 1):
        common = set.intersection(*(complete[code] for code in order[:count]))
        if count * len(common) > len(codes) * len(entries):
            codes, entries = order[:count], common
    return sorted(codes), sorted(entries)


def _block(
    sheets: Sheets, bench: frozenset[int], codes: Sequence[str], entries: Sequence[int]
) -> Block:
    judges = tuple(sorted(bench))
    matrix = [
        [_total(sheets, entry, judge, codes) for judge in judges] for entry in entries
    ]
    return Block(
        judges, tuple(codes), len(entries), reliability(matrix), concordance(matrix)
    )


def _total(sheets: Sheets, entry: int, judge: int, codes: Sequence[str]) -> Fraction:
    points = (sheets[entry, code][judge].values() for code in codes)
    return sum((each for values in points for each in values), Fraction(0))


def _alphas(cells: Sequence[Cell]) -> tuple[Figure, Figure]:
    levels: dict[tuple[int, str], list[int]] = defaultdict(list)
    shares: dict[tuple[int, str], list[Fraction]] = defaultdict(list)
    for cell in cells:
        shares[cell.entry, cell.aspect].append(Fraction(cell.share))
        if cell.level is not None:
            levels[cell.entry, cell.aspect].append(cell.level)
    ordinal = alpha_ordinal(levels.values()) if levels else Figure(why=Why.NO_LEVELS)
    return ordinal, alpha_interval(shares.values())
