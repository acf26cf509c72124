"""Simulated panels with a known bias: how often it is found, how often falsely.

Three judges mark 30 judgement aspects 0-3; each tested judge has two own competitors, and
the first favours theirs by ``bias`` levels.  Qualities, aspects, severity and chance are
set so that agreement comes out as in real panels: alpha about .6, and one aspect in
sixteen to twenty with a spread above one level.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from scoring.statistics.agreement import alpha_ordinal
from scoring.statistics.cells import Cell, by_judge, residuals
from scoring.statistics.effects import Effect, own_effects

JUDGES, ASPECTS, OWN = 3, 30, 2
HIGHEST = 3
PERCENT = 100
# In hundredths of a level: the mean, then standard deviations.
LEVEL, QUALITY, DIFFICULTY, SEVERITY, CHANCE = 180, 55, 50, 15, 42
THIRD = Decimal(1) / HIGHEST
MEASURED = 20  # runs whose agreement is averaged


@dataclass(frozen=True, slots=True)
class Setting:
    """What is simulated; ``bias`` in levels, ``tested`` judges with own competitors."""

    runs: int = 200
    seed: int = 1
    bias: Decimal = Decimal("0.30")
    competitors: int = 20
    tested: int = 1


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of runs: the biased judge found, anybody flagged where nobody was biased."""

    found: Decimal
    false_alarms: Decimal
    alpha: Decimal
    spread: Decimal  # aspects whose marks lie more than one level apart


@dataclass(frozen=True, slots=True)
class Panel:
    """One simulated competition."""

    cells: tuple[Cell, ...]
    own: Mapping[int, frozenset[int]]


def simulate(setting: Setting) -> Rates:
    """Run panels with the bias and as many without, and count the flags."""
    found = false = 0
    units: list[list[int]] = []
    alphas: list[Decimal] = []
    for run in range(setting.runs):
        for bias in (setting.bias, Decimal(0)):
            panel = simulated(setting, bias=bias, run=run)
            flagged = flagged_judges(panel, seed=f"{setting.seed} {run} {bias}")
            if bias:
                found += 1 in flagged
            else:
                false += bool(flagged)
            if not bias and run < MEASURED:
                levels = levels_of(panel)
                alphas.append(_decimal(alpha_ordinal(levels).value))
                units += levels
    wide = sum(max(unit) - min(unit) > 1 for unit in units)
    return Rates(
        found=Decimal(found) / setting.runs,
        false_alarms=Decimal(false) / setting.runs,
        alpha=sum(alphas, Decimal(0)) / len(alphas),
        spread=Decimal(wide) / len(units),
    )


def simulated(setting: Setting, *, bias: Decimal, run: int) -> Panel:
    """One competition; the same for the same setting, bias and run."""
    chance = Random(f"{setting.seed} {run} {bias}")  # noqa: S311 - repeatable
    entries = range(1, setting.competitors + 1)
    drawn = chance.sample(entries, OWN * setting.tested)
    own = {
        judge: frozenset(drawn[OWN * (judge - 1) : OWN * judge])
        for judge in range(1, setting.tested + 1)
    }
    quality = {entry: chance.gauss(LEVEL, QUALITY) for entry in entries}
    difficulty = [chance.gauss(0, DIFFICULTY) for _aspect in range(ASPECTS)]
    severity = [chance.gauss(0, SEVERITY) for _judge in range(JUDGES)]
    favour = int(bias * PERCENT)
    cells: list[Cell] = []
    for entry in entries:
        for aspect, hard in enumerate(difficulty, start=1):
            for judge, strict in enumerate(severity, start=1):
                seen = quality[entry] + hard + strict + chance.gauss(0, CHANCE)
                if judge == 1 and entry in own.get(1, ()):
                    seen += favour
                level = min(HIGHEST, max(0, round(seen / PERCENT)))
                cells.append(_cell(judge, entry, aspect, level, len(cells)))
    return Panel(tuple(cells), own)


def flagged_judges(panel: Panel, *, seed: str) -> set[int]:
    """The judges whose own-organization effect is worth a look."""
    effects = own_effects(by_judge(residuals(panel.cells)), panel.own, seed=seed)
    return {
        judge
        for judge, effect in effects.items()
        if isinstance(effect, Effect) and effect.is_flagged
    }


def levels_of(panel: Panel) -> list[list[int]]:
    """The levels of each entry and aspect."""
    units: dict[tuple[int, str], list[int]] = {}
    for cell in panel.cells:
        if cell.level is not None:
            units.setdefault((cell.entry, cell.aspect), []).append(cell.level)
    return list(units.values())


def _cell(judge: int, entry: int, aspect: int, level: int, order: int) -> Cell:
    share = THIRD * level
    code = f"A1.J{aspect}"
    return Cell(judge, entry, "A1", code, share, Decimal(1), order, level)


def _decimal(value: Fraction | None) -> Decimal:
    if value is None:
        return Decimal(0)
    return Decimal(value.numerator) / Decimal(value.denominator)
