"""Which cells of a workbook hold formulas, and how much of our own lists may come back."""

import io
import zipfile

import pytest
from openpyxl import Workbook as Book

from people.spreadsheets import (
    OWN_LISTS,
    Column,
    Limits,
    SheetPlan,
    SpreadsheetRefused,
    read_workbook,
    write_workbook,
)


def book_of(**cells):
    """A workbook of two sheets; the keys are places on the second, "B3"."""
    book = Book()
    book.active.title = "封面"
    sheet = book.create_sheet("名单 & 表")
    for place, value in cells.items():
        sheet[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def formulas(content):
    return read_workbook(content, filename="a.xlsx", with_formulas=True).formulas


def rewritten(content, part, change):
    """The file with one part changed as text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text) if name == part else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


def test_formulas_are_named_by_sheet_and_cell():
    content = book_of(A1="x", B3="=1+1", C4='=HYPERLINK("http://x")')
    assert formulas(content) == (("名单 & 表", "B3"), ("名单 & 表", "C4"))


def test_text_that_only_looks_like_a_formula_is_none():
    columns = (Column("a", "甲"),)
    lines = [{"a": "=1+1"}, {"a": "+x"}]
    assert formulas(write_workbook([SheetPlan("名单", columns, lines)])) == ()


def test_nobody_pays_for_formulas_who_does_not_ask():
    content = book_of(B3="=1+1")
    assert read_workbook(content, filename="a.xlsx").formulas == ()


def test_a_formula_of_another_prefix_or_encoding_is_found():
    content = book_of(B3="=1+1")
    prefixed = rewritten(
        content,
        SHEET,
        lambda text: text.replace(b"<f>", b'<m:f xmlns:m="u">').replace(
            b"</f>", b"</m:f>"
        ),
    )
    assert formulas(prefixed) == (("名单 & 表", "B3"),)


def test_a_validation_over_another_sheet_is_no_formula():
    extension = (
        b'<extLst><ext><x:formula1 xmlns:x="v"><xm:f xmlns:xm="u">A1</xm:f>'
        b"</x:formula1></ext></extLst></worksheet>"
    )
    content = rewritten(
        book_of(A1="x"), SHEET, lambda text: text.replace(b"</worksheet>", extension)
    )
    assert formulas(content) == ()


def test_a_part_with_a_document_type_is_refused():
    entity = b'<!DOCTYPE w [<!ENTITY a "x">]>'
    content = rewritten(
        book_of(B3="=1+1"),
        SHEET,
        lambda text: text.replace(b"<worksheet", entity + b"<worksheet", 1),
    )
    with pytest.raises(SpreadsheetRefused):
        formulas(content)


def test_limits_may_be_larger_for_our_own_lists_and_are_named():
    lines = [{"a": f"{n}"} for n in range(30)]
    content = write_workbook([SheetPlan("名单", (Column("a", "甲"),), lines)])
    small = Limits(rows=20)
    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(content, filename="a.xlsx", limits=small)
    assert "20" in str(refused.value)
    book = read_workbook(content, filename="a.xlsx", limits=OWN_LISTS)
    assert len(book.sheets[0].rows) == 31
