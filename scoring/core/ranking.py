"""Turn totals into ranks.

Ranks follow the "1-2-2-4" convention: entries with equal standing share the better rank
and the ranks behind them are skipped.  Absent, unfinished, disqualified, guest and not
yet scored entries have no rank and are listed apart.  Nothing here reads the database
or the clock, so a ranking can be recomputed at any time and must come out the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scoring.core.totals import StandingState

SHARED = "shared"
CHIEF_JUDGE = "chief-judge"


@dataclass(frozen=True, slots=True)
class Standing:
    """A total with its tie-breakers, each better when larger.

    ``entry`` is an opaque id; ``order`` only fixes the sequence inside a shared rank.
    """

    entry: str
    total: Fraction | int
    ties: tuple[Fraction | int, ...] = ()
    state: StandingState = StandingState.RANKED
    order: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A standing with its rank.

    ``is_shared``: another entry has the same rank.  ``is_undecided``: it is shared only
    because the chief judge's decision, or the re-match, is still to come.
    ``decided_by``: total, the 1-based tie-breaker, or ``fallback``, against the next
    entry above; empty for the first.
    """

    standing: Standing
    rank: int
    is_shared: bool = False
    is_undecided: bool = False
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranked entries best first, and those listed apart in order of their states."""

    ranked: tuple[Ranked, ...]
    apart: tuple[Standing, ...]

    @property
    def undecided(self) -> tuple[Ranked, ...]:
        """Entries whose place waits for a decision."""
        return tuple(row for row in self.ranked if row.is_undecided)


def rank(
    standings: Iterable[Standing],
    *,
    fallback: str = SHARED,
    decisions: Mapping[str, int] | None = None,
) -> Ranking:
    """Return the standings best first, each with its rank.

    Two share a rank only when totals and every tie-breaker are equal.  With a fallback
    other than ``shared``, ``decisions`` (entry to place among its equals, 1 is best)
    parts them; entries without one stay together and are marked undecided.

    >>> equal = [Standing("7", Fraction(80), order=7), Standing("3", Fraction(80))]
    >>> found = rank([*equal, Standing("5", Fraction(75))]).ranked
    >>> [(row.standing.entry, row.rank) for row in found]
    [('3', 1), ('7', 1), ('5', 3)]
    """
    every = list(standings)
    decided = {} if fallback == SHARED else dict(decisions or {})
    scored = [item for item in every if item.state is StandingState.RANKED]
    scored.sort(key=lambda item: (_key(item, decided), item.order, item.entry))
    ranked: list[Ranked] = []
    for _, group in groupby(scored, key=lambda item: _key(item, decided)):
        members = list(group)
        shared = len(members) > 1
        above = ranked[-1].standing if ranked else None
        place = len(ranked) + 1
        ranked += [
            Ranked(
                standing=member,
                rank=place,
                is_shared=shared,
                is_undecided=shared and fallback != SHARED,
                decided_by=_decided_by(above, member),
            )
            for member in members
        ]
    apart = [item for item in every if item.state is not StandingState.RANKED]
    words = list(StandingState)
    apart.sort(key=lambda item: (words.index(item.state), item.order, item.entry))
    return Ranking(tuple(ranked), tuple(apart))


def _key(item: Standing, decided: Mapping[str, int]) -> tuple[object, ...]:
    ties = tuple(-value for value in item.ties)
    place = decided.get(item.entry)
    return (-item.total, ties, place is None, place or 0)


def _decided_by(above: Standing | None, item: Standing) -> str:
    if above is None:
        return ""
    if above.total != item.total:
        return "total"
    for number, (left, right) in enumerate(
        zip(above.ties, item.ties, strict=True), start=1
    ):
        if left != right:
            return f"tie-break:{number}"
    return "fallback"
