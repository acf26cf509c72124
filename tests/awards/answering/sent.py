"""A list as it is sent to an authority, in memory: a cover, two sheets, five lines."""

from dataclasses import replace
from decimal import Decimal

from awards.answering import Papers, Sent
from awards.core.row_check import reference_of, row_check
from awards.exporting.answers import ANSWER_COLUMNS
from people.spreadsheets import Sheet, Workbook, as_text

NUMBER = "E-2026-000007"
OWN = ("序号", "姓名", "证件号码", "总成绩", "备注")
HEADINGS = (*OWN, *(column.heading for column in ANSWER_COLUMNS))
REFERENCE_AT, CHECK_AT = len(OWN), len(OWN) + 1
VERDICT_AT, PAPER_AT, DAY_AT, REASON_AT = range(len(OWN) + 2, len(HEADINGS))
HEAD = 2  # index of the heading row: two title lines stand above
LINES = {
    "高级技师": {
        11: (Decimal(1), "王铁生", "519900********0015", Decimal("90.43"), None),
        12: (Decimal(2), "李梅", "519900********0023", Decimal("88.1"), "并列"),
        13: (Decimal(3), "赵刚", "519900********0031", Decimal(85), None),
    },
    "技师": {
        21: (Decimal(1), "孙丽", "519900********0047", Decimal("79.5"), None),
        22: (Decimal(2), "周强", "519900********0055", Decimal(77), None),
    },
}
GRANTED = ("核准", "川人社函〔2026〕88 号", "2026-11-18")
REFUSED = ("不予核准", "川人社函〔2026〕88 号", "2026-11-18", "工作年限不足")


def check_of(entitlement, cells):
    return row_check(NUMBER, reference_of(entitlement), [as_text(c) for c in cells])


def line(entitlement, cells, answer=()):
    printed = (*cells, reference_of(entitlement), check_of(entitlement, cells))
    return (*printed, *answer)


def workbook(answers=None):
    """The workbook, with answers by entitlement."""
    answers = answers or {}
    cover = Sheet("封面", (("名单",), (), ("导出编号", NUMBER), ("用途", "报省厅")))
    sheets = [
        Sheet(
            name,
            (
                (f"花名册({name})",),
                (f"{len(lines)} 人",),
                HEADINGS,
                *(line(pk, cells, answers.get(pk, ())) for pk, cells in lines.items()),
                ("请勿改动办理编号",),
            ),
        )
        for name, lines in LINES.items()
    ]
    return Workbook((cover, *sheets))


def papers(*, is_kept=True):
    lines = {
        pk: Sent(name, place, check_of(pk, cells))
        for name, members in LINES.items()
        for place, (pk, cells) in enumerate(members.items(), 1)
    }
    return Papers(NUMBER, lines, HEADINGS, workbook() if is_kept else None)


def changed(book, sheet, row, column, value):
    """The workbook with one cell (0-based) written over."""
    return _with_rows(book, sheet, lambda rows: _written(rows, row, column, value))


def without_row(book, sheet, row):
    return _with_rows(book, sheet, lambda rows: rows[:row] + rows[row + 1 :])


def with_rows(book, sheet, rows):
    return _with_rows(book, sheet, lambda _rows: tuple(rows))


def _written(rows, row, column, value):
    rows = [*rows, *([()] * (row + 1 - len(rows)))]
    cells = [*rows[row], *([None] * (column + 1 - len(rows[row])))]
    cells[column] = value
    return (*rows[:row], tuple(cells), *rows[row + 1 :])


def _with_rows(book, name, change):
    sheets = tuple(
        replace(sheet, rows=change(sheet.rows)) if sheet.name == name else sheet
        for sheet in book.sheets
    )
    return replace(book, sheets=sheets)
