"""Whether judges mark those near to them otherwise: permutation tests.

Which competitors are the judge's own is drawn anew, over and over; how often chance
alone gives as large an effect is the probability shown.  It proves nothing about anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import comb
from random import Random

from scoring.statistics.cells import Residual, Why, by_entry
from scoring.statistics.numbers import TINY, ZERO, adjusted, correlation

DRAWS = 10_000
FEW_COMPETITORS = 10  # with fewer the test is never made
CHANCE = Decimal("0.05")
NOTABLE = Decimal("0.05")  # of the range: smaller effects are not pointed at


@dataclass(frozen=True, slots=True)
class Sums:
    """A judge's residuals summed: of each entry with their number, and of all."""

    entries: Mapping[int, tuple[Decimal, int]]
    total: Decimal
    count: int

    def beyond(self, chosen: Sequence[int]) -> Decimal:
        """The mean residual of the chosen entries less that of the others."""
        inside, marks = ZERO, 0
        for entry in chosen:
            part, count = self.entries[entry]
            inside += part
            marks += count
        return inside / marks - (self.total - inside) / (self.count - marks)

    def mean(self, entry: int) -> Decimal:
        """The mean residual of one entry."""
        total, count = self.entries[entry]
        return total / count


@dataclass(frozen=True, slots=True)
class Effect:
    """What a judge gave the own competitors beyond what the panel gave them."""

    effect: Decimal
    chance: Decimal  # adjusted over the judges
    own: int
    others: int
    is_exact: bool  # every choice was looked at, not a sample of them

    @property
    def is_flagged(self) -> bool:
        """Notable in favour of the own, and more than chance."""
        return self.effect > NOTABLE and self.chance < CHANCE


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two judges and what each gave the competitors of the other."""

    one: int
    other: int
    given: Decimal  # by one to the competitors of the other
    returned: Decimal
    together: Decimal | None  # correlation of their residuals on these competitors
    chance: Decimal  # adjusted over the pairs

    @property
    def is_flagged(self) -> bool:
        """Both notable, and more than chance."""
        return min(self.given, self.returned) > NOTABLE and self.chance < CHANCE


def own_effects(
    judges: Mapping[int, Sequence[Residual]],
    own: Mapping[int, frozenset[int]],
    *,
    seed: str,
) -> dict[int, Effect | Why]:
    """The effect of each judge's own competitors, one-sided: in their favour."""
    found: dict[int, Effect | Why] = {}
    for judge, rows in judges.items():
        chance = Random(f"{seed} {judge}")  # noqa: S311 - repeatable, no secret
        found[judge] = _effect(sums_of(rows), own.get(judge, frozenset()), chance)
    known = {k: each for k, each in found.items() if isinstance(each, Effect)}
    chances = adjusted([each.chance for each in known.values()])
    after = {
        judge: replace(each, chance=q)
        for (judge, each), q in zip(known.items(), chances, strict=True)
    }
    return found | after


def exchanges(
    judges: Mapping[int, Sequence[Residual]],
    own: Mapping[int, frozenset[int]],
    *,
    seed: str,
) -> list[Exchange]:
    """Every two judges who marked each other's competitors, the rarest first."""
    sums = {judge: sums_of(rows) for judge, rows in judges.items()}
    found = []
    for one, other in combinations(sums, 2):
        chance = Random(f"{seed} {one} {other}")  # noqa: S311 - repeatable
        theirs = own.get(other, frozenset()) - own.get(one, frozenset())
        ours = own.get(one, frozenset()) - own.get(other, frozenset())
        made = _exchange(sums[one], sums[other], theirs, ours, chance)
        if made is not None:
            found.append(replace(made, one=one, other=other))
    chances = adjusted([each.chance for each in found])
    found = [replace(x, chance=q) for x, q in zip(found, chances, strict=True)]
    return sorted(found, key=lambda each: (each.chance, each.one, each.other))


def sums_of(rows: Sequence[Residual]) -> Sums:
    """A judge's residuals, summed."""
    entries = {
        entry: (sum(values, ZERO), len(values))
        for entry, values in by_entry(rows).items()
    }
    return Sums(entries, sum((row.value for row in rows), ZERO), len(rows))


def _effect(sums: Sums, own: frozenset[int], chance: Random) -> Effect | Why:
    mine = sorted(own & sums.entries.keys())
    entries = sorted(sums.entries)
    if len(entries) < FEW_COMPETITORS:
        return Why.FEW_ENTRIES
    if not mine:
        return Why.NO_OWN
    if len(mine) == len(entries):
        return Why.ALL_OWN
    observed = sums.beyond(mine)
    is_exact = comb(len(entries), len(mine)) <= DRAWS
    at_least = drawn = 0
    for chosen in _choices(entries, len(mine), chance, is_exact=is_exact):
        drawn += 1
        at_least += sums.beyond(chosen) >= observed - TINY
    # A sample counts what was observed among its draws, so that it is never nought.
    extra = 0 if is_exact else 1
    rarity = Decimal(at_least + extra) / (drawn + extra)
    return Effect(observed, rarity, len(mine), len(entries) - len(mine), is_exact)


def _choices(
    entries: Sequence[int], count: int, chance: Random, *, is_exact: bool
) -> Iterator[Sequence[int]]:
    if is_exact:
        yield from combinations(entries, count)
        return
    for _draw in range(DRAWS):
        yield chance.sample(entries, count)


def _exchange(
    one: Sums,
    other: Sums,
    theirs: frozenset[int],
    ours: frozenset[int],
    chance: Random,
) -> Exchange | None:
    """``theirs`` are the competitors of the other judge, ``ours`` those of the one."""
    left, right = sorted(one.entries), sorted(other.entries)
    given, returned = sorted(theirs & set(left)), sorted(ours & set(right))
    if min(len(left), len(right)) < FEW_COMPETITORS or not given or not returned:
        return None
    if len(given) == len(left) or len(returned) == len(right):
        return None
    first, second = one.beyond(given), other.beyond(returned)
    observed = min(first, second)
    at_least = DRAWS
    if observed > ZERO:  # else it is nothing to look at
        at_least = 0
        for _draw in range(DRAWS):
            if one.beyond(chance.sample(left, len(given))) >= observed - TINY:
                drawn = chance.sample(right, len(returned))
                at_least += other.beyond(drawn) >= observed - TINY
    both = sorted((set(given) | set(returned)) & set(left) & set(right))
    together = correlation(
        [one.mean(entry) for entry in both], [other.mean(entry) for entry in both]
    )
    rarity = Decimal(at_least + 1) / (DRAWS + 1)
    return Exchange(0, 0, first, second, together, rarity)
