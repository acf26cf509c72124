"""Rows of the review before signing: every aspect, nothing hidden.

What is missing or in conflict is marked bad; what a deduction took is marked minus.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from scoring.core.rounding import from_scaled
from scoring.core.scheme import Aspect, CalculationKind, MarkKind
from scoring.enums import SheetState, SignerRole
from scoring.views.desk import SIGNED_STATES, panel_colour
from scoring.views.sheet_parts import points_text, value_text

# From these states on there is nothing left to sign in a role.
BEYOND = {
    SignerRole.JUDGE: SIGNED_STATES,
    SignerRole.CHIEF_JUDGE: SIGNED_STATES[1:],
    SignerRole.SUPERVISOR: SIGNED_STATES[2:],
}
DEDUCTING = (
    CalculationKind.CHOICE,
    CalculationKind.REGULAR_DIFFERENCE_DEDUCTION,
    CalculationKind.COUNT_DEDUCTION,
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One aspect as it will be signed."""

    number: int
    title: str
    value: str
    points: str
    remark: str
    bad: bool
    minus: bool
    later: bool  # points are counted once all judges have signed


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One sheet of the set, with how many of its rows still lack something."""

    code: str
    sub: str
    panel: str
    panel_letter: str
    url: str
    rows: tuple[ReviewRow, ...]
    is_signed: bool
    waiting_for: tuple[str, ...]  # colleagues who have not entered everything
    pk: int = 0
    points: str = ""  # of the whole sheet
    signed_by: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return sum(1 for row in self.rows if row.bad)

    @property
    def minuses(self) -> int:
        return sum(1 for row in self.rows if row.minus)

    @property
    def remarks(self) -> int:
        return sum(1 for row in self.rows if row.remark)

    @property
    def missing_url(self) -> str:
        """The address of the first row that lacks something."""
        number = next(row.number for row in self.rows if row.bad)
        return f"{self.url}#a{number}"


def review_sheet(view: Any, role: str, signer: int) -> ReviewSheet:
    """Return the sheet's rows as the signer in ``role`` confirms them."""
    sheet = view.sheet
    show_all = role != SignerRole.JUDGE
    return ReviewSheet(
        code=sheet.entry.code,
        sub=f"{sheet.sub_criterion.code} {sheet.sub_criterion.name}",
        panel=panel_colour(view.panel),
        panel_letter=view.panel,
        url=reverse("judge_sheet", args=[sheet.pk]),
        rows=tuple(_row(aspect, show_all) for aspect in view.aspects),
        is_signed=signer in sheet.signers or view.state in BEYOND[SignerRole(role)],
        waiting_for=_colleagues(view) if view.state == SheetState.OPEN else (),
        pk=sheet.pk,
        points=points_text(from_scaled(sheet.points_scaled)) if show_all else "",
        signed_by=tuple(name for _role, name, _at in view.signed),
    )


def _colleagues(view: Any) -> tuple[str, ...]:
    lacking = {
        other.seat
        for aspect in view.aspects
        for other in aspect.others
        if not other.is_in
    }
    return tuple(seat.name for seat in view.seats if seat.number in lacking)


def _row(view: Any, show_all: bool) -> ReviewRow:
    aspect: Aspect = view.aspect
    said = _said(view, show_all)
    value = _("、").join(said)
    in_conflict = str(view.state) == "conflict"
    lost = _lost(aspect, view.points)
    points = view.points
    if points is None:
        points = "" if view.own is None else _("签名后合计")
    if lost and not aspect.maximum:
        points = _("扣 %(lost)s") % {"lost": lost}
    elif lost:
        points = _("%(points)s，扣 %(lost)s") % {"points": points, "lost": lost}
    return ReviewRow(
        number=view.number,
        title=aspect.description,
        value=_("分差待议，%(value)s") % {"value": value} if in_conflict else value,
        points=points,
        remark=view.own.remark if view.own else "",
        bad=in_conflict or _("未评") in said,
        minus=bool(lost),
        later=view.points is None,
    )


def _said(view: Any, show_all: bool) -> list[str]:
    aspect = view.aspect
    said = []
    if view.own is not None:
        said.append(value_text(aspect, view.own.state, view.own.value))
    if show_all:
        said += [
            value_text(aspect, other.state, other.value or "")
            if other.is_in
            else _("未评")
            for other in view.others
            if not (other.is_in and other.state is None)
        ]
    return said or [_("未评")]


def _lost(aspect: Aspect, points: str | None) -> str:
    """Return what a deduction took from the maximum, or nothing."""
    if points is None or aspect.calculation.kind not in DEDUCTING:
        return ""
    if aspect.kind not in (MarkKind.MEASUREMENT, MarkKind.DEDUCTION):
        return ""
    lost = aspect.maximum - Decimal(points)
    return points_text(lost) if lost > 0 else ""
