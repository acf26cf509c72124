"""WorldSkills medals from integer scale scores, and the position numbers of an edition.

Rule A (2015 to 2024) works with a tolerance of two points anchored at a group's best;
rule B (2026) gives each distinct score its medal.  The labels, thresholds and numbering
of each edition are data here; place rules of Chinese competitions are in ``prizes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

TOLERANCE = 2


class Medal(StrEnum):
    """What an entry won; the empty word is nothing."""

    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    EXCELLENCE = "excellence"
    NONE = ""


class Numbering(StrEnum):
    """How positions are numbered among entries within the tolerance."""

    TOLERANCE = "tolerance"  # everybody within two points of a group's best
    SAME_MEDAL = "same-medal"  # equal medals share, below them only equal scores
    EQUAL = "equal"  # only equal scores share


@dataclass(frozen=True, slots=True)
class Edition:
    """How one WorldSkills Competition allotted medals and numbered positions."""

    code: str
    has_tolerance: bool
    numbering: Numbering
    threshold: int = 700
    excellence: str = "Medallion for Excellence"


@dataclass(frozen=True, slots=True)
class Placed:
    """The position and medal of the score at the same index."""

    position: int
    medal: Medal


EDITIONS = MappingProxyType(
    {
        edition.code: edition
        for edition in (
            Edition("WSC2015", True, Numbering.TOLERANCE, threshold=500),
            Edition("WSC2017", True, Numbering.TOLERANCE),
            Edition("WSC2019", True, Numbering.SAME_MEDAL),
            Edition("WSC2022", True, Numbering.SAME_MEDAL),
            Edition("WSC2024", True, Numbering.SAME_MEDAL),
            Edition(
                "WSC2026", False, Numbering.EQUAL, excellence="Medal for Excellence"
            ),
        )
    }
)


def label(medal: Medal, edition: Edition) -> str:
    """The official English word of the edition; empty for no medal."""
    if medal is Medal.EXCELLENCE:
        return edition.excellence
    return medal.value.capitalize()


def place(scores: Sequence[int], edition: Edition) -> tuple[Placed, ...]:
    """Return position and medal of every score, in the order given."""
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    ordered = [scores[index] for index in order]
    allot = _medals_with_tolerance if edition.has_tolerance else _medals_exact
    medals = [
        Medal.EXCELLENCE if not medal and score >= edition.threshold else medal
        for score, medal in zip(ordered, allot(ordered), strict=True)
    ]
    positions = _positions(ordered, medals, edition.numbering)
    found = {
        index: Placed(position, medal)
        for index, position, medal in zip(order, positions, medals, strict=True)
    }
    return tuple(found[index] for index in range(len(scores)))


def _within(ordered: Sequence[int], start: int) -> int:
    """The end of the group that begins at ``start``: within two points of its best."""
    end = start
    while end < len(ordered) and ordered[start] - ordered[end] <= TOLERANCE:
        end += 1
    return end


def _medals_with_tolerance(ordered: Sequence[int]) -> list[Medal]:
    medals = [Medal.NONE] * len(ordered)
    gold = _within(ordered, 0)
    medals[:gold] = [Medal.GOLD] * gold
    silver = gold
    if gold == 1:
        silver = _within(ordered, gold)
        medals[gold:silver] = [Medal.SILVER] * (silver - gold)
    if silver > 2:
        # Two silvers or three golds leave no bronze but for those close to the lowest.
        bronze = silver
        lowest = ordered[silver - 1]
        while bronze < len(ordered) and lowest - ordered[bronze] <= TOLERANCE:
            bronze += 1
    else:
        bronze = _within(ordered, silver)
    medals[silver:bronze] = [Medal.BRONZE] * (bronze - silver)
    return medals


def _medals_exact(ordered: Sequence[int]) -> list[Medal]:
    distinct = sorted(set(ordered), reverse=True)
    by_score = dict(
        zip(distinct, (Medal.GOLD, Medal.SILVER, Medal.BRONZE), strict=False)
    )
    return [by_score.get(score, Medal.NONE) for score in ordered]


def _positions(
    ordered: Sequence[int], medals: Sequence[Medal], numbering: Numbering
) -> list[int]:
    positions: list[int] = []
    best = 0
    for index, score in enumerate(ordered):
        if index:
            gap = ordered[best] - score
            podium = medals[index] not in (Medal.NONE, Medal.EXCELLENCE)
            shares = gap == 0
            if numbering is Numbering.TOLERANCE:
                shares = gap <= TOLERANCE
            elif numbering is Numbering.SAME_MEDAL and podium:
                shares = medals[index] is medals[best]
            if not shares:
                best = index
        positions.append(best + 1)
    return positions
