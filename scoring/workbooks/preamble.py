"""What stands above the first heading row: title, standards table, criteria table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from people.spreadsheets import Cell, Sheet, as_decimal, as_integer, as_text, fold
from people.spreadsheets.cells import straight
from scoring.core.scheme import Section

_BLANK_TITLES = ("skill name", "nome da ocupacao", "赛项名称")
_STANDARDS = re.compile(r"worldskills|especificacao|职业标准|世赛标准")
_SECTION = re.compile(r"section|secao|章节|部分")
_CRITERIA = re.compile(r"criteria|criterio|评分模块|标准")


@dataclass(frozen=True, slots=True)
class DeclaredCriterion:
    """One row of the criteria table: name, declared mark, and the row it stands in."""

    name: str
    mark: Decimal | None
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Preamble:
    """The tables above the marking blocks, as declared and not yet compared."""

    title: str = ""
    sections: tuple[Section, ...] = ()
    section_rows: dict[str, int] = field(default_factory=dict)
    criteria: dict[str, DeclaredCriterion] = field(default_factory=dict)


def preamble_of(sheet: Sheet, end: int) -> Preamble:
    """Read the rows before ``end`` (zero-based), whatever number of them there is."""
    rows = sheet.rows[:end]
    sections, section_rows = _sections(rows)
    return Preamble(_title(rows), sections, section_rows, _criteria(rows))


def _title(rows: Sequence[Sequence[Cell]]) -> str:
    for row in rows:
        texts = [as_text(cell) for cell in row if isinstance(cell, str)]
        for text in texts:
            label = fold(text)
            tables = (_STANDARDS, _SECTION, _CRITERIA)
            if label and label not in _BLANK_TITLES:
                return "" if any(t.match(label) for t in tables) else text
    return ""


def _filled(row: Sequence[Cell]) -> list[tuple[int, Cell]]:
    return [(index, cell) for index, cell in enumerate(row) if as_text(cell)]


def _sections(
    rows: Sequence[Sequence[Cell]],
) -> tuple[tuple[Section, ...], dict[str, int]]:
    sections: list[Section] = []
    places: dict[str, int] = {}
    is_inside = False
    for number, row in enumerate(rows, start=1):
        cells = _filled(row)
        if not cells:
            continue
        first = as_integer(cells[0][1])
        if _SECTION.match(fold(cells[0][1])) and len(cells) > 1:
            is_inside = True
        elif is_inside and first is not None and len(cells) > 1:
            marks = [as_decimal(cell) for _, cell in cells[2:]]
            declared = next((mark for mark in marks if mark is not None), Decimal(0))
            sections.append(Section(str(first), as_text(cells[1][1]), declared))
            places[str(first)] = number
        elif sections:
            break
    return tuple(sections), places


def _criteria(rows: Sequence[Sequence[Cell]]) -> dict[str, DeclaredCriterion]:
    found: dict[str, DeclaredCriterion] = {}
    for number, row in enumerate(rows, start=1):
        cells = _filled(row)
        letter = straight(as_text(cells[0][1])).upper() if cells else ""
        if len(letter) != 1 or letter not in "ABCDEFGHI" or len(cells) < 2:
            continue
        is_named = as_decimal(cells[1][1]) is None
        marks = [(i, as_decimal(cell)) for i, cell in cells[2 if is_named else 1 :]]
        column, mark = next(((i, m) for i, m in marks if m is not None), (0, None))
        name = as_text(cells[1][1]) if is_named else ""
        found.setdefault(letter, DeclaredCriterion(name, mark, number, column))
    return found
