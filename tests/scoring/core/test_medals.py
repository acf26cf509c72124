"""Real medal cases of five editions, as published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.medals import EDITIONS, Medal, label, place

LETTERS = {
    "G": Medal.GOLD,
    "S": Medal.SILVER,
    "B": Medal.BRONZE,
    "M": Medal.EXCELLENCE,
    "-": Medal.NONE,
}


@pytest.mark.parametrize(
    ("edition", "skill", "scores", "medals"),
    [
        ("WSC2024", "CNC Turning", (739, 734, 734, 733, 732, 731, 722), "GSSSSBM"),
        ("WSC2024", "CNC Milling", (735, 732, 731, 729, 723), "GSSBM"),
        ("WSC2024", "Electronics", (727, 723, 721, 720, 705), "GSSBM"),
        ("WSC2024", "Industrial Control", (767, 751, 750, 743), "GSSM"),
        ("WSC2024", "Cabinetmaking", (750, 742, 741, 740, 730), "GSSSM"),
        ("WSC2024", "Hairdressing", (730, 729, 729, 728, 726, 725), "GGGGBM"),
        ("WSC2024", "Plastering", (745, 743, 743, 727), "GGGM"),
        ("WSC2024", "Fashion", (738, 736, 734, 733, 731), "GGBBM"),
        ("WSC2024", "Welding", (736, 733, 729, 728, 727, 723), "GSBBBM"),
        ("WSC2017", "Mechatronics", (734, 734, 733, 732, 730, 730, 728), "GGGGBBM"),
        ("WSC2017", "Manufacturing Team", (722, 720, 718, 717, 706), "GGBBM"),
        ("WSC2015", "Mechatronics", (540, 536, 536, 536, 535, 526), "GSSSSM"),
        ("WSC2024", "Industrial Design", (727, 705, 700, 680, 678), "GSB--"),
        ("WSC2026", "Welding", (735, 728, 728, 723, 723, 722), "GSSBBM"),
        ("WSC2026", "Web Technologies", (743, 743, 742, 739, 736), "GGSBM"),
        ("WSC2026", "Aircraft Maintenance", (792, 738, 738, 723, 720), "GSSBM"),
        ("WSC2026", "Industrial Mechanics", (728, 724, 722, 721), "GSBM"),
    ],
)
def test_medals_are_as_published(edition, skill, scores, medals):
    placed = place(scores, EDITIONS[edition])
    assert [row.medal for row in placed] == [LETTERS[letter] for letter in medals]


@pytest.mark.parametrize(
    ("edition", "scores", "positions"),
    [
        ("WSC2017", (724, 720, 718, 714, 713, 709), (1, 2, 2, 4, 4, 6)),
        ("WSC2019", (731, 730, 719, 710, 710, 709), (1, 1, 3, 4, 4, 6)),
        ("WSC2024", (736, 733, 729, 728, 727, 723), (1, 2, 3, 3, 3, 6)),
        ("WSC2026", (735, 728, 728, 723, 723, 722), (1, 2, 2, 4, 4, 6)),
    ],
)
def test_position_numbers_follow_the_edition(edition, scores, positions):
    placed = place(scores, EDITIONS[edition])
    assert tuple(row.position for row in placed) == positions


def test_2022_is_numbered_as_2024():
    scores = (736, 733, 729, 728, 727, 723, 690)
    assert place(scores, EDITIONS["WSC2022"]) == place(scores, EDITIONS["WSC2024"])


def test_the_words_follow_the_edition():
    excellence = Medal.EXCELLENCE
    assert label(excellence, EDITIONS["WSC2024"]) == "Medallion for Excellence"
    assert label(excellence, EDITIONS["WSC2026"]) == "Medal for Excellence"
    assert label(Medal.GOLD, EDITIONS["WSC2015"]) == "Gold"
    assert label(Medal.NONE, EDITIONS["WSC2015"]) == ""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("scores", [(), (710,), (710, 700), (690, 690)])
def test_the_smallest_fields_have_their_medals(edition, scores):
    placed = place(scores, EDITIONS[edition])
    assert len(placed) == len(scores)
    assert all(row.medal is Medal.GOLD for row in placed[:1])


@given(
    st.lists(st.integers(600, 800), max_size=20),
    st.sampled_from(sorted(EDITIONS)),
    st.randoms(use_true_random=False),
)
def test_equal_scores_have_equal_medals_in_any_order(scores, edition, random):
    order = list(range(len(scores)))
    random.shuffle(order)

    placed = place(scores, EDITIONS[edition])
    shuffled = place([scores[i] for i in order], EDITIONS[edition])

    assert [placed[i] for i in order] == list(shuffled)
    by_score = {}
    for score, row in zip(scores, placed, strict=True):
        assert by_score.setdefault(score, row) == row
