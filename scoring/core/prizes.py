"""Prizes by place: presets of Chinese rules, and scales set by a document.

A step gives its award to the places from the one after the step above down to its last
place, which is a number or a share of those who really competed, rounded as stated.
Every value of a scale set by a document carries its citation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from scoring.core.medals import EDITIONS, Edition, Medal, place
from scoring.core.rounding import round_half_up

AWARD_WORDS = MappingProxyType(
    {
        Medal.GOLD: "金牌",
        Medal.SILVER: "银牌",
        Medal.BRONZE: "铜牌",
        Medal.EXCELLENCE: "优胜奖",
        Medal.NONE: "",
    }
)


class ShareRounding(StrEnum):
    """How a share of the field becomes a number of places."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half-up"


@dataclass(frozen=True, slots=True)
class PrizeStep:
    """One award with its last place: ``last``, or ``share`` of the field.

    ``first`` is needed only when places are left out above it.  With ``is_band`` number
    or share count this award's own places, rounded by themselves.  Nobody wins it in a
    field smaller than ``minimum``.
    """

    award: str
    last: int | None = None
    share: Fraction | None = None
    rounding: ShareRounding = ShareRounding.DOWN
    first: int | None = None
    citation: str = ""
    is_band: bool = False
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Allotment:
    """The award of each entry at its place.

    ``crowded`` names awards that more entries won than there are places, because a
    place is shared; rules without shared medal places need a decision first.
    """

    awards: tuple[str, ...]
    crowded: tuple[str, ...] = ()


class PrizeScaleRefused(ValueError):
    """A scale that cannot be applied; the message names the step."""


def _medals(*lasts: int) -> tuple[PrizeStep, ...]:
    words = ("金牌", "银牌", "铜牌")
    return tuple(PrizeStep(w, last=n) for w, n in zip(words, lasts, strict=True))


def _prizes(*lasts: int) -> tuple[PrizeStep, ...]:
    words = ("一等奖", "二等奖", "三等奖")
    return tuple(PrizeStep(w, last=n) for w, n in zip(words, lasts, strict=True))


def _shares(*tenths: int, is_band: bool = False) -> tuple[PrizeStep, ...]:
    words = ("一等奖", "二等奖", "三等奖")
    return tuple(
        PrizeStep(
            word,
            share=Fraction(n, 10),
            rounding=ShareRounding.HALF_UP,
            is_band=is_band,
        )
        for word, n in zip(words, tenths, strict=True)
    )


_TO_HALF = PrizeStep("优胜奖", share=Fraction(1, 2))
_TO_TWO_THIRDS = PrizeStep("优胜奖", share=Fraction(2, 3))

# Last places count from the top: 1/2/5 people are the places 1, 2-3 and 4-8.
PRESETS: Mapping[str, tuple[PrizeStep, ...]] = MappingProxyType(
    {
        "none": (),
        "places-1-2-3": _medals(1, 2, 3),
        "places-1-2-3-merit-half": (*_medals(1, 2, 3), _TO_HALF),
        "gold1-silver2-bronze3": _medals(1, 3, 6),
        "prizes-1-2-5": _prizes(1, 3, 8),
        "prizes-1-2-5-merit-half": (*_prizes(1, 3, 8), _TO_HALF),
        "prizes-3-5-10": _prizes(3, 8, 18),
        "prizes-3-5-10-merit-two-thirds": (*_prizes(3, 8, 18), _TO_TWO_THIRDS),
        "shares-10-20-30": _shares(1, 3, 6),
        "shares-10-20-30-by-band": _shares(1, 2, 3, is_band=True),
        "national": (*_medals(1, 2, 3), _TO_HALF),
        "field-table": (
            PrizeStep("金牌", last=1, minimum=4),
            PrizeStep("银牌", last=2, minimum=5),
            PrizeStep("铜牌", last=3, minimum=6),
        ),
    }
)
# 排名不并列: entries equal in everything wait for a decision, as far as medals go.
UNSHARED = frozenset({"national"})
# WorldSkills rules work on scale scores, not on places.
WORLDSKILLS_RULES: Mapping[str, Edition] = MappingProxyType(
    {
        "worldskills-2015": EDITIONS["WSC2015"],
        "worldskills-2017": EDITIONS["WSC2017"],
        "worldskills-2019": EDITIONS["WSC2019"],
        "worldskills-2024": EDITIONS["WSC2024"],
        "worldskills-2026": EDITIONS["WSC2026"],
    }
)


def last_place(step: PrizeStep, field: int) -> int:
    """The last place that wins the step's award in a field of ``field`` entries."""
    if step.share is None:
        return step.last or 0
    exact = step.share * field
    if step.rounding is ShareRounding.UP:
        return -(-exact.numerator // exact.denominator)
    if step.rounding is ShareRounding.HALF_UP:
        return int(round_half_up(exact, 0))
    return exact.numerator // exact.denominator


def allot_prizes(
    places: Sequence[int], steps: Sequence[PrizeStep], *, field: int, minimum: int = 0
) -> Allotment:
    """Return the award of every place; below the minimum field nobody wins one.

    ``field`` is the number who really competed.  A better award never passes to a
    worse place; places shared across a step's end all win it and are reported.
    """
    if field < minimum:
        return Allotment(("",) * len(places))
    bounds = prize_bounds(steps, field)
    awards = tuple(
        next((award for award, first, last in bounds if first <= p <= last), "")
        for p in places
    )
    crowded = tuple(
        award
        for award, first, last in bounds
        if awards.count(award) > max(last - first + 1, 0)
    )
    return Allotment(awards, crowded)


def allot_medals(scores: Sequence[int], edition: Edition) -> Allotment:
    """Return the awards of WorldSkills scale scores, in Chinese statutory words."""
    return Allotment(tuple(AWARD_WORDS[row.medal] for row in place(scores, edition)))


def check_steps(steps: Sequence[PrizeStep]) -> None:
    """Raise :class:`PrizeScaleRefused` when a step has no end or is named twice."""
    seen: set[str] = set()
    for number, step in enumerate(steps, start=1):
        name = f"{number} ({step.award})"
        if not step.award or step.award in seen:
            raise PrizeScaleRefused(f"step {name}: the award is missing or repeated")
        if (step.last is None) == (step.share is None):
            raise PrizeScaleRefused(f"step {name}: a last place or a share is needed")
        if step.last is not None and not step.is_band and step.last < (step.first or 1):
            raise PrizeScaleRefused(f"step {name}: the last place is above the first")
        if step.share is not None and not 0 < step.share <= 1:
            raise PrizeScaleRefused(f"step {name}: the share is not within 0 and 1")
        seen.add(step.award)


def last_unshared(rule: str, field: int) -> int:
    """The last place that may not be shared under this rule; 0 when all may."""
    if rule not in UNSHARED:
        return 0
    medals = [step for step in PRESETS[rule] if step.share is None]
    return max((last for _, _, last in prize_bounds(medals, field)), default=0)


def prize_bounds(steps: Sequence[PrizeStep], field: int) -> list[tuple[str, int, int]]:
    """Every award with its first and last place; an empty band ends before it starts."""
    found = []
    reached = 0
    for step in steps:
        first = step.first or reached + 1
        last = last_place(step, field)
        if step.is_band:
            last += first - 1
        if field < step.minimum:
            last = first - 1
        found.append((step.award, first, last))
        reached = max(reached, last)
    return found
