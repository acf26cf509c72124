"""How far a document's targets are reached, in exact numbers.

A share is a fraction of two figures of the same year; where one of them is not known,
there is no share.  Figures of different names are never put in each other's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from awards.core.parsing_parts import EVERY_YEAR, years_of
from awards.core.quotas import Limit
from awards.core.rulebook import Rulebook, Target

SKILLED, HIGHLY_SKILLED = "技能人才", "高技能人才"
# What stands above the line of a share, by the indicator's name.
NUMERATORS = {"技能人才占比": SKILLED, "高技能人才占比": HIGHLY_SKILLED}
NEAR = Fraction(9, 10)  # from here on a number of titles is nearly used up


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure somebody has entered: what, of which year, from which paper."""

    name: str
    year: int
    value: int
    document: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a target; ``reached`` None where a figure is missing."""

    year: int
    numerator: int | None
    denominator: int | None
    reached: Fraction | None
    sources: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A target with its years; ``missing`` are the names of figures of its year."""

    target: Target
    years: tuple[Year, ...]
    missing: tuple[str, ...]

    @property
    def latest(self) -> Year | None:
        """The last year, up to the target's, of which everything is known."""
        known = (
            year
            for year in reversed(self.years)
            if year.reached is not None and year.year <= self.target.year
        )
        return next(known, None)

    @property
    def is_met(self) -> bool | None:
        """Whether the latest year reaches the target; None where nothing is known."""
        latest = self.latest
        if latest is None or latest.reached is None:
            return None
        return latest.reached >= self.target.value


def names_of(target: Target) -> tuple[str, ...]:
    """The figures a target is made of: what is counted, and what it is a share of."""
    counted = NUMERATORS.get(target.indicator, target.indicator)
    return (counted, target.denominator) if target.unit == "share" else (counted,)


def progress_of(target: Target, figures: Iterable[Stated]) -> Progress:
    """The years of a target, from the figures entered and from nothing else.

    >>> high = Target(
    ...     "T", None, "高技能人才占比", Fraction(1, 3), "share", 2025, "技能人才"
    ... )
    >>> rows = [
    ...     Stated(n, 2025, v, "", "") for n, v in (("高技能人才", 1), ("技能人才", 3))
    ... ]
    >>> progress_of(high, rows).is_met
    True
    """
    names = names_of(target)
    found = {(row.name, row.year): row for row in figures if row.name in names}
    years = sorted({year for _name, year in found})
    lines = tuple(_year(names, year, found) for year in years)
    missing = tuple(name for name in names if (name, target.year) not in found)
    return Progress(target, lines, missing)


def _year(
    names: tuple[str, ...], year: int, found: Mapping[tuple[str, int], Stated]
) -> Year:
    rows = [found.get((name, year)) for name in names]
    values = [None if row is None else row.value for row in rows]
    above, below = values[0], (values[1] if len(values) > 1 else 1)
    known = above is not None and below
    reached = Fraction(above, below) if known and above is not None and below else None
    sources = tuple(row for row in rows if row is not None)
    return Year(year, above, values[1] if len(values) > 1 else None, reached, sources)


@dataclass(frozen=True, slots=True)
class Counter:
    """A number of titles with how many are used; ``years`` as the document bounds them."""

    limit: Limit
    years: tuple[int, int]
    used: int

    @property
    def left(self) -> int:
        """How many are left; below zero when more were given than there are."""
        return self.limit.number - self.used

    @property
    def warning(self) -> str:
        """``over``, ``full``, ``near`` or nothing."""
        if self.left < 0:
            return "over"
        if self.left == 0:
            return "full"
        return "near" if Fraction(self.used, self.limit.number) >= NEAR else ""


def counter_of(
    limit: Limit, given: Iterable[tuple[str, str, date]], on: date
) -> Counter:
    """Count the titles of a limit in the period that ``on`` lies in.

    ``given`` are person, title and day; one person counts once.
    """
    years = limit.years or (on.year, on.year)
    first, last = years
    people = {
        person
        for person, title, day in given
        if title == limit.value and first <= day.year <= last and day <= on
    }
    return Counter(limit, years, len(people))


def period_of(title: str, books: Iterable[Rulebook]) -> tuple[int, int] | None:
    """The years in which a title's number runs, from the catalogue; None without one."""
    for book in books:
        for row in book.titles:
            if row.name == title and row.period and row.period != EVERY_YEAR:
                return years_of(row.period)
    return None
