"""A marking scheme as frozen values: criteria, sub-criteria, aspects and their rules.

The values carry everything a calculation needs and nothing a database knows.  A scheme
is frozen with its whole text (``scoring.core.scheme_text``) at the first mark, so
results can be rebuilt from the ledger alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class MarkKind(StrEnum):
    """How an aspect is marked (glossary: measurement 测量, judgement 评价, panel 打分)."""

    MEASUREMENT = "measurement"  # one value agreed by the panel
    JUDGEMENT = "judgement"  # each judge 0-3, descriptors shown, spread <= 1
    PANEL = "panel"  # each judge 0-max in steps; mean or trimmed mean
    IMPORTED = "imported"  # theory paper or machine: one value out of a maximum
    DEDUCTION = "deduction"  # count of faults x unit, up to a cap, taken away
    TIME = "time"  # time used 用时; points by bands or linear, or for ties only


class CalculationKind(StrEnum):
    """How what is entered becomes points.

    CIS names (worldskills.md 3.4) for measurements; the last four are our own.
    """

    PASS_FAIL = "PASS_FAIL"  # noqa: S105 - a CIS word, not a secret
    NUMBER_COMPLETED = "NUMBER_COMPLETED"
    CHOICE = "CHOICE"
    REGULAR_DIFFERENCE_DEDUCTION = "REGULAR_DIFFERENCE_DEDUCTION"
    RANGED_SCORE = "RANGED_SCORE"
    DIRECT = "DIRECT"  # the value is the points, in steps, 0..maximum
    COUNT_DEDUCTION = "COUNT_DEDUCTION"  # UNIT for each fault, at most CAP
    TIME_BANDS = "TIME_BANDS"  # BANDn_TO seconds earn BANDn_POINTS
    TIME_LINEAR = "TIME_LINEAR"  # all points up to FULL seconds, none from ZERO on
    TIME_ONLY = "TIME_ONLY"  # no points; decides between equals


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation with its parameters; ``raw`` keeps the CIS text for export."""

    kind: CalculationKind = CalculationKind.PASS_FAIL
    parameters: tuple[tuple[str, str], ...] = ()
    name: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One item that earns points; ``code`` is by position, e.g. ``A1.M1``."""

    code: str
    kind: MarkKind
    maximum: Decimal
    description: str
    extra: tuple[str, ...] = ()
    requirement: str = ""
    section: str = ""
    descriptors: tuple[str, ...] = ()  # judgement: exactly four, levels 0..3
    calculation: Calculation = field(default_factory=Calculation)
    step: Decimal = Decimal("0.01")  # panel, direct and imported values
    trim: int = 0  # panel: k highest and k lowest are dropped
    scale: Decimal | None = (
        None  # panel, imported: judges enter 0..scale (None = maximum)
    )


@dataclass(frozen=True, slots=True)
class DualMarking:
    """A second team marks the same sheet on its own (``scoring.core.dual``).

    ``tolerance`` is how far the points of an aspect may lie apart, in points or in
    percent of its maximum (``unit``); the mean is rounded half up to ``places``.  No
    document gives these numbers: whoever writes the scheme states them.
    """

    panel: str
    tolerance: Decimal
    unit: str = "points"  # or "percent"
    places: int = 2


@dataclass(frozen=True, slots=True)
class SubCriterion:
    """One marking sheet's content: letter + number, day of marking, aspects in order."""

    code: str
    name: str
    day: int | None = None
    aspects: tuple[Aspect, ...] = ()
    panel: str = "A"  # letter of the marking team 评分组
    dual: DualMarking | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion (WorldSkills A-I) or module (模块); ``weight`` scales its points.

    ``weight`` is a multiplier on the criterion's points: a theory paper out of 100 that
    counts 30 % has ``Decimal("0.30")``; ``None`` means 1.
    """

    letter: str
    name: str
    sub_criteria: tuple[SubCriterion, ...] = ()
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One row of the standards table (WSSS/WSOS) with the marks it declares."""

    number: str
    name: str
    declared: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimal places kept, half up, at each stage; ``None`` = not rounded there."""

    aspect: int | None = 2
    sub_criterion: int | None = None
    criterion: int | None = 2
    total: int | None = 2


@dataclass(frozen=True, slots=True)
class Scheme:
    """A whole scheme.  ``ties`` is the ordered tie-break list chosen before marking:

    each entry is ``"criterion:B"``, ``"sub:B1"``, ``"kind:judgement"`` or
    ``"time"``; ``fallback`` is one of ``shared``, ``chief-judge``, ``re-match``.
    ``medal_rule`` names a preset of ``scoring.core.medals``.
    """

    title: str
    criteria: tuple[Criterion, ...] = ()
    sections: tuple[Section, ...] = ()
    rounding: Rounding = field(default_factory=Rounding)
    ties: tuple[str, ...] = ()
    fallback: str = "shared"
    medal_rule: str = "places-1-2-3"
