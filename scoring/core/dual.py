"""Dual marking: two teams mark one sheet on their own, and the mean of both counts.

The cells of the second team have the seat numbers of its judges plus 100; its group's
seat is 100.  Points that lie further apart than the tolerance are in conflict until one
of the teams has marked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from scoring.core.marking import AspectPoints, AspectState
from scoring.core.rounding import rounded
from scoring.core.scheme import Aspect, DualMarking, MarkKind, SubCriterion

SECOND = 100
FIRST_ONLY = (0,)
BOTH = (0, SECOND)


def group_of(seat: int) -> int:
    """The group's seat of the team in which ``seat`` marks.

    >>> (group_of(3), group_of(101), group_of(100))
    (0, 100, 100)
    """
    return seat - seat % SECOND


def groups_of(sub: SubCriterion, aspect: Aspect) -> tuple[int, ...]:
    """The teams that mark an aspect; an imported value is nobody's judgement."""
    if sub.dual is None or aspect.kind is MarkKind.IMPORTED:
        return FIRST_ONLY
    return BOTH


def team_seats(seats: Iterable[int], group: int) -> list[int]:
    """The seats of one team, in order."""
    return sorted(seat for seat in seats if group_of(seat) == group)


def sheet_seats(
    sub: SubCriterion, panels: dict[str, list[int]], away: dict[str, list[int]]
) -> list[int]:
    """The seats that mark a sheet: its panels without those who stand aside."""
    letters = [sub.panel] if sub.dual is None else [sub.panel, sub.dual.panel]
    return [
        group + number
        for group, letter in zip(BOTH, letters, strict=False)
        for number in panels.get(letter, [])
        if number not in away.get(letter, [])
    ]


def allowed_difference(aspect: Aspect, rule: DualMarking) -> Fraction:
    """How far the two teams' points may lie apart, in points."""
    tolerance = Fraction(rule.tolerance)
    if rule.unit == "percent":
        return Fraction(aspect.maximum) * tolerance / 100
    return tolerance


def merged(
    aspect: Aspect, first: AspectPoints, second: AspectPoints, rule: DualMarking
) -> AspectPoints:
    """What two teams together have earned for an aspect.

    A team in conflict with itself, states that differ and points further apart than the
    rule allows are a conflict; else the mean of the exact points, rounded as stated.
    """
    states = {first.state, second.state}
    if AspectState.CONFLICT in states:
        return AspectPoints(aspect.code, aspect.kind, AspectState.CONFLICT)
    if AspectState.OPEN in states:
        return AspectPoints(aspect.code, aspect.kind, AspectState.OPEN)
    if len(states) > 1:
        return AspectPoints(aspect.code, aspect.kind, AspectState.CONFLICT)
    if states != {AspectState.SCORED}:
        return first
    ours, theirs = _exact(first), _exact(second)
    if abs(ours - theirs) > allowed_difference(aspect, rule):
        return AspectPoints(aspect.code, aspect.kind, AspectState.CONFLICT)
    mean = (ours + theirs) / 2
    seconds = None
    if first.seconds is not None and second.seconds is not None:
        seconds = (first.seconds + second.seconds) / 2
    return AspectPoints(
        aspect.code,
        aspect.kind,
        AspectState.SCORED,
        rounded(mean, rule.places),
        mean,
        seconds,
    )


def _exact(outcome: AspectPoints) -> Fraction:
    return Fraction(0) if outcome.unrounded is None else outcome.unrounded
