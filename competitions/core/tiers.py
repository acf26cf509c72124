"""Tiers of competitions from the workshop to the world, and what lies above what."""

from enum import StrEnum


class Tier(StrEnum):
    """赛事层级, lowest first."""

    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    COUNTY = "county"
    MUNICIPAL = "municipal"
    PROVINCIAL = "provincial"
    NATIONAL_INDUSTRY = "national-industry"
    NATIONAL = "national"
    INTERNATIONAL = "international"
    WORLD = "world"


_LEVEL = {
    Tier.SCHOOL: 0,
    Tier.ENTERPRISE: 0,
    Tier.COUNTY: 1,
    Tier.MUNICIPAL: 2,
    Tier.PROVINCIAL: 3,
    Tier.NATIONAL_INDUSTRY: 4,
    Tier.NATIONAL: 5,
    Tier.INTERNATIONAL: 6,
    Tier.WORLD: 7,
}
# Digits of a region code that must be set at a tier; None: any region or none.
REGION_DIGITS = {Tier.PROVINCIAL: 2, Tier.MUNICIPAL: 4, Tier.COUNTY: 6}


def level(tier: str) -> int:
    """Return how high a tier stands; schools and enterprises share the lowest."""
    return _LEVEL[Tier(tier)]


def is_above(tier: str, other: str) -> bool:
    """Return whether winners of ``other`` may move up to ``tier``."""
    return level(tier) > level(other)


def region_fits(tier: str, region: str) -> bool:
    """Return whether a competition of ``tier`` may belong to ``region``.

    A province's competition names a province, a city's a city: not more, not less.
    """
    digits = REGION_DIGITS.get(Tier(tier))
    if digits is None:
        return True
    return len(region.rstrip("0")) > digits - 2 and region[digits:] == "0" * (
        6 - digits
    )
