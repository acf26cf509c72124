"""Aspects to sub-criteria to criteria to the total, with every rounding stage stated.

Each stage keeps the value before its own rounding, for the audit page.  A criterion's
points, never below 0, are rounded before its weight is applied; the weighted parts are added exactly and
only the total is rounded: 88.5 and 91.25 at 30/70 are 90.425, so 90.43.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.core.marking import AspectPoints, AspectState
from scoring.core.rounding import rounded
from scoring.core.scheme import Criterion, MarkKind, Rounding, Scheme, SubCriterion


class StandingState(StrEnum):
    """Where an entry stands as a whole; only RANKED entries have a place."""

    RANKED = "ranked"
    NOT_SCORED = "not-scored"
    UNFINISHED = "unfinished"
    ABSENT = "absent"
    DISQUALIFIED = "disqualified"
    GUEST = "guest"  # 不计名次: has points, takes no place


# The gravest word about any part decides about the whole.
_GRAVITY = (
    (AspectState.DISQUALIFIED, StandingState.DISQUALIFIED),
    (AspectState.UNFINISHED, StandingState.UNFINISHED),
    (AspectState.ABSENT, StandingState.ABSENT),
)


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the chief judge takes for a breach: points, or percent of what was earned."""

    value: Decimal
    is_percent: bool = False

    def amount(self, earned: Fraction) -> Fraction:
        """The points taken from an entry that has earned so much."""
        value = Fraction(self.value)
        return earned * value / 100 if self.is_percent else value


@dataclass(frozen=True, slots=True)
class SubTotal:
    """A sub-criterion of one entry: points so far and how far marking has come."""

    code: str
    points: Fraction = Fraction(0)
    unrounded: Fraction = Fraction(0)
    aspects: int = 0
    settled: int = 0
    conflicts: int = 0
    states: frozenset[AspectState] = frozenset()
    by_kind: tuple[tuple[MarkKind, Fraction], ...] = ()
    seconds: Fraction | None = None  # time used; none while a time is missing

    @property
    def is_complete(self) -> bool:
        """Every aspect has its points or an explicit state."""
        return self.settled == self.aspects


@dataclass(frozen=True, slots=True)
class CriterionTotal:
    """A criterion: ``points`` after its rounding, ``weighted`` after its weight."""

    letter: str
    points: Fraction
    unrounded: Fraction
    weighted: Fraction
    is_complete: bool


@dataclass(frozen=True, slots=True)
class EntryTotal:
    """An entry's total; ``points`` after penalties and rounding, never below 0."""

    points: Fraction
    unrounded: Fraction
    state: StandingState
    is_complete: bool
    aspects: int = 0
    settled: int = 0
    penalties: Fraction = Fraction(0)
    criteria: tuple[CriterionTotal, ...] = ()
    subs: tuple[SubTotal, ...] = ()
    seconds: Fraction | None = None


def sub_total(
    sub: SubCriterion, outcomes: Mapping[str, AspectPoints], *, rounding: Rounding
) -> SubTotal:
    """Add the aspects of one sheet; an aspect missing from ``outcomes`` is open.

    The sum counts only settled aspects, so it is the points *so far* until
    ``is_complete``.
    """
    found = [outcomes[a.code] for a in sub.aspects if a.code in outcomes]
    settled = [outcome for outcome in found if outcome.is_settled]
    kinds: dict[MarkKind, Fraction] = {}
    for outcome in settled:
        points = outcome.points or Fraction(0)
        kinds[outcome.kind] = kinds.get(outcome.kind, Fraction(0)) + points
    unrounded = sum(kinds.values(), Fraction(0))
    return SubTotal(
        code=sub.code,
        points=rounded(unrounded, rounding.sub_criterion),
        unrounded=unrounded,
        aspects=len(sub.aspects),
        settled=len(settled),
        conflicts=sum(o.state is AspectState.CONFLICT for o in found),
        states=frozenset(outcome.state for outcome in settled),
        by_kind=tuple(sorted(kinds.items())),
        seconds=_seconds(
            [
                outcomes[aspect.code].seconds if aspect.code in outcomes else None
                for aspect in sub.aspects
                if aspect.kind is MarkKind.TIME
            ]
        ),
    )


def _seconds(times: Sequence[Fraction | None]) -> Fraction | None:
    """The sum of all times; none where there is no time, or one is missing."""
    known = [time for time in times if time is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(times) else None


def entry_total(
    scheme: Scheme,
    subs: Mapping[str, SubTotal],
    *,
    penalties: Iterable[Penalty] = (),
) -> EntryTotal:
    """Add an entry's sub-criteria; one missing from ``subs`` is not scored yet.

    ``penalties`` are taken from the weighted sum; the total is never below 0.
    """
    criteria = tuple(
        _criterion_total(criterion, subs, scheme.rounding)
        for criterion in scheme.criteria
    )
    ordered = tuple(
        subs.get(sub.code, SubTotal(sub.code, aspects=len(sub.aspects)))
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
    )
    earned = sum((criterion.weighted for criterion in criteria), Fraction(0))
    deducted = sum((penalty.amount(earned) for penalty in penalties), Fraction(0))
    timed = [
        sub.code
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
        if any(aspect.kind is MarkKind.TIME for aspect in sub.aspects)
    ]
    unrounded = max(earned - deducted, Fraction(0))
    return EntryTotal(
        points=rounded(unrounded, scheme.rounding.total),
        unrounded=unrounded,
        state=standing_state(ordered),
        is_complete=all(sub.is_complete for sub in ordered),
        aspects=sum(sub.aspects for sub in ordered),
        settled=sum(sub.settled for sub in ordered),
        penalties=deducted,
        criteria=criteria,
        subs=ordered,
        seconds=_seconds([s.seconds for s in ordered if s.code in timed]),
    )


def standing_state(subs: Sequence[SubTotal]) -> StandingState:
    """Disqualified outweighs unfinished, which outweighs absent; else once scored."""
    states = frozenset().union(*(sub.states for sub in subs))
    for part, whole in _GRAVITY:
        if part in states:
            return whole
    return StandingState.RANKED if states else StandingState.NOT_SCORED


def tie_values(scheme: Scheme, total: EntryTotal) -> tuple[Fraction, ...]:
    """The values the scheme's tie-break list compares, each better when larger.

    A shorter time is better, so it is negated; an entry without a time comes last.
    """
    criteria = {criterion.letter: criterion.points for criterion in total.criteria}
    subs = {sub.code: sub.points for sub in total.subs}
    kinds: dict[str, Fraction] = {}
    for sub in total.subs:
        for kind, points in sub.by_kind:
            kinds[kind.value] = kinds.get(kind.value, Fraction(0)) + points
    slowest = -(Fraction(10) ** 9)
    found = []
    for tie in scheme.ties:
        family, _, name = tie.partition(":")
        if family == "time":
            found.append(slowest if total.seconds is None else -total.seconds)
        else:
            table = {"criterion": criteria, "sub": subs, "kind": kinds}[family]
            found.append(table.get(name, Fraction(0)))
    return tuple(found)


def _criterion_total(
    criterion: Criterion, subs: Mapping[str, SubTotal], rounding: Rounding
) -> CriterionTotal:
    found = [
        subs.get(sub.code, SubTotal(sub.code, aspects=len(sub.aspects)))
        for sub in criterion.sub_criteria
    ]
    unrounded = sum((sub.points for sub in found), Fraction(0))
    points = rounded(max(unrounded, Fraction(0)), rounding.criterion)
    weight = Fraction(1) if criterion.weight is None else Fraction(criterion.weight)
    return CriterionTotal(
        letter=criterion.letter,
        points=points,
        unrounded=unrounded,
        weighted=points * weight,
        is_complete=all(sub.is_complete for sub in found),
    )
