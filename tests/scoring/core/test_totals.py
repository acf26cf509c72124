"""Sub-criteria, criteria, weights, totals, states, tie-breakers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.core.marking import AspectState, Mark, MarkState, score_aspect
from scoring.core.scheme import MarkKind, Rounding
from scoring.core.totals import (
    CriterionTotal,
    Penalty,
    StandingState,
    SubTotal,
    entry_total,
    sub_total,
    tie_values,
)
from tests.scoring.core.schemes import chinese_type, worldskills_type


def total_of(scheme, values, states=None, penalties=()):
    """The entry total from {aspect code: marks of the judges as texts}."""
    subs = {}
    for criterion in scheme.criteria:
        for sub in criterion.sub_criteria:
            outcomes = {}
            for aspect in sub.aspects:
                state = (states or {}).get(aspect.code, MarkState.VALUE)
                marks = [
                    Mark(str(i), state, Decimal(text))
                    for i, text in enumerate(values.get(aspect.code, ()))
                ]
                outcomes[aspect.code] = score_aspect(aspect, marks, judges=len(marks))
            subs[sub.code] = sub_total(sub, outcomes, rounding=scheme.rounding)
    return entry_total(scheme, subs, penalties=penalties)


def test_weights_of_30_and_70_give_90_43():
    found = total_of(chinese_type(), {"A1.I1": ["88.5"], "B1.P1": ["91.25"]})

    assert (found.points, found.unrounded) == (
        Fraction(9043, 100),
        Fraction(90425, 1000),
    )
    assert found.criteria[1] == CriterionTotal(
        "B", Fraction("91.25"), Fraction("91.25"), Fraction("63.875"), True
    )


def test_a_whole_entry_is_added_up_with_its_progress():
    found = total_of(
        worldskills_type(), {"A1.M1": ["1"], "A1.J1": ["2", "3", "2"], "B1.M1": ["0"]}
    )

    assert found.points == Fraction("37.78")
    assert (found.aspects, found.settled, found.is_complete) == (3, 3, True)
    assert found.state is StandingState.RANKED
    assert [(c.letter, c.points) for c in found.criteria] == [
        ("A", Fraction("37.78")),
        ("B", 0),
    ]


def test_open_aspects_count_nothing_and_leave_the_entry_incomplete():
    found = total_of(worldskills_type(), {"A1.M1": ["1"]})

    assert (found.points, found.is_complete) == (30, False)
    assert (found.settled, found.state) == (1, StandingState.RANKED)


def test_an_entry_without_any_mark_is_not_scored():
    found = total_of(worldskills_type(), {})
    assert (found.state, found.is_complete) == (StandingState.NOT_SCORED, False)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({"A1.M1": MarkState.ABSENT}, StandingState.ABSENT),
        ({"A1.M1": MarkState.UNFINISHED}, StandingState.UNFINISHED),
        (
            {"A1.M1": MarkState.ABSENT, "B1.M1": MarkState.DISQUALIFIED},
            StandingState.DISQUALIFIED,
        ),
        ({"A1.M1": MarkState.NOT_APPLICABLE}, StandingState.RANKED),
    ],
)
def test_the_gravest_state_decides_about_the_entry(states, expected):
    values = {"A1.M1": ["1"], "A1.J1": ["2", "2", "2"], "B1.M1": ["1"]}
    assert total_of(worldskills_type(), values, states).state is expected


def test_penalties_are_separate_and_never_lead_below_zero():
    values = {"A1.M1": ["1"]}
    found = total_of(worldskills_type(), values, penalties=[Penalty(Decimal("2.5"))])
    assert (found.points, found.penalties) == (Fraction("27.5"), Fraction("2.5"))
    harsh = [Penalty(Decimal(99))]
    assert total_of(worldskills_type(), values, penalties=harsh).points == 0


def test_a_penalty_in_percent_is_taken_of_what_was_earned():
    values = {"A1.M1": ["1"]}
    found = total_of(
        worldskills_type(),
        values,
        penalties=[Penalty(Decimal(10), is_percent=True), Penalty(Decimal("0.5"))],
    )
    assert (found.points, found.penalties) == (Fraction("26.5"), Fraction("3.5"))


def test_stages_round_where_the_scheme_says():
    sub = worldskills_type().criteria[0].sub_criteria[0]
    outcomes = {
        a.code: score_aspect(
            a, [Mark("1", MarkState.VALUE, Decimal(1))], judges=1, places=None
        )
        for a in sub.aspects
    }
    kept = sub_total(sub, outcomes, rounding=Rounding(None, None))
    cut = sub_total(sub, outcomes, rounding=Rounding(None, 2))
    assert (kept.points, cut.points) == (Fraction(100, 3), Fraction("33.33"))
    assert cut.unrounded == Fraction(100, 3)


def test_a_sheet_reports_conflicts_and_kinds():
    scheme = worldskills_type()
    found = total_of(scheme, {"A1.M1": ["1"], "A1.J1": ["0", "3", "3"]})
    assert found.subs[0] == SubTotal(
        "A1",
        Fraction(30),
        Fraction(30),
        aspects=2,
        settled=1,
        conflicts=1,
        states=frozenset({AspectState.SCORED}),
        by_kind=((MarkKind.MEASUREMENT, Fraction(30)),),
    )


def test_tie_values_follow_the_list_and_are_better_when_larger():
    scheme = worldskills_type()
    values = {"A1.M1": ["1"], "A1.J1": ["3", "3", "3"], "B1.M1": ["1"]}
    total = total_of(scheme, values)
    timed = replace(total, seconds=Fraction("90.5"))

    assert tie_values(scheme, timed) == (60, 10, Fraction("-90.5"))
    assert tie_values(scheme, total)[2] < tie_values(scheme, timed)[2]
    by_sub = replace(scheme, ties=("sub:A1",))
    assert tie_values(by_sub, total) == (40,)
