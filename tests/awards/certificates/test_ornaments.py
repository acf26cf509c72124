"""Grounds and QR codes as they are stamped: shared, exact, in the places of the sheet."""

import io
import re
from dataclasses import replace

import pypdf
import pytest
import segno

from awards import certificates
from awards.certificates import Printing, shipped_designs
from awards.certificates.ornaments import (
    PALETTES,
    POINTS,
    QR_PLACES,
    ground_operators,
    ground_svg,
    qr_operators,
)
from awards.core.certificate_design import GROUNDS, LAYOUTS
from awards.core.certificate_design import PALETTES as PALETTE_NAMES
from people.pdf import static_directory
from people.qr import qr_modules
from tests.awards.certificates.test_drawing import ADDRESS, DIGEST, WELDER

SHEET = (static_directory() / "css" / "certificate-sheet.css").read_text("utf-8")
DESIGNS = list(shipped_designs().values())


def test_every_palette_layout_and_ground_has_what_it_needs():
    assert tuple(PALETTES) == PALETTE_NAMES
    assert tuple(QR_PLACES) == LAYOUTS
    for name in PALETTE_NAMES:
        assert f".palette-{name} " in SHEET
    for ground in GROUNDS:
        assert (static_directory() / "certificates" / f"{ground}.svg").exists()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_code_stands_where_the_style_sheet_shows_it(layout):
    left, bottom, side = QR_PLACES[layout]
    places = re.findall(
        rf"\.layout-{layout} \.cert-qr {{ left: ([\d.]+)mm; bottom: ([\d.]+)mm", SHEET
    )

    assert places == [(f"{left:g}", f"{bottom:g}")]
    assert f"width: {side:g}mm; height: {side:g}mm" in SHEET


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.identifier)
def test_ground_is_solid_shapes_in_two_colours_of_the_design(design):
    svg = ground_svg(design)
    operators = ground_operators(design.ground, design.palette, design.sheet)

    assert PALETTES[design.palette].accent in svg
    assert "accent" not in svg
    assert b" gs" not in operators
    assert b"Do" not in operators
    assert operators.count(b"re\n") + operators.count(b" l") > 4


def test_rectangles_are_the_modules_of_the_code():
    rows = qr_modules(ADDRESS)
    operators = qr_operators(ADDRESS, DESIGNS[0])

    drawn = [[0] * len(rows) for _ in rows]
    for x, y, width in re.findall(r"(\d+) (\d+) (\d+) 1 re", operators):
        for column in range(int(x), int(x) + int(width)):
            drawn[len(rows) - 1 - int(y)][column] = 1
    assert drawn == rows


def test_code_is_the_one_the_library_makes_but_for_the_mask():
    own = qr_modules(ADDRESS)
    theirs = segno.make(ADDRESS, error="m", micro=False, mask=2)

    assert own == [[int(bool(module)) for module in row] for row in theirs.matrix]


def test_ground_is_one_form_for_all_pages_and_the_page_keeps_its_text():
    printings = [
        Printing(replace(WELDER, number=f"N-{n}"), DIGEST, ADDRESS) for n in range(3)
    ]

    reader = pypdf.PdfReader(io.BytesIO(certificates.render_certificates(printings)))

    forms = {
        page["/Resources"]["/XObject"].raw_get("/Ground0").idnum
        for page in reader.pages
    }
    assert len(forms) == 1
    assert [f"N-{n}" in page.extract_text() for n, page in enumerate(reader.pages)] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("paper", "size"), [("A4", (842, 595)), ("A3", (1191, 842)), ("A5", (595, 421))]
)
def test_paper_is_the_one_of_the_design(paper, size):
    design = replace(shipped_designs()["national"], paper=paper)
    printing = Printing(WELDER, DIGEST, ADDRESS, design=design)

    pdf = certificates.render_certificates([printing])

    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert [round(float(box.width)), round(float(box.height))] == pytest.approx(
        size, abs=3
    )
    assert pytest.approx(2.8346, abs=0.001) == POINTS


def test_same_certificate_gives_the_same_bytes():
    printing = Printing(WELDER, DIGEST, ADDRESS)

    first, second = (certificates.render_certificates([printing]) for _ in range(2))

    assert first == second
