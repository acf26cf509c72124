"""Marks to points, states, conflicts; texts to values."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.marking import (
    AspectState,
    Mark,
    MarkRefused,
    MarkState,
    read_value,
    score_aspect,
    trimmed_mean,
)
from scoring.core.rounding import round_half_up
from tests.scoring.core.schemes import imported, judgement, measurement, panel


def marks(*values, state=MarkState.VALUE):
    return [Mark(str(i), state, Decimal(v)) for i, v in enumerate(values)]


def points(aspect, *values, judges=None):
    scored = score_aspect(aspect, marks(*values), judges=judges or len(values))
    return scored.state.value, scored.points and str(round_half_up(scored.points, 2))


def test_judgement_2_3_2_of_10_is_7_78():
    scored = score_aspect(judgement(), marks(2, 3, 2), judges=3)
    assert (scored.points, scored.unrounded) == (Fraction(778, 100), Fraction(70, 9))


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, "0.00"),
        (1, "0.11"),
        (2, "0.22"),
        (3, "0.33"),
        (4, "0.44"),
        (5, "0.56"),
        (6, "0.67"),
        (7, "0.78"),
        (8, "0.89"),
        (9, "1.00"),
    ],  # fmt: skip
)
def test_every_sum_of_three_scores_has_one_valid_way(total, expected):
    ways = [
        scores
        for scores in combinations_with_replacement(range(4), 3)
        if sum(scores) == total and max(scores) - min(scores) <= 1
    ]
    assert len(ways) == 1
    scored = score_aspect(judgement("A1.J1", "1"), marks(*ways[0]), judges=3)
    assert str(round_half_up(scored.points, 2)) == expected


def test_of_twenty_sets_of_three_scores_ten_agree():
    every = list(combinations_with_replacement(range(4), 3))
    states = [points(judgement(), *scores)[0] for scores in every]
    assert (len(every), states.count("scored"), states.count("conflict")) == (
        20,
        10,
        10,
    )


@pytest.mark.parametrize("scores", [(1, 3, 2), (0, 2, 2), (1, 1, 3)])
def test_a_spread_above_one_is_a_conflict_without_points(scores):
    scored = score_aspect(judgement(), marks(*scores), judges=3)
    assert (scored.state, scored.points) == (AspectState.CONFLICT, None)
    assert not scored.is_settled


def test_other_numbers_of_judges_share_the_formula():
    assert points(judgement(), 3, 2) == ("scored", "8.33")
    assert points(judgement(), 2, 2, 3, 3, 2) == ("scored", "8.00")


def test_an_aspect_stays_open_until_every_judge_has_entered():
    waiting = [*marks(2, 3), Mark("2")]
    scored = score_aspect(judgement(), waiting, judges=3)
    assert (scored.state, scored.points) == (AspectState.OPEN, None)
    assert score_aspect(judgement(), marks(0, 3), judges=3).state is AspectState.OPEN


def test_nothing_entered_is_open_and_never_zero():
    for aspect in (judgement(), measurement(), panel(), imported()):
        scored = score_aspect(aspect, [], judges=3)
        assert (scored.state, scored.points) == (AspectState.OPEN, None)


def test_trimmed_panel_of_five_is_8_73():
    values = ("8.0", "9.5", "9.0", "7.5", "9.2")
    assert points(panel(trim=1), *values) == ("scored", "8.73")
    assert points(panel(), *values) == ("scored", "8.64")


def test_a_panel_may_enter_on_its_own_scale():
    assert points(panel(maximum="30", scale="100", step="1"), 80, 90) == (
        "scored",
        "25.50",
    )


def test_trimming_never_empties_the_panel():
    assert trimmed_mean([Decimal(8), Decimal(9)], 1) == Fraction(17, 2)
    assert trimmed_mean([Decimal(1), Decimal(5), Decimal(9)], 4) == 5


def test_imported_theory_is_scaled_to_its_maximum():
    assert points(imported(maximum="30", scale="100"), "88.5") == ("scored", "26.55")
    assert points(imported(), "88.5") == ("scored", "88.50")


def test_dual_marking_must_agree():
    assert points(measurement(), 1, 1) == ("scored", "1.00")
    assert points(measurement(), 1, 0) == ("conflict", None)


@pytest.mark.parametrize(
    "state",
    [
        MarkState.ABSENT,
        MarkState.UNFINISHED,
        MarkState.DISQUALIFIED,
        MarkState.NOT_APPLICABLE,
    ],
)
def test_an_explicit_state_settles_the_aspect_without_points(state):
    scored = score_aspect(judgement(), marks(0, 0, 0, state=state), judges=3)
    assert (scored.state.value, scored.points, scored.is_settled) == (state, 0, True)


def test_states_that_differ_between_judges_are_a_conflict():
    mixed = [*marks(2, 2), Mark("2", MarkState.ABSENT)]
    assert score_aspect(judgement(), mixed, judges=3).state is AspectState.CONFLICT


@pytest.mark.parametrize(
    ("aspect", "text", "value"),
    [
        (judgement(), "3", "3"),
        (judgement(), "２", "2"),
        (judgement(), "2.0", "2"),
        (measurement(), "是", "1"),
        (measurement(), "yes", "1"),
        (measurement(), "0", "0"),
        (measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="4"), "3", "3"),
        (measurement(maximum="2", kind="DIRECT"), "１．２５", "1.25"),
        (measurement(maximum="2", kind="DIRECT"), " 1.50 ", "1.50"),
        (panel(), "8.5", "8.5"),
        (imported(maximum="30", scale="100"), "88.5", "88.5"),
        (
            measurement(kind="CHOICE", CHOICE1_LABEL="好", CHOICE2_LABEL="差"),
            "差",
            "2",
        ),
        (
            measurement(kind="CHOICE", CHOICE1_LABEL="好", CHOICE2_LABEL="差"),
            "1",
            "1",
        ),
    ],
)
def test_texts_of_a_value_are_read(aspect, text, value):
    assert read_value(aspect, text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_an_empty_text_takes_the_mark_back(text):
    assert read_value(judgement(), text) is None


DIRECT = measurement(maximum="2", kind="DIRECT")


@pytest.mark.parametrize(
    ("aspect", "text", "code"),
    [
        (judgement(), "4", "not-a-level"),
        (judgement(), "1.5", "not-a-level"),
        (judgement(), "3.0000000001", "wrong-step"),
        (judgement(), "-1", "out-of-range"),
        (judgement(), "NaN", "not-a-number"),
        (judgement(), "Infinity", "not-a-number"),
        (judgement(), "1e309", "not-a-number"),
        (judgement(), "1e0", "not-a-number"),
        (judgement(), "0x1", "not-a-number"),
        (judgement(), "三", "not-a-number"),
        (judgement(), "٣", "not-a-number"),
        (judgement(), "2" * 5000, "not-a-number"),
        (judgement(), None, "not-a-number"),
        (judgement(), 2, "not-a-number"),
        (judgement(), True, "not-a-number"),
        (DIRECT, "2.01", "out-of-range"),
        (DIRECT, "1.005", "wrong-step"),
        (DIRECT, "1,5", "not-a-number"),
        (DIRECT, "1 .5", "not-a-number"),
        (DIRECT, "9" * 12, "not-a-number"),
        (measurement(), "2", "not-yes-or-no"),
        (measurement(), "maybe", "not-yes-or-no"),
        (
            measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="4"),
            "5",
            "out-of-range",
        ),
        (
            measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="4"),
            "2.5",
            "wrong-step",
        ),
        (
            measurement(kind="CHOICE", CHOICE1_LABEL="好", CHOICE2_LABEL="差"),
            "3",
            "not-a-choice",
        ),
        (panel(), "8.55", "wrong-step"),
        (imported(maximum="30"), "88.5", "out-of-range"),
    ],
)
def test_what_is_not_a_value_is_refused_with_its_code(aspect, text, code):
    with pytest.raises(MarkRefused) as refused:
        read_value(aspect, text)
    assert refused.value.code == code


@given(
    st.text(max_size=80), st.sampled_from([judgement(), DIRECT, panel(), imported()])
)
def test_any_text_is_a_value_in_range_or_refused(text, aspect):
    try:
        value = read_value(aspect, text)
    except MarkRefused:
        return
    assert value is None or Decimal(0) <= value <= Decimal(100)


@given(
    st.lists(st.decimals(0, 10, places=1), min_size=1, max_size=9), st.integers(0, 3)
)
def test_panel_points_lie_within_the_marks(values, trim):
    scored = score_aspect(
        panel(trim=trim), marks(*values), judges=len(values), places=None
    )
    assert Fraction(min(values)) <= scored.points <= Fraction(max(values))
