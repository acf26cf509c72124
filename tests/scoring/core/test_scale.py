"""Both eras of the scale."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.core.scale import Spread, median, scale_500, scale_700

# An Indonesian provincial event, total out of 100 and the scale score beside it.
MARKS = (
    "61.42 54.33 39.58 37.75 35.50 28.75 28.42 28.40 19.00 16.92 13.50 13.05 12.80 "
    "12.25 9.50 8.75 7.25 6.00 6.00 4.25 3.25 2.75 2.00 1.50 1.40 1.25 0.75 0.50 0.50 "
    "0.50 0.25 0.00"
)
SCORES = (
    854, 834, 791, 786, 779, 760, 759, 759, 732, 726, 716, 715, 714, 712, 704, 702, 698,
    694, 694, 689, 686, 685, 683, 681, 681, 680, 679, 678, 678, 678, 678, 677,
)  # fmt: skip
TOTALS = st.lists(st.decimals(0, 100, places=2).map(Fraction), min_size=3, max_size=40)


def test_a_published_table_is_reproduced():
    found = scale_700([Decimal(mark) for mark in MARKS.split()])
    assert found.scores == SCORES
    assert (found.centre, found.unit) == (8, Fraction(14826, 10000) * 7)
    assert found.spread is Spread.MEDIAN_DEVIATION


def test_more_than_half_equal_falls_back_to_the_mean_deviation():
    found = scale_700([Fraction(n) for n in (50, 50, 50, 50, 60)])
    assert found.spread is Spread.MEAN_DEVIATION
    assert found.scores == (700, 700, 700, 700, 820)


def test_all_equal_stand_at_the_origin():
    assert scale_700([Fraction(5)] * 3).scores == (700, 700, 700)
    assert scale_700([Fraction(5)] * 3).spread is Spread.NONE
    assert scale_500([Fraction(5)] * 3).scores == (500, 500, 500)


def test_no_marks_no_scores():
    assert scale_700([]).scores == scale_500([]).scores == ()


def test_the_old_scale_has_the_mean_at_500_and_one_deviation_at_30():
    found = scale_500([Fraction(n) for n in (2, 4, 4, 4, 5, 5, 7, 9)])
    assert (found.centre, found.unit) == (5, 2)
    assert found.scores == (455, 485, 485, 485, 500, 500, 530, 560)


@given(TOTALS)
def test_the_median_stands_at_700_and_the_deviation_at_20_23(totals):
    found = scale_700(totals)
    if found.spread is not Spread.MEDIAN_DEVIATION:
        return
    exact = [700 + 30 * (total - found.centre) / found.unit for total in totals]
    assert median(exact) == 700
    assert median([abs(score - 700) for score in exact]) == Fraction(300000, 14826)


@given(TOTALS)
def test_a_better_total_never_has_a_lower_score(totals):
    for scale in (scale_700, scale_500):
        pairs = sorted(zip(totals, scale(totals).scores, strict=True))
        scores = [score for _, score in pairs]
        assert scores == sorted(scores)
