"""The grid of a paper on a page: one row per aspect and seat, one column per sheet.

Shows only the cells that the viewer keys in: a judge their own, a results officer all.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from people.models import User
from scoring.actions.keying import Place, Typed
from scoring.core.calculation import is_deduction
from scoring.core.dual import group_of
from scoring.core.marking import clock_text, largest_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect, MarkKind
from scoring.enums import MarkState
from scoring.models import PaperForm, Sheet
from scoring.queries.paper import judges_on, marks_on
from scoring.views.paper_sheets import asked_of, seat_label
from scoring.views.sheet_parts import control_of, points_text


@dataclass(frozen=True, slots=True)
class GridCell:
    """One box to type in; ``name`` is empty where this person types nothing."""

    name: str
    value: str = ""
    remark_name: str = ""
    remark: str = ""
    problem: str = ""
    differs: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One aspect as one seat marked it."""

    number: int
    title: str
    seat: str
    hint: str
    maximum: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole paper: its places in the order of its boxes, and what each says."""

    form: PaperForm
    sheets: Sequence[Sheet]
    rows: tuple[tuple[int, Aspect, int], ...]
    own: Mapping[int, Collection[int]] | None  # sheet: seats; None: every seat

    def places(self) -> list[tuple[int, int, Place]]:
        """Row, column and place of every box that may be typed in."""
        return [
            (row, column, (sheet.pk, aspect.code, seat))
            for row, (_number, aspect, seat) in enumerate(self.rows)
            for column, sheet in enumerate(self.sheets)
            if self._is_open(sheet, seat)
        ]

    def _is_open(self, sheet: Sheet, seat: int) -> bool:
        stands = seat in sheet.seats or group_of(seat) == seat
        return stands and (self.own is None or seat in self.own.get(sheet.pk, ()))

    def typed(self, post: QueryDict) -> dict[Place, Typed]:
        """What the page sent; a box it does not name is not keyed."""
        return {
            place: Typed(
                post[f"c{row}-{column}"][:80], post.get(f"r{row}-{column}", "")[:2000]
            )
            for row, column, place in self.places()
            if f"c{row}-{column}" in post
        }

    def shown(
        self,
        said: Mapping[Place, Typed],
        problems: Mapping[Place, str],
        differs: Collection[Place] = (),
    ) -> list[GridRow]:
        """The rows as the page shows them."""
        names = {place: (row, column) for row, column, place in self.places()}
        return [
            GridRow(
                number,
                aspect.description,
                seat_label(seat) if group_of(seat) != seat else "",
                _hint(aspect),
                points_text(aspect.maximum) if aspect.maximum else "—",
                tuple(
                    replace(
                        _cell(aspect, place, names, said, problems),
                        differs=place in differs,
                    )
                    for place in [(s.pk, aspect.code, seat) for s in self.sheets]
                ),
            )
            for number, aspect, seat in self.rows
        ]


def grid_of(form: PaperForm, sheets: Sequence[Sheet], own_of: User | None) -> Grid:
    """The grid of a form for a judge (``own_of``), or for a results officer (None)."""
    rows = tuple(
        (number, aspect, seat)
        for number, aspect, seats in asked_of(form, sheets)
        for seat in seats
    )
    if own_of is None:
        return Grid(form, sheets, rows, None)
    own: dict[int, set[int]] = {}
    for (sheet, seat), judge in judges_on(sheets).items():
        if judge == own_of.pk:
            own.setdefault(sheet, set()).update((seat, group_of(seat)))
    seats = {seat for mine in own.values() for seat in mine}
    return Grid(form, sheets, tuple(row for row in rows if row[2] in seats), own)


def standing(grid: Grid) -> dict[Place, Typed]:
    """What the marks say now in the boxes of a grid, as it would be typed."""
    aspects = {aspect.code: aspect for _number, aspect, _seat in grid.rows}
    shown = {place for _row, _column, place in grid.places()}
    return {
        (mark.sheet_id, mark.code, mark.seat): Typed(
            _typed(aspects[mark.code], mark.state, mark.value), mark.remark
        )
        for mark in marks_on(grid.sheets)
        if (mark.sheet_id, mark.code, mark.seat) in shown
    }


def kept(grid: Grid, cells: Sequence[Sequence[object]]) -> dict[Place, Typed]:
    """What one person keyed before, as it was typed."""
    aspects = {aspect.code: aspect for _number, aspect, _seat in grid.rows}
    return {
        (int(str(sheet)), str(code), int(str(seat))): Typed(
            _typed(aspects[str(code)], str(state), str(value)), str(remark)
        )
        for sheet, code, seat, state, value, remark in cells
        if str(code) in aspects
    }


def _typed(aspect: Aspect, state: str, value: str) -> str:
    if state != MarkState.VALUE:
        return str(MarkState(state).label)
    if aspect.kind is MarkKind.TIME and value:
        return clock_text(Decimal(value))
    return value


def _cell(
    aspect: Aspect,
    place: Place,
    names: Mapping[Place, tuple[int, int]],
    said: Mapping[Place, Typed],
    problems: Mapping[Place, str],
) -> GridCell:
    if place not in names:
        return GridCell("")
    row, column = names[place]
    typed = said.get(place, Typed(""))
    has_remark = is_deduction(aspect)
    return GridCell(
        name=f"c{row}-{column}",
        value=typed.value,
        remark_name=f"r{row}-{column}" if has_remark else "",
        remark=typed.remark,
        problem=problems.get(place, ""),
    )


def _hint(aspect: Aspect) -> str:
    """What may be typed, in a word."""
    control = control_of(aspect)
    largest = largest_value(aspect)
    if control == "level":
        return "0–3"
    if control == "yes-no":
        return _("1 是，0 否")
    if control == "time":
        return _("分:秒")
    if control == "faults":
        return _("次数")
    return f"0–{plain_text(largest)}" if largest is not None else _("数值")
