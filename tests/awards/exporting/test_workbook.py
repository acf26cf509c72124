"""What stands in a file: sheets, sums, masks, digests; written without a database."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from awards.exporting.cells import printed
from awards.exporting.workbook import SheetNames
from awards.listings.base import ListLine
from awards.listings.registry import LISTINGS
from people.spreadsheets import Column
from tests.awards.exporting import written

ROSTER = LISTINGS["promotion-roster"]
ZHOU = {
    "name": "周𠮷安",
    "sex": "男",
    "identity_number": "519900199104070036",
    "birth_on": date(1991, 4, 7),
    "phone": "13800000001",
    "unit": "蜀山重型机械有限公司",
    "total": Decimal("90.40"),
}


def zhou(number=1, sheet="技师", **changes) -> ListLine:
    return ListLine(sheet, {**ZHOU, **changes}, number, number, "办法", "R-1")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_masked_file_holds_no_full_number_and_nothing_to_stitch_it_with():
    content, _contents = written.written(
        ROSTER, [zhou()], of=written.batch(is_masked=True)
    )

    heading, row = opened(content)["技师"].iter_rows(
        min_row=3, max_row=4, values_only=True
    )
    told = dict(zip(heading, row, strict=True))
    assert (told["证件号码"], told["联系电话"]) == ("519***********0036", "138****0001")
    assert not {"性别", "出生日期"} & set(heading)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist())
    for secret in (b"519900199104070036", b"13800000001", b"1991-04", b"33335"):
        assert secret not in everything


def test_masked_csv_holds_no_full_number():
    content, _contents = written.written(
        ROSTER, [zhou()], of=written.batch(is_masked=True), as_csv=True
    )

    assert b"519900199104070036" not in content
    assert b"13800000001" not in content
    assert b"519***********0036" in content


def test_lines_are_numbered_by_sheet_and_sums_are_not_counted():
    lines = [
        zhou(1, "高级技师"),
        zhou(2, "高级技师"),
        ListLine("高级技师", {"number": "", "name": "合计", "total": Decimal(2)}),
        zhou(3),
    ]
    kept = []

    content, contents = written.written(ROSTER, lines, keep=kept)

    sheet = opened(content)["高级技师"]
    assert [row[0].value for row in sheet["A4:A6"]] == [1, 2, None]
    assert sheet["B6"].value == "合计"
    assert (contents.lines, contents.people) == (3, 3)
    assert dict(contents.sheets) == {"高级技师": 2, "技师": 1}
    assert [(row.sheet, row.position) for row in kept] == [
        ("高级技师", 1),
        ("高级技师", 2),
        ("技师", 1),
    ]


def test_digest_of_rows_changes_with_one_character_and_not_with_the_format():
    digests = [
        written.written(ROSTER, [line], as_csv=as_csv)[1].rows_digest
        for line, as_csv in (
            (zhou(), False),
            (zhou(), True),
            (zhou(unit="蜀山重型机械有限公司 "), False),
            (zhou(unit="蜀山轻型机械有限公司"), False),
        )
    ]

    assert digests[0] == digests[1] == digests[2]
    assert digests[3] != digests[0]


def test_sheet_names_are_ones_a_workbook_takes_and_none_comes_twice():
    names = SheetNames()
    long = "某" * 40

    assert [
        names.fresh(target)
        for target in ("技师", "技师", "封面", "a/b[1]:*?\\'", "", long, long, "A\tB")
    ] == [
        "技师",
        "技师(2)",
        "封面(2)",
        "ab1",
        "名单",
        "某" * 31,
        "某" * 28 + "(2)",
        "A B",
    ]


def test_listing_that_takes_no_answers_has_no_answer_columns():
    silent = replace(ROSTER, takes_answers=False)

    content, _contents = written.written(silent, [zhou()], keep=[])

    sheet = opened(content)["技师"]
    assert sheet.cell(3, len(ROSTER.columns)).value == "备注"
    assert sheet.max_column == len(ROSTER.columns)
    assert not sheet.data_validations.dataValidation


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "text", ""),
        (" 甲\t乙\0 ", "text", "甲 乙"),
        (Decimal("90.40"), "number", "90.4"),
        (Decimal("90.40"), "text", "90.40"),
        (Decimal(7), "integer", "7"),
        (3, "number", "3"),
        ("第4名及以后", "integer", "第4名及以后"),
        (date(1991, 4, 7), "date", "1991-04-07"),
        (date(1991, 4, 7), "text", "1991-04-07"),
    ],
)
def test_printed_text_is_what_reads_again(value, kind, text):
    assert printed(value, Column("x", "X", kind=kind)) == text
