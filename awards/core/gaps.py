"""What may be filled into a gap, and what a filled gap makes of a grant.

A gap is filled by an authority with the paper it stands on; nothing is ever guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from awards.core.asking import read_grade
from awards.core.conditions import CONDITIONS
from awards.core.rulebook import Grant
from awards.core.vocabulary import Award, Operator
from people.core.grades import Grade

AMOUNT, PROMOTION = "amount", "promotion"
OF_GRANTS = (AMOUNT, PROMOTION)
FILLS = (*CONDITIONS, *OF_GRANTS)


@dataclass(frozen=True, slots=True)
class Filling:
    """An authority's answer to a gap: the value and the paper it stands on."""

    value: object
    document: str


def check_filling(fills: str, value: object) -> None:
    """Raise ValueError with the remedy where ``value`` cannot fill such a gap."""
    if fills == AMOUNT:
        _amounts(value)
    elif fills == PROMOTION:
        _promotion(value)
    else:
        CONDITIONS[fills].read(value)


def fill_grant(grant: Grant, filling: Filling) -> Grant:
    """The grant with its sum or its promotion as the authority has stated it."""
    if grant.kind.value == "grade":
        operator, grade = _promotion(filling.value)
        return replace(grant, gap="", operator=operator, grade=grade)
    amounts = _amounts(filling.value)
    if isinstance(amounts, Decimal):
        return replace(grant, gap="", amount=amounts)
    return replace(grant, gap="", amounts=amounts)


def filled_words(value: object) -> str:
    """A filled value as a clerk reads it: 5000, or 一等奖 8000、二等奖 5000."""
    if not isinstance(value, Mapping):
        return str(value)
    parts = [f"{_word(str(name))} {part}" for name, part in value.items()]
    return "、".join(parts)


def _word(name: str) -> str:
    if name.isdigit():
        return f"第 {name} 名"
    return Award(name).label if name in list(Award) else name


def _amounts(value: object) -> Decimal | dict[str, Decimal]:
    remedy = 'write the sum, 5000, or sums by prize or place, { first = "5000" }'
    if not isinstance(value, Mapping):
        return _sum(value, remedy)
    if not value or not all(_is_key(str(name)) for name in value):
        raise ValueError(remedy)
    return {str(name): _sum(part, remedy) for name, part in value.items()}


def _is_key(name: str) -> bool:
    return name.isdigit() or name in list(Award)


def _sum(value: object, remedy: str) -> Decimal:
    try:
        amount = Decimal(value) if type(value) in (int, str) else None  # type: ignore[arg-type]
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or amount <= 0:
        raise ValueError(remedy)
    return amount


def _promotion(value: object) -> tuple[Operator, Grade | None]:
    remedy = 'write { operator = "to-or-up", grade = "技师" }'
    if not isinstance(value, Mapping) or not set(value) <= {"operator", "grade"}:
        raise ValueError(remedy)
    try:
        operator = Operator(str(value.get("operator")))
    except ValueError:
        raise ValueError(remedy) from None
    grade = read_grade(value["grade"]) if "grade" in value else None
    if grade is None and operator in (Operator.TO_OR_UP, Operator.TO_UNLESS):
        raise ValueError(remedy)
    if grade is not None and grade > Grade.SENIOR_TECHNICIAN:
        raise ValueError("a promotion stops at 高级技师")
    return operator, grade
