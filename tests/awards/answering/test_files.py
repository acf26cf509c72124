"""Reading an answered workbook: answers as given, every other change refused by name."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from awards.answering import export_number, read_answers
from people.spreadsheets import Sheet, Workbook, as_text, column_letter
from tests.awards.answering import sent

SHEET = "高级技师"
ANSWERED = {11: sent.GRANTED, 12: sent.REFUSED}
FIRST = sent.HEAD + 1  # index of the first line


def read(book, *, is_kept=True):
    return read_answers(book, sent.papers(is_kept=is_kept))


def codes(book, *, is_kept=True):
    return sorted({fault.code for fault in read(book, is_kept=is_kept).faults})


def answered(column, value, answer=sent.GRANTED):
    book = sent.workbook({11: answer})
    return sent.changed(book, SHEET, FIRST, column, value)


@pytest.mark.parametrize("is_kept", [True, False])
def test_answers_are_read_and_the_rest_is_left_open(is_kept):
    reading = read(sent.workbook(ANSWERED), is_kept=is_kept)

    assert reading.faults == []
    day, paper = date(2026, 11, 18), "川人社函〔2026〕88 号"
    assert [
        (row.reference, row.sheet, row.row, row.verdict, row.document, row.answered_on,
         row.reason)
        for row in reading.rows
    ] == [
        ("R-11", "高级技师", 4, "granted", paper, day, ""),
        ("R-12", "高级技师", 5, "refused", paper, day, "工作年限不足"),
        ("R-13", "高级技师", 6, "", "", None, ""),
        ("R-21", "技师", 4, "", "", None, ""),
        ("R-22", "技师", 5, "", "", None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("is_kept", [True, False])
def test_lines_may_be_sorted(is_kept):
    book = sent.workbook(ANSWERED)
    rows = book.sheets[1].rows
    turned = sent.with_rows(book, SHEET, (*rows[:FIRST], *rows[5:2:-1], rows[6]))

    reading = read(turned, is_kept=is_kept)
    assert reading.faults == []
    assert {row.entitlement: row.verdict for row in reading.rows}[11] == "granted"


def test_the_number_stands_on_the_cover():
    assert export_number(sent.workbook()) == sent.NUMBER
    assert export_number(Workbook((Sheet("甲", (("姓名",),)),))) == ""


ANSWER_FAULTS = {
    "unknown word": (sent.VERDICT_AT, "同意", "unknown-verdict"),
    "formula payload": (sent.VERDICT_AT, "=HYPERLINK(1)", "unknown-verdict"),
    "no answer": (sent.VERDICT_AT, None, "verdict-missing"),
    "no paper": (sent.PAPER_AT, None, "paper-missing"),
    "no day": (sent.DAY_AT, None, "date-missing"),
    "no date": (sent.DAY_AT, "下周", "date-unknown"),
    "long paper": (sent.PAPER_AT, "文" * 201, "too-long"),
    "long reason": (sent.REASON_AT, "由" * 301, "too-long"),
}


@pytest.mark.parametrize("case", ANSWER_FAULTS)
def test_an_answer_that_is_wrong_is_named(case):
    column, value, code = ANSWER_FAULTS[case]
    faults = read(answered(column, value)).faults

    assert [(f.sheet, f.row, f.column, f.code) for f in faults] == [
        (SHEET, FIRST + 1, column_letter(column), code)
    ]
    assert faults[0].message.startswith("R-11：")


def test_a_refusal_needs_its_reason():
    book = sent.workbook({11: sent.REFUSED[:3]})
    assert codes(book) == ["reason-missing"]


def moved(book):
    """Name and identity number change places, headings and all."""
    rows = [
        (row[0], row[2], row[1], *row[3:]) if len(row) > 3 else row
        for row in book.sheets[1].rows
    ]
    return sent.with_rows(book, SHEET, rows)


STRUCTURE = {
    "moved column": (moved, ["column-moved"]),
    "renamed column": (
        lambda book: sent.changed(book, SHEET, sent.HEAD, 1, "名字"),
        ["column-added", "column-missing"],
    ),
    "check without its column": (
        lambda book: sent.changed(book, SHEET, sent.HEAD, sent.CHECK_AT, None),
        ["heading-missing"],
    ),
    "added column": (
        lambda book: sent.changed(book, SHEET, sent.HEAD, len(sent.HEADINGS), "备注二"),
        ["column-added"],
    ),
    "cell beside the table": (
        lambda book: sent.changed(book, SHEET, FIRST, len(sent.HEADINGS) + 1, "x"),
        ["outside"],
    ),
    "deleted line": (
        lambda book: sent.without_row(book, SHEET, FIRST),
        ["row-deleted"],
    ),
    "doubled line": (
        lambda book: sent.with_rows(
            book, SHEET, (*book.sheets[1].rows, book.sheets[1].rows[FIRST])
        ),
        ["doubled"],
    ),
    "line of another list": (
        lambda book: sent.with_rows(
            book,
            SHEET,
            (*book.sheets[1].rows, sent.line(99, (1, "外人", "", 1, None), sent.GRANTED)),
        ),
        ["not-of-this-list"],
    ),
    "line on another sheet": (
        lambda book: sent.with_rows(
            sent.without_row(book, SHEET, FIRST),
            "技师",
            (*book.sheets[2].rows, book.sheets[1].rows[FIRST]),
        ),
        ["not-of-this-list"],
    ),
    "missing sheet": (
        lambda book: replace(book, sheets=book.sheets[:2]),
        ["sheet-missing"],
    ),
    "formula": (
        lambda book: replace(book, formulas=((SHEET, "H4"),)),
        ["formula"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("case", STRUCTURE)
def test_a_list_that_was_rebuilt_is_refused(case, is_kept):
    change, expected = STRUCTURE[case]
    assert codes(change(sent.workbook(ANSWERED)), is_kept=is_kept) == expected


def test_a_deleted_line_is_named_by_its_reference():
    book = sent.without_row(sent.workbook(), SHEET, FIRST + 1)
    [fault] = read(book).faults
    assert "R-12" in fault.message
    assert fault.sheet == SHEET


def test_changed_cells_are_named_while_the_sent_file_is_kept():
    book = sent.workbook(ANSWERED)
    for column, value in ((1, "王铁"), (3, "99")):
        book = sent.changed(book, SHEET, FIRST, column, value)
    [fault] = read(book).faults
    assert (fault.row, fault.code) == (FIRST + 1, "changed")
    assert "“姓名”“总成绩”" in fault.message

    [fault] = read(book, is_kept=False).faults
    assert (fault.row, fault.code) == (FIRST + 1, "changed")


def test_a_truth_value_is_no_number():
    book = sent.changed(sent.workbook(), SHEET, FIRST, 0, True)
    assert codes(book) == ["changed"]


def test_a_changed_check_is_refused_with_or_without_the_sent_file():
    book = sent.changed(sent.workbook(), SHEET, FIRST, sent.CHECK_AT, "0" * 16)
    assert codes(book) == ["changed"]
    assert codes(book, is_kept=False) == ["changed"]


def test_two_lines_that_trade_references_are_refused():
    book = sent.workbook(ANSWERED)
    for column in (sent.REFERENCE_AT, sent.CHECK_AT):
        one, two = (book.sheets[1].rows[FIRST + place][column] for place in (0, 1))
        book = sent.changed(book, SHEET, FIRST, column, two)
        book = sent.changed(book, SHEET, FIRST + 1, column, one)
    assert codes(book) == ["changed"]
    assert codes(book, is_kept=False) == ["changed"]


CELLS = st.one_of(
    st.none(),
    st.integers(-5, 10**6).map(str),
    st.text(max_size=12),
    st.sampled_from(["=1+1", "@x", "核准", "R-11", "R-22", sent.NUMBER, "\x00"]),
)
PLACES = st.sampled_from(
    [
        (sheet.name, row, column)
        for sheet in sent.workbook().sheets
        for row in range(len(sheet.rows) + 1)
        for column in range(len(sent.HEADINGS) + 2)
    ]
)


def is_free(place):
    """Whether a place is one of the four columns of a line."""
    sheet, row, column = place
    lines = range(FIRST, FIRST + len(sent.LINES.get(sheet, ())))
    return row in lines and column in range(sent.VERDICT_AT, len(sent.HEADINGS))


def text_at(book, place):
    """The printed text of a cell, "" beyond the end."""
    name, row, column = place
    [rows] = [sheet.rows for sheet in book.sheets if sheet.name == name]
    cells = rows[row] if row < len(rows) else ()
    return as_text(cells[column]) if column < len(cells) else ""


@settings(max_examples=300, deadline=None)
@given(place=PLACES, value=CELLS)
def test_any_change_outside_the_answers_is_refused_and_named(place, value):
    book = sent.workbook(ANSWERED)
    assume(not is_free(place))
    assume(text_at(book, place) != as_text(value))
    mutated = sent.changed(book, *place, value)

    faults = read(mutated).faults
    assert faults
    assert place[0] in {fault.sheet for fault in faults}
    assert all(fault.message for fault in faults)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_lines_may_not_be_taken_out_doubled_or_put_elsewhere(data):
    book = sent.workbook(ANSWERED)
    name = data.draw(st.sampled_from(sorted(sent.LINES)))
    [sheet] = [each for each in book.sheets if each.name == name]
    lines = sheet.rows[FIRST : FIRST + len(sent.LINES[name])]
    chosen = data.draw(st.lists(st.sampled_from(lines), max_size=6))
    assume(sorted(map(str, chosen)) != sorted(map(str, lines)))
    rows = (*sheet.rows[:FIRST], *chosen, sheet.rows[-1])

    assert read(sent.with_rows(book, name, rows)).faults
