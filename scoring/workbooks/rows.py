"""The rows under the headings, gathered into drafts of sub-criteria and aspects.

A draft keeps the row it came from, so every later check can name its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from people.spreadsheets import Cell, Sheet, as_decimal, as_integer, as_text
from people.spreadsheets.cells import straight
from scoring.workbooks.layout import Header

LEVELS = (0, 1, 2, 3)
_CODE = re.compile(r"([A-I])(\d{1,3})")


@dataclass(slots=True)
class AspectDraft:
    """One described row: raw cells, its extra lines and its levels by number."""

    row: int
    header: Header
    letter: str
    description: str
    maximum: Cell
    requirement: str = ""
    section: str = ""
    calculation: Cell = None
    extra: list[str] = field(default_factory=list)
    levels: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class SubCriterionDraft:
    """One sub-criterion in the order of the sheet; ``code`` is "" if it is not valid."""

    row: int
    header: Header
    code: str
    written: str
    name: str
    day: Cell
    aspects: list[AspectDraft] = field(default_factory=list)
    heading_rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """One heading row and the rows below it, up to the next."""

    header: Header
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def blocks_of(sheet: Sheet, headers: Sequence[Header]) -> Iterator[Block]:
    """Yield the blocks with their 1-based row numbers."""
    ends = [header.first_row for header in headers[1:]] + [len(sheet.rows)]
    for header, end in zip(headers, ends, strict=True):
        start = header.last_row + 1
        numbered = enumerate(sheet.rows[start:end], start=start + 1)
        yield Block(header, tuple(numbered))


def drafts_of(blocks: Sequence[Block]) -> list[SubCriterionDraft]:
    """Return the sub-criteria of all blocks; aspects before any code get a blank one."""
    drafts: list[SubCriterionDraft] = []
    for block in blocks:
        current: SubCriterionDraft | None = None
        for number, row in block.rows:
            started = _sub_criterion(block.header, number, row)
            if started:
                current = started
                drafts.append(started)
            aspect = _aspect(block.header, number, row)
            if aspect:
                if current is None:
                    current = SubCriterionDraft(number, block.header, "", "", "", None)
                    drafts.append(current)
                current.aspects.append(aspect)
            elif current and as_text(block.header.cell(row, "description")):
                current.heading_rows.append(number)
            if current and current.aspects:
                _add_line(current.aspects[-1], block.header, row)
    return drafts


def valid_code(text: str) -> str:
    """Return ``A1`` for any spelling of it, or "" if it is not letter A-I and number."""
    found = _CODE.fullmatch(straight(text).upper().replace(" ", "").rstrip("."))
    return f"{found[1]}{int(found[2])}" if found else ""


def type_letter(cell: Cell) -> str:
    """Return the type letter: look-alikes folded, digits and spaces stripped."""
    return re.sub(r"[\d\s.]", "", straight(as_text(cell)).upper())


def _sub_criterion(
    header: Header, number: int, row: Sequence[Cell]
) -> SubCriterionDraft | None:
    written = as_text(header.cell(row, "sub_code"))
    if not written:
        return None
    return SubCriterionDraft(
        number,
        header,
        valid_code(written),
        written,
        as_text(header.cell(row, "sub_name")),
        header.cell(row, "day"),
    )


def _aspect(header: Header, number: int, row: Sequence[Cell]) -> AspectDraft | None:
    letter = type_letter(header.cell(row, "type"))
    description = as_text(header.cell(row, "description"))
    is_described = bool(description and as_text(header.cell(row, "maximum")))
    if not letter and not is_described:
        return None  # a description with neither type nor mark only groups what follows
    return AspectDraft(
        number,
        header,
        letter,
        description,
        header.cell(row, "maximum"),
        as_text(header.cell(row, "requirement")),
        as_text(header.cell(row, "section")),
        header.cell(row, "calculation"),
    )


def _add_line(aspect: AspectDraft, header: Header, row: Sequence[Cell]) -> None:
    text = as_text(header.cell(row, "extra"))
    if not text:
        return
    score = header.cell(row, "score")
    level = as_integer(score)
    if as_decimal(score) is not None and level in LEVELS and aspect.letter == "J":
        aspect.levels.setdefault(level, text)
    else:
        aspect.extra.append(text)


def day_of(draft: SubCriterionDraft) -> int | None:
    """Return the day of marking: a number, or the number in ``C1`` and ``第1天``."""
    number = as_integer(draft.day)
    if number is None:
        found = re.search(r"\d+", as_text(draft.day))
        number = int(found[0]) if found else None
    return number if number and 0 < number < 32 else None
