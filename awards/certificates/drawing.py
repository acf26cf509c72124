"""Certificates as PDF, through the gateway ``people.pdf``: one, many, or one by one.

The fonts and the style sheet are read once per process, the ground of a design is drawn
once per process and shared by all pages of a file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.template.loader import render_to_string

from awards.certificates.designs import default_design
from awards.certificates.ornaments import Stamp, ground_svg, zoom_of
from awards.certificates.text import (
    CertificateText,
    check_code,
    refuse_missing_characters,
)
from awards.core.certificate_design import Design, fill
from awards.errors import PdfUnavailable
from awards.memory import collecting_seldom
from people.errors import PdfUnavailable as PdfMissing
from people.pdf import bold_characters, render_pdf
from people.qr import qr_address

CHUNK = 100  # pages drawn at a time: memory stays flat, fonts are cut once a hundred

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Printing:
    """A certificate to be printed: its text, its digest, where it is verified.

    Without a design it takes the one of a provincial event.
    """

    text: CertificateText
    digest: str
    address: str
    bilingual: bool = False
    design: Design | None = None
    is_specimen: bool = False

    @property
    def look(self) -> Design:
        """The design it is printed with."""
        return self.design or default_design("")


def render_certificates(printings: Sequence[Printing], *, title: str = "") -> bytes:
    """Return one PDF with a page per certificate; fonts, styles and ground are shared.

    The same printings give the same bytes.  Raises CertificatesRefused naming every
    character that no font has, PdfUnavailable when the drawing libraries are missing.
    """
    refuse_missing_characters([printing.text for printing in printings])
    if len({printing.look.size for printing in printings}) != 1:
        raise ValueError("the sheets of one document have one size")
    context = {
        "sheets": [sheet_of(printing) for printing in printings],
        "title": title or printings[0].text.number,
    }
    markup = render_to_string("awards/certificate.html", context)
    zoom = zoom_of(printings[0].look)
    stamp = Stamp([(printing.look, printing.address) for printing in printings])
    try:
        return render_pdf(markup, "certificate.css", finish=stamp, zoom=zoom)
    except PdfMissing as error:
        raise PdfUnavailable(error.code, error.message) from error


def render_batch(
    printings: Sequence[Printing], report: Report, *, title: str = ""
) -> Iterator[bytes]:
    """Yield PDFs of at most CHUNK certificates each; their pages follow one another.

    ``report`` hears how many are done of how many.  All names are looked at before the
    first page is drawn.
    """
    refuse_missing_characters([printing.text for printing in printings])
    done = 0
    for chunk in _chunks(printings, CHUNK):
        with collecting_seldom():
            drawn = render_certificates(chunk, title=title)
        yield drawn
        done += len(chunk)
        report(done, len(printings), "")


def render_each(
    printings: Sequence[Printing], report: Report
) -> Iterator[tuple[Printing, bytes]]:
    """Yield every certificate as a file of its own."""
    refuse_missing_characters([printing.text for printing in printings])
    for done, printing in enumerate(printings, start=1):
        yield printing, render_certificates([printing])
        report(done, len(printings), "")


def sheet_of(printing: Printing, *, on_screen: bool = False) -> dict[str, object]:
    """Return what the template shows of one certificate.

    On screen the ground and the QR code are part of the page; in a file they are
    stamped.
    """
    text, design = printing.text, printing.look
    values = text.values()
    bilingual = printing.bilingual and text.is_bilingual
    says = {name: fill(line, values) for name, line in design.wordings.items()}
    sheet: dict[str, object] = {
        "text": text,
        "design": design,
        "says": says,
        "award": values["award"],
        "name_en": values["name_en"],
        "columns": _columns(design, values),
        "bilingual": bilingual,
        "host": urlsplit(printing.address).netloc,
        "check_code": check_code(printing.digest),
        "is_rare": any(ord(c) not in bold_characters() for c in text.name),
        "is_specimen": printing.is_specimen,
        **_fit(says, text, design),
    }
    if on_screen:
        sheet["ground"] = ground_svg(design)
        sheet["qr"] = qr_address(printing.address)
    return sheet


def _columns(design: Design, values: dict[str, str]) -> list[dict[str, object]]:
    """The places to sign and seal from left to right; the day stands under the last."""
    labels = [*design.signatures, *design.seals]
    return [
        {
            "label": fill(label, values),
            "is_seal": position > len(design.signatures),
            "place": f"{position}-{len(labels)}",
            "day": values["date"] if position == len(labels) else "",
        }
        for position, label in enumerate(labels, start=1)
    ]


def _fit(
    says: dict[str, str], text: CertificateText, design: Design
) -> dict[str, object]:
    """How long the texts are, in steps that the style sheet knows."""
    wide = 75 if design.size[0] < design.size[1] else 100
    return {
        "event_fit": _step(_width(says["event"]), [38 * wide, 80 * wide]),
        "name_fit": _step(_width(text.name), [1000, 1800]),
        "body_fit": _step(_width(says["body"]), [34 * wide, 60 * wide]),
        "award_fit": _step(_width(text.award), [800, 1600]),
        "unit_fit": _step(_width(text.unit), [44 * wide, 88 * wide]),
    }


def _step(width: int, limits: Sequence[int]) -> str:
    """Return '', 'long' or 'longest'."""
    return ("", "long", "longest")[sum(width > limit for limit in limits)]


def _width(text: str) -> int:
    """About how wide a text is, in hundredths of an em: Latin letters are half a Han."""
    return sum(100 if ord(character) > 0x2E7F else 55 for character in text)


def _chunks(printings: Sequence[Printing], size: int) -> Iterator[list[Printing]]:
    """The printings in order, at most ``size`` of one size of sheet at a time."""
    chunk: list[Printing] = []
    for printing in printings:
        if chunk and (len(chunk) == size or chunk[0].look.size != printing.look.size):
            yield chunk
            chunk = []
        chunk.append(printing)
    if chunk:
        yield chunk
