"""Judge statistics of a skill, judges by letter; or simulated panels with a known bias.

``--simulate`` says how often the bias is found and how often somebody is flagged where
nobody is biased; exit code 1 if it misses the bar with 20 competitors or more and
enough runs to tell.
"""

from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError
from scoring.management.skills import skill_named
from scoring.queries.statistics import SkillStatistics, statistics_of
from scoring.statistics.agreement import Figure
from scoring.statistics.cells import Why
from scoring.statistics.drift import Drift
from scoring.statistics.effects import Effect
from scoring.statistics.judging import Severity
from scoring.statistics.simulation import JUDGES, OWN, Setting, simulate
from scoring.statistics.study import JudgeStudy
from scoring.views.statistics_rows import page_of

LEAST_FOUND, MOST_FALSE = Decimal("0.80"), Decimal("0.05")
MOST_RUNS, MOST_COMPETITORS = 5000, 200
ENOUGH_COMPETITORS, ENOUGH_RUNS = 20, 100
PLACES = 6


class Command(JsonCommand):
    help = "Judge statistics of a skill, or the power of their own-organization test."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("skill", nargs="?", help="id, public id or CODE/NUMBER")
        parser.add_argument("--simulate", action="store_true", help="simulated panels")
        parser.add_argument("--runs", type=int, default=200, help="panels simulated")
        parser.add_argument("--seed", type=int, default=1, help="of the simulation")
        parser.add_argument("--bias", default="0.30", help="in levels of 0-3")
        parser.add_argument("--competitors", type=int, default=20)
        parser.add_argument(
            "--tested",
            type=int,
            default=1,
            help="judges with competitors of their own organization, 1 to 3",
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        if options["simulate"]:
            return _simulated(_setting(options))
        if not options["skill"]:
            raise UsageError(
                "name a skill, or --simulate / 请给出赛项，或用 --simulate"
            )
        skill = skill_named(options["skill"])
        if skill is None:
            raise UsageError(f"{options['skill']}: no such skill / 没有这个赛项")
        found = statistics_of(skill)
        if found is None:
            raise UsageError(f"{options['skill']}: no scheme yet / 还没有评分方案")
        return _answer(found), FINE


def _setting(options: dict[str, Any]) -> Setting:
    try:
        bias = Decimal(options["bias"])
    except InvalidOperation:
        bias = Decimal("NaN")
    tested, competitors = options["tested"], options["competitors"]
    is_possible = (
        bias.is_finite()
        and 0 < bias <= JUDGES
        and 1 <= options["runs"] <= MOST_RUNS
        and 1 <= tested <= JUDGES
        and OWN * tested < competitors <= MOST_COMPETITORS
    )
    if not is_possible:
        raise UsageError("a setting is out of range / 参数超出范围")
    return Setting(options["runs"], options["seed"], bias, competitors, tested)


def _simulated(setting: Setting) -> tuple[dict[str, Any], int]:
    rates = simulate(setting)
    passes = rates.found >= LEAST_FOUND and rates.false_alarms <= MOST_FALSE
    answer = {
        "runs": setting.runs,
        "seed": setting.seed,
        "bias": str(setting.bias),
        "competitors": setting.competitors,
        "tested_judges": setting.tested,
        "found": str(rates.found),
        "false_alarms": str(rates.false_alarms),
        "alpha": _text(rates.alpha),
        "spread_above_1": _text(rates.spread),
        "passes": passes,
    }
    is_bar = (
        setting.runs >= ENOUGH_RUNS
        and setting.competitors >= ENOUGH_COMPETITORS
        and setting.tested == 1
    )
    return answer, INPUT_ERRORS if is_bar and not passes else FINE


def _answer(found: SkillStatistics) -> dict[str, Any]:
    study = found.study
    letters = found.made.letters
    return {
        "head": {"seq": found.seq, "hash": found.head},
        "marks": study.marks,
        "entries": study.entries,
        "settled": found.made.settled,
        "aspects": found.made.aspects,
        "alpha_ordinal": _figure(study.levels),
        "alpha_interval": _figure(study.shares),
        "tables": [
            {
                "judges": sorted(letters[judge] for judge in block.judges),
                "sheets": list(block.sheets),
                "entries": block.entries,
                "icc_a1": _figure(block.reliability.single),
                "icc_ak": _figure(block.reliability.panel),
                "w": _figure(block.concordance),
            }
            for block in study.blocks
        ],
        "judges": [
            _judge(letters[each.judge], each)
            for each in sorted(study.judges, key=lambda each: letters[each.judge])
        ],
        "outliers": [
            {
                "code": found.made.codes.get(each.entry, ""),
                "aspect": each.aspect,
                "deviations": _text(each.deviations),
            }
            for each in study.outliers
        ],
        "worth_a_look": page_of(found)["remarks"],
    }


def _judge(letter: str, each: JudgeStudy) -> dict[str, Any]:
    return {
        "judge": letter,
        "marks": each.marks,
        "entries": each.entries,
        "severity": _severity(each.severity),
        "drift": _drift(each.drift),
        "spread": _maybe(each.habits.spread),
        "error": _maybe(each.habits.error),
        "range_used": _maybe(each.habits.range_used),
        "halo": _maybe(each.habits.halo),
        "outliers": each.outliers,
        "effects": {name: _effect(effect) for name, effect in each.effects.items()},
    }


def _severity(found: Severity | Why) -> dict[str, Any]:
    if isinstance(found, Why):
        return {"why": str(found)}
    return {
        "effect": _text(found.effect),
        "error": _text(found.error),
        "low": _text(found.low),
        "high": _text(found.high),
        "p": _text(found.chance),
        "flagged": found.is_flagged,
    }


def _drift(found: Drift | Why) -> dict[str, Any]:
    if isinstance(found, Why):
        return {"why": str(found)}
    return {
        "change": _text(found.change),
        "rank": _text(found.rank),
        "p": _text(found.chance),
        "sheets": len(found.means),
        "crossed": found.crossed,
        "flagged": found.is_flagged,
    }


def _effect(found: Effect | Why) -> dict[str, Any]:
    if isinstance(found, Why):
        return {"why": str(found)}
    return {
        "effect": _text(found.effect),
        "p": _text(found.chance),
        "own": found.own,
        "others": found.others,
        "exact": found.is_exact,
        "flagged": found.is_flagged,
    }


def _figure(found: Figure) -> dict[str, str]:
    if found.value is None:
        return {"why": str(found.why)}
    return {"value": _text(found.value)}


def _maybe(value: Decimal | None) -> str | None:
    return None if value is None else _text(value)


def _text(value: Decimal | Fraction) -> str:
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{value:.{PLACES}f}"
