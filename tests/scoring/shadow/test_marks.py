"""The vectors of the rules, by the second opinion."""

import pytest

from scoring.shadow.marks import aspect_result
from scoring.shadow.ratio import half_up


def aspect(kind, maximum="10", calculation="PASS_FAIL", **more):
    parameters = [[name, value] for name, value in more.pop("parameters", {}).items()]
    return {
        "code": "A1.X1",
        "kind": kind,
        "maximum": maximum,
        "calculation": {"kind": calculation, "parameters": parameters},
        **more,
    }


def earned(rule, *values):
    state, points = aspect_result(rule, [("value", v) for v in values], len(values), 2)
    return state, half_up(points, 2)


@pytest.mark.parametrize(
    ("rule", "values", "found"),
    [
        (aspect("judgement"), "232", ("scored", 778)),
        (aspect("judgement"), "132", ("conflict", 0)),
        (aspect("judgement", "1"), "001", ("scored", 11)),
        (aspect("measurement", "1.5"), "1", ("scored", 150)),
        (aspect("measurement", "1.5"), "0", ("scored", 0)),
        (
            aspect(
                "measurement", "2", "NUMBER_COMPLETED", parameters={"NUM_POSSIBLE": "7"}
            ),
            "3",
            ("scored", 86),
        ),
        (
            aspect("deduction", "0", "COUNT_DEDUCTION", parameters={"UNIT": "0.5"}),
            "3",
            ("scored", -150),
        ),
        (
            aspect(
                "time", "10", "TIME_LINEAR", parameters={"FULL": "60", "ZERO": "120"}
            ),
            ["75"],
            ("scored", 750),
        ),
    ],
)
def test_a_mark_earns_what_the_rules_say(rule, values, found):
    assert earned(rule, *values) == found


def test_a_trimmed_mean_leaves_out_the_highest_and_the_lowest():
    values = ("8.0", "9.5", "9.0", "7.5", "9.2")
    assert earned(aspect("panel", trim=1), *values) == ("scored", 873)


def test_two_values_of_one_group_that_differ_are_a_conflict():
    given = [("value", "1"), ("value", "0")]
    assert aspect_result(aspect("measurement"), given, 1, 2)[0] == "conflict"


def test_what_is_not_scored_is_never_nought():
    given = [("value", "3"), ("value", "3"), ("not-scored", "")]
    assert aspect_result(aspect("judgement"), given, 3, 2)[0] == "open"
