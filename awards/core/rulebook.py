"""A policy document as data: what it is, and the rules it contains.

Values only.  ``parsing`` makes them from TOML, ``engine`` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from awards.core.vocabulary import Award, GrantKind, Operator, Status, Trigger
from people.core.grades import Grade

NATIONAL = "000000"
# Conditions that ask the subject or its authority, never a place, a prize or a skill.
OF_SUBJECT = ("all_true", "statement")


@dataclass(frozen=True, slots=True)
class Document:
    """The policy document itself; ``seen`` is "text" or "report" (原文未见)."""

    id: str
    title: str
    issuer: str
    status: Status
    region: str
    source: str
    seen: str
    number: str = ""
    seed: str = ""
    competition: str = ""
    published_on: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    note: str = ""

    def is_in_force(self, on: date) -> bool:
        """Whether ``on`` lies in the document's period; open ends do not limit."""
        started = self.in_force_from is None or self.in_force_from <= on
        return started and (self.in_force_until is None or on <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule is written, word for word where the text was seen."""

    clause: str
    quote: str = ""
    confidence: str = "H"


@dataclass(frozen=True, slots=True)
class Scope:
    """For which competitions a rule exists; empty means any.

    ``region_of`` says whose region must lie in the document's: the competition's or
    the person's.  ``named`` are parts of the competition's name.
    """

    tier: tuple[str, ...] = ()
    competition_class: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    competition: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    region_of: str = "competition"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a rule asks: a key of ``conditions.CONDITIONS`` and what is asked.

    With ``gap`` the document leaves the parameter to somebody else, and ``asked`` is
    None until that gap is filled.
    """

    key: str
    asked: object
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a rule gives.

    ``values`` and ``amounts`` choose by award or by place; ``share`` is "team" when
    the members divide one sum.  ``once``: never twice to the same person.
    ``once_per_year``: one grant of the kind in a calendar year.  With ``gap`` the
    document leaves the sum or the promotion to somebody else.
    """

    kind: GrantKind
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    operator: Operator | None = None
    grade: Grade | None = None
    cap: Grade = Grade.SENIOR_TECHNICIAN
    amount: Decimal | None = None
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    share: str = "each"
    mode: str = ""
    authority: str = ""
    once: bool = False
    once_per_year: bool = False
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause that gives something to somebody under conditions."""

    id: str
    citation: Citation
    trigger: Trigger
    scope: Scope
    conditions: tuple[Condition, ...]
    grants: tuple[Grant, ...]
    approval: str = ""
    note: str = ""

    @property
    def looks_at_result(self) -> bool:
        """Whether the result has a say; otherwise the rule is about its subject alone."""
        by_result = any(grant.values or grant.amounts for grant in self.grants)
        return by_result or any(c.key not in OF_SUBJECT for c in self.conditions)


@dataclass(frozen=True, slots=True)
class Prize:
    """A prize or medal of a scale: fixed places, a share of the field, or a number.

    ``share`` is of the real field, rounded by ``rounding`` (floor, ceil, half-up);
    ``points_at_least`` is a number of scale points (WorldSkills).
    """

    id: str
    citation: Citation
    scope: Scope
    award: Award
    label: str
    rank_from: int | None = None
    rank_to: int | None = None
    share: Fraction | None = None
    rounding: str = "floor"
    count: int | None = None
    shared_places: bool = True
    points_at_least: int | None = None


@dataclass(frozen=True, slots=True)
class EntryCondition:
    """Who may enter, handed down to competitions with its citation."""

    id: str
    citation: Citation
    scope: Scope
    age_at_least: int | None = None
    age_at_most: int | None = None
    below_retirement: bool = False
    groups: tuple[str, ...] = ()
    in_occupation: bool = False
    track: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A clause that bends the others: minimum field, prior holders, yearly limit …

    It acts where its ``conditions`` all hold, on the rules of its own document, or with
    ``reach`` "event" on every document's.  Prior holders are those with one of
    ``titles`` or, where ``earlier_places`` is given, a place up to it in one of so many
    ``earlier_editions``.  ``quota`` puts a ``limit`` on ``titles`` ``per`` year or city.
    """

    id: str
    citation: Citation
    scope: Scope
    kind: str
    field: int | None = None
    policy: str = ""
    titles: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    reach: str = "document"
    earlier_places: int | None = None
    earlier_editions: int | None = None
    limit: int | None = None
    per: str = ""


@dataclass(frozen=True, slots=True)
class TierRole:
    """Which tier plays which part (引领, 龙头, 主体, 基础) under this document.

    ``kind`` and ``named`` narrow it to some competitions of the tiers.
    """

    role: str
    tiers: tuple[str, ...]
    citation: Citation
    named: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the catalogue: issuer, level, route, and how many per period.

    ``period`` is 每年, a five-year plan (十四五) or years (2022-2025).
    """

    name: str
    issuer: str
    level: str
    citation: Citation
    route: str = "competition"
    once: bool = True
    quota: int | None = None
    period: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A number the document sets itself, exact, with its denominator and year."""

    id: str
    citation: Citation
    indicator: str
    value: Fraction
    unit: str
    year: int
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Equivalence:
    """What counts as what: a grade, class or title against another ladder."""

    citation: Citation
    of: str
    counts_as: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the document leaves open; an authority fills it, with document and name.

    ``fills`` is what the answer is: a condition's value, a plain ``statement``, the
    ``amount`` of a bonus or the ``promotion`` of a grade.
    """

    id: str
    citation: Citation
    question: str
    authority: str
    fills: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One document with everything in it; ``confirmed`` False makes it preview only."""

    document: Document
    digest: str = ""
    confirmed: bool = True
    rules: tuple[Rule, ...] = ()
    prizes: tuple[Prize, ...] = ()
    entries: tuple[EntryCondition, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    tier_roles: tuple[TierRole, ...] = ()
    titles: tuple[Title, ...] = ()
    targets: tuple[Target, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def is_preview(self) -> bool:
        """Whether its decisions may only be shown, never put before an authority."""
        draft = self.document.status is Status.CONSULTATION_DRAFT
        return draft or not self.confirmed
