"""Totals to places, scale scores, medals and prizes.

Places are numbered 1-2-2-4; equal totals are parted by the tie-breakers in their order,
then, unless places may be shared, by a recorded decision.  Scale since 2017: the median
at 700, 1.4826 times the median absolute deviation at 30 points; until 2015: the mean at
500, the standard deviation at 30.
"""

from math import isqrt
from typing import Any

from scoring.shadow.ratio import MILLION, Pair, half_up

GOLD, SILVER, BRONZE, MERIT = "金牌", "银牌", "铜牌", "优胜奖"
# Edition: (a tolerance of two points, least score of the last medal, who shares a place).
EDITIONS = {
    "worldskills-2015": (True, 500, "near"),
    "worldskills-2017": (True, 700, "near"),
    "worldskills-2019": (True, 700, "medal"),
    "worldskills-2024": (True, 700, "medal"),
    "worldskills-2026": (False, 700, "equal"),
}
PODIUM = (GOLD, SILVER, BRONZE)
COMPETED = ("ranked", "unfinished", "disqualified")


def ranking(
    rows: list[dict[str, Any]], *, shared: bool, decisions: dict[str, int]
) -> dict[str, dict[str, Any]]:
    """Place of every ranked entry, whether it is shared, whether it waits."""
    found = [row for row in rows if row["standing"] == "ranked"]
    undecided = len(rows) + 1

    def word(row: dict[str, Any]) -> list[int]:
        decided = 0 if shared else decisions.get(row["entry"], undecided)
        return [-row["points"], *(-tie for tie in row["ties"]), decided]

    words = {row["entry"]: word(row) for row in found}
    answer = {}
    for entry, mine in words.items():
        equal = sum(other == mine for other in words.values())
        answer[entry] = {
            "place": 1 + sum(other < mine for other in words.values()),
            "shared": equal > 1,
            "undecided": equal > 1 and not shared,
        }
    return answer


def scale_of(totals: list[int], centre: int) -> list[int]:
    """Scale scores of totals in millionths; ``centre`` is 700 or 500."""
    if not totals:
        return []
    return _median_scale(totals) if centre == 700 else _mean_scale(totals)


def _median_scale(totals: list[int]) -> list[int]:
    """All in halves of a millionth, so that a median between two values is whole."""
    middle = _twice_median(totals)
    away = [2 * total - middle for total in totals]
    size = [abs(distance) for distance in away]
    # (x - median) / (1.4826 MAD), or / (1.2533 mean deviation) when the MAD is 0
    numerator, unit = 2 * 10000, 14826 * _twice_median(size)
    if not unit:
        numerator, unit = len(totals) * 10000, 12533 * sum(size)
    if not unit:
        return [700] * len(totals)
    return [half_up((700 * unit + 30 * d * numerator, unit), 0) for d in away]


def _twice_median(values: list[int]) -> int:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return 2 * ordered[middle]
    return ordered[middle - 1] + ordered[middle]


def _mean_scale(totals: list[int]) -> list[int]:
    """30 d / sqrt(q / n) with d = n x - sum: found through whole square roots."""
    count, whole = len(totals), sum(totals)
    away = [count * total - whole for total in totals]
    squares = sum(distance * distance for distance in away)
    if not squares:
        return [500] * count
    found = []
    for distance in away:
        square = 3600 * distance * distance * count  # (2 · 30 d)² n
        if distance >= 0:
            found.append(500 + (isqrt(square // squares) + 1) // 2)
        else:
            found.append(500 - (isqrt(-(-square // squares) - 1) + 1) // 2)
    return found


def medals_of(scores: list[int], rule: str) -> list[str]:
    """Statutory words of the medals of scale scores, in the order given."""
    tolerant, least, _numbering = EDITIONS[rule]
    ordered = sorted(scores, reverse=True)
    groups = _tolerant_groups(ordered) if tolerant else _exact_groups(ordered)
    named = zip((GOLD, SILVER, BRONZE), groups, strict=True)
    by_score = {score: medal for medal, group in named for score in group}
    return [by_score.get(s, MERIT if s >= least else "") for s in scores]


def positions_of(scores: list[int], rule: str) -> list[int]:
    """Places as the edition numbers them, in the order given.

    Near: everybody within two points of a group's best.  Medal: everybody with the same
    of the three medals, below them equal scores.  Equal: equal scores only.
    """
    numbering = EDITIONS[rule][2]
    medals = dict(zip(scores, medals_of(scores, rule), strict=True))
    found: dict[int, int] = {}
    best = place = 0
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        shares = place > 1 and score == best
        if place > 1 and numbering == "near":
            shares = best - score <= 2
        elif place > 1 and numbering == "medal" and medals[best] in PODIUM:
            shares = medals[score] == medals[best]
        if not shares:
            best = score
            found[score] = place
        found.setdefault(score, found[best])
    return [found[score] for score in scores]


def _exact_groups(ordered: list[int]) -> list[set[int]]:
    distinct = sorted(set(ordered), reverse=True)
    return [set(distinct[n : n + 1]) for n in range(3)]


def _tolerant_groups(ordered: list[int]) -> list[set[int]]:
    gold = _near(ordered, 0)
    silver: list[int] = []
    rest = ordered[len(gold) :]
    if len(gold) == 1:
        silver = _near(rest, 0)
        rest = rest[len(silver) :]
    if len(gold) > 2 or len(silver) > 1:
        lowest = (silver or gold)[-1]
        bronze = [score for score in rest if lowest - score <= 2]
    else:
        bronze = _near(rest, 0)
    return [set(gold), set(silver), set(bronze)]


def _near(ordered: list[int], start: int) -> list[int]:
    return [s for s in ordered if ordered[start] - s <= 2] if ordered else []


def field_of(rows: list[dict[str, Any]]) -> int:
    """How many really competed."""
    return sum(row["standing"] in COMPETED for row in rows)


def prizes_of(places: list[int], steps: list[dict[str, Any]], field: int) -> list[str]:
    """The award of every place: a step reaches from the one above to its last place."""
    bounds = bounds_of(steps, field)
    return [
        next((award for award, first, last in bounds if first <= p <= last), "")
        for p in places
    ]


def bounds_of(steps: list[dict[str, Any]], field: int) -> list[tuple[str, int, int]]:
    """Every award with its first and last place."""
    bounds = []
    reached = 0
    for step in steps:
        first = step.get("from") or reached + 1
        last = _last_place(step, field) + (first - 1 if step.get("band") else 0)
        if field < (step.get("minimum") or 0):
            last = first - 1  # nobody
        bounds.append((step["award"], first, last))
        reached = max(reached, last)
    return bounds


def last_unshared(rule: str, field: int) -> int:
    """The last medal place that may not be shared; 0 where all may."""
    if rule not in UNSHARED:
        return 0
    medals = [step for step in PRESETS[rule] if not step.get("share")]
    return max(last for _award, _first, last in bounds_of(medals, field))


def _last_place(step: dict[str, Any], field: int) -> int:
    if not step.get("share"):
        return step.get("to") or 0
    numerator, _slash, denominator = step["share"].partition("/")
    share: Pair = (int(numerator) * field, int(denominator or 1))
    rounding = step.get("rounding") or "down"
    if rounding == "half-up":
        return half_up(share, 0)
    return -(-share[0] // share[1]) if rounding == "up" else share[0] // share[1]


def _first(*awards: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"award": award, "to": last} for award, last in awards]


def _share(award: str, share: str, rounding: str = "down") -> dict[str, Any]:
    return {"award": award, "share": share, "rounding": rounding}


_ONE_EACH = _first((GOLD, 1), (SILVER, 2), (BRONZE, 3))
_125 = _first(("一等奖", 1), ("二等奖", 3), ("三等奖", 8))
_3510 = _first(("一等奖", 3), ("二等奖", 8), ("三等奖", 18))
# A last place, or a share of those who competed up to which the award reaches.
PRESETS: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "places-1-2-3": _ONE_EACH,
    "places-1-2-3-merit-half": [*_ONE_EACH, _share(MERIT, "1/2")],
    "gold1-silver2-bronze3": _first((GOLD, 1), (SILVER, 3), (BRONZE, 6)),
    "prizes-1-2-5": _125,
    "prizes-1-2-5-merit-half": [*_125, _share(MERIT, "1/2")],
    "prizes-3-5-10": _3510,
    "prizes-3-5-10-merit-two-thirds": [*_3510, _share(MERIT, "2/3")],
    "shares-10-20-30": [
        _share("一等奖", "1/10", "half-up"),
        _share("二等奖", "3/10", "half-up"),
        _share("三等奖", "6/10", "half-up"),
    ],
    "shares-10-20-30-by-band": [
        {**_share("一等奖", "1/10", "half-up"), "band": True},
        {**_share("二等奖", "2/10", "half-up"), "band": True},
        {**_share("三等奖", "3/10", "half-up"), "band": True},
    ],
    "national": [*_ONE_EACH, _share(MERIT, "1/2")],
    "field-table": [
        {"award": GOLD, "to": 1, "minimum": 4},
        {"award": SILVER, "to": 2, "minimum": 5},
        {"award": BRONZE, "to": 3, "minimum": 6},
    ],
}
# No shared medal places: who is equal there waits for the chief judge.
UNSHARED = ("national",)


def in_points(total: int) -> str:
    """Millionths as text, for people and for comparing with what was published."""
    whole, rest = divmod(abs(total), MILLION)
    digits = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{'-' if total < 0 else ''}{whole}.{digits}"
