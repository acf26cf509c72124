"""A workbook described as text, and compared with what was written down once.

Set LEITAI_WRITE_GOLDEN=1 to write the descriptions anew; read the difference before it
is committed.
"""

import io
import os
import re
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent / "golden"
# Made anew in every run: numbers that hold a digest, digests, checks, row ids.
CHANGING = (
    (re.compile(r"R-\d{4}-\d{4}-[0-9A-F]{4}"), "R-<release>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<sha256>"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "<check>"),
    (re.compile(r"\bR-[1-9]\d*\b"), "R-<n>"),
)
PAPER = {8: "A3", 9: "A4", None: "?"}


def compare(name: str, content: bytes) -> None:
    """Fail unless the workbook is as ``golden/<name>.txt`` describes it."""
    path, found = FOLDER / f"{name}.txt", describe(content)
    if os.environ.get("LEITAI_WRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    wanted = path.read_text(encoding="utf-8") if path.exists() else ""
    assert found == wanted, f"{path.name}: LEITAI_WRITE_GOLDEN=1 writes it anew"


def describe(content: bytes) -> str:
    """Return sheets, paper, widths and every cell with type and format as text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    told = book.properties
    lines = [f"title: {told.title}", f"creator: {told.creator}"]
    lines += [f"property {each.name}: {each.value}" for each in book.custom_doc_props]
    for sheet in book.worksheets:
        lines += ["", *_sheet(sheet)]
    text = "\n".join(lines) + "\n"
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    return text


def _sheet(sheet: Worksheet) -> list[str]:
    setup = sheet.page_setup
    widths = {
        letter: round(each.width, 1) for letter, each in sheet.column_dimensions.items()
    }
    heights = {
        number: each.height
        for number, each in sheet.row_dimensions.items()
        if each.height
    }
    rules = sheet.data_validations.dataValidation
    return [
        f"== {sheet.title}",
        f"paper: {PAPER.get(setup.paperSize, setup.paperSize)} {setup.orientation}",
        f"fit: {setup.fitToWidth} x {setup.fitToHeight}",
        f"freeze: {sheet.freeze_panes}",
        f"print: {sheet.print_area} titles {sheet.print_title_rows}",
        f"header: {sheet.oddHeader.right.text}",
        f"footer: {sheet.oddFooter.left.text} | {sheet.oddFooter.center.text}",
        f"merged: {sorted(map(str, sheet.merged_cells.ranges))}",
        "widths: " + " ".join(f"{k}={v}" for k, v in widths.items()),
        "heights: " + " ".join(f"{n}={each:g}" for n, each in heights.items()),
        *(f"choose {rule.sqref}: {rule.formula1}" for rule in rules),
        *_cells(sheet),
    ]


def _cells(sheet: Worksheet) -> list[str]:
    return [
        f"{cell.coordinate} {cell.data_type} {cell.number_format} {_shown(cell.value)}"
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).replace("\n", "\\n")
