"""Large workbooks: rows go to a file as they come, nothing is held in memory.

openpyxl makes the frame (styles, paper, headings, cover, properties); the rows of a
sheet are written as XML into a nameless temporary file and put between heading and tail
when the workbook is saved.  Text is text here as everywhere: never a formula.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape

from people.spreadsheets import writing
from people.spreadsheets.cells import Cell, column_letter, plain_text
from people.spreadsheets.writing import (
    DATE,
    INTEGER,
    LINE_HEIGHT,
    NUMBER,
    RISKY,
    Column,
    Cover,
    Properties,
    SheetPlan,
)

HELD = 1 << 18  # characters of rows that wait for one write
REMEMBERED = 2000  # texts of a column whose XML is kept
PACKING = 4
COPIED = 1 << 20
HEADER_LENGTH = 120
OPEN_TEXT = 't="inlineStr"><is><t>'
KEPT_TEXT = 't="inlineStr"><is><t xml:space="preserve">'
Write = Callable[[Cell], tuple[str, int]]
CLOSED = (b"<sheetData/>", b"<sheetData />")
ENDING = b"</sheetData>"
EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands at the head and the foot of every printed page."""

    header: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A column (by key) in which a reader chooses one of some words."""

    key: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of one sheet, written and waiting for their sheet."""

    file: IO[bytes]
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet of the workbook: its plan without rows, its rows, its choices."""

    plan: SheetPlan
    body: Body
    choices: tuple[Choices, ...] = ()


class WorkbookStream:
    """A workbook in the making: bodies first, then saved as a whole.

    A context manager; what was written before an error leaves nothing behind.
    """

    def __init__(self) -> None:
        self._book = writing.Workbook(write_only=True)
        self._scrap = self._book.create_sheet("scrap")
        self._files = ExitStack()

    def __enter__(self) -> WorkbookStream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()

    def body(
        self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, titles: int
    ) -> Body:
        """Write the rows of a sheet that has ``titles`` lines above its heading."""
        nameless = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the stack
        file = self._files.enter_context(nameless)
        letters = [column_letter(n) for n in range(len(columns))]
        writers = [self._writer(column) for column in columns]
        first = number = titles + 2
        held: list[str] = []
        size = 0
        for row in rows:
            cells, lines = [], 1
            for letter, write, value in zip(letters, writers, row, strict=True):
                text, high = write(value)
                cells.append(f'<c r="{letter}{number}" {text}')
                lines = high if high > lines else lines
            height = (
                f' ht="{lines * LINE_HEIGHT}" customHeight="1"' if lines > 1 else ""
            )
            told = f'<row r="{number}"{height}>{"".join(cells)}</row>'
            held.append(told)
            size += len(told)
            number += 1
            if size > HELD:
                file.write("".join(held).encode())
                held, size = [], 0
        file.write("".join(held).encode())
        return Body(file, number - first, first)

    def save(
        self,
        out: IO[bytes],
        parts: Sequence[Part],
        *,
        cover: Cover,
        properties: Properties,
        marks: Marks,
    ) -> None:
        """Write the workbook: the cover, then the parts in their order."""
        self._book.remove(self._scrap)
        writing.set_properties(self._book, properties)
        writing.write_cover(self._book, cover)
        for part in parts:
            self._frame(part)
        for sheet in self._book.worksheets:
            _mark(sheet, marks)
        frame = io.BytesIO()
        self._book.save(frame)
        bodies = {
            f"xl/worksheets/sheet{position}.xml": part
            for position, part in enumerate(parts, start=2)
        }
        with (
            zipfile.ZipFile(frame) as source,
            zipfile.ZipFile(
                out, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING
            ) as target,
        ):
            for info in source.infolist():
                content = source.read(info)
                if info.filename in bodies:
                    _splice(target, info.filename, content, bodies[info.filename])
                else:
                    target.writestr(info.filename, content)

    def _frame(self, part: Part) -> None:
        plan = part.plan
        last = column_letter((plan.printed or len(plan.columns)) - 1)
        sheet = self._book.create_sheet(plan.name)
        writing.begin_sheet(sheet, plan)
        bottom = part.body.first_row - 1 + part.body.rows + len(plan.closing_lines)
        sheet.print_area = f"A1:{last}{bottom}"
        keys = [column.key for column in plan.columns]
        end = max(part.body.first_row, part.body.first_row - 1 + part.body.rows)
        for each in part.choices:
            letter = column_letter(keys.index(each.key))
            place = f"{letter}{part.body.first_row}:{letter}{end}"
            writing.offer_words(sheet, place, each.words)

    def _writer(self, column: Column) -> Write:
        """Return the function that writes a value of the column, and its lines."""
        style = self._style(column)
        quoted = self._style(column, is_risky=True)
        numeric, dated = column.kind in (NUMBER, INTEGER), column.kind == DATE
        empty = (f's="{style}"/>', 1)
        known: dict[str, tuple[str, int]] = {"": empty}

        def told(value: Cell) -> tuple[str, int]:
            text = plain_text(writing.as_written(value))
            if not text:
                return empty
            look = quoted if text.startswith(RISKY) else style
            begin = KEPT_TEXT if "\n" in text or "  " in text else OPEN_TEXT
            lines = writing.lines_in(text, column.width) if column.wraps else 1
            return f's="{look}" {begin}{escape(text)}</t></is></c>', lines

        def write(value: Cell) -> tuple[str, int]:
            if value is None:
                return empty
            if isinstance(value, str):
                ready = known.get(value)
                if ready is None:
                    ready = told(value)
                    if len(known) < REMEMBERED:
                        known[value] = ready
                return ready
            if (
                numeric
                and isinstance(value, Decimal | int)
                and not isinstance(value, bool)
            ):
                return f's="{style}"><v>{value:f}</v></c>', 1
            if dated and isinstance(value, date):
                return f's="{style}"><v>{_serial(value)}</v></c>', 1
            return told(value)

        return write

    def _style(self, column: Column, *, is_risky: bool = False) -> int:
        cell = writing.as_column(writing.WriteOnlyCell(self._scrap), column)
        if is_risky:
            cell.quotePrefix = True
        return int(cell.style_id)


def _serial(value: date) -> int:
    day = value.date() if isinstance(value, datetime) else value
    return (day - EPOCH).days


def _mark(sheet: writing.WriteOnlyWorksheet, marks: Marks) -> None:
    """Print the marks; an ampersand in them is one, not a code."""
    header, footer = (
        plain_text(text).replace("\n", " ")[:HEADER_LENGTH].replace("&", "&&")
        for text in (marks.header, marks.footer)
    )
    sheet.oddHeader.right.text = header or None
    sheet.oddHeader.right.size = 8
    sheet.oddFooter.left.text = footer or None
    sheet.oddFooter.left.size = 8
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def _splice(target: zipfile.ZipFile, name: str, frame: bytes, part: Part) -> None:
    """Write a sheet: its frame with the rows and closing lines inside."""
    for empty in CLOSED:
        frame = frame.replace(empty, b"<sheetData></sheetData>", 1)
    at = frame.rindex(ENDING)
    closing = "".join(_closing(part)).encode()
    part.body.file.seek(0, io.SEEK_END)
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.file_size = len(frame) + len(closing) + part.body.file.tell()
    part.body.file.seek(0)
    with target.open(info, "w") as sheet:
        sheet.write(frame[:at])
        while chunk := part.body.file.read(COPIED):
            sheet.write(chunk)
        sheet.write(closing + frame[at:])


def _closing(part: Part) -> Iterator[str]:
    first = part.body.first_row + part.body.rows
    for number, line in enumerate(part.plan.closing_lines, start=first):
        text = escape(plain_text(line))
        yield f'<row r="{number}"><c r="A{number}" {OPEN_TEXT}{text}</t></is></c></row>'
