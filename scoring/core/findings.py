"""What in a scheme must be put right before it may be frozen.

An importer reports what a workbook says; here is what the event demands: 100 points at
competition level, aspects that can be marked, a tie-break list that names real parts.
Each finding is a code with the place it concerns; wording belongs to the caller.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from scoring.core.allocation import allocation
from scoring.core.calculation import bands_of, calculation_fault
from scoring.core.rounding import SCALE_PLACES
from scoring.core.scheme import Aspect, CalculationKind, MarkKind, Scheme

LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
FALLBACKS = ("shared", "chief-judge", "re-match")
JUDGEMENT_LEVELS = 4
USUAL_CRITERIA = 5
LARGE_VARIATION = Decimal(5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right: ``place`` is a code of the scheme, ``detail`` a value."""

    code: str
    place: str = ""
    detail: str = ""
    blocks: bool = True


def maximum_total(scheme: Scheme) -> Fraction:
    """The points a faultless entry would reach, after weights, before rounding."""
    return sum(
        (
            Fraction(aspect.maximum)
            * Fraction(Decimal(1) if criterion.weight is None else criterion.weight)
            for criterion in scheme.criteria
            for sub in criterion.sub_criteria
            for aspect in sub.aspects
        ),
        Fraction(0),
    )


def freeze_findings(
    scheme: Scheme, *, competition_level: bool = True
) -> tuple[Finding, ...]:
    """Everything that speaks against freezing the scheme; blocking ones say so.

    At competition level the total after weights must be 100; below it (exams, training
    papers, single modules) another total is only mentioned.
    """
    return (
        *_total_findings(scheme, competition_level=competition_level),
        *_code_findings(scheme),
        *_rounding_findings(scheme),
        *_tie_findings(scheme),
        *(finding for aspect in aspects_of(scheme) for finding in _faults(aspect)),
    )


def scheme_advice(scheme: Scheme) -> tuple[Finding, ...]:
    """What is worth a second look and never blocks, as an importer would warn."""
    found = [*_variations(scheme)]
    if 0 < len(scheme.criteria) < USUAL_CRITERIA:
        found.append(Finding("few-criteria", detail=str(len(scheme.criteria))))
    for criterion in scheme.criteria:
        found += [
            Finding("missing-day", sub.code)
            for sub in criterion.sub_criteria
            if sub.day is None
        ]
    found += [
        Finding("more-than-two-decimals", aspect.code, str(aspect.maximum))
        for aspect in aspects_of(scheme)
        if aspect.maximum != round(aspect.maximum, 2)
    ]
    return tuple(replace(finding, blocks=False) for finding in found)


def _variations(scheme: Scheme) -> Iterator[Finding]:
    for row in allocation(scheme).rows:
        if row.variation is None and row.total and scheme.sections:
            yield Finding("no-section", detail=str(row.total))
        elif row.variation:
            large = abs(row.variation) > LARGE_VARIATION
            code = "section-variation-large" if large else "section-variation"
            yield Finding(code, f"section:{row.number}", str(abs(row.variation)))


def aspects_of(scheme: Scheme) -> Iterator[Aspect]:
    """All aspects in order."""
    for criterion in scheme.criteria:
        for sub in criterion.sub_criteria:
            yield from sub.aspects


def _total_findings(scheme: Scheme, *, competition_level: bool) -> Iterator[Finding]:
    if not any(aspects_of(scheme)):
        yield Finding("no-aspects")
        return
    total = maximum_total(scheme)
    if total != 100:
        shown = str(Decimal(total.numerator) / Decimal(total.denominator))
        yield Finding("total-not-100", detail=shown, blocks=competition_level)


def _code_findings(scheme: Scheme) -> Iterator[Finding]:
    letters = Counter(criterion.letter for criterion in scheme.criteria)
    subs = Counter(s.code for c in scheme.criteria for s in c.sub_criteria)
    aspects = Counter(aspect.code for aspect in aspects_of(scheme))
    for kind, counts in (
        ("duplicate-criterion", letters),
        ("duplicate-sub-criterion", subs),
        ("duplicate-aspect", aspects),
    ):
        for code, count in counts.items():
            if count > 1:
                yield Finding(kind, code, str(count))
    for criterion in scheme.criteria:
        if criterion.letter not in LETTERS:
            yield Finding("criterion-letter", criterion.letter)
        if criterion.weight is not None and criterion.weight <= 0:
            yield Finding("weight", criterion.letter, str(criterion.weight))
        for sub in criterion.sub_criteria:
            if not sub.aspects:
                yield Finding("empty-sub-criterion", sub.code)


def _rounding_findings(scheme: Scheme) -> Iterator[Finding]:
    stages = scheme.rounding
    if stages.aspect is None and stages.sub_criterion is None:
        yield Finding("rounding-open")
    for places in (
        stages.aspect,
        stages.sub_criterion,
        stages.criterion,
        stages.total,
    ):
        if places is not None and not 0 <= places <= SCALE_PLACES:
            yield Finding("rounding-places", detail=str(places))


def _tie_findings(scheme: Scheme) -> Iterator[Finding]:
    known = {"time"}
    known |= {f"kind:{kind}" for kind in MarkKind}
    known |= {f"criterion:{criterion.letter}" for criterion in scheme.criteria}
    known |= {f"sub:{s.code}" for c in scheme.criteria for s in c.sub_criteria}
    for tie in scheme.ties:
        if tie not in known:
            yield Finding("unknown-tie-break", tie)
    if scheme.fallback not in FALLBACKS:
        yield Finding("unknown-fallback", detail=scheme.fallback)


def _may_earn_nothing(aspect: Aspect) -> bool:
    """A deduction only takes; a time may only decide between equals."""
    return (
        aspect.kind is MarkKind.DEDUCTION
        or aspect.calculation.kind is CalculationKind.TIME_ONLY
    )


def _faults(aspect: Aspect) -> Iterator[Finding]:
    if aspect.maximum < 0 or (aspect.maximum == 0 and not _may_earn_nothing(aspect)):
        yield Finding("aspect-without-mark", aspect.code)
    if aspect.step <= 0:
        yield Finding("step", aspect.code, str(aspect.step))
    if aspect.scale is not None and aspect.scale <= 0:
        yield Finding("scale", aspect.code, str(aspect.scale))
    if aspect.trim < 0:
        yield Finding("trim", aspect.code, str(aspect.trim))
    described = [text for text in aspect.descriptors if text]
    if aspect.kind is MarkKind.JUDGEMENT and len(described) != JUDGEMENT_LEVELS:
        yield Finding("descriptors", aspect.code, str(len(described)))
    highest = [points for _limit, points in bands_of(aspect.calculation)]
    if aspect.kind is MarkKind.TIME and max(highest, default=0) > aspect.maximum:
        yield Finding("band-above-maximum", aspect.code, str(max(highest)))
    if fault := calculation_fault(aspect):
        yield Finding(fault, aspect.code, aspect.calculation.kind.value)
