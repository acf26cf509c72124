"""Two versions of a scheme: the same aspects under the same codes, and marks that fit.

An aspect keeps its code as long as it is the same aspect, because marks are entered under
codes.  It is the same when it stands in the same sub-criterion, is of the same kind and
says the same, or nearly the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from scoring.core.calculation import choices_of
from scoring.core.editing import KIND_LETTERS
from scoring.core.findings import aspects_of
from scoring.core.marking import MarkRefused, is_per_judge, read_value
from scoring.core.scheme import (
    Aspect,
    CalculationKind,
    MarkKind,
    Scheme,
    SubCriterion,
)

# Two descriptions are nearly the same when so many percent of their letters agree.
NEARLY = 60
# Calculations that take the same thing from a judge: values stay what they were.
ALIKE = (
    frozenset({CalculationKind.DIRECT, CalculationKind.RANGED_SCORE}),
    frozenset(
        {
            CalculationKind.TIME_BANDS,
            CalculationKind.TIME_LINEAR,
            CalculationKind.TIME_ONLY,
        }
    ),
)
Values = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Misfit:
    """Entered marks that the new version has no place for.

    ``why``: removed, another-team, another-calculation, another-choice, or a code of
    :class:`MarkRefused`; ``values`` are those that do not fit, of ``count`` marks.
    """

    code: str
    why: str
    count: int
    values: tuple[str, ...] = ()
    limit: str = ""


def aligned(old: Scheme, new: Scheme) -> Scheme:
    """``new`` with the codes of ``old`` for every aspect that is the same.

    An aspect that is new in a sub-criterion gets a number above all that were there.
    """
    known = {sub.code: sub for sub in subs_of(old)}
    return replace(
        new,
        criteria=tuple(
            replace(
                criterion,
                sub_criteria=tuple(
                    _aligned(known[sub.code], sub) if sub.code in known else sub
                    for sub in criterion.sub_criteria
                ),
            )
            for criterion in new.criteria
        ),
    )


def subs_of(scheme: Scheme) -> Iterator[SubCriterion]:
    """All sub-criteria in order."""
    for criterion in scheme.criteria:
        yield from criterion.sub_criteria


def changed_subs(old: Scheme, new: Scheme) -> frozenset[str]:
    """Codes of the sub-criteria whose sheets say something else now.

    Rounding of aspects and sheets is part of every sheet; the day of marking and the
    section an aspect counts for are not part of any.
    """
    before = {sub.code: _content(sub) for sub in subs_of(old)}
    after = {sub.code: _content(sub) for sub in subs_of(new)}
    kept = before.keys() & after.keys()
    if _stages(old) != _stages(new):
        return frozenset(kept)
    return frozenset(code for code in kept if before[code] != after[code])


def misfits(old: Scheme, new: Scheme, values: Values) -> tuple[Misfit, ...]:
    """Marks that ``new`` has no place for, by aspect in the order of ``old``.

    ``values``: how often each value (empty: a state without one) was entered for each
    aspect.  Expects ``new`` to be :func:`aligned`.
    """
    known = {aspect.code: aspect for aspect in aspects_of(new)}
    teams = {a.code: _teams(sub, a) for sub in subs_of(new) for a in sub.aspects}
    found = []
    for sub in subs_of(old):
        for aspect in sub.aspects:
            entered = values.get(aspect.code, {})
            count = sum(entered.values())
            if not count:
                continue
            if aspect.code not in known:
                found.append(Misfit(aspect.code, "removed", count))
            elif _teams(sub, aspect) != teams[aspect.code]:
                found.append(Misfit(aspect.code, "another-team", count))
            else:
                found += _unfit(aspect, known[aspect.code], entered)
    return tuple(found)


def _aligned(old: SubCriterion, new: SubCriterion) -> SubCriterion:
    kept: dict[int, str] = {}
    for same in (_is_equal, _says_the_same, _says_nearly_the_same):
        _match(old.aspects, new.aspects, same, kept)
    taken = [_number(aspect.code) for aspect in old.aspects]
    free = max(taken, default=0)
    coded = []
    for index, aspect in enumerate(new.aspects):
        code = kept.get(index)
        if code is None:
            free += 1
            code = f"{new.code}.{KIND_LETTERS[aspect.kind]}{free}"
        coded.append(replace(aspect, code=code))
    return replace(new, aspects=tuple(coded))


def _match(
    old: Sequence[Aspect],
    new: Sequence[Aspect],
    same: Callable[[Aspect, Aspect], bool],
    kept: dict[int, str],
) -> None:
    """Give codes to aspects without one: their own code first, then the first left."""
    for own_code in (True, False):
        for index, aspect in enumerate(new):
            if index in kept:
                continue
            taken = set(kept.values())
            for before in old:
                is_wanted = before.code == aspect.code or not own_code
                if is_wanted and before.code not in taken and same(before, aspect):
                    kept[index] = before.code
                    break


def _is_equal(one: Aspect, other: Aspect) -> bool:
    return replace(one, code="") == replace(other, code="")


def _says_the_same(one: Aspect, other: Aspect) -> bool:
    return one.kind is other.kind and one.description == other.description


def _says_nearly_the_same(one: Aspect, other: Aspect) -> bool:
    if one.kind is not other.kind:
        return False
    match = SequenceMatcher(None, one.description, other.description, autojunk=False)
    agreed = sum(block.size for block in match.get_matching_blocks())
    letters = len(one.description) + len(other.description)
    return 200 * agreed >= NEARLY * letters


def _number(code: str) -> int:
    digits = code.rpartition(".")[2].lstrip("".join(KIND_LETTERS.values()))
    return int(digits) if digits.isdigit() else 0


def _unfit(old: Aspect, new: Aspect, entered: Mapping[str, int]) -> Iterator[Misfit]:
    count = sum(entered.values())
    if not _takes_the_same(old, new):
        yield Misfit(old.code, "another-calculation", count)
        return
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for value, times in entered.items():
        if fault := _fault(old, new, value):
            found.setdefault(fault, []).append((value, times))
    for (why, limit), rows in found.items():
        values = tuple(value for value, _times in rows)
        yield Misfit(old.code, why, sum(times for _v, times in rows), values, limit)


def _fault(old: Aspect, new: Aspect, value: str) -> tuple[str, str] | None:
    """Why an entered value has no place any more, and the limit it breaks."""
    if not value:
        return None
    try:
        read_value(new, value)
    except MarkRefused as refused:
        return refused.code, refused.limit
    if old.kind is not MarkKind.MEASUREMENT:
        return None
    if old.calculation.kind is not CalculationKind.CHOICE:
        return None
    index = int(value) - 1
    before = choices_of(old.calculation)[index][0]
    after = choices_of(new.calculation)[index][0]
    return None if before == after else ("another-choice", after)


def _takes_the_same(old: Aspect, new: Aspect) -> bool:
    if old.kind not in (MarkKind.MEASUREMENT, MarkKind.TIME):
        return True
    kinds = {old.calculation.kind, new.calculation.kind}
    return len(kinds) == 1 or any(kinds <= alike for alike in ALIKE)


def _teams(sub: SubCriterion, aspect: Aspect) -> tuple[str, ...]:
    """Whose cells an aspect has: each judge's of a team, or one of each group."""
    if aspect.kind is MarkKind.IMPORTED:
        return ()
    teams = (sub.panel, "" if sub.dual is None else sub.dual.panel)
    return teams if is_per_judge(aspect.kind) else tuple("" for team in teams if team)


def _content(sub: SubCriterion) -> SubCriterion:
    aspects = tuple(replace(aspect, section="") for aspect in sub.aspects)
    return replace(sub, day=None, aspects=aspects)


def _stages(scheme: Scheme) -> tuple[int | None, int | None]:
    return scheme.rounding.aspect, scheme.rounding.sub_criterion
