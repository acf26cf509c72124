"""What stands beside an aspect in words: its kind, its maximum, the rule it is marked by."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from scoring.core.calculation import bands_of, parameter_number
from scoring.core.marking import clock_text
from scoring.core.rounding import round_half_up
from scoring.core.scheme import Aspect, CalculationKind, MarkKind


def kind_label(kind: MarkKind) -> str:
    """The kind of mark in one word."""
    return {
        MarkKind.MEASUREMENT: _("测量"),
        MarkKind.JUDGEMENT: _("评价"),
        MarkKind.PANEL: _("打分"),
        MarkKind.IMPORTED: _("导入"),
        MarkKind.DEDUCTION: _("扣分"),
        MarkKind.TIME: _("用时"),
    }[kind]


def heading(aspect: Aspect, maximum: str) -> str:
    """Kind and maximum; what only takes or only decides ties has no maximum."""
    if aspect.kind is MarkKind.DEDUCTION and not aspect.maximum:
        return _("扣分项")
    if aspect.calculation.kind is CalculationKind.TIME_ONLY:
        return _("用时，只用于排序")
    return _("%(kind)s，满分 %(maximum)s") % {
        "kind": kind_label(aspect.kind),
        "maximum": maximum,
    }


def details(aspect: Aspect) -> tuple[str, ...]:
    """The lines under an aspect's description."""
    given = (*aspect.extra, aspect.requirement)
    if aspect.kind is MarkKind.DEDUCTION:
        given = (aspect.requirement,)  # its extra lines are reasons to choose from
    return tuple(text for text in (*rules(aspect), *given) if text.strip())


def rules(aspect: Aspect) -> Iterator[str]:
    """How a deduction or a time is counted, in words; nothing for other kinds."""
    calculation = aspect.calculation
    if aspect.kind is MarkKind.DEDUCTION:
        unit = _points(parameter_number(calculation, "UNIT"))
        cap = parameter_number(calculation, "CAP")
        if cap is None:
            yield _("每次扣 %(unit)s；每次写明事由") % {"unit": unit}
        else:
            text = _("每次扣 %(unit)s，最多扣 %(cap)s；每次写明事由")
            yield text % {"unit": unit, "cap": _points(cap)}
    if calculation.kind is CalculationKind.TIME_BANDS:
        text = _("%(limit)s 以内得 %(points)s")
        bands = [
            text % {"limit": clock_text(limit), "points": _points(points)}
            for limit, points in bands_of(calculation)
        ]
        yield _("；").join(bands)
    if calculation.kind is CalculationKind.TIME_LINEAR:
        text = _("%(full)s 以内满分，到 %(zero)s 为 0 分，中间按比例")
        yield text % {
            "full": clock_text(parameter_number(calculation, "FULL") or Decimal(0)),
            "zero": clock_text(parameter_number(calculation, "ZERO") or Decimal(0)),
        }


def _points(points: Decimal | None) -> str:
    return str(round_half_up(points or Decimal(0), 2))
