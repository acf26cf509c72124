"""From a measured value to points, by the calculation an aspect names (CIS types).

Points never fall below 0 nor exceed the maximum.  ``RANGED_SCORE`` is kept for export
but its limits are not published with certainty, so the panel enters the points
themselves, as with ``DIRECT``.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind

CHOICES = 9
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
    return (
        aspect.kind is MarkKind.MEASUREMENT
        and aspect.calculation.kind is CalculationKind.REGULAR_DIFFERENCE_DEDUCTION
        and target_of(aspect) == 0
    )


def calculation_fault(aspect: Aspect) -> str:
    """The code of what makes the calculation unusable, or an empty string."""
    if aspect.kind is not MarkKind.MEASUREMENT:
        return ""
    calculation = aspect.calculation
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
