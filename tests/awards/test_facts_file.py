"""The facts file's cells: every fault with row and column, in two languages."""

from datetime import date

import pytest

from awards.fact_columns import COLUMNS, SHEET
from awards.facts_file import read_facts_file
from people.spreadsheets import template_workbook

ON = date(2026, 11, 20)
GOOD = {
    "person": "P-12",
    "name": "甲",
    "occupation": "6-18-02-04",
    "grade": "技师",
    "evidence": "证书原件",
}


def read(*rows):
    content = template_workbook(SHEET, COLUMNS, rows=rows)
    return read_facts_file(content, filename="f.xlsx", aliases={}, on=ON)


def test_a_good_row_gives_its_draft():
    found = read(GOOD)

    assert found.problems == ()
    row = found.rows[0]
    assert (row.person, row.name, [draft.kind for draft in row.drafts]) == (
        12,
        "甲",
        ["grade"],
    )


def test_rows_with_nothing_filled_in_are_passed_over():
    empty = {
        "person": "P-13",
        "name": "乙",
        "missing": "现持等级",
        "occupation": "焊工",
    }
    found = read(empty, GOOD)

    assert (len(found.rows), found.skipped, found.problems) == (1, 1, ())


def test_a_file_with_nothing_filled_in_says_so():
    assert [p.code for p in read({"person": "P-13", "name": "乙"}).problems] == [
        "empty"
    ]


@pytest.mark.parametrize(
    ("changes", "column", "code", "severity"),
    [
        ({"person": "甲"}, "A", "person-number", "error"),
        ({"person": ""}, "A", "no-person", "error"),
        ({"name": ""}, "B", "empty-cell", "error"),
        ({"occupation": ""}, "E", "occupation-missing", "error"),
        ({"occupation": "星际航行员"}, "E", "occupation-unknown", "error"),
        ({"occupation": "育婴员"}, "E", "occupation-retired", "warning"),
        ({"occupation": "6-31-99-99"}, "E", "occupation-unknown", "warning"),
        ({"grade": "工程师"}, "F", "grade-unknown", "error"),
        ({"certificate": "123"}, "G", "certificate-form", "error"),
        (
            {"certificate": "Z000051000001262000217"},
            "G",
            "certificate-letter",
            "warning",
        ),
        ({"certificate": "S000051000001261000217"}, "G", "grade-differs", "error"),
        ({"grade": "", "issuer": "中心"}, "H", "certificate-without-grade", "error"),
        ({"issuer_kind": "X"}, "I", "unknown-word", "error"),
        ({"issued_on": "昨天"}, "J", "date-unknown", "error"),
        ({"issued_on": "2027-01-01"}, "J", "date-in-future", "error"),
        ({"title_issuer": "人社部"}, "K", "title-missing", "error"),
        ({"title": "能手", "route": "抽签"}, "N", "unknown-word", "error"),
        ({"title": "能手", "origin": "火星"}, "O", "region-unknown", "error"),
        ({"allowance": "也许"}, "P", "unknown-word", "error"),
        ({"employment": "英雄"}, "S", "unknown-word", "error"),
        ({"education": "博士后"}, "T", "education-unlisted", "warning"),
        ({"professional_title": "工程师"}, "V", "professional-title-half", "error"),
        ({"evidence": ""}, "Z", "empty-cell", "error"),
    ],
)
def test_each_fault_names_its_cell_in_two_languages(changes, column, code, severity):
    problems = read({**GOOD, **changes}).problems

    assert [(p.row, p.column, p.code, p.severity) for p in problems] == [
        (2, column, code, severity)
    ]
    assert " / " in problems[0].message


def test_a_leading_equals_sign_stays_text():
    found = read({**GOOD, "title": "=1+1"})

    assert found.rows[0].drafts[1].values["title"] == "=1+1"
