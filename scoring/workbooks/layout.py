"""Where things stand in a CIS workbook: heading rows and the columns under them.

Columns are found by their labels in English, Portuguese or Chinese, and by the
standard order only where a label is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.spreadsheets import Cell, Sheet, as_text, column_letter, fold

# "M = Meas J = Judg", "O = Obj S = Sub", in any script after folding.
_LEGEND = re.compile(r"\b([mjos])\s*=")

# First match wins; every pattern is tried at the start of the folded label.
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (
            "sub_code",
            r"sub\W*criteri(on|a)\W*id|id do subcriterio|子(项|标准)(编号|代码|序号)",
        ),
        ("sub_name", r"sub\W*criteri|nome ou descricao|子(项|标准)(名称|描述)"),
        ("day", r"day\b|marking day|dia\b|(评分)?(日|天)"),
        ("extra", r"extra\b|descricao do aspecto extra|add\b|(补充|附加|额外)"),
        ("description", r"aspect\W+desc|aspecto\W+desc|评分点(描述|说明|内容)|描述"),
        ("score", r"judge?(ment)?\W*score|pontuacao do juiz|评价(分|等级|档)"),
        ("requirement", r"requirement|requisito|(测量)?要求"),
        ("section", r"(wsss|wsos|standards?)\W*sec|secao|(标准)?(章节|部分)"),
        ("calculation", r"calculation|linha de calculo|计算行"),
        (
            "maximum",
            r"max\W*(imum)?\W*mark|(marca|nota|pontuacao) max|(最高|满)分|分值",
        ),
        ("block", r"criteri(on|o)\W+[a-z]$|(标准|模块|评分模块)\W*[a-z]$"),
        ("block_total", r"total\W*mark|marca total|nota total|总分|合计"),
    )
)
# The standard order by the place of the type column and the number of columns.
_ORDERS = {
    (3, True): (
        "sub_code", "sub_name", "day", "type", "description", "score", "extra",
        "requirement", "section", "calculation", "maximum",
    ),
    (3, False): (
        "sub_code", "sub_name", "day", "type", "description", "score", "extra",
        "calculation", "maximum",
    ),
    (2, True): (
        "sub_code", "sub_name", "type", "description", "requirement", "extra",
        "maximum",
    ),
}  # fmt: skip
_NEEDED = ("sub_code", "sub_name", "description", "maximum")
# What tells of a heading in a second row rather than of data below it.
_SECOND_ROW = ("requirement", "extra", "maximum", "description", "section")


@dataclass(frozen=True, slots=True)
class Header:
    """One heading row: its last row, and the column of each role that was found."""

    first_row: int
    last_row: int
    columns: Mapping[str, int]
    by_order: tuple[str, ...] = ()
    second_maximum: int | None = None

    def cell(self, row: Sequence[Cell], role: str) -> Cell:
        """Return the row's cell in the column of ``role``, ``None`` if there is none."""
        column = self.columns.get(role)
        if column is None or column >= len(row):
            return None
        return row[column]

    def letter(self, role: str) -> str:
        """Return the letter of the column of ``role`` for a finding."""
        column = self.columns.get(role)
        return "" if column is None else column_letter(column)


def find_headers(sheet: Sheet) -> tuple[Header, ...]:
    """Return every heading row of the sheet in order; empty if it has none."""
    headers = []
    for index, row in enumerate(sheet.rows):
        legend = legend_column(row)
        if legend is not None:
            below = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else ()
            headers.append(_header(index, row, below, legend))
    return tuple(headers)


def legend_column(row: Sequence[Cell]) -> int | None:
    """Return the column whose label explains the type letters, if the row has one."""
    for column, cell in enumerate(row):
        if isinstance(cell, str) and len(set(_LEGEND.findall(fold(cell)))) >= 2:
            return column
    return None


def _header(
    index: int, row: Sequence[Cell], below: Sequence[Cell], legend: int
) -> Header:
    columns: dict[str, int] = {"type": legend}
    doubled: dict[str, int] = {}
    for column, cell in enumerate(row):
        role = _role(cell)
        if column == legend or role is None:
            continue
        if role not in columns:
            columns[role] = column
        else:
            doubled.setdefault(role, column)
    last_row = index
    second = _second_row(below, legend)
    if second:
        columns.update({r: c for r, c in second.items() if r not in columns})
        last_row += 1
    if "score" in doubled and "description" not in columns:
        # Seen in use: the description column headed "Judg Score" by mistake.
        columns["score"] = doubled["score"]
    by_order = _fill_by_order(columns, row, legend)
    return Header(index, last_row, columns, by_order, doubled.get("maximum"))


def _role(cell: Cell) -> str | None:
    label = fold(cell)
    if not label:
        return None
    return next((role for role, pattern in _LABELS if pattern.match(label)), None)


def _second_row(below: Sequence[Cell], legend: int) -> dict[str, int]:
    if len(below) > legend and as_text(below[legend]):
        return {}
    found: dict[str, int] = {}
    for column, cell in enumerate(below):
        role = _role(cell)
        if role in _SECOND_ROW and role not in found:
            found[role] = column
    is_heading = len(found) == sum(bool(as_text(cell)) for cell in below)
    return found if is_heading else {}


def _fill_by_order(
    columns: dict[str, int], row: Sequence[Cell], legend: int
) -> tuple[str, ...]:
    """Place the columns no label named where the standard order has them."""
    labelled = sum(bool(as_text(cell)) for cell in row[:12])
    is_wide = legend == 2 or labelled > 10 or "section" in columns
    order = _ORDERS.get((legend, is_wide), ())
    understood = len(columns) - 1
    missing = _NEEDED if understood >= 3 else order
    taken = set(columns.values())
    filled = []
    for role in missing:
        if role in columns or role not in order or order.index(role) in taken:
            continue
        columns[role] = order.index(role)
        filled.append(role)
    return tuple(filled)
