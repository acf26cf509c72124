"""No text of anybody's becomes a formula, in no list that can be exported."""

import csv
import io
import zipfile

import openpyxl
import pytest

from awards.listings.registry import LISTINGS
from people.spreadsheets.cells import plain_text
from people.spreadsheets.writing import RISKY
from tests.awards.exporting import written

PAYLOADS = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-1-1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",  # noqa: RUF001 - the point
    "＋1+1",  # noqa: RUF001
    "－1-1",  # noqa: RUF001
    "＠SUM(1)",  # noqa: RUF001
    "\u200b=1+1",
    "=1+1</t></is></c>",
    "=cmd|'/C calc'!A0",
    "DDE(\x01\x02\x1f)",
)


def lines_with_payloads(listing):
    return [
        written.line_of(
            listing, payload, number=n, sheet=payload, document=payload, release=payload
        )
        for n, payload in enumerate(PAYLOADS, 1)
    ]


def batch_with(payload, **changes):
    return written.batch(
        bureau=payload, by=payload, purpose=payload, document=payload, **changes
    )


@pytest.mark.parametrize("name", sorted(LISTINGS))
@pytest.mark.parametrize("masked", [False, True])
def test_no_text_runs_as_a_formula_in_a_workbook(name, masked):
    listing = LISTINGS[name]
    of = batch_with(PAYLOADS[0], is_masked=masked)

    content, contents = written.written(listing, lines_with_payloads(listing), of=of)

    assert contents.lines == len(PAYLOADS)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for part in parts.namelist():
            if part.startswith("xl/worksheets/"):
                text = parts.read(part)
                assert b"<f>" not in text, part
                assert b"<f " not in text, part
                assert b"\0" not in text, part
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "d"), cell.coordinate
            if isinstance(cell.value, str) and cell.value.startswith(RISKY):
                assert cell.quotePrefix, (sheet.title, cell.coordinate)


@pytest.mark.parametrize("name", sorted(LISTINGS))
@pytest.mark.parametrize("masked", [False, True])
def test_no_text_runs_as_a_formula_in_a_csv_file(name, masked):
    listing = LISTINGS[name]
    of = batch_with(PAYLOADS[0], is_masked=masked)

    content, _contents = written.written(
        listing, lines_with_payloads(listing), of=of, as_csv=True
    )

    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\0" not in content
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert len(rows) == len(PAYLOADS)
    assert {len(row) for row in rows} == {len(heading)}
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith((*RISKY, "\n", "\0")), cell


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_that_is_no_formula_is_still_what_was_entered(payload):
    listing = LISTINGS["promotion-roster"]

    content, _contents = written.written(listing, [written.line_of(listing, payload)])

    sheet = openpyxl.load_workbook(io.BytesIO(content))["名单"]
    assert sheet["B4"].value == plain_text(payload)
    assert sheet["B4"].data_type == "s"
