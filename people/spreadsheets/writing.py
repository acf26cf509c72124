"""Write workbooks and CSV files from a declared plan; openpyxl lives here only.

Text is always written as text: a leading ``= + - @`` cannot become a formula in the
workbook and is prefixed in CSV.  Numbers are numbers, identifiers are text cells.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain

os.environ.setdefault("OPENPYXL_LXML", "False")  # its lxml writer is the slower one

from openpyxl import Workbook  # noqa: E402 - the line above must come first
from openpyxl.cell import WriteOnlyCell  # noqa: E402
from openpyxl.packaging.custom import StringProperty  # noqa: E402
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: E402
from openpyxl.worksheet._write_only import WriteOnlyWorksheet  # noqa: E402
from openpyxl.worksheet.datavalidation import DataValidation  # noqa: E402

from people.spreadsheets.cells import Cell, column_letter, plain_text  # noqa: E402

RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001
PAPER = {"A4": 9, "A3": 8}
TEXT, NUMBER, INTEGER, DATE = "text", "number", "integer", "date"
FORMATS = {TEXT: "@", NUMBER: "General", INTEGER: "0", DATE: "yyyy-mm-dd"}
TEMPLATE_ROWS = 500
LINE_HEIGHT = 17  # points of a line of text
WIDE_FROM = "\u2e80"  # characters from here on take two places
COVER_WIDTHS = (22, 72)

_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", start_color="EDEDED")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value is found, how it is headed, typed and shown."""

    key: str
    heading: str
    width: int = 14
    kind: str = TEXT
    number_format: str = ""
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet: title lines above, a heading row that freezes and repeats, rows.

    ``printed`` is how many columns are on paper, from the left; None: all of them.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, Cell]]
    title_lines: Sequence[str] = ()
    closing_lines: Sequence[str] = ()
    paper: str = "A4"
    is_landscape: bool = True
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet whose cells stand where a foreign format wants them."""

    name: str
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    heading_rows: frozenset[int] = frozenset()  # 1-based


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover sheet: a title and rows of label and value."""

    name: str
    title: str
    items: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class Properties:
    """The document properties of a workbook."""

    title: str = ""
    subject: str = ""
    creator: str = "擂台 Leitai"
    keywords: str = ""
    description: str = ""
    created: datetime | None = None
    custom: tuple[tuple[str, str], ...] = ()


def write_workbook(
    sheets: Sequence[SheetPlan | Grid],
    *,
    cover: Cover | None = None,
    properties: Properties | None = None,
) -> bytes:
    """Return an .xlsx file with the cover (if any) first, then the sheets."""
    book = Workbook(write_only=True)
    set_properties(book, properties or Properties())
    if cover:
        write_cover(book, cover)
    for plan in sheets:
        if isinstance(plan, Grid):
            _write_grid(book, plan)
        else:
            _write_sheet(book, plan)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def template_workbook(
    name: str,
    columns: Sequence[Column],
    *,
    rows: Sequence[Mapping[str, Cell]] = (),
    notes: Sequence[tuple[str, Cell]] = (),
) -> bytes:
    """Return a workbook to fill in: headings, rows given, typed cells, notes."""
    blank: list[Mapping[str, Cell]] = [{}] * TEMPLATE_ROWS
    plan = SheetPlan(name, columns, chain(rows, blank))
    book = Workbook(write_only=True)
    set_properties(book, Properties(title=name))
    _write_sheet(book, plan)
    if notes:
        write_cover(book, Cover("填写说明", name, notes))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """Return UTF-8 text with a byte-order mark; risky text gets a leading ``'``."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([csv_text(column.heading) for column in columns])
    for row in rows:
        writer.writerow([csv_text(row.get(column.key)) for column in columns])
    return buffer.getvalue().encode("utf-8-sig")


def csv_text(value: Cell) -> str:
    """Return one CSV cell: numbers plain, text that could be a formula prefixed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal | int):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = plain_text(value)
    return f"'{text}" if text.startswith(RISKY) else text


def set_properties(book: Workbook, properties: Properties) -> None:
    """Write the document properties of a workbook."""
    written = book.properties
    written.title = plain_text(properties.title)
    written.subject = plain_text(properties.subject)
    written.creator = plain_text(properties.creator)
    written.keywords = plain_text(properties.keywords)
    written.description = plain_text(properties.description)
    if properties.created:
        written.created = properties.created.replace(tzinfo=None)
    for name, value in properties.custom:
        told = StringProperty(name=plain_text(name), value=plain_text(value))
        book.custom_doc_props.append(told)


def _write_sheet(book: Workbook, plan: SheetPlan) -> None:
    sheet = book.create_sheet(plan.name)
    heading_row = begin_sheet(sheet, plan)
    last = column_letter((plan.printed or len(plan.columns)) - 1)
    total = heading_row
    for row in plan.rows:
        sheet.append([_cell(sheet, row.get(c.key), c) for c in plan.columns])
        total += 1
    for line in plan.closing_lines:
        sheet.append([text_cell(sheet, line)])
    total += len(plan.closing_lines)
    sheet.print_area = f"A1:{last}{total}"


def begin_sheet(sheet: WriteOnlyWorksheet, plan: SheetPlan) -> int:
    """Write what stands above the rows; return the row of the heading."""
    heading_row = len(plan.title_lines) + 1
    for index, column in enumerate(plan.columns):
        sheet.column_dimensions[column_letter(index)].width = column.width
    sheet.freeze_panes = f"A{heading_row + 1}"
    set_paper(sheet, plan)
    sheet.print_title_rows = f"{heading_row}:{heading_row}"
    for position, line in enumerate(plan.title_lines):
        sheet.append([text_cell(sheet, line, font=Font(bold=position == 0, size=14))])
    set_height(sheet, heading_row, [(c.heading, c.width) for c in plan.columns])
    sheet.append([heading_cell(sheet, column.heading) for column in plan.columns])
    return heading_row


def lines_in(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; some programs do not count."""
    places = max(1, width - 1)
    return sum(
        max(1, -(-sum(1 + (c >= WIDE_FROM) for c in part) // places))
        for part in text.split("\n")
    )


def set_height(
    sheet: WriteOnlyWorksheet, row: int, texts: Iterable[tuple[str, int]]
) -> None:
    """Make a row as high as the longest of its wrapped texts needs, if it is long."""
    lines = max((lines_in(text, width) for text, width in texts), default=1)
    if lines > 1:
        sheet.row_dimensions[row].height = lines * LINE_HEIGHT


def offer_words(sheet: WriteOnlyWorksheet, place: str, words: Sequence[str]) -> None:
    """Let a reader choose one of some words in the cells of ``place``."""
    rule = DataValidation(
        type="list", formula1=f'"{",".join(words)}"', allow_blank=True
    )
    rule.error = "、".join(words)
    rule.add(place)
    sheet.data_validations.append(rule)


def _write_grid(book: Workbook, grid: Grid) -> None:
    sheet = book.create_sheet(grid.name)
    for index, width in enumerate(grid.widths):
        sheet.column_dimensions[column_letter(index)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    plain = Column("", "", kind=NUMBER, wraps=True)
    for number, row in enumerate(grid.rows, start=1):
        if number in grid.heading_rows:
            sheet.append([heading_cell(sheet, as_written(cell)) for cell in row])
        else:
            sheet.append([_cell(sheet, cell, plain) for cell in row])


def set_paper(sheet: WriteOnlyWorksheet, plan: SheetPlan) -> None:
    """Set paper, orientation and the page numbers at its foot."""
    sheet.page_setup.paperSize = PAPER[plan.paper]
    sheet.page_setup.orientation = "landscape" if plan.is_landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"


def write_cover(book: Workbook, cover: Cover) -> None:
    """Write the cover as the next sheet."""
    sheet = book.create_sheet(cover.name)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = (
        COVER_WIDTHS
    )
    sheet.page_setup.paperSize = PAPER["A4"]
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.append([text_cell(sheet, cover.title, font=Font(bold=True, size=16))])
    sheet.append([])
    for row, (label, value) in enumerate(cover.items, start=3):
        wide = Column("value", "", wraps=True, kind=_kind_of(value))
        set_height(sheet, row, [(as_written(value), COVER_WIDTHS[1])])
        sheet.append(
            [text_cell(sheet, label, font=Font(bold=True)), _cell(sheet, value, wide)]
        )


def _kind_of(value: Cell) -> str:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return TEXT
    return DATE if isinstance(value, date) else NUMBER


def _cell(sheet: WriteOnlyWorksheet, value: Cell, column: Column) -> WriteOnlyCell:
    is_number = isinstance(value, Decimal | int) and not isinstance(value, bool)
    if is_number and column.kind in (NUMBER, INTEGER):
        cell = WriteOnlyCell(sheet, value=value)
    elif isinstance(value, date) and column.kind == DATE:
        naive = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        cell = WriteOnlyCell(sheet, value=naive)
    else:
        cell = text_cell(sheet, as_written(value))
    return as_column(cell, column)


def as_column(cell: WriteOnlyCell, column: Column) -> WriteOnlyCell:
    """Return the cell with the look of its column."""
    cell.number_format = column.number_format or FORMATS[column.kind]
    cell.border = _BOX
    cell.alignment = Alignment(vertical="top", wrap_text=column.wraps)
    return cell


def as_written(value: Cell) -> str:
    """Return the text of a value that stands in a text cell."""
    if isinstance(value, str):
        return value
    return csv_text(value)


def text_cell(
    sheet: WriteOnlyWorksheet, value: str, *, font: Font | None = None
) -> WriteOnlyCell:
    """Return a text cell that can never become a formula."""
    text = plain_text(value)
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"  # openpyxl would make a formula of a leading "="
        cell.quotePrefix = text.startswith(RISKY)
    if font:
        cell.font = font
    return cell


def heading_cell(sheet: WriteOnlyWorksheet, heading: str) -> WriteOnlyCell:
    """Return a cell of the heading row."""
    cell = text_cell(sheet, heading, font=Font(bold=True))
    cell.fill = _HEAD_FILL
    cell.border = _BOX
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell
