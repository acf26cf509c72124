"""A sheet with one heading row, read into rows by declared fields.

Headings are matched strictly after folding (width, case, spaces, invisible
characters); a missing, doubled or unknown heading is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from people.spreadsheets.cells import (
    Cell,
    Sheet,
    Workbook,
    as_text,
    column_letter,
    fold,
)
from people.spreadsheets.problems import ERROR, WARNING, Problem

HEADING_SEARCH_ROWS = 30


@dataclass(frozen=True, slots=True)
class Field:
    """A column a table may have: its key, its headings, how long a cell may be."""

    key: str
    headings: tuple[str, ...]
    is_required: bool = False
    longest: int = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One data row with its place; ``cells`` holds every declared field."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, str]

    def problem(
        self, key: str, code: str, message: str, *, severity: str = ERROR
    ) -> Problem:
        """Return a finding about one cell of this row."""
        column = self.columns.get(key, "")
        return Problem(severity, self.sheet, self.number, column, code, message)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the first sheet whose headings fit, and what was wrong with it."""

    sheet: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_table(workbook: Workbook, fields: Sequence[Field]) -> Table:
    """Return the table whose heading row names all required fields.

    The sheet and row that name the most required fields are taken; if some are
    missing there, each is an error and no rows are returned.
    """
    known = {fold(name): field for field in fields for name in field.headings}
    best: tuple[int, int, Sheet | None, int] = (0, 0, None, -1)
    for sheet in workbook.sheets:
        for index, row in enumerate(sheet.rows[:HEADING_SEARCH_ROWS]):
            found = {known[fold(cell)].key for cell in row if fold(cell) in known}
            required = sum(f.is_required and f.key in found for f in fields)
            if (required, len(found)) > best[:2]:
                best = (required, len(found), sheet, index)
    _, _, fitting, index = best
    if fitting is None:
        name = workbook.sheets[0].name if workbook.sheets else ""
        return Table(name, (), _missing(name, None, fields))
    return _read_below(fitting, index, fields, known)


def _read_below(
    sheet: Sheet, index: int, fields: Sequence[Field], known: Mapping[str, Field]
) -> Table:
    columns, problems = _columns(sheet, index, known)
    absent = [f for f in fields if f.is_required and f.key not in columns]
    if absent:
        errors = (problem for problem in problems if problem.severity == ERROR)
        missing = _missing(sheet.name, index + 1, absent)
        return Table(sheet.name, (), (*missing, *errors))
    letters = {key: column_letter(column) for key, column in columns.items()}
    rows = tuple(
        Row(sheet.name, number, _cells(row, fields, columns), letters)
        for number, row in enumerate(sheet.rows[index + 1 :], start=index + 2)
        if any(fold(cell) for cell in row)
    )
    too_long = tuple(p for row in rows for p in _too_long(row, fields))
    return Table(sheet.name, rows, (*problems, *too_long))


def _too_long(row: Row, fields: Sequence[Field]) -> Iterator[Problem]:
    for field in fields:
        length = len(as_text(row.cells[field.key]))
        if length > field.longest:
            yield row.problem(
                field.key, "too-long",
                f"这一格有 {length} 个字，最多 {field.longest} 个。 / This cell has "
                f"{length} characters; at most {field.longest} are allowed.",
            )  # fmt: skip


def _columns(
    sheet: Sheet, index: int, known: Mapping[str, Field]
) -> tuple[dict[str, int], tuple[Problem, ...]]:
    columns: dict[str, int] = {}
    problems = []
    for column, cell in enumerate(sheet.rows[index]):
        field = known.get(fold(cell))
        place = (sheet.name, index + 1, column_letter(column))
        if field is None:
            if fold(cell):
                problems.append(
                    Problem(
                        WARNING,
                        *place,
                        "unknown-column",
                        f"列“{cell}”不在模板中，已忽略。 / "
                        f"Column “{cell}” is not in the template and is ignored.",
                    )
                )
        elif field.key in columns:
            problems.append(
                Problem(
                    ERROR,
                    *place,
                    "duplicate-column",
                    f"列“{cell}”重复，请只保留一列。 / "
                    f"Column “{cell}” appears twice: keep one of them.",
                )
            )
        else:
            columns[field.key] = column
    return columns, tuple(problems)


def _cells(
    row: Sequence[Cell], fields: Sequence[Field], columns: Mapping[str, int]
) -> dict[str, Cell]:
    return {
        field.key: row[columns[field.key]]
        if columns.get(field.key, len(row)) < len(row)
        else None
        for field in fields
    }


def _missing(
    sheet: str, row: int | None, fields: Sequence[Field]
) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            ERROR,
            sheet,
            row,
            "",
            "missing-column",
            f"缺少列“{field.headings[0]}”"
            f"（也可写作：{'、'.join(field.headings[1:]) or '无'}），请补上后再导入。 / "
            f"Column “{field.headings[0]}” is missing: add it and import again.",
        )
        for field in fields
        if field.is_required
    )
