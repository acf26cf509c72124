"""Criteria of pools: what may be asked, and when a result is good enough."""

import pytest

from awards.core.talent import Asked, asked_from, meets_result


@pytest.mark.parametrize(
    ("typed", "mistakes"),
    [
        ({"grade": 4}, ()),
        ({"titles": ["全国技术能手"]}, ()),
        ({"award": "bronze", "tiers": ["national"], "years": 3}, ()),
        ({"services": ["judge"], "years": 2}, ()),
        ({}, ("nothing-asked",)),
        ({"years": 3}, ("nothing-asked", "years-alone")),
        ({"grade": 4, "tiers": ["national"]}, ("tiers-alone",)),
        ({"award": "gold"}, ("tiers-missing",)),
        ({"level": "full", "occupation": "6-18-02-04"}, ("occupation-alone",)),
    ],
)
def test_a_criterion_that_cannot_be_applied_is_known_by_its_mistake(typed, mistakes):
    assert asked_from(typed).mistakes == mistakes


def test_what_is_stored_is_what_was_asked():
    plain = {"grade": 4, "titles": ["全国技术能手"], "tiers": ["world"], "place": 3}

    assert asked_from(plain).as_plain() == plain
    assert asked_from(asked_from(plain).as_plain()) == asked_from(plain)


@pytest.mark.parametrize(
    "typed",
    [{"grade": 9}, {"award": "none"}, {"award": "x"}, {"level": "x"}, {"place": 0}],
)
def test_a_value_that_does_not_exist_is_no_criterion(typed):
    with pytest.raises(ValueError, match=r".*"):
        asked_from(typed)


@pytest.mark.parametrize(
    ("asked", "award", "place", "meets"),
    [
        (Asked(award="bronze"), "金牌", None, True),
        (Asked(award="bronze"), "三等奖", None, True),
        (Asked(award="bronze"), "优胜奖", 4, False),
        (Asked(award="merit"), "Medallion for Excellence", None, True),
        (Asked(award="merit"), "", 1, False),
        (Asked(award="merit"), "精英奖", 1, False),
        (Asked(place=3), "", 3, True),
        (Asked(place=3), "金牌", None, False),
        (Asked(award="gold", place=1), "金牌", 2, False),
    ],
)
def test_a_result_is_good_enough_only_where_it_is_known_to_be(
    asked, award, place, meets
):
    assert meets_result(asked, award=award, place=place) is meets
