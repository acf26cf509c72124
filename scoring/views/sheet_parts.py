"""A judge's sheet as templates and the tablet read it: controls, words, known points.

Turns what ``queries.sheet_view`` returns into plain values.  Decides nothing: what may be
entered and what it earns is the core's word, repeated here so that it can be shown
without a network.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from scoring.core.calculation import (
    choices_of,
    deduction_points,
    is_deduction,
    measured_points,
)
from scoring.core.marking import (
    HIGHEST_JUDGEMENT,
    MOST_FAULTS,
    clock_text,
    largest_value,
    value_step,
)
from scoring.core.rounding import plain_text, round_half_up
from scoring.core.scheme import Aspect, CalculationKind, MarkKind
from scoring.enums import MarkState
from scoring.queries.contradictions import Contradiction, contradictions
from scoring.views import aspect_words

MOST_KNOWN_VALUES = 120
MOST_KNOWN_FAULTS = 20
# A requirement such as "1500 mm" names the unit of what is measured.
UNIT = re.compile(r"[0-9][0-9.,]*\s*([^\d\s][^\d]{0,7})")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be tapped: the value sent, its words, what it earns."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AspectPart:
    """One aspect's row: what stands there, how it is answered, what is known now."""

    aspect: Aspect
    number: int
    control: str  # yes-no, count, faults, choice, level, value, time
    heading: str
    maximum: str
    details: tuple[str, ...]
    choices: tuple[Choice, ...]
    suffix: str
    largest: str | None
    step: str | None
    points: dict[str, str]
    can_enter: bool
    seat: int
    looks_only: bool  # the viewer has no seat here: a chief judge, a supervisor
    is_dual: bool  # two teams mark it, each on its own
    now: dict[str, Any]

    @property
    def code(self) -> str:
        return self.aspect.code

    @property
    def lost(self) -> dict[str, str]:
        """What each number of faults takes away; empty unless faults are counted."""
        if not is_deduction(self.aspect):
            return {}
        maximum = self.aspect.maximum
        return {
            value: points_text(maximum - Decimal(points))
            for value, points in self.points.items()
        }

    def for_script(self) -> dict[str, Any]:
        """What the page's script needs of this row, as JSON values."""
        return {
            "number": self.number,
            "title": self.aspect.description,
            "control": self.control,
            "direct": _is_direct(self.aspect),
            "maximum": self.maximum,
            "suffix": self.suffix,
            "largest": self.largest,
            "step": self.step,
            "points": self.points,
            "lost": self.lost,
            "deducts": is_deduction(self.aspect),
            "pointless": self.aspect.calculation.kind is CalculationKind.TIME_ONLY,
            "reasons": list(self.aspect.extra) if self.control == "faults" else [],
            "canEnter": self.can_enter,
            "seat": self.seat,
            "looksOnly": self.looks_only,
            "now": self.now,
        }


def aspect_parts(view: Any) -> list[AspectPart]:
    """Return the rows of a sheet in order, as the judge of ``view`` sees them."""
    may = view.state in ("open", "complete") and not view.is_read_only
    told = _told(view)
    dual = getattr(view.sub, "dual", None) is not None
    return [_part(row, may, told, dual) for row in view.aspects]


def states_now(view: Any) -> dict[str, Any]:
    """Return each aspect's current word by code: what a nudge makes a tablet fetch."""
    told = _told(view)
    return {row.aspect.code: _now(row, told) for row in view.aspects}


def value_text(aspect: Aspect, state: str, value: str) -> str:
    """Return a mark in words: 是, 9 / 12, a choice's label, 缺考."""
    if state != MarkState.VALUE:
        return str(MarkState(state).label)
    control = control_of(aspect)
    if control == "yes-no":
        return _("是") if value == "1" else _("否")
    if control == "time":
        return clock_text(Decimal(value))
    if control == "choice":
        return {choice.value: choice.label for choice in choices_shown(aspect)}.get(
            value, value
        )
    if is_deduction(aspect):
        return _("%(count)s 次") % {"count": value}
    if control == "count" and (largest := largest_value(aspect)) is not None:
        return f"{value} / {plain_text(largest)}"
    return value


def control_of(aspect: Aspect) -> str:
    """Return how the aspect is answered on a tablet."""
    if aspect.kind is MarkKind.JUDGEMENT:
        return "level"
    if aspect.kind is MarkKind.DEDUCTION:
        return "faults"
    if aspect.kind is MarkKind.TIME:
        return "time"
    if aspect.kind is not MarkKind.MEASUREMENT:
        return "value"
    if is_deduction(aspect):
        return "count"
    return {
        CalculationKind.PASS_FAIL: "yes-no",
        CalculationKind.NUMBER_COMPLETED: "count",
        CalculationKind.CHOICE: "choice",
    }.get(aspect.calculation.kind, "value")


def points_text(points: Fraction | Decimal) -> str:
    """Return points with two decimals, as every table shows them."""
    return str(round_half_up(points, 2))


def _told(view: Any) -> dict[int, Contradiction]:
    """What stands against marks of this sheet, by the number of its event."""
    marks = [
        mark
        for row in view.aspects
        for mark in (row.own, *(mark for _seat, mark in row.each))
        if mark is not None and mark.contradicts is not None
    ]
    return contradictions(view.sheet.skill, {mark.contradicts for mark in marks})


def _part(
    row: Any, may: bool, told: dict[int, Contradiction], dual: bool
) -> AspectPart:
    aspect = row.aspect
    control = control_of(aspect)
    largest, step = largest_value(aspect), value_step(aspect)
    return AspectPart(
        aspect=aspect,
        number=row.number,
        control=control,
        heading=aspect_words.heading(aspect, points_text(aspect.maximum)),
        maximum=points_text(aspect.maximum),
        details=aspect_words.details(aspect),
        choices=choices_shown(aspect),
        suffix=_suffix(aspect, control, largest),
        largest=None if largest is None else plain_text(largest),
        step="1"
        if is_deduction(aspect)
        else None
        if step is None
        else plain_text(step),
        points=_known_points(aspect, control),
        can_enter=may and row.seat is not None,
        seat=row.seat or 0,
        looks_only=row.seat is None,
        is_dual=dual,
        now=_now(row, told),
    )


def _own(
    aspect: Aspect, own: Any, told: dict[int, Contradiction]
) -> dict[str, Any] | None:
    """A mark as the script reads it, and what it replaced unseen."""
    if own is None:
        return None
    against = told.get(own.contradicts)
    return {
        "state": own.state,
        "value": _shown_value(aspect, own),
        "remark": own.remark,
        "seq": own.seq,
        "time": own.marked_at.isoformat(),
        "by": own.by,
        "by_me": own.by_me,
        "against": against
        and {
            "state": against.state,
            "value": _shown_value(aspect, against),
            "text": value_text(aspect, against.state, against.value),
            "mine": value_text(aspect, own.state, own.value),
            "remark": against.remark,
            "by": against.by,
            "device": against.device,
            "time": against.at.isoformat(),
        },
    }


def _now(row: Any, told: dict[int, Contradiction]) -> dict[str, Any]:
    return {
        "state": str(row.state),
        "points": row.points,
        "own": _own(row.aspect, row.own, told),
        "each": {seat: _own(row.aspect, mark, told) for seat, mark in row.each},
        "others": [
            {
                "seat": other.label or other.seat,
                "is_in": other.is_in,
                "value": other.value
                if other.state in (None, MarkState.VALUE)
                else str(MarkState(other.state).label),
            }
            for other in row.others
        ],
    }


def _shown_value(aspect: Aspect, own: Any) -> str:
    """The value as it was entered: a time as the clock shows it."""
    if aspect.kind is MarkKind.TIME and own.value:
        return clock_text(Decimal(own.value))
    return str(own.value)


def choices_shown(aspect: Aspect) -> tuple[Choice, ...]:
    """Return the answers that can be tapped; none where a number is entered."""
    control = control_of(aspect)
    if control == "yes-no":
        earned = _earned(points_text(aspect.maximum))
        return (Choice("1", _("是"), earned), Choice("0", _("否"), _earned("0")))
    if control == "level":
        described = aspect.descriptors or ("",) * (HIGHEST_JUDGEMENT + 1)
        return tuple(
            Choice(str(level), str(level), text) for level, text in enumerate(described)
        )
    if control == "choice":
        known = _known_points(aspect, control)
        return tuple(
            Choice(str(value), label or str(value), _earned(known[str(value)]))
            for value, (label, _d) in enumerate(choices_of(aspect.calculation), start=1)
        )
    return ()


def _suffix(aspect: Aspect, control: str, largest: Decimal | None) -> str:
    if is_deduction(aspect):
        return _("次")
    if control == "value" and (stated := UNIT.fullmatch(aspect.requirement.strip())):
        return stated[1]
    return f"/ {plain_text(largest)}" if control == "count" and largest else ""


def _earned(points: str) -> str:
    return _("得 %(points)s") % {"points": points}


def _known_points(aspect: Aspect, control: str) -> dict[str, str]:
    """Points of every value where there are few: shown at once, even offline."""
    values: Iterable[int] = ()
    if control == "yes-no":
        values = (0, 1)
    elif control == "choice":
        values = range(1, len(choices_of(aspect.calculation)) + 1)
    elif control == "count":
        largest = largest_value(aspect) or Decimal(MOST_KNOWN_FAULTS)
        values = range(min(int(largest), MOST_KNOWN_VALUES) + 1)
    elif control == "faults":
        values = range(MOST_FAULTS + 1)
    earned = deduction_points if control == "faults" else measured_points
    return {str(value): points_text(earned(aspect, Decimal(value))) for value in values}


def _is_direct(aspect: Aspect) -> bool:
    """The value itself is the points."""
    if aspect.kind is not MarkKind.MEASUREMENT:
        return False
    return aspect.calculation.kind in (
        CalculationKind.DIRECT,
        CalculationKind.RANGED_SCORE,
    )
