"""What stands beside a calculation on the audit page: the sum as it was done, in words."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from scoring.core.dual import SECOND
from scoring.core.marking import AspectState, is_per_judge
from scoring.core.rounding import plain_text, round_half_up
from scoring.core.scheme import Aspect, CalculationKind, MarkKind
from scoring.enums import MarkState, SignerRole
from scoring.views.aspect_words import kind_label, rules
from scoring.views.sheet_parts import value_text

DIGITS = 9  # shown of a value that has no end
ROLES = {role.value: role.label for role in SignerRole}


def exact_text(value: Fraction) -> str:
    """The whole value, or its fraction with the first digits where it has no end.

    >>> exact_text(Fraction(889, 100)), exact_text(Fraction(70, 9))
    ('8.89', '70/9 = 7.777777778…')
    """
    left = value.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    if left == 1:
        return plain_text(Decimal(value.numerator) / Decimal(value.denominator))
    return f"{value} = {round_half_up(value, DIGITS)}…"


def stage_text(places: int | None) -> str:
    """A rounding stage in words."""
    if places is None:
        return _("不取舍")
    return _("四舍五入到 %(places)d 位小数") % {"places": places}


def mark_text(aspect: Aspect, mark: Any) -> str:
    """A mark in words."""
    return value_text(aspect, mark.state, mark.value)


def seat_text(panel: str, mark: Any, second: str = "") -> str:
    """Whose mark it is: a seat's own, or the group's and who entered it.

    ``second`` is the team that marks the sheet as well; its seats begin at 100.
    """
    letter = second if mark.seat >= SECOND else panel
    if mark.seat % SECOND:
        return f"{letter}{mark.seat % SECOND}"
    entered = f"{letter}{mark.by_seat}" if mark.by_seat else _("导入")
    if second:
        words = _("%(letter)s 组（%(seat)s 录入）")
        return words % {"letter": letter, "seat": entered}
    return _("全组（%(seat)s 录入）") % {"seat": entered}


def formula(trace: Any, panels: tuple[str, str] = ("", "")) -> str:
    """The calculation of an aspect with its numbers; empty where nothing was earned.

    Of two teams each has its own, then the mean of both.
    """
    aspect, outcome = trace.aspect, trace.outcome
    if outcome.state is not AspectState.SCORED:
        return ""
    said = [mark for mark in trace.marks if mark.state == MarkState.VALUE]
    first = [mark.value or "0" for mark in said if mark.seat < SECOND]
    second = [mark.value or "0" for mark in said if mark.seat >= SECOND]
    if not second:
        return _of_team(aspect, first)
    teams = zip(panels, (first, second), strict=True)
    parts = [f"{letter}: {_of_team(aspect, given)}" for letter, given in teams]
    return _("；").join([*parts, _("取两组得分的均值")])


def _of_team(aspect: Aspect, given: list[str]) -> str:
    if is_per_judge(aspect.kind):
        return _of_judges(aspect, given)
    words = [*rules(aspect), _of_group(aspect, given[0])]
    return _("；").join(word for word in words if word)


def _of_judges(aspect: Aspect, given: list[str]) -> str:
    maximum = plain_text(aspect.maximum)
    values = sorted(Decimal(value) for value in given)
    if aspect.kind is MarkKind.JUDGEMENT:
        total = " + ".join(given)
        return f"({total}) ÷ (3 × {len(given)}) × {maximum}"
    cut = min(aspect.trim, (len(values) - 1) // 2)
    kept = [plain_text(value) for value in values[cut : len(values) - cut]]
    scale = plain_text(aspect.maximum if aspect.scale is None else aspect.scale)
    total = f"({' + '.join(kept)}) ÷ {len(kept)}"
    if scale != maximum:
        total = f"{total} × {maximum} ÷ {scale}"
    if not cut:
        return total
    return _("去 %(k)d 高 %(k)d 低：%(sum)s") % {"k": cut, "sum": total}


def _of_group(aspect: Aspect, value: str) -> str:
    maximum = plain_text(aspect.maximum)
    if aspect.kind is MarkKind.IMPORTED:
        scale = plain_text(aspect.maximum if aspect.scale is None else aspect.scale)
        return value if scale == maximum else f"{value} × {maximum} ÷ {scale}"
    if aspect.kind is not MarkKind.MEASUREMENT:
        return ""
    parameters = dict(aspect.calculation.parameters)
    match aspect.calculation.kind:
        case CalculationKind.PASS_FAIL:
            return _("是得满分，否得 0 分")
        case CalculationKind.NUMBER_COMPLETED:
            possible = parameters.get("NUM_POSSIBLE", "").partition("#")[0]
            return f"{value} ÷ {possible} × {maximum}"
        case CalculationKind.CHOICE:
            return _("满分减所选项的扣分")
        case CalculationKind.REGULAR_DIFFERENCE_DEDUCTION:
            return _("满分减每一整档偏差的扣分，不低于 0")
    return _("直接录入的分值")


def state_text(state: AspectState) -> str:
    """The word for an aspect without points of its own."""
    if state is AspectState.SCORED:
        return ""
    if state is AspectState.OPEN:
        return _("未评完")
    if state is AspectState.CONFLICT:
        return _("分差待议")
    return str(MarkState(state.value).label)


def role_text(role: str, panel: str, seat: int) -> str:
    """A signature's role, a judge's with the seat."""
    label = str(ROLES.get(role, role))
    return f"{label} {panel}{seat}" if seat else label


def heading(aspect: Aspect) -> str:
    """Kind and maximum of an aspect."""
    return _("%(kind)s，满分 %(maximum)s") % {
        "kind": kind_label(aspect.kind),
        "maximum": plain_text(aspect.maximum),
    }
