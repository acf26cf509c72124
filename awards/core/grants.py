"""What a grant is worth to one person: the grade reached, the sum, the words.

A promotion stops at its cap (高级技师) and is worth nothing to somebody who already
stands there; a shared sum is divided to the fen, the first-listed member first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from awards.core.explanation import Answer, Phrase
from awards.core.facts import FACTS, Case, shown
from awards.core.rulebook import Grant
from awards.core.vocabulary import (
    Award,
    GrantKind,
    Operator,
    Rank,
    Verdict,
    gettext_noop,
)
from people.core.grades import Grade

FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Worth:
    """What one person gets; ``answer`` is the condition the grant itself adds."""

    value: str
    answer: Answer | None = None
    grade: Grade | None = None
    held: Grade | None = None
    amount: Decimal | None = None
    total: Decimal | None = None


def promote(
    operator: Operator,
    *,
    held: Grade | None,
    target: Grade | None = None,
    paper: Grade | None = None,
    cap: Grade = Grade.SENIOR_TECHNICIAN,
) -> Grade | None:
    """The grade reached, or None when nothing above ``held`` can be reached.

    ``held`` None is somebody known to hold no grade.

    >>> promote(Operator.TO_OR_UP, held=Grade.TECHNICIAN, target=Grade.TECHNICIAN).label
    '高级技师'
    >>> promote(Operator.TO_UNLESS, held=Grade.TECHNICIAN, target=Grade.TECHNICIAN)
    """
    standing = -1 if held is None else int(held)
    if operator is Operator.UP_1:
        reached = max(standing, Grade.APPRENTICE) + 1
    elif operator is Operator.PAPER_PLUS_1:
        reached = int(paper) + 1 if paper is not None else standing
    else:
        reached = int(target) if target is not None else standing
        if operator is Operator.TO_OR_UP and standing >= reached:
            reached += 1
    reached = min(reached, int(cap))
    return Grade(reached) if reached > standing else None


def worth(grant: Grant, case: Case) -> Worth:
    """What ``grant`` gives in ``case``; unknown facts show in the answer."""
    if grant.kind is GrantKind.GRADE and grant.operator is not None:
        return _promotion(grant, case)
    if grant.amount is not None or grant.amounts:
        return _bonus(grant, case)
    if grant.values:
        chosen, answer = _by_award_or_rank(grant.values, case)
        return Worth(chosen or grant.value, answer)
    return Worth(grant.value)


def _promotion(grant: Grant, case: Case) -> Worth:
    asked = said(grant)
    needed = ["grade_held"]
    if grant.operator is Operator.PAPER_PLUS_1:
        needed.append("paper_level")
    missing = tuple(name for name in needed if name not in case.facts)
    name = gettext_noop("晋升等级")
    if missing or grant.operator is None:
        answer = Answer(name, asked, "", "", Verdict.UNKNOWN, missing)
        return Worth(asked.text(), answer)
    held, paper = _grade(case, "grade_held"), _grade(case, "paper_level")
    cap = _cap(grant, case)
    reached = promote(
        grant.operator, held=held, target=grant.grade, paper=paper, cap=cap
    )
    found = f"{FACTS['grade_held'].label} {shown(held)}"
    source = case.facts["grade_held"].source
    verdict = Verdict.NO if reached is None else Verdict.YES
    answer = Answer(name, asked, found, source, verdict)
    return Worth(reached.label if reached else asked.text(), answer, reached, held)


def _grade(case: Case, name: str) -> Grade | None:
    value = case.value(name) if name in case.facts else None
    return value if isinstance(value, Grade) else None


def _cap(grant: Grant, case: Case) -> Grade:
    top = _grade(case, "occupation_top")
    return min(grant.cap, top) if top is not None else grant.cap


_SAID = {
    Operator.TO_OR_UP: gettext_noop("晋升{grade}；已持{grade}的晋升一级"),
    Operator.UP_1: gettext_noop("在现有等级上晋升一级，至{cap}为止"),
    Operator.TO_UNLESS: gettext_noop("晋升{grade}；已持{grade}及以上的不再晋升"),
    Operator.PAPER_PLUS_1: gettext_noop("比命题等级高一级，至{cap}为止"),
}


def said(grant: Grant) -> Phrase:
    """How a promotion moves somebody, in words."""
    return _said(grant.operator or Operator.UP_1, grant.grade, grant.cap)


@cache
def _said(operator: Operator, grade: Grade | None, cap: Grade) -> Phrase:
    name = grade.label if grade is not None else ""
    return Phrase(_SAID[operator], {"grade": name, "cap": cap.label})


def _by_award_or_rank(
    table: Mapping[str, object], case: Case
) -> tuple[str, Answer | None]:
    """The entry of a table keyed by award or place; the answer says why none fits."""
    keys = table
    name = "rank" if all(key.isdigit() for key in keys) else "award"
    fact = case.facts.get(name)
    key = _key_of(fact.value) if fact is not None else ""
    if key in keys:
        return str(keys[key]), None
    listed = "、".join(_key_label(key) for key in keys)
    asked = Phrase(gettext_noop("属于：{listed}"), {"listed": listed})
    label = FACTS[name].label
    if fact is None:
        return "", Answer(label, asked, "", "", Verdict.UNKNOWN, (name,))
    loose = isinstance(fact.value, Rank) and any(
        fact.value.within(int(place), int(place)) is None for place in keys
    )
    verdict = Verdict.UNKNOWN if loose else Verdict.NO
    missing = (name,) if loose else ()
    return "", Answer(label, asked, shown(fact.value), fact.source, verdict, missing)


def _key_of(value: object) -> str:
    if isinstance(value, Rank):
        return str(value.low) if value.low == value.high else ""
    return str(value)


def _key_label(key: str) -> str:
    return f"第 {key} 名" if key.isdigit() else Award(key).label


def _bonus(grant: Grant, case: Case) -> Worth:
    total, answer = grant.amount, None
    if grant.amounts:
        chosen, answer = _by_award_or_rank(grant.amounts, case)
        total = Decimal(chosen) if chosen else None
    if total is None:
        return Worth(grant.value, answer)
    if grant.share == "each":
        return Worth(_yuan(total), answer, amount=total, total=total)
    needed = ("team_size", "member_order")
    size, order = (case.value(name) if name in case.facts else None for name in needed)
    asked = Phrase(gettext_noop("同队队员共分 {total} 元"), {"total": str(total)})
    if not isinstance(size, int) or size < 1:
        name = FACTS["team_size"].label
        return Worth(
            _yuan(total), Answer(name, asked, "", "", Verdict.UNKNOWN, needed[:1])
        )
    place = order if isinstance(order, int) else size
    share = share_of(total, members=size, position=place)
    return Worth(_yuan(share), answer, amount=share, total=total)


def share_of(total: Decimal, *, members: int, position: int) -> Decimal:
    """One member's part of a shared sum; the parts always add up to the sum.

    >>> [str(share_of(Decimal(1000), members=3, position=n)) for n in (1, 2, 3)]
    ['333.34', '333.33', '333.33']
    """
    fen = int(total.quantize(FEN) * 100)
    each, rest = divmod(fen, members)
    return Decimal(each + (1 if position <= rest else 0)).scaleb(-2)


def _yuan(amount: Decimal) -> str:
    return f"{amount.quantize(FEN)} 元"
