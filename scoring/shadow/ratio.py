"""Exact numbers as pairs of whole numbers, and the stated rounding: half up.

A pair is (numerator, denominator), the denominator positive.
"""

import re
from math import gcd

Pair = tuple[int, int]
NONE: Pair = (0, 1)
MILLION = 1_000_000
_TEXT = re.compile(r"\s*([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,3}))?\s*")


def pair_of(text: str | None) -> Pair | None:
    """The number a text states in decimal notation; nothing when it states none."""
    found = _TEXT.fullmatch(text or "")
    if found is None or not (found[2] or found[3]):
        return None
    decimals = found[3] or ""
    digits = int((found[2] + decimals) or "0")
    power = int(found[4] or "0") - len(decimals)
    digits = -digits if found[1] == "-" else digits
    return (digits * 10**power, 1) if power >= 0 else (digits, 10**-power)


def plus(left: Pair, right: Pair) -> Pair:
    if left[1] == right[1]:
        return left[0] + right[0], left[1]
    numerator = left[0] * right[1] + right[0] * left[1]
    denominator = left[1] * right[1]
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def minus(left: Pair, right: Pair) -> Pair:
    return plus(left, (-right[0], right[1]))


def times(left: Pair, right: Pair) -> Pair:
    return left[0] * right[0], left[1] * right[1]


def over(left: Pair, right: Pair) -> Pair:
    """``left`` divided by ``right``, which is not 0."""
    numerator, denominator = left[0] * right[1], left[1] * right[0]
    return (numerator, denominator) if denominator > 0 else (-numerator, -denominator)


def is_less(left: Pair, right: Pair) -> bool:
    return left[0] * right[1] < right[0] * left[1]


def within(value: Pair, low: Pair, high: Pair) -> Pair:
    """``value``, or the bound it passes."""
    if is_less(value, low):
        return low
    return high if is_less(high, value) else value


def half_up(value: Pair, places: int) -> int:
    """The value in units of 10^-places; an exact half goes away from 0."""
    size = abs(value[0]) * 10**places
    whole, rest = divmod(size, value[1])
    whole += 2 * rest >= value[1]
    return -whole if value[0] < 0 else whole


def stage(value: Pair, places: int | None) -> Pair:
    """The value after a rounding stage; without a number of places all are kept."""
    return value if places is None else (half_up(value, places), 10**places)


def millionths(value: Pair) -> int:
    """How points are stored."""
    return half_up(value, 6)
