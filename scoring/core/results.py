"""From the sheets of a skill's entries to standings, places and awards, in one pass.

The same function serves the running board, the stored results and their rebuilding from
the ledger: what it is given differs, what it does with it does not.  Sub-totals enter
in their stored form (millionths), so that all three agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache

from scoring.core.marking import AspectState
from scoring.core.medals import place as place_by_edition
from scoring.core.prizes import (
    PRESETS,
    WORLDSKILLS_RULES,
    PrizeStep,
    allot_medals,
    allot_prizes,
    last_unshared,
)
from scoring.core.ranking import CHIEF_JUDGE, SHARED, Standing, rank
from scoring.core.rounding import SCALE, to_scaled
from scoring.core.scale import scale_500, scale_700
from scoring.core.scheme import MarkKind, Scheme
from scoring.core.totals import (
    EntryTotal,
    Penalty,
    StandingState,
    SubTotal,
    entry_total,
    tie_values,
)

COMPETED = (
    StandingState.RANKED,
    StandingState.UNFINISHED,
    StandingState.DISQUALIFIED,
)


@dataclass(frozen=True, slots=True)
class StoredSub:
    """A sub-total as it is stored: millionths, words and counts only."""

    code: str
    points: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    states: tuple[str, ...] = ()
    aspects: int = 0
    settled: int = 0
    conflicts: int = 0
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class EntrySheets:
    """An entry with its sub-totals.  ``away`` is what attendance says, if not present.

    ``public`` names the sub-criteria whose sheets count in public by now.
    """

    entry: str
    order: int = 0
    is_guest: bool = False
    away: StandingState | None = None
    subs: Mapping[str, StoredSub] = field(default_factory=dict)
    public: frozenset[str] = frozenset()
    penalties: tuple[Penalty, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What turns points into awards: a document's scale, or the scheme's preset."""

    steps: tuple[PrizeStep, ...] | None = None
    minimum_field: int = 0
    decisions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tally:
    """An entry's total and tie-breakers as stored, before places are given."""

    entry: str
    points: int = 0
    ties: tuple[int, ...] = ()
    state: StandingState = StandingState.NOT_SCORED
    order: int = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """Where one entry stands among the others, and what it wins if it stays so."""

    place: int | None = None
    is_shared: bool = False
    is_undecided: bool = False
    scale_score: int | None = None
    award: str = ""


def stored(sub: SubTotal) -> StoredSub:
    """The form in which a sub-total is stored and compared."""
    return StoredSub(
        code=sub.code,
        points=to_scaled(sub.points),
        kinds=tuple((kind.value, to_scaled(points)) for kind, points in sub.by_kind),
        states=tuple(sorted(state.value for state in sub.states)),
        aspects=sub.aspects,
        settled=sub.settled,
        conflicts=sub.conflicts,
        seconds=None if sub.seconds is None else to_scaled(sub.seconds),
    )


def tally(
    scheme: Scheme, entry: EntrySheets, *, public: bool = False
) -> tuple[EntryTotal, Tally]:
    """Add up one entry; with ``public`` only sheets that count in public by now."""
    subs = {
        code: _sub_total(sub)
        for code, sub in entry.subs.items()
        if not public or code in entry.public
    }
    total = entry_total(scheme, subs, penalties=entry.penalties)
    state = entry.away or total.state
    if entry.is_guest and state is StandingState.RANKED:
        state = StandingState.GUEST
    ties = tuple(to_scaled(value) for value in tie_values(scheme, total))
    return total, Tally(entry.entry, to_scaled(total.points), ties, state, entry.order)


def placings(
    scheme: Scheme, tallies: Sequence[Tally], *, decisions: Mapping[str, int]
) -> dict[str, Placing]:
    """Return the place of every entry, in the order given; no awards yet.

    Under a rule without shared medal places, equal entries there wait for the chief
    judge even where the scheme's fallback lets them share.
    """
    unshared = last_unshared(
        scheme.medal_rule, field_size([row.state for row in tallies])
    )
    fallback = scheme.fallback
    if unshared and fallback == SHARED:
        fallback = CHIEF_JUDGE
    ranking = rank(
        [
            Standing(
                row.entry,
                row.points,
                row.ties,
                row.state,
                row.order,
            )
            for row in tallies
        ],
        fallback=fallback,
        decisions=decisions,
    )
    found = {
        row.standing.entry: Placing(
            row.rank,
            row.is_shared,
            row.is_undecided and (scheme.fallback != SHARED or row.rank <= unshared),
        )
        for row in ranking.ranked
    }
    return {row.entry: found.get(row.entry, Placing()) for row in tallies}


def awarded(
    scheme: Scheme, tallies: Sequence[Tally], rules: Rules
) -> dict[str, Placing]:
    """Return places with scale scores and awards, in the order given."""
    placed = placings(scheme, tallies, decisions=rules.decisions)
    ranked = [row for row in tallies if placed[row.entry].place is not None]
    scores = _scale_scores(scheme, [Fraction(row.points, SCALE) for row in ranked])
    places = _places(scheme, [placed[row.entry].place or 0 for row in ranked], scores)
    field = field_size([row.state for row in tallies])
    awards = _awards(scheme, places, scores, rules, field)
    won = {
        row.entry: replace(
            placed[row.entry],
            place=place,
            is_shared=places.count(place) > 1,
            scale_score=score,
            award=award,
        )
        for row, place, score, award in zip(ranked, places, scores, awards, strict=True)
    }
    return {entry: won.get(entry, placing) for entry, placing in placed.items()}


def field_size(states: Sequence[StandingState]) -> int:
    """How many really competed: absent, guest and not yet scored ones did not."""
    return sum(state in COMPETED for state in states)


@lru_cache(4096)  # one mark touches one sheet of an entry that has dozens
def _sub_total(sub: StoredSub) -> SubTotal:
    return SubTotal(
        code=sub.code,
        points=Fraction(sub.points, SCALE),
        unrounded=Fraction(sub.points, SCALE),
        aspects=sub.aspects,
        settled=sub.settled,
        conflicts=sub.conflicts,
        states=frozenset(AspectState(word) for word in sub.states),
        by_kind=tuple(
            (MarkKind(k), Fraction(points, SCALE)) for k, points in sub.kinds
        ),
        seconds=None if sub.seconds is None else Fraction(sub.seconds, SCALE),
    )


def overridden(placing: Placing, values: Mapping[str, str | None]) -> Placing:
    """Return the placing with the recorded overrides of ``place`` and ``award``.

    An override of None leaves what was calculated.
    """
    place, award = values.get("place"), values.get("award")
    if place is not None:
        placing = replace(placing, place=int(place), is_undecided=False)
    return placing if award is None else replace(placing, award=award)


def _places(
    scheme: Scheme, places: Sequence[int], scores: Sequence[int | None]
) -> Sequence[int]:
    """WorldSkills positions are numbered from scale scores, as in their edition."""
    edition = WORLDSKILLS_RULES.get(scheme.medal_rule)
    if edition is None:
        return places
    placed = place_by_edition([score or 0 for score in scores], edition)
    return [row.position for row in placed]


def _scale_scores(scheme: Scheme, totals: Sequence[Fraction]) -> Sequence[int | None]:
    edition = WORLDSKILLS_RULES.get(scheme.medal_rule)
    if edition is None:
        return [None] * len(totals)
    return (scale_500 if edition.threshold == 500 else scale_700)(totals).scores


def _awards(
    scheme: Scheme,
    places: Sequence[int],
    scores: Sequence[int | None],
    rules: Rules,
    competed: int,
) -> tuple[str, ...]:
    edition = WORLDSKILLS_RULES.get(scheme.medal_rule)
    if rules.steps is None and edition is not None:
        if competed < rules.minimum_field:
            return ("",) * len(places)
        return allot_medals([score or 0 for score in scores], edition).awards
    steps = PRESETS.get(scheme.medal_rule, ()) if rules.steps is None else rules.steps
    return allot_prizes(
        places, steps, field=competed, minimum=rules.minimum_field
    ).awards
