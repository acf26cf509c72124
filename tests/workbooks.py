"""Small workbooks for tests, good and bad, built in memory."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from people.spreadsheets import Cell, Column, SheetPlan, write_workbook

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
    '2006/content-types"/>'
)


def workbook_of(rows: Sequence[Sequence[Cell]], *, sheet: str = "表") -> bytes:
    """Return a workbook whose one sheet holds the rows as given (row 1 first)."""
    width = max(len(row) for row in rows)
    columns = [Column(str(i), "", kind="number") for i in range(width)]
    plan = SheetPlan(sheet, columns, [])
    return write_workbook([_with_rows(plan, rows)])


def _with_rows(plan: SheetPlan, rows: Sequence[Sequence[Cell]]) -> SheetPlan:
    first, *rest = rows
    heads = [
        Column(c.key, str(first[i]) if i < len(first) and first[i] else "", kind=c.kind)
        for i, c in enumerate(plan.columns)
    ]
    cells: list[Mapping[str, Cell]] = [
        {str(i): value for i, value in enumerate(row)} for row in rest
    ]
    return SheetPlan(plan.name, heads, cells)


def archive_of(
    parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip file of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_parts(content: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Return the workbook with parts added."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def bad_files() -> dict[str, tuple[str, bytes]]:
    """Return files that must be refused unread: code -> (file name, content)."""
    good = workbook_of([["a", "b"], ["1", "2"]])
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512
    link = (
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/attachedTemplate" Target="file:///c:/x" '
        'TargetMode="External"/></Relationships>'
    )
    sparse = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
        "</sheetData></worksheet>"
    )
    return {
        "empty-file": ("a.xlsx", b""),
        "file-too-large": ("a.xlsx", b"x" * (10 * 1024 * 1024 + 1)),
        "not-a-workbook": ("a.xlsx", b"<html>not a workbook</html>"),
        "not-a-workbook (zip)": ("a.xlsx", archive_of({"readme.txt": "x"})),
        "not-a-workbook (cut)": ("a.xlsx", good[: len(good) // 2]),
        "not-a-workbook (path)": (
            "a.xlsx",
            with_parts(good, {"../evil.xml": "x"}),
        ),
        "encrypted": ("a.xlsx", ole + "EncryptedPackage".encode("utf-16-le")),
        "old-format": ("a.xls", ole),
        "macros": ("a.xlsm", with_parts(good, {"xl/vbaProject.bin": b"x"})),
        "macros (type)": (
            "a.xlsx",
            archive_of(
                {
                    "[Content_Types].xml": TYPES.replace("/>", " x='macroEnabled'/>"),
                    "xl/workbook.xml": "<workbook/>",
                }
            ),
        ),
        "external-links": (
            "a.xlsx",
            with_parts(good, {"xl/externalLinks/externalLink1.xml": "<x/>"}),
        ),
        "external-links (relation)": (
            "a.xlsx",
            with_parts(good, {"xl/worksheets/_rels/sheet9.xml.rels": link}),
        ),
        "unpacks-too-large": ("a.xlsx", with_parts(good, {"x": b"0" * 3_000_000})),
        "unpacks-too-large (entries)": (
            "a.xlsx",
            with_parts(good, {f"x{i}": "x" for i in range(201)}),
        ),
        "too-heavy": ("a.xlsx", _replaced(good, "xl/worksheets/sheet1.xml", sparse)),
    }


def _replaced(content: bytes, name: str, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    return archive_of(parts | {name: part})
