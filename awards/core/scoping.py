"""Which rules are in question for a competition on a day, found once for many cases.

A rule of another region, tier, date or edition is out of scope: it is never evaluated
and costs nothing per case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from awards.core.facts import Setting
from awards.core.rulebook import (
    NATIONAL,
    Constraint,
    Document,
    Grant,
    Prize,
    Rule,
    Rulebook,
    Scope,
)
from awards.core.vocabulary import GrantKind, Status, Trigger


@dataclass(frozen=True, slots=True)
class Acting:
    """A constraint in question, with the document it stands in."""

    constraint: Constraint
    book: Rulebook


@dataclass(frozen=True, slots=True)
class BookInQuestion:
    """A document with those of its rules in question, and the constraints on them.

    The grants of the rules carry the limits the document sets elsewhere.  Constraints
    of other documents are among them where they reach the whole event.
    """

    book: Rulebook
    rules: Mapping[Trigger, tuple[Rule, ...]]
    constraints: tuple[Acting, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """Everything in question for one setting on one day."""

    on: date
    books: tuple[BookInQuestion, ...]
    prizes: tuple[Prize, ...]


def questions_of(
    rulebooks: Iterable[Rulebook], setting: Setting, on: date
) -> Questions:
    """Find what is in question for competitions of ``setting`` on ``on``.

    Documents and rules come out in the order of decisions, whatever order they go in.
    """
    near = sorted(
        (book for book in rulebooks if _may_concern(book, setting, on)),
        key=lambda book: book.document.id,
    )
    bound = {id(book): constraints_of(book, setting, on) for book in near}
    wide = [
        Acting(constraint, book)
        for book in near
        for constraint in bound[id(book)]
        if constraint.reach == "event" and not book.is_preview
    ]
    books, prizes = [], []
    for book in near:
        document = book.document
        own = [Acting(constraint, book) for constraint in bound[id(book)]]
        rules = [
            _limited(rule, book, bound[id(book)])
            for rule in sorted(book.rules, key=lambda rule: rule.id)
            if in_scope(rule.scope, document, setting, on)
        ]
        if rules:
            acting = (*own, *(other for other in wide if other.book is not book))
            books.append(BookInQuestion(book, _by_trigger(rules), acting))
        prizes += [p for p in book.prizes if in_scope(p.scope, document, setting, on)]
    prizes.sort(key=lambda prize: prize.id)
    return Questions(on, tuple(books), tuple(prizes))


def _may_concern(book: Rulebook, setting: Setting, on: date) -> bool:
    """Whether a document can have anything to say: standing, day and region."""
    document = book.document
    if document.status is Status.REPEALED or not document.is_in_force(on):
        return False
    regions = (setting.region, setting.home_region)
    return any(region_covers(document.region, region) for region in regions)


def _by_trigger(rules: Sequence[Rule]) -> dict[Trigger, tuple[Rule, ...]]:
    found: dict[Trigger, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.trigger, []).append(rule)
    return {trigger: tuple(some) for trigger, some in found.items()}


class Index:
    """Documents by the region they hold in, those out of force on a day left out.

    A competition asks only the documents of its own regions, however many there are.
    """

    __slots__ = ("_by_region",)

    def __init__(self, rulebooks: Iterable[Rulebook], on: date) -> None:
        self._by_region: dict[str, list[Rulebook]] = {}
        for book in rulebooks:
            document = book.document
            if document.status is not Status.REPEALED and document.is_in_force(on):
                self._by_region.setdefault(document.region, []).append(book)

    def near(self, setting: Setting) -> list[Rulebook]:
        """The documents of the regions a competition or its people lie in."""
        codes = dict.fromkeys(
            code
            for region in (setting.region, setting.home_region)
            for code in (NATIONAL, region[:2] + "0000", region[:4] + "00", region)
        )
        return [book for code in codes for book in self._by_region.get(code, ())]


def constraints_of(
    book: Rulebook, setting: Setting, on: date
) -> tuple[Constraint, ...]:
    """The constraints of a document that are in question."""
    return tuple(
        constraint
        for constraint in book.constraints
        if in_scope(constraint.scope, book.document, setting, on)
    )


def in_scope(scope: Scope, document: Document, setting: Setting, on: date) -> bool:
    """Whether a rule is in question for such a competition on that day."""
    if document.status is Status.REPEALED or not document.is_in_force(on):
        return False
    home = scope.region_of == "person"
    region = setting.home_region if home else setting.region
    return (
        region_covers(document.region, region)
        and (not scope.tier or setting.tier in scope.tier)
        and _one_of(scope.competition_class, setting.competition_class)
        and _one_of(scope.kind, setting.kind)
        and _one_of(scope.competition, setting.competition)
        and (not scope.years or setting.year in scope.years)
        and (
            not scope.named
            or any(part in setting.competition_name for part in scope.named)
        )
    )


def _one_of(asked: Sequence[str], found: str) -> bool:
    return not asked or found in asked


def region_covers(area: str, region: str) -> bool:
    """Whether ``region`` lies in ``area``; a national document covers everything.

    >>> region_covers("510000", "510107"), region_covers("510000", "500000")
    (True, False)
    """
    if area == NATIONAL:
        return True
    prefix = area
    while prefix.endswith("00"):
        prefix = prefix[:-2]
    return bool(region) and region.startswith(prefix)


def _limited(rule: Rule, book: Rulebook, constraints: Iterable[Constraint]) -> Rule:
    yearly = any(c.kind == "one-promotion-per-year" for c in constraints)
    once = {title.name for title in book.titles if title.once}
    grants = tuple(_with_limits(grant, once, yearly) for grant in rule.grants)
    return replace(rule, grants=grants)


def _with_limits(grant: Grant, once: set[str], yearly: bool) -> Grant:
    promotion = yearly and grant.kind is GrantKind.GRADE
    return replace(
        grant,
        once=grant.once or grant.value in once,
        once_per_year=promotion or grant.once_per_year,
    )
