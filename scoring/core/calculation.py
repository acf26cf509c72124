"""From a measured value to points, by the calculation an aspect names (CIS types).

Points never fall below 0 nor exceed the maximum, except that a deduction may take more
than its own maximum: the criterion's floor is 0, not the aspect's.  ``RANGED_SCORE`` is kept for export
but its limits are not published with certainty, so the panel enters the points
themselves, as with ``DIRECT``.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind

CHOICES = 9
BANDS = 9
COUNTING = (CalculationKind.COUNT_DEDUCTION,)
TIMING = (
    CalculationKind.TIME_BANDS,
    CalculationKind.TIME_LINEAR,
    CalculationKind.TIME_ONLY,
)
# CIS writes a parameter as number and text with this between them; one side is empty.
PARAMETER_SEPARATOR = "#x~x#"


def parameter_text(calculation: Calculation, key: str) -> str:
    """The parameter's value as text, from plain or CIS form; empty when not given."""
    for name, value in calculation.parameters:
        if name == key:
            number, _, text = value.partition(PARAMETER_SEPARATOR)
            return number.strip() or text.strip()
    return ""


def parameter_number(calculation: Calculation, key: str) -> Decimal | None:
    """The parameter as a finite number, or ``None`` when it is absent or not one."""
    try:
        number = Decimal(parameter_text(calculation, key))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def choices_of(calculation: Calculation) -> tuple[tuple[str, Decimal], ...]:
    """The labels with their deductions, in order; a value is the 1-based choice."""
    found = []
    for index in range(1, CHOICES + 1):
        label = parameter_text(calculation, f"CHOICE{index}_LABEL")
        deduction = parameter_number(calculation, f"CHOICE{index}_DEDUCTION")
        if not label and deduction is None:
            break
        found.append((label, deduction or Decimal(0)))
    return tuple(found)


def bands_of(calculation: Calculation) -> tuple[tuple[Decimal, Decimal], ...]:
    """The bands of time in order: up to so many seconds, so many points."""
    found = []
    for index in range(1, BANDS + 1):
        limit = parameter_number(calculation, f"BAND{index}_TO")
        points = parameter_number(calculation, f"BAND{index}_POINTS")
        if limit is None or points is None:
            break
        found.append((limit, points))
    return tuple(found)


def target_of(aspect: Aspect) -> Decimal | None:
    """The value that earns all points; from the requirement when the scheme says so."""
    if parameter_text(aspect.calculation, "TARGET_VAL_FROM_REQ").lower() == "true":
        try:
            stated = Decimal(aspect.requirement.strip())
        except InvalidOperation:
            stated = None
        if stated is not None and stated.is_finite():
            return stated
    return parameter_number(aspect.calculation, "TARGET_VALUE")


def is_deduction(aspect: Aspect) -> bool:
    """Whether what is entered counts faults, each to be explained in a remark."""
    return aspect.kind is MarkKind.DEDUCTION or (
        aspect.kind is MarkKind.MEASUREMENT
        and aspect.calculation.kind is CalculationKind.REGULAR_DIFFERENCE_DEDUCTION
        and target_of(aspect) == 0
    )


def calculation_fault(aspect: Aspect) -> str:
    """The code of what makes the calculation unusable, or an empty string."""
    calculation = aspect.calculation
    if aspect.kind is MarkKind.DEDUCTION:
        return _deduction_fault(calculation)
    if aspect.kind is MarkKind.TIME:
        return _time_fault(calculation)
    if aspect.kind is not MarkKind.MEASUREMENT:
        return ""
    if calculation.kind in (*COUNTING, *TIMING):
        return "calculation-of-another-kind"
    match calculation.kind:
        case CalculationKind.NUMBER_COMPLETED:
            possible = parameter_number(calculation, "NUM_POSSIBLE")
            sound = possible is not None and possible >= 1 and possible % 1 == 0
            return "" if sound else "number-possible"
        case CalculationKind.CHOICE:
            return "" if len(choices_of(calculation)) > 1 else "choices"
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            difference = parameter_number(calculation, "DIFFERENCE")
            deduction = parameter_number(calculation, "DEDUCTION")
            sound = bool(difference and difference > 0 and deduction is not None)
            return "" if sound and target_of(aspect) is not None else "difference"
    return ""


def measured_points(aspect: Aspect, value: Decimal) -> Fraction:
    """The exact points of a measured value that :func:`read_value` has accepted."""
    maximum = Fraction(aspect.maximum)
    calculation = aspect.calculation
    match calculation.kind:
        case CalculationKind.PASS_FAIL:
            points = maximum if value == 1 else Fraction(0)
        case CalculationKind.NUMBER_COMPLETED:
            possible = parameter_number(calculation, "NUM_POSSIBLE") or Decimal(1)
            points = maximum * Fraction(value) / Fraction(possible)
        case CalculationKind.CHOICE:
            deduction = choices_of(calculation)[int(value) - 1][1]
            points = maximum - _deducted(aspect, Fraction(deduction))
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            points = maximum - _difference_deduction(aspect, value)
        case _:
            points = Fraction(value)
    return min(max(points, Fraction(0)), maximum)


def deduction_points(aspect: Aspect, count: Decimal) -> Fraction:
    """The maximum less what so many faults take, never more than the cap.

    The maximum is usually 0; then the points are negative.
    """
    unit = Fraction(parameter_number(aspect.calculation, "UNIT") or 0)
    taken = Fraction(count) * unit
    cap = parameter_number(aspect.calculation, "CAP")
    if cap is not None:
        taken = min(taken, Fraction(cap))
    return Fraction(aspect.maximum) - taken


def time_points(aspect: Aspect, seconds: Decimal) -> Fraction:
    """What a time earns, between 0 and the maximum; nothing where it only breaks ties."""
    maximum = Fraction(aspect.maximum)
    calculation = aspect.calculation
    points = Fraction(0)
    if calculation.kind is CalculationKind.TIME_BANDS:
        reached = (p for limit, p in bands_of(calculation) if seconds <= limit)
        points = Fraction(next(reached, Decimal(0)))
    elif calculation.kind is CalculationKind.TIME_LINEAR:
        full = Fraction(parameter_number(calculation, "FULL") or 0)
        zero = Fraction(parameter_number(calculation, "ZERO") or 0)
        points = maximum * (zero - Fraction(seconds)) / (zero - full)
    return min(max(points, Fraction(0)), maximum)


def _deduction_fault(calculation: Calculation) -> str:
    if calculation.kind is not CalculationKind.COUNT_DEDUCTION:
        return "calculation-of-another-kind"
    unit = parameter_number(calculation, "UNIT")
    cap = parameter_number(calculation, "CAP")
    has_cap = bool(parameter_text(calculation, "CAP"))
    sound = unit is not None and unit > 0 and (cap is not None or not has_cap)
    return "" if sound and (cap is None or cap > 0) else "deduction"


def _time_fault(calculation: Calculation) -> str:
    match calculation.kind:
        case CalculationKind.TIME_ONLY:
            return ""
        case CalculationKind.TIME_LINEAR:
            full = parameter_number(calculation, "FULL")
            zero = parameter_number(calculation, "ZERO")
            sound = full is not None and zero is not None and 0 <= full < zero
            return "" if sound else "time-linear"
        case CalculationKind.TIME_BANDS:
            bands = bands_of(calculation)
            limits = [limit for limit, _points in bands]
            rising = all(a < b for a, b in zip(limits, limits[1:], strict=False))
            sound = bool(bands) and rising and all(p >= 0 for _limit, p in bands)
            return "" if sound else "time-bands"
    return "calculation-of-another-kind"


def _deducted(aspect: Aspect, amount: Fraction) -> Fraction:
    if parameter_text(aspect.calculation, "DEDUCTION_TYPE").upper() == "PERCENT":
        return Fraction(aspect.maximum) * amount / 100
    return amount


def _difference_deduction(aspect: Aspect, value: Decimal) -> Fraction:
    """One deduction for every whole difference between the value and its target."""
    calculation = aspect.calculation
    target = Fraction(target_of(aspect) or 0)
    difference = Fraction(parameter_number(calculation, "DIFFERENCE") or 1)
    if parameter_text(calculation, "DIFFERENCE_TYPE").upper() == "PERCENT":
        difference = abs(target) * difference / 100
    distance = abs(Fraction(value) - target)
    if not distance:
        return Fraction(0)
    steps = distance // difference if difference else 1
    amount = Fraction(parameter_number(calculation, "DEDUCTION") or 0)
    return steps * _deducted(aspect, amount)
