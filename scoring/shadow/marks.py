"""What the marks of one aspect earn, from the rules of each kind of mark.

* judgement: every judge 0-3; more than 1 apart is a conflict; sum / (3n) of the maximum.
* panel: every judge 0 to the scale (the maximum, if none is stated); the k highest and
  the k lowest are left out, one always stays; mean / scale of the maximum.
* measurement, imported, deduction, time: one value of the group; two that differ are a
  conflict.  Points lie between 0 and the maximum, but for deductions.
* any other word than a value (absent, unfinished, disqualified, not applicable) settles
  the aspect with 0 points; words that differ are a conflict; *not scored* is nothing.
"""

from typing import Any

from scoring.shadow.ratio import (
    NONE,
    Pair,
    is_less,
    minus,
    over,
    pair_of,
    plus,
    stage,
    times,
    within,
)

EACH_JUDGE = ("judgement", "panel")
OPEN, CONFLICT = "open", "conflict"
MOST_BANDS = 9


def aspect_result(
    aspect: dict[str, Any], given: list[tuple[str, str]], expected: int, places: Any
) -> tuple[str, Pair]:
    """State and rounded points of an aspect; ``given`` are (state, value) texts."""
    given = [mark for mark in given if mark[0] != "not-scored"]
    if len(given) < max(expected, 1):
        return OPEN, NONE
    words = {state for state, _value in given}
    if len(words) > 1:
        return CONFLICT, NONE
    if words != {"value"}:
        return words.pop(), NONE
    values = [pair_of(value) or NONE for _state, value in given]
    if _are_apart(aspect, values):
        return CONFLICT, NONE
    return "scored", stage(exact_points(aspect, values), places)


def exact_points(aspect: dict[str, Any], values: list[Pair]) -> Pair:
    """The points before any rounding."""
    maximum = pair_of(aspect["maximum"]) or NONE
    kind = aspect["kind"]
    if kind == "judgement":
        return over(times(_sum(values), maximum), (3 * len(values), 1))
    if kind == "panel":
        kept = _trimmed(values, aspect.get("trim", 0))
        mean = over(_sum(kept), (len(kept), 1))
        return over(times(mean, maximum), _scale(aspect, maximum))
    if kind == "imported":
        return over(times(values[0], maximum), _scale(aspect, maximum))
    if kind == "deduction":
        taken = times(values[0], stated(aspect, "UNIT") or NONE)
        cap = stated(aspect, "CAP")
        if cap is not None and is_less(cap, taken):
            taken = cap
        return minus(maximum, taken)
    points = _timed if kind == "time" else _measured
    return within(points(aspect, values[0], maximum), NONE, maximum)


def stated_text(aspect: dict[str, Any], name: str) -> str:
    """A calculation's parameter; CIS writes number and text around ``#x~x#``."""
    for key, value in aspect.get("calculation", {}).get("parameters", ()):
        if key == name:
            number, _mark, text = value.partition("#x~x#")
            return str(number.strip() or text.strip())
    return ""


def stated(aspect: dict[str, Any], name: str) -> Pair | None:
    """A calculation's parameter as a number."""
    return pair_of(stated_text(aspect, name))


def _are_apart(aspect: dict[str, Any], values: list[Pair]) -> bool:
    if aspect["kind"] == "panel":
        return False
    allowed: Pair = (1, 1) if aspect["kind"] == "judgement" else NONE
    return any(is_less(allowed, minus(a, b)) for a in values for b in values)


def _sum(values: list[Pair]) -> Pair:
    total = NONE
    for value in values:
        total = plus(total, value)
    return total


def _scale(aspect: dict[str, Any], maximum: Pair) -> Pair:
    return pair_of(aspect.get("scale")) or maximum


def _trimmed(values: list[Pair], trim: int) -> list[Pair]:
    kept = list(values)
    for _turn in range(min(trim, (len(values) - 1) // 2)):
        lowest = highest = kept[0]
        for value in kept:
            lowest = value if is_less(value, lowest) else lowest
            highest = value if is_less(highest, value) else highest
        kept.remove(lowest)
        kept.remove(highest)
    return kept


def _measured(aspect: dict[str, Any], value: Pair, maximum: Pair) -> Pair:
    kind = aspect.get("calculation", {}).get("kind", "PASS_FAIL")
    if kind == "PASS_FAIL":
        return NONE if is_less(value, (1, 1)) or is_less((1, 1), value) else maximum
    if kind == "NUMBER_COMPLETED":
        possible = stated(aspect, "NUM_POSSIBLE") or (1, 1)
        return over(times(maximum, value), possible)
    if kind == "CHOICE":
        number = value[0] // value[1]
        taken = stated(aspect, f"CHOICE{number}_DEDUCTION") or NONE
        return minus(maximum, _of_maximum(aspect, taken, maximum))
    if kind == "REGULAR_DIFFERENCE_DEDUCTION":
        return minus(maximum, _for_difference(aspect, value, maximum))
    return value


def _of_maximum(aspect: dict[str, Any], amount: Pair, maximum: Pair) -> Pair:
    """A deduction as stated: in points, or in percent of the maximum."""
    if stated_text(aspect, "DEDUCTION_TYPE").upper() == "PERCENT":
        return over(times(maximum, amount), (100, 1))
    return amount


def _for_difference(aspect: dict[str, Any], value: Pair, maximum: Pair) -> Pair:
    """One deduction for each whole difference between the value and the target."""
    target = None
    if stated_text(aspect, "TARGET_VAL_FROM_REQ").lower() == "true":
        target = pair_of(aspect.get("requirement"))
    target = target or stated(aspect, "TARGET_VALUE") or NONE
    distance = minus(value, target)
    distance = (abs(distance[0]), distance[1])
    if not distance[0]:
        return NONE
    unit = stated(aspect, "DIFFERENCE") or (1, 1)
    if stated_text(aspect, "DIFFERENCE_TYPE").upper() == "PERCENT":
        unit = over(times((abs(target[0]), target[1]), unit), (100, 1))
    count = (distance[0] * unit[1]) // (distance[1] * unit[0]) if unit[0] else 1
    taken = _of_maximum(aspect, stated(aspect, "DEDUCTION") or NONE, maximum)
    return times((count, 1), taken)


def _timed(aspect: dict[str, Any], seconds: Pair, maximum: Pair) -> Pair:
    kind = aspect.get("calculation", {}).get("kind", "")
    if kind == "TIME_BANDS":
        for number in range(1, MOST_BANDS + 1):
            limit = stated(aspect, f"BAND{number}_TO")
            if limit is None:
                break
            if not is_less(limit, seconds):
                return stated(aspect, f"BAND{number}_POINTS") or NONE
        return NONE
    if kind != "TIME_LINEAR":
        return NONE
    full, none = stated(aspect, "FULL") or NONE, stated(aspect, "ZERO") or NONE
    if not is_less(full, seconds):
        return maximum
    if not is_less(seconds, none):
        return NONE
    return times(maximum, over(minus(none, seconds), minus(none, full)))
