"""Tiers and the regions that fit them."""

import pytest

from competitions.core import tiers


@pytest.mark.parametrize(
    ("tier", "region", "fits"),
    [
        ("provincial", "510000", True),
        ("provincial", "510100", False),
        ("municipal", "510100", True),
        ("municipal", "510000", False),
        ("county", "510104", True),
        ("county", "510100", False),
        ("national", "", True),
        ("enterprise", "510104", True),
    ],
)
def test_region_fits_tier(tier, region, fits):
    assert tiers.region_fits(tier, region) is fits


def test_winners_move_up_only():
    assert tiers.is_above("provincial", "municipal")
    assert not tiers.is_above("municipal", "provincial")
    assert not tiers.is_above("school", "enterprise")
