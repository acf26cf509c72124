"""Changes to a scheme being written: every one returns a new scheme, codes in order.

A part is named by its code: a criterion by its letter, a sub-criterion by letter and
number, an aspect by sub-criterion, kind and position, a section by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from scoring.core.scheme import (
    Aspect,
    Criterion,
    MarkKind,
    Scheme,
    Section,
    SubCriterion,
)

KIND_LETTERS = {
    MarkKind.MEASUREMENT: "M",
    MarkKind.JUDGEMENT: "J",
    MarkKind.PANEL: "P",
    MarkKind.IMPORTED: "I",
    MarkKind.DEDUCTION: "D",
    MarkKind.TIME: "T",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
T = TypeVar("T")


class NoSuchPart(LookupError):
    """The scheme has no part of that code (any more)."""


def free_letter(scheme: Scheme) -> str:
    """The first letter no criterion has; the last one when all are taken."""
    taken = {criterion.letter for criterion in scheme.criteria}
    return next((letter for letter in LETTERS if letter not in taken), LETTERS[-1])


def free_code(criterion: Criterion) -> str:
    """The next code of a sub-criterion: one above the highest."""
    numbers = [
        int(sub.code[1:]) for sub in criterion.sub_criteria if sub.code[1:].isdigit()
    ]
    return f"{criterion.letter}{max(numbers, default=0) + 1}"


def put_criterion(scheme: Scheme, given: Criterion) -> Scheme:
    """Replace name and weight of a criterion, or add one at the end."""
    known = {criterion.letter: criterion for criterion in scheme.criteria}
    if given.letter in known:
        kept = known[given.letter]
        known[given.letter] = replace(kept, name=given.name, weight=given.weight)
    else:
        known[given.letter] = given
    return replace(scheme, criteria=tuple(known.values()))


def put_sub(scheme: Scheme, letter: str, given: SubCriterion) -> Scheme:
    """Replace name, day and panel of a sub-criterion, or add one to its criterion."""

    def changed(criterion: Criterion) -> Criterion:
        subs = {sub.code: sub for sub in criterion.sub_criteria}
        aspects = subs[given.code].aspects if given.code in subs else given.aspects
        subs[given.code] = replace(given, aspects=aspects)
        return replace(criterion, sub_criteria=tuple(subs.values()))

    return _with_criterion(scheme, letter, changed)


def put_aspect(scheme: Scheme, sub: str, code: str, given: Aspect) -> Scheme:
    """Replace the aspect of that code in its place, or add one with an empty code."""

    def changed(aspects: Sequence[Aspect]) -> Sequence[Aspect]:
        if not code:
            return [*aspects, given]
        index = _index([aspect.code for aspect in aspects], code)
        return [*aspects[:index], given, *aspects[index + 1 :]]

    return _with_aspects(scheme, sub, changed)


def put_section(scheme: Scheme, number: str, given: Section) -> Scheme:
    """Replace the section of that number, or add one with an empty number.

    Aspects of a section that gets another number follow it.
    """
    if not number:
        return replace(scheme, sections=(*scheme.sections, given))
    index = _index([section.number for section in scheme.sections], number)
    sections = [*scheme.sections]
    sections[index] = given
    moved = replace(scheme, sections=tuple(sections))
    return _each_aspect(
        moved,
        lambda a: replace(a, section=given.number) if a.section == number else a,
    )


def remove_part(scheme: Scheme, kind: str, code: str) -> Scheme:
    """Take a criterion, sub-criterion, aspect or section out, with what is in it."""
    if kind == "section":
        sections = _without(scheme.sections, code, lambda s: s.number)
        return replace(scheme, sections=sections)
    if kind == "criterion":
        criteria = _without(scheme.criteria, code, lambda c: c.letter)
        return replace(scheme, criteria=criteria)
    if kind == "sub":
        return _with_criterion(
            scheme,
            code[:1],
            lambda c: replace(
                c, sub_criteria=_without(c.sub_criteria, code, lambda s: s.code)
            ),
        )
    return _with_aspects(
        scheme,
        code.partition(".")[0],
        lambda aspects: _without(tuple(aspects), code, lambda a: a.code),
    )


def move_part(scheme: Scheme, kind: str, code: str, by: int) -> Scheme:
    """Move a part among its neighbours; at the end it stays."""
    if kind == "section":
        sections = _moved(scheme.sections, code, by, lambda s: s.number)
        return replace(scheme, sections=sections)
    if kind == "criterion":
        criteria = _moved(scheme.criteria, code, by, lambda c: c.letter)
        return replace(scheme, criteria=criteria)
    if kind == "sub":
        return _with_criterion(
            scheme,
            code[:1],
            lambda c: replace(
                c, sub_criteria=_moved(c.sub_criteria, code, by, lambda s: s.code)
            ),
        )
    return _with_aspects(
        scheme,
        code.partition(".")[0],
        lambda aspects: _moved(tuple(aspects), code, by, lambda a: a.code),
    )


def criterion_of(scheme: Scheme, letter: str) -> Criterion:
    """The criterion of that letter, or :class:`NoSuchPart`."""
    return scheme.criteria[_index([c.letter for c in scheme.criteria], letter)]


def sub_of(scheme: Scheme, code: str) -> SubCriterion:
    """The sub-criterion of that code, or :class:`NoSuchPart`."""
    subs = criterion_of(scheme, code[:1]).sub_criteria
    return subs[_index([sub.code for sub in subs], code)]


def aspect_of(scheme: Scheme, code: str) -> Aspect:
    """The aspect of that code, or :class:`NoSuchPart`."""
    aspects = sub_of(scheme, code.partition(".")[0]).aspects
    return aspects[_index([aspect.code for aspect in aspects], code)]


def section_of(scheme: Scheme, number: str) -> Section:
    """The section of that number, or :class:`NoSuchPart`."""
    return scheme.sections[_index([s.number for s in scheme.sections], number)]


def _index(codes: Sequence[str], code: str) -> int:
    if code not in codes:
        raise NoSuchPart(code)
    return list(codes).index(code)


def _without(
    parts: tuple[T, ...], code: str, name: Callable[[T], str]
) -> tuple[T, ...]:
    index = _index([name(part) for part in parts], code)
    return (*parts[:index], *parts[index + 1 :])


def _moved(
    parts: tuple[T, ...], code: str, by: int, name: Callable[[T], str]
) -> tuple[T, ...]:
    index = _index([name(part) for part in parts], code)
    target = min(max(index + by, 0), len(parts) - 1)
    rest = [*parts[:index], *parts[index + 1 :]]
    rest.insert(target, parts[index])
    return tuple(rest)


def _with_criterion(
    scheme: Scheme, letter: str, change: Callable[[Criterion], Criterion]
) -> Scheme:
    index = _index([c.letter for c in scheme.criteria], letter)
    criteria = [*scheme.criteria]
    criteria[index] = change(criteria[index])
    return replace(scheme, criteria=tuple(criteria))


def _with_aspects(
    scheme: Scheme,
    code: str,
    change: Callable[[Sequence[Aspect]], Sequence[Aspect]],
) -> Scheme:
    """Change the aspects of one sub-criterion and code them anew by position."""

    def changed(criterion: Criterion) -> Criterion:
        subs = [*criterion.sub_criteria]
        index = _index([sub.code for sub in subs], code)
        coded = tuple(
            replace(aspect, code=f"{code}.{KIND_LETTERS[aspect.kind]}{position}")
            for position, aspect in enumerate(change(subs[index].aspects), start=1)
        )
        subs[index] = replace(subs[index], aspects=coded)
        return replace(criterion, sub_criteria=tuple(subs))

    return _with_criterion(scheme, code[:1], changed)


def _each_aspect(scheme: Scheme, change: Callable[[Aspect], Aspect]) -> Scheme:
    return replace(
        scheme,
        criteria=tuple(
            replace(
                criterion,
                sub_criteria=tuple(
                    replace(sub, aspects=tuple(change(a) for a in sub.aspects))
                    for sub in criterion.sub_criteria
                ),
            )
            for criterion in scheme.criteria
        ),
    )
