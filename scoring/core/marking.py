"""Marks to points: what judges entered for one aspect of one entry, and what it earns.

A mark has an explicit state; *not scored* earns nothing and is never taken for 0.  An
aspect has points only when every expected mark is in and they agree as the kind demands:
judgement marks more than 1 apart, or states that differ, are *in conflict*.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.core.calculation import (
    choices_of,
    deduction_points,
    measured_points,
    parameter_number,
    time_points,
)
from scoring.core.rounding import SCALE_PLACES, plain_text, rounded
from scoring.core.scheme import Aspect, CalculationKind, MarkKind

HIGHEST_JUDGEMENT = 3
LARGEST_SPREAD = 1
LONGEST_TEXT = 64
MOST_FAULTS = 99
LONGEST_TIME = Decimal(359_999)  # 99:59:59
_NUMBER = re.compile(r"([+-]?)([0-9]{1,9})(?:\.([0-9]{1,24}))?", re.ASCII)
# Minutes and seconds, or hours too: 12:34.5, 1:02:03.
_CLOCK = re.compile(
    r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9](?:\.[0-9]{1,6})?)", re.ASCII
)
_YES = frozenset({"1", "yes", "y", "true", "是", "合格", "通过"})
_NO = frozenset({"0", "no", "n", "false", "否", "不合格", "未通过"})


class MarkState(StrEnum):
    """What a judge, or the group, has said about one aspect."""

    NOT_SCORED = "not-scored"
    VALUE = "value"
    ABSENT = "absent"
    UNFINISHED = "unfinished"
    DISQUALIFIED = "disqualified"
    NOT_APPLICABLE = "not-applicable"


class AspectState(StrEnum):
    """Where an aspect of an entry stands."""

    OPEN = "open"
    CONFLICT = "conflict"
    SCORED = "scored"
    ABSENT = "absent"
    UNFINISHED = "unfinished"
    DISQUALIFIED = "disqualified"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Mark:
    """The current word of one judge (empty: the group) on one aspect."""

    judge: str = ""
    state: MarkState = MarkState.NOT_SCORED
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AspectPoints:
    """What an aspect earned; ``points`` is ``None`` while open or in conflict.

    ``seconds`` is the time used, of an aspect that is a time and has one.
    """

    code: str
    kind: MarkKind
    state: AspectState
    points: Fraction | None = None
    unrounded: Fraction | None = None
    seconds: Fraction | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing more has to be entered for this aspect."""
        return self.state not in (AspectState.OPEN, AspectState.CONFLICT)


class MarkRefused(ValueError):
    """A value that cannot be a mark for this aspect; ``code`` says why.

    Codes: not-a-number, not-a-level, not-yes-or-no, not-a-choice, not-a-time,
    out-of-range, wrong-step.  ``limit`` is the bound or step that was broken.
    """

    def __init__(self, code: str, limit: str = "") -> None:
        """Keep the code and the broken limit."""
        super().__init__(f"{code} {limit}".strip())
        self.code = code
        self.limit = limit


def is_per_judge(kind: MarkKind) -> bool:
    """Each judge enters a mark of their own (else the group agrees on one)."""
    return kind in (MarkKind.JUDGEMENT, MarkKind.PANEL)


def largest_value(aspect: Aspect) -> Decimal | None:
    """The largest value that may be entered; ``None`` where it is not bounded."""
    if aspect.kind is MarkKind.JUDGEMENT:
        return Decimal(HIGHEST_JUDGEMENT)
    if aspect.kind is MarkKind.DEDUCTION:
        return Decimal(MOST_FAULTS)
    if aspect.kind is MarkKind.TIME:
        return LONGEST_TIME
    if aspect.kind is not MarkKind.MEASUREMENT:
        return aspect.maximum if aspect.scale is None else aspect.scale
    match aspect.calculation.kind:
        case CalculationKind.PASS_FAIL:
            return Decimal(1)
        case CalculationKind.NUMBER_COMPLETED:
            return parameter_number(aspect.calculation, "NUM_POSSIBLE")
        case CalculationKind.CHOICE:
            return Decimal(len(choices_of(aspect.calculation)))
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            return None
    return aspect.maximum


def value_step(aspect: Aspect) -> Decimal | None:
    """The step between two values that may be entered; ``None``: six decimals."""
    if aspect.kind in (MarkKind.JUDGEMENT, MarkKind.DEDUCTION):
        return Decimal(1)
    if aspect.kind is not MarkKind.MEASUREMENT:
        return aspect.step
    match aspect.calculation.kind:
        case CalculationKind.DIRECT | CalculationKind.RANGED_SCORE:
            return aspect.step
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            return None
    return Decimal(1)


def read_value(aspect: Aspect, text: object) -> Decimal | None:
    """Return the value that ``text`` states, ``None`` for an empty text.

    Full-width digits are folded (NFKC).  Anything that is not a value of this aspect
    raises :class:`MarkRefused` with its code, never another exception.
    """
    if not isinstance(text, str):
        raise MarkRefused("not-a-number")
    if len(text) > LONGEST_TEXT:
        raise MarkRefused("not-a-number")
    word = unicodedata.normalize("NFKC", text).strip()
    if not word:
        return None
    measured = aspect.kind is MarkKind.MEASUREMENT
    if measured and aspect.calculation.kind is CalculationKind.PASS_FAIL:
        return _yes_or_no(word)
    if measured and aspect.calculation.kind is CalculationKind.CHOICE:
        return _choice(aspect, word)
    if aspect.kind is MarkKind.JUDGEMENT:
        return _level(word)
    if aspect.kind is MarkKind.TIME:
        return _bounded(aspect, _seconds(word))
    return _bounded(aspect, _number(word))


def score_aspect(
    aspect: Aspect, marks: Sequence[Mark], *, judges: int = 1, places: int | None = 2
) -> AspectPoints:
    """Return what ``marks`` earn; ``judges`` is the number of marks expected.

    A kind the group agrees on expects one mark; two that differ (dual marking) are in
    conflict.  ``places`` is the scheme's rounding of an aspect, half up.
    """
    given = [mark for mark in marks if mark.state is not MarkState.NOT_SCORED]
    expected = max(judges, 1) if is_per_judge(aspect.kind) else 1
    if len(given) < expected:
        return AspectPoints(aspect.code, aspect.kind, AspectState.OPEN)
    states = {mark.state for mark in given}
    if len(states) > 1:
        return AspectPoints(aspect.code, aspect.kind, AspectState.CONFLICT)
    (state,) = states
    if state is not MarkState.VALUE:
        zero = Fraction(0)
        return AspectPoints(
            aspect.code, aspect.kind, AspectState(state.value), zero, zero
        )
    return _score_values(aspect, [mark.value or Decimal(0) for mark in given], places)


def trimmed_mean(values: Sequence[Decimal], trim: int) -> Fraction:
    """The mean without the ``trim`` highest and lowest; at least one value stays."""
    cut = min(trim, (len(values) - 1) // 2)
    kept = sorted(values)[cut : len(values) - cut]
    return sum((Fraction(value) for value in kept), Fraction(0)) / len(kept)


def _score_values(
    aspect: Aspect, values: Sequence[Decimal], places: int | None
) -> AspectPoints:
    maximum = Fraction(aspect.maximum)
    spread = max(values) - min(values)
    conflict = AspectPoints(aspect.code, aspect.kind, AspectState.CONFLICT)
    if aspect.kind is MarkKind.JUDGEMENT:
        if spread > LARGEST_SPREAD:
            return conflict
        exact = Fraction(sum(values)) * maximum / (HIGHEST_JUDGEMENT * len(values))
    elif aspect.kind is MarkKind.PANEL:
        scale = Fraction(aspect.maximum if aspect.scale is None else aspect.scale)
        exact = trimmed_mean(values, aspect.trim) * maximum / scale
    elif spread:
        return conflict
    elif aspect.kind is MarkKind.IMPORTED:
        scale = Fraction(aspect.maximum if aspect.scale is None else aspect.scale)
        exact = Fraction(values[0]) * maximum / scale
    else:
        exact = _earned(aspect, values[0])
    seconds = Fraction(values[0]) if aspect.kind is MarkKind.TIME else None
    return AspectPoints(
        aspect.code,
        aspect.kind,
        AspectState.SCORED,
        rounded(exact, places),
        exact,
        seconds,
    )


def _earned(aspect: Aspect, value: Decimal) -> Fraction:
    """What the one value a group agreed on is worth."""
    if aspect.kind is MarkKind.DEDUCTION:
        return deduction_points(aspect, value)
    if aspect.kind is MarkKind.TIME:
        return time_points(aspect, value)
    return measured_points(aspect, value)


def _yes_or_no(word: str) -> Decimal:
    if word.lower() in _YES:
        return Decimal(1)
    if word.lower() in _NO:
        return Decimal(0)
    raise MarkRefused("not-yes-or-no")


def _choice(aspect: Aspect, word: str) -> Decimal:
    labels = [label for label, _ in choices_of(aspect.calculation)]
    if word.isascii() and word.isdigit() and len(word) < 10:
        if 1 <= int(word) <= len(labels):
            return Decimal(int(word))
    elif word in (folded := [unicodedata.normalize("NFKC", label) for label in labels]):
        return Decimal(folded.index(word) + 1)
    raise MarkRefused("not-a-choice", str(len(labels)))


def _level(word: str) -> Decimal:
    number = _number(word)
    if number % 1 or number > HIGHEST_JUDGEMENT:
        raise MarkRefused("not-a-level", str(HIGHEST_JUDGEMENT))
    return number


def clock_text(seconds: Decimal) -> str:
    """Seconds as minutes and seconds, with the decimals they have.

    >>> (clock_text(Decimal("754.3")), clock_text(Decimal(61)), clock_text(Decimal(9)))
    ('12:34.3', '1:01', '0:09')
    """
    minutes, rest = divmod(seconds, 60)
    whole, _, decimals = plain_text(rest).partition(".")
    tail = f".{decimals}" if decimals else ""
    return f"{int(minutes)}:{int(whole):02d}{tail}"


def _seconds(word: str) -> Decimal:
    """A time of the clock, or a plain number of seconds."""
    if ":" not in word:
        return _number(word)
    found = _CLOCK.fullmatch(word)
    if found is None:
        raise MarkRefused("not-a-time")
    hours, minutes, seconds = found.groups()
    if hours and int(minutes) >= 60:
        raise MarkRefused("not-a-time")
    return int(hours or 0) * 3600 + int(minutes) * 60 + _number(seconds)


def _number(word: str) -> Decimal:
    found = _NUMBER.fullmatch(word)
    if found is None:
        raise MarkRefused("not-a-number")
    sign, whole, decimals = found.groups()
    digits = (decimals or "").rstrip("0")
    if len(digits) > SCALE_PLACES:
        raise MarkRefused("wrong-step", str(SCALE_PLACES))
    number = Decimal(f"{whole}.{digits}" if digits else whole)
    if sign == "-" and number:
        raise MarkRefused("out-of-range", "0")
    return number


def _bounded(aspect: Aspect, number: Decimal) -> Decimal:
    limit = largest_value(aspect)
    if limit is not None and number > limit:
        raise MarkRefused("out-of-range", str(limit))
    step = value_step(aspect)
    if step is not None and number % step:
        raise MarkRefused("wrong-step", str(step))
    return number
