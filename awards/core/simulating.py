"""What two sets of documents would give to the same people, side by side.

Takes settled decisions and compares them; decides nothing itself.  What is open is never
counted as given: it stands apart with the facts that would settle it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from awards.core.engine import Decision
from awards.core.rulebook import NATIONAL, Rulebook
from awards.core.vocabulary import DecisionState, GrantKind, Status

ZERO = Decimal(0)
Where = tuple[str, str, str]  # release, entry, person


@dataclass(frozen=True, slots=True)
class Gain:
    """One thing that one person would get, or would perhaps get, under a document."""

    release: str
    entry: str
    person: str
    region: str
    document: str
    rule: str
    clause: str
    kind: GrantKind
    value: str
    amount: Decimal | None = None
    missing: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a fact is missing, so that nobody can say yet."""
        return bool(self.missing)

    @property
    def where(self) -> Where:
        """The row of a result it belongs to."""
        return (self.release, self.entry, self.person)


@dataclass(frozen=True, slots=True)
class Row:
    """One person in one result: what both sets give, and what only one of them gives.

    Compared is what a person gets, whichever document gives it.
    """

    where: Where
    region: str
    kept: tuple[Gain, ...]
    gained: tuple[Gain, ...]
    lost: tuple[Gain, ...]
    open_before: int
    open_after: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How many would get something, how much in all, how many cases are open."""

    given: int = 0
    amount: Decimal = ZERO
    open: int = 0

    def plus(self, gain: Gain) -> Figures:
        """These figures with one more gain."""
        if gain.is_open:
            return replace(self, open=self.open + 1)
        amount = self.amount + (gain.amount or ZERO)
        return replace(self, given=self.given + 1, amount=amount)


@dataclass(frozen=True, slots=True)
class Sum:
    """The figures of one region and one kind under either set; "" is unknown."""

    region: str
    kind: GrantKind
    before: Figures
    after: Figures


@dataclass(frozen=True, slots=True)
class Lack:
    """A missing fact with the number of open cases it holds up under either set."""

    fact: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything two sets of documents do to the same results."""

    rows: tuple[Row, ...]
    sums: tuple[Sum, ...]
    lacks: tuple[Lack, ...]

    def by_kind(self) -> list[Sum]:
        """The figures of all regions together, kind by kind."""
        kinds = [kind for kind in GrantKind if any(s.kind is kind for s in self.sums)]
        return [_total("", kind, self.sums) for kind in kinds]

    @property
    def gaining(self) -> int:
        """How many rows the second set would give something new."""
        return sum(bool(row.gained) for row in self.rows)

    @property
    def losing(self) -> int:
        """How many rows would lose something under the second set."""
        return sum(bool(row.lost) for row in self.rows)


def assumed(book: Rulebook, *, anywhere: bool = False) -> Rulebook:
    """A document as if it bound already: a draft in force, whatever its dates.

    With ``anywhere`` its region does not matter either, as if it were issued for whoever
    is looked at.  The years and editions that its rules name go on limiting them.
    """
    document = book.document
    if document.status is Status.CONSULTATION_DRAFT:
        document = replace(
            document,
            status=Status.IN_FORCE,
            in_force_from=None,
            in_force_until=None,
        )
    if anywhere:
        document = replace(document, region=NATIONAL)
    return replace(book, document=document, confirmed=True)


def gains_of(decisions: Iterable[Decision], release: str) -> Iterator[Gain]:
    """The entitled and open ones of settled decisions; who is refused gets nothing."""
    for decision in decisions:
        if decision.would_be is DecisionState.REFUSED:
            continue
        yield Gain(
            release=release,
            entry=decision.skill,
            person=decision.person,
            region=decision.home_region,
            document=decision.document.id,
            rule=decision.rule,
            clause=decision.citation.clause,
            kind=decision.grant.kind,
            value=decision.value,
            amount=decision.worth.amount,
            missing=decision.missing,
        )


def compared(
    before: Iterable[Gain], after: Iterable[Gain], *, area_digits: int = 4
) -> Comparison:
    """Compare what two sets give; regions are summed by ``area_digits`` of their code.

    The order of documents, decisions or people does not matter.
    """
    left, right = list(before), list(after)
    return Comparison(
        rows=tuple(_rows(left, right)),
        sums=tuple(_sums(left, right, area_digits)),
        lacks=tuple(_lacks(left, right)),
    )


def _rows(left: Sequence[Gain], right: Sequence[Gain]) -> Iterator[Row]:
    first, second = _by_row(left), _by_row(right)
    for where in sorted(first.keys() | second.keys()):
        had, has = first.get(where, []), second.get(where, [])
        was, now = _given(had), _given(has)
        lost, gained = _without(was, now), _without(now, was)
        yield Row(
            where=where,
            region=(had or has)[0].region,
            kept=tuple(gain for gain in now if gain not in gained),
            gained=tuple(gained),
            lost=tuple(lost),
            open_before=len(had) - len(was),
            open_after=len(has) - len(now),
        )


def _by_row(gains: Iterable[Gain]) -> dict[Where, list[Gain]]:
    found: dict[Where, list[Gain]] = {}
    for gain in gains:
        found.setdefault(gain.where, []).append(gain)
    return found


def _given(gains: Iterable[Gain]) -> list[Gain]:
    given = (gain for gain in gains if not gain.is_open)
    return sorted(given, key=lambda gain: (gain.kind, gain.value, gain.document))


def _without(gains: Sequence[Gain], others: Sequence[Gain]) -> list[Gain]:
    """Those of ``gains`` that the others do not hold, each counted once for one."""
    left = Counter(_what(gain) for gain in others)
    found = []
    for gain in gains:
        if left[_what(gain)]:
            left[_what(gain)] -= 1
        else:
            found.append(gain)
    return found


def _what(gain: Gain) -> tuple[GrantKind, str, Decimal | None]:
    return (gain.kind, gain.value, gain.amount)


def _sums(left: Sequence[Gain], right: Sequence[Gain], digits: int) -> list[Sum]:
    found: dict[tuple[str, GrantKind], tuple[Figures, Figures]] = {}
    for side, gains in enumerate((left, right)):
        for gain in gains:
            key = (area_of(gain.region, digits), gain.kind)
            before, after = found.get(key, (Figures(), Figures()))
            if side:
                found[key] = (before, after.plus(gain))
            else:
                found[key] = (before.plus(gain), after)
    kinds = list(GrantKind)
    ordered = sorted(found, key=lambda key: (key[0], kinds.index(key[1])))
    return [Sum(region, kind, *found[region, kind]) for region, kind in ordered]


def area_of(region: str, digits: int) -> str:
    """The area a region is counted under: its first digits, zeros behind them.

    >>> area_of("510107", 4), area_of("510107", 2), area_of("", 4)
    ('510100', '510000', '')
    """
    return region[:digits].ljust(6, "0") if region else ""


def _total(region: str, kind: GrantKind, sums: Iterable[Sum]) -> Sum:
    before, after = Figures(), Figures()
    for part in sums:
        if part.kind is kind:
            before, after = _both(before, part.before), _both(after, part.after)
    return Sum(region, kind, before, after)


def _both(one: Figures, other: Figures) -> Figures:
    return Figures(
        one.given + other.given, one.amount + other.amount, one.open + other.open
    )


def _lacks(left: Sequence[Gain], right: Sequence[Gain]) -> list[Lack]:
    before, after = _missing(left), _missing(right)
    facts = sorted(
        before.keys() | after.keys(),
        key=lambda fact: (-(before[fact] + after[fact]), fact),
    )
    return [Lack(fact, before[fact], after[fact]) for fact in facts]


def _missing(gains: Iterable[Gain]) -> Counter[str]:
    """Facts by open case; a gap is named with its document."""
    return Counter(
        f"{gain.document}:{fact}" if fact.startswith("gap:") else fact
        for gain in gains
        for fact in gain.missing
    )
