"""The judge's desk as its template reads it: skills, next sheet, every sheet as a tile.

Only shapes what queries return; the words of a tile are decided here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from scoring.enums import SheetState
from scoring.errors import day_words

PANEL_COLOURS = "abcdef"
SIGNED_STATES = (
    SheetState.JUDGE_SIGNED,
    SheetState.CHIEF_SIGNED,
    SheetState.SUPERVISED,
    SheetState.LOCKED,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet on the desk: where it leads, what stands on it, glyph and words."""

    id: int
    code: str
    sub_code: str
    sub_name: str
    my_cells: int
    my_filled: int
    mark: str
    words: str
    icon: str
    is_recused: bool


@dataclass(frozen=True, slots=True)
class TileGroup:
    """The sheets of one sub-criterion, with the colour of its panel."""

    code: str
    name: str
    day: int | None
    panel: str
    panel_letter: str
    rows: tuple[Tile, ...]
    done: int
    total: int


def panel_colour(letter: str) -> str:
    """Return the token name of a panel's colour; panels after F repeat the row."""
    return PANEL_COLOURS[(ord(letter[:1].lower() or "a") - ord("a")) % 6]


def as_a_whole(row: Any) -> Any:
    """Return the row as its leader counts it: every seat's cells, nobody stands aside."""
    return replace(
        row,
        my_cells=row.cells,
        my_filled=row.filled,
        is_recused=False,
        is_replaced=False,
        days=(),
    )


def is_done(row: Any) -> bool:
    """Nothing is left for this judge to enter on the sheet, and no spread is open."""
    return row.my_filled >= row.my_cells and not row.conflicts


def tile(row: Any) -> Tile:
    """Return the sheet's tile; the first thing that calls for action is what it says."""
    mark, words, icon = _mark_of(row)
    return Tile(
        row.id,
        row.code,
        row.sub_code,
        row.sub_name,
        row.my_cells,
        row.my_filled,
        mark,
        words,
        icon,
        row.is_recused,
    )


@dataclass(frozen=True, slots=True)
class Later:
    """What a team marks on other days: sub-criteria with their days, sheets to come."""

    code: str
    name: str
    panel: str
    panel_letter: str
    days: str
    total: int


def later_of(rows: Sequence[Any]) -> list[Later]:
    """Return what is not marked today, by sub-criterion."""
    waiting = [row for row in rows if row.days and not is_done(row)]
    found = []
    for _code, members in groupby(waiting, key=lambda row: row.sub_code):
        mine = list(members)
        first = mine[0]
        found.append(
            Later(
                first.sub_code,
                first.sub_name,
                panel_colour(first.panel),
                first.panel,
                day_words(first.days),
                len(mine),
            )
        )
    return found


def groups_of(rows: Sequence[Any]) -> list[TileGroup]:
    """Return the rows by sub-criterion, in the order they come."""
    return [
        _group(list(members))
        for _code, members in groupby(rows, key=lambda row: row.sub_code)
    ]


def next_row(rows: Sequence[Any], after: int | None = None) -> Any | None:
    """Return the sheet to mark next: begun, then empty, then those in conflict."""
    ids = [row.id for row in rows]
    start = ids.index(after) + 1 if after in ids else 0
    ordered = [*rows[start:], *rows[:start]]
    waiting = [row for row in ordered if is_waiting(row) and row.id != after]
    lacking = [row for row in waiting if row.my_filled < row.my_cells]
    begun = [row for row in lacking if row.my_filled] if after is None else []
    return next(iter(begun or lacking or waiting), None)


def is_waiting(row: Any) -> bool:
    """This judge has something to enter here and may."""
    if row.is_recused or row.is_replaced or row.days:
        return False
    if row.signed_by_me or row.state in SIGNED_STATES:
        return False
    return not is_done(row)


def _group(rows: list[Any]) -> TileGroup:
    first = rows[0]
    return TileGroup(
        code=first.sub_code,
        name=first.sub_name,
        day=first.day,
        panel=panel_colour(first.panel),
        panel_letter=first.panel,
        rows=tuple(tile(row) for row in rows),
        done=sum(1 for row in rows if is_done(row)),
        total=len(rows),
    )


def _mark_of(row: Any) -> tuple[str, str, str]:
    if row.is_recused:
        return "void", _("回避"), "void"
    if row.is_replaced:
        return "void", _("替补接替"), "void"
    if row.state in (
        SheetState.CHIEF_SIGNED,
        SheetState.SUPERVISED,
        SheetState.LOCKED,
    ):
        return "signed", pgettext("tile", "裁判长已签"), "check"
    if row.signed_by_me or row.state == SheetState.JUDGE_SIGNED:
        return "signed", _("已签"), "check"
    if row.conflicts:
        return "conflict", _("分差待议"), "alert"
    if not row.my_filled:
        return "empty", _("未评"), ""
    if row.my_filled < row.my_cells:
        return "begun", f"{row.my_filled} / {row.my_cells}", ""
    return "value", _("待签"), "check"
