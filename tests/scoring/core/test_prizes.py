"""Place rules of Chinese competitions."""

from fractions import Fraction

import pytest

from scoring.core.medals import EDITIONS
from scoring.core.prizes import (
    PRESETS,
    Allotment,
    PrizeScaleRefused,
    PrizeStep,
    ShareRounding,
    allot_medals,
    allot_prizes,
    check_steps,
    last_place,
)

PLACES = tuple(range(1, 25))


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("places-1-2-3", {"金牌": 1, "银牌": 1, "铜牌": 1}),
        (
            "places-1-2-3-merit-half",
            {"金牌": 1, "银牌": 1, "铜牌": 1, "优胜奖": 9},
        ),
        ("gold1-silver2-bronze3", {"金牌": 1, "银牌": 2, "铜牌": 3}),
        ("prizes-1-2-5", {"一等奖": 1, "二等奖": 2, "三等奖": 5}),
        ("prizes-3-5-10", {"一等奖": 3, "二等奖": 5, "三等奖": 10}),
        (
            "prizes-3-5-10-merit-two-thirds",
            {"一等奖": 3, "二等奖": 5, "三等奖": 10},
        ),
        ("shares-10-20-30", {"一等奖": 2, "二等奖": 5, "三等奖": 7}),
        ("shares-10-20-30-by-band", {"一等奖": 2, "二等奖": 5, "三等奖": 7}),
        ("national", {"金牌": 1, "银牌": 1, "铜牌": 1, "优胜奖": 9}),
        ("field-table", {"金牌": 1, "银牌": 1, "铜牌": 1}),
        ("none", {}),
    ],
)
def test_presets_give_their_numbers_in_a_field_of_24(preset, expected):
    found = allot_prizes(PLACES, PRESETS[preset], field=24)
    counts = {word: found.awards.count(word) for word in found.awards if word}
    assert counts == expected
    assert found.crowded == ()
    check_steps(PRESETS[preset])


def test_merit_ends_at_half_the_field_rounded_down():
    steps = PRESETS["places-1-2-3-merit-half"]
    found = allot_prizes(range(1, 12), steps, field=11)
    assert found.awards == (
        "金牌", "银牌", "铜牌", "优胜奖", "优胜奖", "", "", "", "", "", "",
    )  # fmt: skip


def test_shared_places_across_an_end_are_reported():
    found = allot_prizes((1, 1, 3, 4), PRESETS["places-1-2-3"], field=4)
    assert found == Allotment(("金牌", "金牌", "铜牌", ""), ("金牌",))


def test_below_the_minimum_field_nobody_wins():
    found = allot_prizes((1, 2, 3), PRESETS["places-1-2-3"], field=3, minimum=15)
    assert found == Allotment(("", "", ""))


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [(ShareRounding.DOWN, 2), (ShareRounding.HALF_UP, 3), (ShareRounding.UP, 3)],
)
def test_shares_round_as_stated(rounding, expected):
    step = PrizeStep("一等奖", share=Fraction(1, 10), rounding=rounding)
    assert last_place(step, 25) == expected


def test_places_between_steps_may_be_left_out():
    steps = (PrizeStep("状元", last=1), PrizeStep("能手", first=3, last=4))
    assert allot_prizes((1, 2, 3, 4, 5), steps, field=5).awards == (
        "状元", "", "能手", "能手", "",
    )  # fmt: skip


def test_worldskills_medals_have_their_chinese_words():
    found = allot_medals((735, 728, 728, 723, 701, 690), EDITIONS["WSC2026"])
    assert found.awards == ("金牌", "银牌", "银牌", "铜牌", "优胜奖", "")


@pytest.mark.parametrize(
    "step",
    [
        PrizeStep("", last=1),
        PrizeStep("一等奖"),
        PrizeStep("一等奖", last=1, share=Fraction(1, 2)),
        PrizeStep("一等奖", last=0),
        PrizeStep("一等奖", first=5, last=4),
        PrizeStep("一等奖", share=Fraction(3, 2)),
    ],
)
def test_a_step_without_a_clear_end_is_refused(step):
    with pytest.raises(PrizeScaleRefused):
        check_steps([step])


@pytest.mark.parametrize(
    ("field", "cumulative", "by_band"),
    [(25, (3, 5, 7), (3, 5, 8)), (5, (1, 1, 1), (1, 1, 2)), (15, (2, 3, 4), (2, 3, 5))],
)
def test_shares_are_rounded_cumulatively_or_band_by_band(field, cumulative, by_band):
    words = ("一等奖", "二等奖", "三等奖")
    places = range(1, field + 1)
    found = [
        allot_prizes(places, PRESETS[preset], field=field).awards
        for preset in ("shares-10-20-30", "shares-10-20-30-by-band")
    ]
    counts = [tuple(awards.count(word) for word in words) for awards in found]
    assert counts == [cumulative, by_band]


@pytest.mark.parametrize(
    ("field", "medals"),
    [(3, ""), (4, "金牌"), (5, "金牌银牌"), (6, "金牌银牌铜牌")],
)
def test_a_small_field_has_fewer_medals_where_the_rule_says_so(field, medals):
    found = allot_prizes(range(1, field + 1), PRESETS["field-table"], field=field)
    assert "".join(found.awards) == medals
