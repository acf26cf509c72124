"""How many of a title may be given: the limits of documents, and what is left of them.

A limit of the title catalogue counts whichever document names the title; a limit set by
a constraint counts the names put forward under that document only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from awards.core.engine import Decision
from awards.core.parsing_parts import EVERY_YEAR, years_of
from awards.core.rulebook import Rulebook
from awards.core.scoping import region_covers
from awards.core.vocabulary import DecisionState, Status

CITY = 4  # digits of a region code that name a city


@dataclass(frozen=True, slots=True)
class Limit:
    """A title with its number; ``years`` None is every year for itself.

    ``rulebook`` "" counts the title under every document; ``per_city`` counts the home
    cities apart.
    """

    value: str
    number: int
    rulebook: str = ""
    years: tuple[int, int] | None = None
    per_city: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A title somebody has already, or that is proposed for them elsewhere."""

    person: str
    value: str
    on: date
    home_region: str = ""
    rulebook: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of a title are left; "" and zero do not narrow it.

    ``number`` is the whole of it, as the document sets it.
    """

    rulebook: str
    value: str
    left: int
    number: int = 0
    years: tuple[int, int] = (0, 0)
    area: str = ""

    def counts(self, decision: Decision) -> bool:
        """Whether a decision would use up one of them."""
        first, last = self.years
        return (
            decision.state is DecisionState.ENTITLED
            and decision.value == self.value
            and self.rulebook in ("", decision.document.id)
            and (not last or first <= decision.on.year <= last)
            and (not self.area or region_covers(self.area, decision.home_region))
        )


def limits_of(rulebooks: Iterable[Rulebook]) -> list[Limit]:
    """The limits of documents that bind, in a fixed order."""
    limits = []
    for book in rulebooks:
        if book.is_preview or book.document.status is Status.REPEALED:
            continue
        limits += [
            Limit(title.name, title.quota, years=_years(title.period))
            for title in book.titles
            if title.quota is not None
        ]
        for constraint in book.constraints:
            if constraint.kind != "quota" or constraint.limit is None:
                continue
            city = constraint.per == "city"
            limits += [
                Limit(title, constraint.limit, book.document.id, per_city=city)
                for title in constraint.titles
            ]
    return sorted(limits, key=lambda limit: (limit.value, limit.rulebook, limit.number))


def _years(period: str) -> tuple[int, int] | None:
    return None if period == EVERY_YEAR else years_of(period)


def quotas_left(
    limits: Iterable[Limit], decisions: Sequence[Decision], given: Iterable[Given]
) -> list[Quota]:
    """What is left of each limit that ``decisions`` would use, after what is given.

    One person counts once for one title, however often it is recorded.
    """
    past = tuple(given)
    named: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.state is DecisionState.ENTITLED:
            named.setdefault(decision.value, []).append(decision)
    quotas = []
    for limit in limits:
        using = named.get(limit.value, ())
        for years, area in sorted({_part(limit, decision) for decision in using}):
            open_ = Quota(limit.rulebook, limit.value, 0, limit.number, years, area)
            if not any(open_.counts(decision) for decision in using):
                continue
            used = {row.person for row in past if _uses(open_, row)}
            left = limit.number - len(used)
            quotas.append(
                Quota(limit.rulebook, limit.value, left, limit.number, years, area)
            )
    return quotas


def _part(limit: Limit, decision: Decision) -> tuple[tuple[int, int], str]:
    """The part of a limit that a decision falls into: its years and its area."""
    year = decision.on.year
    years = limit.years if limit.years is not None else (year, year)
    city = decision.home_region[:CITY] + "00" if decision.home_region else ""
    return years, city if limit.per_city else ""


def _uses(quota: Quota, row: Given) -> bool:
    first, last = quota.years
    return (
        row.value == quota.value
        and quota.rulebook in ("", row.rulebook)
        and (not last or first <= row.on.year <= last)
        and (not quota.area or region_covers(quota.area, row.home_region))
    )
