"""What the spreadsheet gateway reads, refuses and writes."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.spreadsheets import (
    ERROR,
    WARNING,
    Column,
    Cover,
    Field,
    Properties,
    Sheet,
    SheetPlan,
    SpreadsheetRefused,
    Workbook,
    as_date,
    as_decimal,
    as_integer,
    as_text,
    clean_decimal,
    column_letter,
    fold,
    read_table,
    read_workbook,
    template_workbook,
    write_csv,
    write_workbook,
)
from tests.workbooks import bad_files, with_parts, workbook_of

RISKY = ("=1+1", "+86", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("28.999999999999996", "29"),
        ("39.299999999999997", "39.3"),
        ("14.299999999999999", "14.3"),
        ("6.200000000000001", "6.2"),
        ("0.1", "0.1"),
        ("5.0", "5"),
        ("100", "100"),
        ("123456789012345678", "123456789012345678"),
        ("-0.30000000000000004", "-0.3"),
    ],
)
def test_clean_decimal_drops_the_noise_of_binary_floats(text, number):
    assert clean_decimal(text) == Decimal(number)


@given(st.decimals("-99999", "99999", places=2))
def test_clean_decimal_keeps_every_mark_of_two_decimals(mark):
    assert clean_decimal(repr(float(mark))) == mark


def test_cells_are_read_as_what_a_person_meant():
    assert as_decimal(" 1\xa0") == Decimal(1)
    assert as_decimal("2,5") == Decimal("2.5")
    assert as_decimal("１.５") == Decimal("1.5")
    assert as_decimal("1,000.5") is None
    assert as_decimal("NaN") is None
    assert as_decimal(True) is None
    assert as_integer("2.0") == 2
    assert as_integer("2.5") is None
    assert as_text(Decimal("510104199001010001")) == "510104199001010001"
    assert as_text("张\u200b三\x00\r\n") == "张三"
    assert as_date("2026年1月2日") == date(2026, 1, 2)
    assert as_date("2026-13-02") is None
    assert fold("Ｍａｘ\n Mark") == "max mark"
    assert fold("Мах Mark") == "max mark"
    assert [column_letter(index) for index in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]


def test_workbook_comes_back_as_plain_values_at_their_places():
    content = workbook_of(
        [["a", "", "c"], [None], [None, Decimal("90.43"), " 1 "], [None, None, 7]]
    )

    workbook = read_workbook(content, filename="a.xlsx")

    assert workbook == Workbook(
        (
            Sheet(
                "表",
                (
                    ("a", None, "c"),
                    (),
                    (None, Decimal("90.43"), "1"),
                    (None, None, Decimal(7)),
                ),
            ),
        )
    )


def test_leading_empty_rows_and_columns_keep_their_numbers():
    book = openpyxl.Workbook()
    book.active["C3"] = True
    book.active["D4"] = date(2026, 11, 20)
    buffer = io.BytesIO()
    book.save(buffer)

    sheet = read_workbook(buffer.getvalue(), filename="a.xlsx").sheets[0]

    assert sheet.rows == (
        (),
        (),
        (None, None, True),
        (None, None, None, date(2026, 11, 20)),
    )


@pytest.mark.parametrize("case", sorted(bad_files()))
def test_dangerous_file_is_refused_with_its_remedy(case):
    filename, content = bad_files()[case]

    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(content, filename=filename)

    problem = refused.value.problem
    chinese, _, english = problem.message.partition(" / ")
    assert problem.code == case.split(" (")[0]
    assert (problem.severity, problem.row) == (ERROR, None)
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    assert english.isascii() or "“" in english


def test_a_link_to_click_is_no_external_link():
    relation = (
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/hyperlink" Target="mailto:a@example.org" '
        'TargetMode="External"/></Relationships>'
    )
    content = with_parts(
        workbook_of([["a"]]), {"xl/worksheets/_rels/sheet9.xml.rels": relation}
    )

    assert read_workbook(content, filename="a.xlsx").sheets[0].rows == (("a",),)


@pytest.mark.parametrize(
    ("cell", "code"),
    [("A20001", "too-many-rows"), ("CW1", "too-many-columns")],
)
def test_more_than_the_limit_names_the_sheet(cell, code):
    book = openpyxl.Workbook()
    book.active[cell] = "x"
    buffer = io.BytesIO()
    book.save(buffer)

    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(buffer.getvalue(), filename="a.xlsx")

    assert (refused.value.code, refused.value.problem.sheet) == (code, "Sheet")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_of_chinese_offices(encoding, delimiter):
    text = delimiter.join(["姓名", "单位"]) + "\r\n" + delimiter.join(["张三", ""])

    workbook = read_workbook(text.encode(encoding), filename="名单.csv")

    assert workbook == Workbook((Sheet("名单", (("姓名", "单位"), ("张三",))),))


def test_csv_with_rubbish_is_refused():
    with pytest.raises(SpreadsheetRefused) as refused:
        read_workbook(b"\x81\xff\xfe\x00", filename="a.csv")

    assert refused.value.code == "unknown-encoding"


FIELDS = (
    Field("name", ("姓名", "contestant"), is_required=True),
    Field("unit", ("单位",), is_required=True),
    Field("note", ("备注",)),
)


def test_table_is_found_below_its_title_whatever_the_order_of_columns():
    rows = (("名单",), (), ("单位 ", "备 注", "Contestant"), ("厂", None, "张三"), ())

    table = read_table(Workbook((Sheet("表", rows),)), FIELDS)

    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (4, {"name": "张三", "unit": "厂", "note": None})
    ]
    assert [(p.code, p.severity, p.column) for p in table.problems] == [
        ("unknown-column", WARNING, "B")
    ]


def test_table_names_the_columns_it_lacks_and_the_doubled_ones():
    rows = (("姓名", "姓名"), ("张三", "李四"))

    table = read_table(Workbook((Sheet("表", rows),)), FIELDS)

    assert table.rows == ()
    assert [(p.code, p.row) for p in table.problems] == [
        ("missing-column", 1),
        ("duplicate-column", 1),
    ]
    assert "单位" in table.problems[0].message


COLUMNS = (
    Column("name", "姓名", width=12),
    Column("points", "得分", kind="number"),
    Column("on", "日期", kind="date"),
)


@pytest.mark.parametrize("payload", RISKY)
def test_text_never_becomes_a_formula(payload):
    rows = [{"name": payload, "points": Decimal("-1.5"), "on": None}]

    content = write_workbook([SheetPlan("表", COLUMNS, rows)])
    csv_file = write_csv(COLUMNS, rows).decode("utf-8-sig")

    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", payload, True)
    assert f"'{payload}" in csv_file
    assert ",-1.5," in csv_file


def test_control_characters_before_a_formula_do_not_hide_it():
    rows = [{"name": "\t\r\x00=1+1"}]

    content = write_workbook([SheetPlan("表", COLUMNS, rows)])

    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)
    assert b"'=1+1" in write_csv(COLUMNS, rows)


def test_workbook_has_cover_heading_print_area_and_properties():
    plan = SheetPlan(
        "名单",
        COLUMNS,
        [{"name": "张三", "points": Decimal("90.43"), "on": date(2026, 1, 2)}],
        title_lines=["标题"],
        closing_lines=["制表"],
        paper="A3",
    )
    cover = Cover("封面", "花名册", [("人数", Decimal(1)), ("文号", "文号1")])

    content = write_workbook([plan], cover=cover, properties=Properties(title="题"))

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["名单"]
    assert book.sheetnames == ["封面", "名单"]
    assert [[c.value for c in row] for row in book["封面"]["A3:B4"]] == [
        ["人数", 1],
        ["文号", "文号1"],
    ]
    assert [c.value for c in sheet[3]][:2] == ["张三", 90.43]
    assert sheet["A3"].number_format == "@"
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert sheet.print_area == "'名单'!$A$1:$C$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == (
        "landscape",
        "8",
    ) or sheet.page_setup.paperSize == 8
    assert book.properties.title == "题"


def test_template_has_headings_text_cells_and_notes():
    content = template_workbook("名单", COLUMNS, notes=[("姓名", "与证件一致")])

    book = openpyxl.load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["名单", "填写说明"]
    assert [cell.value for cell in book["名单"][1]] == ["姓名", "得分", "日期"]
    assert book["名单"]["A400"].number_format == "@"


def test_ratio_is_forgiven_to_small_parts_only():
    content = with_parts(workbook_of([["a"]]), {"small.bin": b"0" * 900_000})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("small.bin")
    assert info.file_size > 100 * info.compress_size
    assert read_workbook(content, filename="a.xlsx").sheets[0].rows == (("a",),)
