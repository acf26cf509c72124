"""Scale, medals and places of the real cases, by the second opinion."""

import pytest

from scoring.core.prizes import PRESETS, WORLDSKILLS_RULES
from scoring.core.scheme import CalculationKind, MarkKind
from scoring.shadow import generate, places

G, S, B, M = places.GOLD, places.SILVER, places.BRONZE, places.MERIT
MARKS = (
    "61.42 54.33 39.58 37.75 35.50 28.75 28.42 28.40 19.00 16.92 13.50 13.05 12.80 "
    "12.25 9.50 8.75 7.25 6.00 6.00 4.25 3.25 2.75 2.00 1.50 1.40 1.25 0.75 0.50 "
    "0.50 0.50 0.25 0.00"
)
SCALE = (
    "854 834 791 786 779 760 759 759 732 726 716 715 714 712 704 702 698 694 694 689 "
    "686 685 683 681 681 680 679 678 678 678 678 677"
)


def in_millionths(text):
    return int(text.replace(".", "")) * 10_000


def test_thirty_two_marks_give_the_published_scale():
    totals = [in_millionths(text) for text in MARKS.split()]
    assert places.scale_of(totals, 700) == [int(score) for score in SCALE.split()]


def test_equal_totals_all_stand_at_the_centre():
    assert places.scale_of([5, 5, 5], 700) == [700] * 3
    assert places.scale_of([5, 5], 500) == [500] * 2


def test_the_old_scale_puts_one_deviation_at_thirty_points():
    assert places.scale_of([10, 20, 20, 30], 500) == [458, 500, 500, 542]


@pytest.mark.parametrize(
    ("edition", "scores", "medals"),
    [
        ("2024", (739, 734, 734, 733, 732, 731, 722), (G, S, S, S, S, B, M)),
        ("2024", (735, 732, 731, 729, 723), (G, S, S, B, M)),
        ("2024", (767, 751, 750, 743), (G, S, S, M)),
        ("2024", (730, 729, 729, 728, 726, 725), (G, G, G, G, B, M)),
        ("2024", (738, 736, 734, 733, 731), (G, G, B, B, M)),
        ("2024", (727, 705, 700, 680, 678), (G, S, B, "", "")),
        ("2017", (734, 734, 733, 732, 730, 730, 728), (G, G, G, G, B, B, M)),
        ("2015", (540, 536, 536, 536, 535, 526), (G, S, S, S, S, M)),
        ("2026", (735, 728, 728, 723, 723, 722), (G, S, S, B, B, M)),
        ("2026", (743, 743, 742, 739, 736), (G, G, S, B, M)),
    ],
)
def test_medals_are_those_that_were_awarded(edition, scores, medals):
    assert places.medals_of(list(scores), f"worldskills-{edition}") == list(medals)


@pytest.mark.parametrize(
    ("edition", "numbers"),
    [("2017", [1, 2, 2, 2]), ("2024", [1, 2, 2, 2]), ("2026", [1, 2, 3, 4])],
)
def test_places_are_numbered_as_in_their_edition(edition, numbers):
    scores = [735, 732, 731, 730]
    assert places.positions_of(scores, f"worldskills-{edition}") == numbers


def test_every_rule_and_kind_of_the_cores_is_known_here():
    kinds = {kind for kind, _calculation, _maximum in generate.KINDS}
    calculations = {calculation[0] for _kind, calculation, _m in generate.KINDS}
    assert set(places.PRESETS) == set(PRESETS)
    assert set(places.EDITIONS) == set(WORLDSKILLS_RULES)
    assert kinds == {kind.value for kind in MarkKind}
    assert calculations == {kind.value for kind in CalculationKind}
