"""Judge statistics as their templates read them: words, figures, points of drawings."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scoring import statistics_words as words
from scoring.queries.statistics import RELATIONS, SkillStatistics
from scoring.statistics.cells import Why
from scoring.statistics.drift import LIMIT, Drift
from scoring.statistics.effects import Effect
from scoring.statistics.judging import LARGE, Severity
from scoring.statistics.study import JudgeStudy

HALF, HEIGHT = 150, 28  # of a drawing around nought
WIDE, TALL, MIDDLE = 260, 56, 28  # of a way over time
MARGIN = 8
MOST_OUTLIERS = 40


def page_of(found: SkillStatistics) -> dict[str, Any]:
    """Everything a page or the printed report says."""
    study = found.study
    reach = _reach(study.judges)
    judges = sorted(study.judges, key=lambda each: found.made.letters[each.judge])
    rows = [_judge(found, each, reach) for each in judges]
    return {
        "facts": {
            "marks": study.marks,
            "entries": study.entries,
            "judges": len(study.judges),
            "settled": found.made.settled,
            "aspects": found.made.aspects,
            "seq": found.seq,
            "hash": found.head[:4].upper(),
        },
        "is_empty": study.why is not None,
        "remarks": _remarks(found, rows),
        "judges": rows,
        "axis": _axis(reach),
        "agreement": _agreement(found),
        "relations": _relations(rows),
        "outliers": _outliers(found),
        "more_outliers": max(0, len(study.outliers) - MOST_OUTLIERS),
        "outlier_total": len(study.outliers),
        "exchanges": _exchanges(found),
        "opening": found.opening,
    }


def name_of(found: SkillStatistics, judge: int) -> str:
    """裁判 A, with the name once it is open."""
    letter = _("裁判 %(letter)s") % {"letter": found.made.letters[judge]}
    name = found.names.get(judge)
    return f"{letter}{_('（')}{name}{_('）')}" if name else letter


def _judge(found: SkillStatistics, each: JudgeStudy, reach: Decimal) -> dict[str, Any]:
    name = name_of(found, each.judge)
    return {
        "name": name,
        "marks": each.marks,
        "entries": each.entries,
        "outliers": each.outliers,
        "severity": _severity(each.severity, reach),
        "drift": _drift(each.drift),
        "habits": _habits(each),
        "effects": {
            relation: _effect(each.effects[relation], reach)
            for relation in RELATIONS
            if relation in each.effects
        },
        "remarks": words.judge_remarks(name, each),
    }


def _severity(found: Severity | Why, reach: Decimal) -> dict[str, Any]:
    if isinstance(found, Why):
        return {"why": words.why(found)}
    return {
        "effect": words.percent(found.effect, signed=True),
        "low": words.percent(found.low, signed=True),
        "high": words.percent(found.high, signed=True),
        "chance": words.chance(found.chance),
        "is_flagged": found.is_flagged,
        "x": _x(found.effect, reach),
        "x_low": _x(found.low, reach),
        "x_high": _x(found.high, reach),
    }


def _drift(found: Drift | Why) -> dict[str, Any]:
    if isinstance(found, Why):
        return {"why": words.why(found)}
    top = max(LIMIT * Decimal("1.2"), *found.high, *(-low for low in found.low))
    return {
        "change": words.percent(found.change, signed=True),
        "rank": words.plain(found.rank),
        "chance": words.chance(found.chance),
        "is_flagged": found.is_flagged,
        "sheets": len(found.means),
        "crossed": found.crossed,
        "high": _line(found.high, top),
        "low": _line(found.low, top),
        "y_high": _y(LIMIT, top),
        "y_low": _y(-LIMIT, top),
        "largest": words.plain(max(*found.high, *(-low for low in found.low)), 1),
    }


def _habits(each: JudgeStudy) -> dict[str, Any]:
    habits = each.habits
    return {
        "spread": _plain(habits.spread),
        "error": _plain(habits.error),
        "range_used": _plain(habits.range_used),
        "halo": _plain(habits.halo),
        "is_erratic": habits.is_erratic,
        "is_central": habits.is_central,
        "has_halo": habits.has_halo,
    }


def _effect(found: Effect | Why, reach: Decimal) -> dict[str, Any]:
    if isinstance(found, Why):
        is_small = found is Why.FEW_ENTRIES
        text = str(words.TOO_FEW_COMPETITORS) if is_small else words.why(found)
        return {"why": text}
    return {
        "effect": words.percent(found.effect, signed=True),
        "chance": words.chance(found.chance),
        "own": found.own,
        "others": found.others,
        "is_exact": found.is_exact,
        "is_flagged": found.is_flagged,
        "x": _x(found.effect, reach),
    }


def _agreement(found: SkillStatistics) -> list[dict[str, str]]:
    study = found.study
    rows = [
        {
            "name": _("评价项一致性 α（顺序）"),
            "about": _("克里彭多夫 α，各评价项的 0–3 级"),
            "value": words.figure(study.levels),
            "reading": words.alpha_reading(study.levels),
        },
        {
            "name": _("全部一致性 α（等距）"),
            "about": _("评价和打分各项，按满分的比例"),
            "value": words.figure(study.shares),
            "reading": words.alpha_reading(study.shares),
        },
    ]
    for block in study.blocks:
        who = _("、").join(sorted(found.made.letters[judge] for judge in block.judges))
        about = _("裁判 %(who)s，%(entries)s 名选手，%(sheets)s") % {
            "who": who,
            "entries": block.entries,
            "sheets": _("、").join(block.sheets),
        }
        single, panel = block.reliability.single, block.reliability.panel
        rows += [
            _coefficient(_("一名裁判的总分 ICC(A,1)"), about, single, "icc"),
            _coefficient(_("全组平均的总分 ICC(A,k)"), about, panel, "icc"),
            _coefficient(
                _("名次一致性 W（含同分校正）"), about, block.concordance, "w"
            ),
        ]
    return rows


def _coefficient(name: str, about: str, found: Any, kind: str) -> dict[str, str]:
    reading = words.icc_reading if kind == "icc" else words.w_reading
    return {
        "name": name,
        "about": about,
        "value": words.figure(found),
        "reading": reading(found),
    }


def _relations(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The effects by relation; ``why`` where no judge has one, for the same reason."""
    found = []
    for relation in RELATIONS:
        effects = [
            {"name": row["name"], **row["effects"][relation]}
            for row in rows
            if relation in row["effects"]
        ]
        reasons = {effect.get("why", "") for effect in effects}
        found.append(
            {
                "name": words.RELATION_WORDS[relation],
                "rows": effects,
                "why": reasons.pop() if len(reasons) == 1 else "",
            }
        )
    return found


def _outliers(found: SkillStatistics) -> list[dict[str, Any]]:
    """The furthest marks; whose they are only once the names are open."""
    return [
        {
            "code": found.made.codes.get(each.entry, ""),
            "aspect": each.aspect,
            "title": found.made.titles.get(each.aspect, ""),
            "mark": _mark(found, each.aspect, each.share),
            "others": _mark(found, each.aspect, each.control),
            "scale": found.made.scales.get(each.aspect, ""),
            "deviations": words.plain(abs(each.deviations), 1),
            "is_rare": each.is_rare,
            "judge": name_of(found, each.judge) if found.opening else "",
        }
        for each in found.study.outliers[:MOST_OUTLIERS]
    ]


def _mark(found: SkillStatistics, aspect: str, share: Decimal) -> str:
    """A share as the mark that it was."""
    value = share * Decimal(found.made.scales.get(aspect, "1"))
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".")


def _exchanges(found: SkillStatistics) -> list[dict[str, Any]]:
    return [
        {
            "one": name_of(found, each.one),
            "other": name_of(found, each.other),
            "given": words.percent(each.given, signed=True),
            "returned": words.percent(each.returned, signed=True),
            "together": _plain(each.together),
            "chance": words.chance(each.chance),
            "is_flagged": each.is_flagged,
        }
        for each in found.study.exchanges
    ]


def _remarks(found: SkillStatistics, rows: Sequence[dict[str, Any]]) -> list[str]:
    remarks = [remark for row in rows for remark in row["remarks"]]
    seen = set()
    for each in found.study.exchanges:
        if each.is_flagged and (each.one, each.other) not in seen:
            seen.add((each.one, each.other))
            text = _("%(one)s 和%(other)s 给对方一边选手的分数都偏高。")
            one, other = name_of(found, each.one), name_of(found, each.other)
            remarks.append(text % {"one": one, "other": other})
    alpha = found.study.levels.value
    if alpha is not None and alpha < words.TENTATIVE:
        text = _("评价项的一致性 α 是 %(alpha)s，低于 0.667。")
        remarks.append(text % {"alpha": words.plain(alpha)})
    rare = sum(each.is_rare for each in found.study.outliers)
    if rare:
        remarks.append(_("%(count)d 个分数离同组很远，见下表。") % {"count": rare})
    return remarks


def _reach(judges: Sequence[JudgeStudy]) -> Decimal:
    """How far the axis goes to either side: all intervals, and at least 20 %."""
    ends = [Decimal("0.20")]
    for each in judges:
        if isinstance(each.severity, Severity):
            ends += [abs(each.severity.low), abs(each.severity.high)]
        ends += [abs(e.effect) for e in each.effects.values() if isinstance(e, Effect)]
    step = Decimal("0.10")
    return (max(ends) / step).to_integral_value(rounding="ROUND_CEILING") * step


def _axis(reach: Decimal) -> dict[str, Any]:
    half = reach / 2
    return {
        "width": 2 * (HALF + MARGIN),
        "height": HEIGHT,
        "zero": _x(Decimal(0), reach),
        "band_from": _x(-LARGE, reach),
        "band_width": int(2 * LARGE / reach * HALF),
        "ticks": [
            {"x": _x(value, reach), "text": f"{value * 100:+.0f}".replace("-", "−")}
            for value in (-reach, -half, half, reach)
        ],
    }


def _x(value: Decimal, reach: Decimal) -> int:
    return int(HALF + MARGIN + value / reach * HALF)


def _y(value: Decimal, top: Decimal) -> int:
    return int(MIDDLE - value / top * (MIDDLE - 2))


def _line(values: Sequence[Decimal], top: Decimal) -> str:
    """The points of a line, evenly from left to right."""
    steps = max(1, len(values) - 1)
    return " ".join(
        f"{WIDE * place // steps},{_y(value, top)}"
        for place, value in enumerate(values)
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else words.plain(value)
