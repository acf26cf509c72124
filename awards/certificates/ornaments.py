"""What is drawn under and beside the text: the ground of a design and the QR code.

Both go straight into the file: the ground once as a form that every page shows, the QR
code as rectangles.  Drawn through the layout of each page they would cost more than all
of its text.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pydyf
from pypdf import PdfReader

from awards.core.certificate_design import Design
from people.pdf import render_pdf, static_directory
from people.qr import INK, qr_modules

POINTS = 72 / 25.4  # in a millimetre: a page measure, not a mark
_OPAQUE = re.compile(rb"/[aA]1(\.0)? gs\s")


@dataclass(frozen=True, slots=True)
class Palette:
    """The two colours of a design; certificate.css names the same."""

    accent: str
    tint: str


PALETTES = {
    "lake": Palette("#0b5872", "#93bac8"),
    "crimson": Palette("#8c1c1f", "#c39a4e"),
    "pine": Palette("#17573f", "#a9c6a3"),
    "graphite": Palette("#2b3438", "#b98a3e"),
    "plum": Palette("#4b2a63", "#d8893a"),
}
# Where the QR code stands: millimetres from the left and the lower edge, its side.
QR_PLACES = {
    "centred": (24, 27, 27),
    "upright": (22, 27, 27),
    "pillar": (82, 20, 25),
    "wide": (28, 20, 25),
}


def zoom_of(design: Design) -> float:
    """How much larger the paper is than the sheet the design is drawn on."""
    return design.size[0] / design.sheet[0]


def ground_svg(design: Design) -> str:
    """Return the ornament of a design as SVG markup in its colours."""
    return _ground_svg(design.ground, design.palette)


@cache
def _ground_svg(ground: str, palette: str) -> str:
    path = static_directory() / "certificates" / f"{ground}.svg"
    colours = PALETTES[palette]
    text = path.read_text(encoding="utf-8").strip()
    return text.replace('"accent"', f'"{colours.accent}"').replace(
        '"tint"', f'"{colours.tint}"'
    )


class Stamp:
    """Puts the ground under every page of a document and a QR code on it.

    Handed to the drawing library as the last step of writing; ``sheets`` are the
    designs and addresses of the pages, in order.
    """

    def __init__(self, sheets: Sequence[tuple[Design, str]]) -> None:
        self._sheets = sheets

    def __call__(self, document: Any, pdf: Any) -> None:
        """Change the pages of a document about to be written."""
        kids = pdf.pages["Kids"]
        pages = [pdf.objects[int(kids[at])] for at in range(0, len(kids), 3)]
        grounds: dict[tuple[str, str, str], str] = {}
        for page, (design, address) in zip(pages, self._sheets, strict=True):
            key = (design.ground, design.palette, design.orientation)
            if key not in grounds:
                grounds[key] = f"Ground{len(grounds)}"
                self._add_ground(pdf, page, grounds[key], design)
            zoom = f"{zoom_of(design):.5f}"
            scale = f"q {zoom} 0 0 {zoom} 0 0 cm"
            under = _stream(pdf, f"{scale} /{grounds[key]} Do Q q")
            over = _stream(pdf, f"Q {scale} {qr_operators(address, design)} Q")
            page["Contents"] = pydyf.Array([under, page["Contents"], over])

    def _add_ground(self, pdf: Any, page: Any, name: str, design: Design) -> None:
        """Enter the ground among the drawings that all pages share."""
        width, height = (side * POINTS for side in design.sheet)
        form = pydyf.Stream(
            [ground_operators(design.ground, design.palette, design.sheet)],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pydyf.Array([0, 0, width, height]),
            },
            compress=True,
        )
        pdf.add_object(form)
        resources = pdf.objects[int(bytes(page["Resources"]).split()[0])]
        resources["XObject"][name] = form.reference


@cache
def ground_operators(ground: str, palette: str, size: tuple[int, int]) -> bytes:
    """Return the ground as drawing operators of a page of ``size``, drawn once."""
    width, height = size
    svg = _ground_svg(ground, palette)
    sheet = (
        f"<style>@page {{ size: {width}mm {height}mm; margin: 0 }}"
        f"body {{ margin: 0 }} svg {{ display: block; width: {width}mm;"
        f" height: {height}mm }}</style>{svg}"
    )
    page = PdfReader(io.BytesIO(render_pdf(sheet, "certificate.css"))).pages[0]
    contents = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    return _OPAQUE.sub(b"", drawn)  # as a page is from the start


def qr_operators(address: str, design: Design) -> str:
    """Return the QR code of an address as drawing operators at its place.

    One module is one unit; the dark ones of a row that touch are one rectangle.
    """
    left, bottom, side = (value * POINTS for value in QR_PLACES[design.layout])
    rows = qr_modules(address)
    scale = side / len(rows)
    red, green, blue = (int(INK[at : at + 2], 16) / 255 for at in (1, 3, 5))
    boxes = []
    for y, row in enumerate(reversed(rows)):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                boxes.append(f"{start} {y} {x - start} 1 re")
                start = None
    head = (
        f"q {red:.3f} {green:.3f} {blue:.3f} rg "
        f"{scale:.4f} 0 0 {scale:.4f} {left:.3f} {bottom:.3f} cm "
    )
    return f"{head}{' '.join(boxes)} f Q"


def _stream(pdf: Any, operators: str) -> Any:
    stream = pydyf.Stream([operators.encode("ascii")], compress=True)
    pdf.add_object(stream)
    return stream.reference
