"""LibreOffice opens every workbook without repair and finds the same cells in it."""

import io
import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from awards.listings.registry import LISTINGS
from tests.awards.exporting import written

OFFICES = ("soffice", "libreoffice")
SECONDS = 240
VALUES = {
    "text": '=周𠮷安 & "三峡"\n<第二行>',
    "number": Decimal("90.43"),
    "integer": Decimal(12),
    "date": date(1991, 4, 7),
}


@pytest.fixture(scope="module")
def office():
    found = next(filter(None, map(shutil.which, OFFICES)), None)
    if found is None:
        told = "soffice is not here: apt-get install libreoffice-calc-nogui"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return found


@pytest.fixture(scope="module")
def reopened(office, tmp_path_factory):
    """Every listing's workbook, before and after LibreOffice has saved it anew."""
    folder = tmp_path_factory.mktemp("office")
    before, after = folder / "before", folder / "after"
    before.mkdir()
    for name in LISTINGS:
        (before / f"{name}.xlsx").write_bytes(workbook_of(name))
    subprocess.run(  # noqa: S603 - a program of the system on files of our own
        [
            office,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(after),
            *map(str, sorted(before.iterdir())),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return before, after


def workbook_of(name: str) -> bytes:
    listing = LISTINGS[name]
    lines = []
    for number, sheet in enumerate(("高级技师", "高级技师", "技师=1"), 1):
        line = written.line_of(listing, "", number=number, sheet=sheet)
        cells = {
            each.column.key: VALUES[each.column.kind]
            for each in listing.columns
            if each.column.key != "number"
        }
        lines.append(type(line)(sheet, cells, number, number, "文件", "R-1"))
    return written.written(listing, lines)[0]


def cells_of(path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return {
        sheet.title: [
            [cell.value for cell in row if cell.value is not None]
            for row in sheet.iter_rows()
        ]
        for sheet in book.worksheets
    }


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_workbook_opens_in_libreoffice_with_every_cell_as_it_was(reopened, name):
    before, after = (folder / f"{name}.xlsx" for folder in reopened)

    assert after.exists()
    assert cells_of(after) == cells_of(before)
    book = openpyxl.load_workbook(io.BytesIO(after.read_bytes()))
    kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row}
    assert "f" not in kinds
