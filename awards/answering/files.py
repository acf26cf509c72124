"""An exported workbook that came back: what was answered, and what else was changed.

Compares cells only; whose lines they are and in which state is the action's business.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from awards.answering.sheets import SheetReader, nth, texts_of
from awards.answering.values import (
    NUMBER,
    REFERENCE,
    REMEDY,
    REMEDY_EN,
    AnswersReading,
    Papers,
    say,
)
from awards.core.row_check import reference_of
from people.spreadsheets import Cell, Sheet, Workbook, as_text, column_letter


def export_number(workbook: Workbook) -> str:
    """Return the number on the cover of an exported workbook, "" if there is none."""
    for sheet in workbook.sheets:
        for row in sheet.rows:
            if len(row) > 1 and as_text(row[0]) == NUMBER:
                return as_text(row[1])
    return ""


def read_answers(workbook: Workbook, papers: Papers) -> AnswersReading:
    """Return what a workbook answers, with every difference from what was sent."""
    reading = AnswersReading()
    for name, place in workbook.formulas:
        say(
            reading, name, None, place, "formula",
            f"单元格 {place} 是公式，请改为填写的文字。",
            f"cell {place} holds a formula: type the text itself.",
        )  # fmt: skip
    listed = {sent.sheet for sent in papers.lines.values()}
    kept = {sheet.name: sheet for sheet in papers.kept.sheets} if papers.kept else {}
    for sheet in workbook.sheets:
        if sheet.name in listed:
            SheetReader(sheet, kept.get(sheet.name), papers, reading).read()
        elif sheet.name in kept:
            _compare_grid(sheet, kept[sheet.name], reading)
        elif kept and any(texts_of(row) for row in sheet.rows):
            say(
                reading, sheet.name, None, "", "sheet-added",
                f"工作表“{sheet.name}”不在导出的文件里。{REMEDY}",
                f"this sheet was not exported: {REMEDY_EN}",
            )  # fmt: skip
    _name_missing(workbook, listed | set(kept), papers, reading)
    return reading


def _name_missing(
    workbook: Workbook, sheets: set[str], papers: Papers, reading: AnswersReading
) -> None:
    there = {sheet.name for sheet in workbook.sheets}
    reading.unread |= sheets - there
    for name in sorted(sheets - there):
        say(
            reading, name, None, "", "sheet-missing",
            f"缺少工作表“{name}”。{REMEDY}", f"this sheet is missing: {REMEDY_EN}",
        )  # fmt: skip
    counts = Counter(row.entitlement for row in reading.rows)
    for row in reading.rows:
        if counts[row.entitlement] > 1:
            row.wrong(
                REFERENCE, "doubled", "在文件里出现不止一次，请只留一行。",
                "this line stands in the file more than once: keep one.",
            )  # fmt: skip
    for entitlement, sent in papers.lines.items():
        if entitlement not in counts and sent.sheet not in reading.unread:
            reference = reference_of(entitlement)
            say(
                reading, sent.sheet, None, "", "row-deleted",
                f"序号 {sent.position} 的 {reference} 不在文件中。没有答复的行请留空，"
                f"不要删除。{REMEDY}",
                f"{reference} is not in the file: leave a line without an answer empty.",
            )  # fmt: skip


def _compare_grid(sheet: Sheet, kept: Sheet, reading: AnswersReading) -> None:
    """Name the cells of a sheet that carries no lines, such as the cover."""
    for number, column in _differences(sheet.rows, kept.rows):
        letter = column_letter(column)
        say(
            reading, sheet.name, number, letter, "changed",
            f"单元格 {letter}{number} 与导出时不同。{REMEDY}",
            f"cell {letter}{number} is not as it was exported: {REMEDY_EN}",
        )  # fmt: skip


def _differences(
    found: Sequence[Sequence[Cell]], sent: Sequence[Sequence[Cell]]
) -> Iterator[tuple[int, int]]:
    for index in range(max(len(found), len(sent))):
        here = texts_of(found[index]) if index < len(found) else ()
        there = texts_of(sent[index]) if index < len(sent) else ()
        for column in range(max(len(here), len(there))):
            if nth(here, column) != nth(there, column):
                yield index + 1, column
