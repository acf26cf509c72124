"""Measured values to points."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.core.calculation import choices_of, measured_points, target_of
from tests.scoring.core.schemes import measurement

# As a real export of 2024 writes it: number and text of each parameter with a separator.
CIS_CHOICE = {
    "DEDUCTION_TYPE": "#x~x#UNIT",
    "CHOICE3_LABEL": "#x~x#No Marks",
    "CHOICE2_DEDUCTION": "0.25000000#x~x#",
    "CHOICE2_LABEL": "#x~x#Any products can be deleted",
    "CHOICE1_DEDUCTION": "0E-8#x~x#",
    "CHOICE1_LABEL": "#x~x#Full Marks",
    "CHOICE3_DEDUCTION": "0.75000000#x~x#",
}
PERCENT_CHOICE = {
    "DEDUCTION_TYPE": "PERCENT",
    "CHOICE1_LABEL": "全部",
    "CHOICE1_DEDUCTION": "0",
    "CHOICE2_LABEL": "一半",
    "CHOICE2_DEDUCTION": "33.3",
    "CHOICE3_LABEL": "无",
    "CHOICE3_DEDUCTION": "100",
}
QUARTER_PER_ERROR = {
    "DEDUCTION_TYPE": "#x~x#UNIT",
    "TARGET_VALUE": "0E-8#x~x#",
    "DIFFERENCE": "1.00000000#x~x#",
    "DIFFERENCE_TYPE": "#x~x#UNIT",
    "DEDUCTION": "0.25000000#x~x#",
}
TENTH_PER_MILLIMETRE = {"TARGET_VALUE": 1500, "DIFFERENCE": 1, "DEDUCTION": "0.10"}
EIGHT_PERCENT = {
    "DEDUCTION_TYPE": "PERCENT",
    "TARGET_VALUE": 11,
    "DIFFERENCE": 10,
    "DEDUCTION": 8,
}


@pytest.mark.parametrize(
    ("kind", "parameters", "maximum", "value", "expected"),
    [
        ("PASS_FAIL", {}, "0.5", "1", "0.5"),
        ("PASS_FAIL", {}, "0.5", "0", "0"),
        ("NUMBER_COMPLETED", {"NUM_POSSIBLE": 4}, "1", "3", "0.75"),
        ("NUMBER_COMPLETED", {"NUM_POSSIBLE": 12}, "1.5", "9", "1.125"),
        ("NUMBER_COMPLETED", {"NUM_POSSIBLE": 4}, "1", "0", "0"),
        ("CHOICE", CIS_CHOICE, "0.75", "1", "0.75"),
        ("CHOICE", CIS_CHOICE, "0.75", "2", "0.5"),
        ("CHOICE", CIS_CHOICE, "0.75", "3", "0"),
        ("CHOICE", CIS_CHOICE, "0.5", "3", "0"),
        ("CHOICE", PERCENT_CHOICE, "2", "2", "1.334"),
        ("REGULAR_DIFFERENCE_DEDUCTION", QUARTER_PER_ERROR, "1", "0", "1"),
        ("REGULAR_DIFFERENCE_DEDUCTION", QUARTER_PER_ERROR, "1", "3", "0.25"),
        ("REGULAR_DIFFERENCE_DEDUCTION", QUARTER_PER_ERROR, "1", "9", "0"),
        ("REGULAR_DIFFERENCE_DEDUCTION", TENTH_PER_MILLIMETRE, "1", "1497", "0.7"),
        ("REGULAR_DIFFERENCE_DEDUCTION", TENTH_PER_MILLIMETRE, "1", "1502.5", "0.8"),
        ("REGULAR_DIFFERENCE_DEDUCTION", EIGHT_PERCENT, "0.5", "11", "0.5"),
        ("REGULAR_DIFFERENCE_DEDUCTION", EIGHT_PERCENT, "0.5", "31", "0.42"),
        ("DIRECT", {}, "2", "1.25", "1.25"),
        ("RANGED_SCORE", {}, "2", "1.5", "1.5"),
    ],
)
def test_points_follow_the_calculation(kind, parameters, maximum, value, expected):
    aspect = measurement("A1.M1", maximum, kind, **parameters)
    assert measured_points(aspect, Decimal(value)) == Fraction(expected)


def test_choices_are_numbered_from_one_with_their_deductions():
    aspect = measurement("A1.M1", "0.75", "CHOICE", **CIS_CHOICE)
    assert choices_of(aspect.calculation) == (
        ("Full Marks", Decimal(0)),
        ("Any products can be deleted", Decimal("0.25")),
        ("No Marks", Decimal("0.75")),
    )


def test_the_target_may_stand_in_the_requirement():
    aspect = measurement(
        "A1.M1", "1", "REGULAR_DIFFERENCE_DEDUCTION", TARGET_VAL_FROM_REQ="true",
        TARGET_VALUE="7", DIFFERENCE="1", DEDUCTION="0.1",
    )  # fmt: skip
    assert target_of(replace(aspect, requirement=" 12 ")) == Decimal(12)
    assert target_of(replace(aspect, requirement="见图")) == Decimal(7)
