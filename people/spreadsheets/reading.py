"""Open a workbook or CSV file safely and return its cells as plain values.

An .xlsx file is parsed by ``child`` in a process of its own with limits on time and
memory; a CSV file is text and is read here.  Nothing is written.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast

from people.spreadsheets.cells import Cell, Sheet, Workbook, clean_decimal
from people.spreadsheets.problems import SpreadsheetRefused
from people.spreadsheets.safety import (
    MAX_FILE,
    MAX_UNPACKED,
    OLE_HEADER,
    ZIP_HEADER,
    check_archive,
    check_size,
    not_a_workbook,
    refuse_ole,
)

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_TEXT = 10_000_000  # characters in one file
CHILD_SECONDS = 4
CHILD_MEGABYTES = 400
CHILD_DEADLINE = 20  # wall clock, for a machine that is busy
CHILD = Path(__file__).with_name("child.py")
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold, and what its reading may cost."""

    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    text: int = MAX_TEXT
    seconds: int = CHILD_SECONDS
    megabytes: int = CHILD_MEGABYTES
    deadline: int = CHILD_DEADLINE
    file: int = MAX_FILE
    unpacked: int = MAX_UNPACKED


STANDARD = Limits()
# A list of ours that comes back: as large as we write them.
OWN_LISTS = Limits(
    rows=60_000,
    text=60_000_000,
    seconds=40,
    megabytes=1600,
    deadline=120,
    file=3 * MAX_FILE,
    unpacked=8 * MAX_UNPACKED,
)


def read_workbook(
    content: bytes,
    *,
    filename: str,
    limits: Limits = STANDARD,
    with_formulas: bool = False,
) -> Workbook:
    """Return the sheets of an .xlsx or CSV file, or raise ``SpreadsheetRefused``.

    The content decides what the file is; the name only tells text from rubbish and
    names the single sheet of a CSV file.  Formulas are read as their last values;
    ``with_formulas`` says which cells hold one.
    """
    check_size(content, most=limits.file)
    if content.startswith(OLE_HEADER):
        refuse_ole(content)
    if content.startswith(ZIP_HEADER):
        check_archive(content, unpacked=limits.unpacked)
        return _parse_in_child(content, limits, with_formulas=with_formulas)
    if not filename.lower().endswith(TEXT_SUFFIXES):
        raise not_a_workbook()
    return Workbook((_read_csv(content, name=Path(filename).stem),))


def _parse_in_child(content: bytes, limits: Limits, *, with_formulas: bool) -> Workbook:
    told = {**asdict(limits), "formulas": with_formulas}
    try:
        done = subprocess.run(  # noqa: S603 - our own script, no shell
            [sys.executable, "-I", str(CHILD), json.dumps(told)],
            input=content,
            capture_output=True,
            timeout=limits.deadline,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy() from error
    if done.returncode != 0:
        raise _too_heavy()
    answer = json.loads(done.stdout)
    if "limit" in answer:
        raise _over_limit(answer["limit"], answer["sheet"], limits)
    if "encrypted" in answer:
        refuse_ole(content)
    if "sheets" not in answer:
        raise not_a_workbook()
    return Workbook(
        tuple(_sheet(name, rows) for name, rows in answer["sheets"]),
        tuple((sheet, place) for sheet, place in answer["formulas"]),
    )


def _sheet(name: str, rows: list[list[Any]]) -> Sheet:
    return Sheet(name, tuple(tuple(_cell(value) for value in row) for row in rows))


def _cell(value: Any) -> Cell:
    if not isinstance(value, list):
        return None if value is None else cast(bool | str, value)
    tag, text = value
    if tag == "n":
        return clean_decimal(text)
    return date.fromisoformat(text) if tag == "d" else datetime.fromisoformat(text)


def _read_csv(content: bytes, *, name: str) -> Sheet:
    text = _decode(content)
    if "\0" in text:
        raise not_a_workbook()
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = [_csv_row(row, name) for row in islice(lines, MAX_ROWS + 1)]
    except csv.Error as error:
        raise SpreadsheetRefused(
            "broken-csv",
            f"第 {lines.line_num} 行无法读取，请检查引号是否成对、内容是否过长。 / "
            f"Line {lines.line_num} cannot be read: check quotes and length.",
            sheet=name,
        ) from error
    if len(rows) > MAX_ROWS:
        raise _over_limit("rows", name)
    return Sheet(name, tuple(rows))


def _csv_row(row: list[str], name: str) -> tuple[Cell, ...]:
    values = [value if value.strip() else None for value in row]
    while values and values[-1] is None:
        values.pop()
    if len(values) > MAX_COLUMNS:
        raise _over_limit("columns", name)
    return tuple(values)


def _decode(content: bytes) -> str:
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        if content.startswith(mark):
            return _decoded(content, "utf-16") or ""
    for encoding in ("utf-8-sig", "gb18030"):
        text = _decoded(content, encoding)
        if text is not None:
            return text
    raise SpreadsheetRefused(
        "unknown-encoding",
        "无法识别文字编码，请另存为“CSV UTF-8”。 / "
        "The text encoding is not known: save the file as CSV UTF-8.",
    )


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(",;\t", key=first.count)


def _over_limit(
    limit: str, sheet: str, limits: Limits = STANDARD
) -> SpreadsheetRefused:
    messages = {
        "rows": f"工作表“{sheet}”超过 {limits.rows} 行，请拆成几个文件。 / "
        f"Sheet “{sheet}” has more than {limits.rows} rows: split the file.",
        "columns": f"工作表“{sheet}”超过 {limits.columns} 列，请删去无关的列。 / "
        f"Sheet “{sheet}” has more than {limits.columns} columns: remove the "
        "unrelated ones.",
        "text": f"工作表“{sheet}”的文字过多，请只保留需要的内容。 / "
        f"Sheet “{sheet}” holds too much text: keep only what is needed.",
    }
    return SpreadsheetRefused(f"too-many-{limit}", messages[limit], sheet=sheet)


def _too_heavy() -> SpreadsheetRefused:
    return SpreadsheetRefused(
        "too-heavy",
        "读取这个工作簿需要的时间或内存超出限制，请把需要的区域复制到新的工作簿，"
        "另存为 .xlsx。 / Reading this workbook takes more time or memory than "
        "allowed: copy the needed cells into a new workbook and save that.",
    )
