"""Places for awards over the whole field of a skill: the first of three pure stages.

A document may skip prior holders so that those behind move up (顺延), may ask for a
minimum field, and may forbid shared places.  Real places are never changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from awards.core.facts import Setting
from awards.core.rulebook import Constraint, Rulebook
from awards.core.scoping import constraints_of
from awards.core.vocabulary import Rank


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's real place; ``is_prior_holder`` None when that is unknown."""

    entry: str
    place: int
    is_prior_holder: bool | None = False


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """How a document counts places: ``prior`` is skip, no-repeat or none."""

    prior: str = "none"
    minimum_field: int | None = None
    shares_places: bool = True

    @property
    def moves_places(self) -> bool:
        """Whether a place for awards may differ from the real one."""
        return self.prior == "skip" or not self.shares_places


@dataclass(frozen=True, slots=True)
class AwardRank:
    """The place for awards; None with the reason (prior-holder, minimum-field, tied)."""

    entry: str
    place: int
    rank: Rank | None
    why: str = ""


def award_ranks(field_: Sequence[Placed], policy: FieldPolicy) -> list[AwardRank]:
    """Places for awards over the whole field of a skill, best first.

    Under ``skip`` prior holders take no place and those behind move up; where it is
    unknown whether somebody is one, or who stands ahead, the places behind are bounds.
    """
    ordered = sorted(field_, key=lambda placed: (placed.place, placed.entry))
    too_small = policy.minimum_field is not None and len(ordered) < policy.minimum_field
    counted = Counter(placed.place for placed in ordered)
    moved = _moved_up(ordered)
    skips = policy.prior == "skip"
    ranks = []
    for placed in ordered:
        if too_small:
            ranks.append(AwardRank(placed.entry, placed.place, None, "minimum-field"))
        elif skips and placed.is_prior_holder:
            ranks.append(AwardRank(placed.entry, placed.place, None, "prior-holder"))
        elif not policy.shares_places and counted[placed.place] > 1:
            ranks.append(AwardRank(placed.entry, placed.place, None, "tied"))
        else:
            rank = moved[placed.place] if skips else Rank.exact(placed.place)
            ranks.append(AwardRank(placed.entry, placed.place, rank))
    return ranks


def _moved_up(ordered: Sequence[Placed]) -> dict[int, Rank]:
    """The place for awards by real place; entries ahead that are not here are unknown."""
    moved: dict[int, Rank] = {}
    surely = perhaps = ahead = 0
    for position, placed in enumerate(ordered):
        if placed.place not in moved:
            ahead = position
            absent = max(placed.place - 1 - ahead, 0)
            moved[placed.place] = Rank(surely + 1, surely + perhaps + absent + 1)
        surely += placed.is_prior_holder is False
        perhaps += placed.is_prior_holder is None
    return moved


def policy_of(rulebook: Rulebook, setting: Setting, on: date) -> FieldPolicy:
    """How ``rulebook`` by itself counts places in competitions of ``setting``."""
    return policy_under(constraints_of(rulebook, setting, on))


def policy_under(constraints: Iterable[Constraint]) -> FieldPolicy:
    """How places are counted under these constraints."""
    policy = FieldPolicy()
    for constraint in constraints:
        if constraint.kind == "minimum-field":
            policy = replace(policy, minimum_field=constraint.field)
        elif constraint.kind == "prior-holders":
            policy = replace(policy, prior=constraint.policy)
        elif constraint.kind == "no-shared-places":
            policy = replace(policy, shares_places=False)
    return policy


def places_under(field_: Sequence[Placed], policy: FieldPolicy) -> dict[str, Rank]:
    """By entry, the places for awards that differ from the real ones.

    Entries that share a place where a document forbids it have only bounds until the
    place is decided; prior holders and fields that are too small are left to the
    document's constraints, which say why.
    """
    found: dict[str, Rank] = {}
    if not policy.moves_places:
        return found
    counted = Counter(placed.place for placed in field_)
    for ranked in award_ranks(field_, replace(policy, minimum_field=None)):
        rank = ranked.rank
        if ranked.why == "tied":
            rank = Rank(ranked.place, ranked.place + counted[ranked.place] - 1)
        if rank is not None and rank != Rank.exact(ranked.place):
            found[ranked.entry] = rank
    return found
