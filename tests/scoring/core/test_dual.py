"""Two teams on one sheet: what counts, what is a conflict, what is rounded."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.dual import groups_of, merged, sheet_seats, team_seats
from scoring.core.marking import AspectPoints, AspectState
from scoring.core.scheme import Aspect, DualMarking, MarkKind, SubCriterion
from scoring.core.scheme_text import canonical, digest, parse
from tests.scoring.core.schemes import worldskills_type

RULE = DualMarking(panel="B", tolerance=Decimal("0.50"), places=2)
MEASURED = Aspect("A1.M1", MarkKind.MEASUREMENT, Decimal(4), "尺寸")


def earned(points, state=AspectState.SCORED, seconds=None):
    exact = Fraction(str(points))
    return AspectPoints(
        "A1.M1",
        MarkKind.MEASUREMENT,
        state,
        exact,
        exact,
        seconds and Fraction(seconds),
    )


@pytest.mark.parametrize(
    ("first", "second", "rule", "state", "points"),
    [
        ("3", "3", RULE, "scored", "3"),
        ("3", "3.5", RULE, "scored", "3.25"),
        ("3", "3.51", RULE, "conflict", None),
        ("3.51", "3", RULE, "conflict", None),
        ("3", "3.01", RULE, "scored", "3.01"),  # 3.005, half up
        ("3", "3.01", DualMarking("B", Decimal(0)), "conflict", None),
        ("3", "3.2", DualMarking("B", Decimal(5), "percent"), "scored", "3.1"),
        ("3", "3.21", DualMarking("B", Decimal(5), "percent"), "conflict", None),
        ("3", "3.5", DualMarking("B", Decimal(1), places=0), "scored", "3"),
        ("3", "4", DualMarking("B", Decimal(1), places=0), "scored", "4"),
    ],
)
def test_points_within_the_tolerance_give_their_mean(
    first, second, rule, state, points
):
    found = merged(MEASURED, earned(first), earned(second), rule)

    expected = None if points is None else Fraction(points)
    assert (found.state.value, found.points) == (state, expected)


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("open", "open", "open"),
        ("scored", "open", "open"),
        ("open", "conflict", "conflict"),
        ("conflict", "scored", "conflict"),
        ("absent", "absent", "absent"),
        ("absent", "scored", "conflict"),
        ("absent", "unfinished", "conflict"),
    ],
)
def test_words_of_both_teams_must_agree(first, second, state):
    left = earned("1", AspectState(first))
    right = earned("1", AspectState(second))

    assert merged(MEASURED, left, right, RULE).state.value == state


def test_a_time_is_the_mean_of_both_clocks():
    left = earned("1", seconds="61.2")
    right = earned("1", seconds="61.5")

    assert merged(MEASURED, left, right, RULE).seconds == Fraction("61.35")


@given(st.decimals(0, 4, places=2), st.decimals(0, 4, places=2))
def test_the_order_of_the_teams_changes_nothing(first, second):
    ours, theirs = earned(first), earned(second)

    assert merged(MEASURED, ours, theirs, RULE) == merged(MEASURED, theirs, ours, RULE)


def test_seats_of_the_second_team_begin_at_a_hundred():
    sub = SubCriterion("A1", "外观", dual=RULE)
    panels = {"A": [1, 2, 3], "B": [1, 2]}

    assert sheet_seats(sub, panels, {}) == [1, 2, 3, 101, 102]
    assert sheet_seats(sub, panels, {"A": [2], "B": [1]}) == [1, 3, 102]
    assert sheet_seats(SubCriterion("A1", "外观"), panels, {}) == [1, 2, 3]
    assert team_seats([102, 1, 101, 3], 100) == [101, 102]


def test_an_imported_value_is_never_marked_twice():
    sub = SubCriterion("A1", "理论", dual=RULE)

    assert groups_of(sub, MEASURED) == (0, 100)
    imported = Aspect("A1.I1", MarkKind.IMPORTED, Decimal(4), "理论")
    assert groups_of(sub, imported) == (0,)
    assert groups_of(SubCriterion("A1", "x"), MEASURED) == (0,)


def test_a_scheme_keeps_the_rule_in_its_text_and_others_keep_their_digest():
    plain = worldskills_type()
    assert '"dual"' not in canonical(plain)
    first = plain.criteria[0]
    sub = SubCriterion(
        first.sub_criteria[0].code,
        "双组",
        aspects=first.sub_criteria[0].aspects,
        dual=RULE,
    )
    paired = replace(
        plain, criteria=(replace(first, sub_criteria=(sub,)), *plain.criteria[1:])
    )
    assert parse(canonical(paired)) == paired
    assert digest(paired) != digest(plain)
    assert '"tolerance":"0.5"' in canonical(paired)
