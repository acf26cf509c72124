"""Award certificates as PDF: the one gateway to the library that draws them.

Texts are data: escaped by the template, never a template themselves.  The fetcher opens
``data:`` addresses and our own fonts and style sheets, nothing else on the disk or the
network.  A name with a character that none of our fonts has is refused, because the
library would print an empty box and say nothing.
"""

import base64
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards.core.vocabulary import Award
from awards.errors import CertificatesRefused, PdfUnavailable

FONT_FILES = (
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
    "LeitaiRareHan-Regular.otf",
)
ALLOWED = ("css", "fonts")  # directories of static/ that a PDF may read
LONG_NAME = 12
APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

_DATA = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?:;[\w=-]+)*,", re.IGNORECASE)
_ENGLISH_AWARDS = {
    Award.GOLD: "the Gold Medal",
    Award.SILVER: "the Silver Medal",
    Award.BRONZE: "the Bronze Medal",
    Award.FIRST: "the First Prize",
    Award.SECOND: "the Second Prize",
    Award.THIRD: "the Third Prize",
    Award.MERIT: "the Medallion for Excellence",
}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh")


@dataclass(frozen=True, slots=True)
class CertificateText:
    """What is printed on one certificate; the English parts may be empty."""

    number: str
    event: str
    name: str
    skill: str
    award: str
    issuer: str
    issued_on: date
    release: str
    place: int | None = None
    group: str = ""
    unit: str = ""
    event_en: str = ""
    skill_en: str = ""
    group_en: str = ""
    latin_name: str = ""

    def as_content(self) -> dict[str, object]:
        """Return the text as plain JSON values, in the order of the fields."""
        names = self.__dataclass_fields__
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name in names
            if (value := getattr(self, name)) or name == "place"
        }

    @classmethod
    def of_content(cls, content: dict[str, Any]) -> "CertificateText":
        """Return the text that ``as_content`` wrote."""
        issued_on = date.fromisoformat(content["issued_on"])
        return cls(**{**content, "issued_on": issued_on})

    @property
    def is_bilingual(self) -> bool:
        """Whether event and skill have English names to print beside the Chinese."""
        return bool(self.event_en and self.skill_en)


@dataclass(frozen=True, slots=True)
class Printing:
    """A certificate to be printed: its text, its digest, where it is verified."""

    text: CertificateText
    digest: str
    address: str
    bilingual: bool = False


def check_code(digest: str) -> str:
    """Return the eight characters that paper and verification page have in common."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def award_label(award: str) -> str:
    """Return the Chinese word of an award, whichever way the release writes it."""
    try:
        return award if _is_chinese(award) else Award.of(award).label
    except ValueError:
        return award


def render_certificates(printings: Sequence[Printing], *, title: str = "") -> bytes:
    """Return one PDF with a page per certificate; fonts and styles are shared.

    Raises CertificatesRefused naming every character that no font has, PdfUnavailable
    when the drawing libraries are missing.
    """
    refuse_missing_characters([printing.text for printing in printings])
    context = {
        "sheets": [_sheet(printing) for printing in printings],
        "title": title or printings[0].text.number,
    }
    return render_pdf(
        render_to_string("awards/certificate.html", context), "certificate.css"
    )


def refuse_missing_characters(texts: Sequence[CertificateText]) -> None:
    """Raise CertificatesRefused naming each text and character without a glyph."""
    problems = []
    for text in texts:
        printed = "".join(str(part) for part in text.as_content().values())
        for character in missing_characters(printed):
            shown = f"“{character}”(U+{ord(character):04X})"
            problems.append(f"{text.name}：{shown}")
    if problems:
        message = _(
            "这些字没有字形，证书印不出来：%(problems)s。请核对姓名用字，"
            "或由系统管理员补充字体后再制证。"
        )
        listed = _("；").join(problems)
        raise CertificatesRefused("missing-character", message % {"problems": listed})


def missing_characters(text: str) -> list[str]:
    """Return the characters of ``text`` that none of the certificate fonts has."""
    known = covered_characters()
    return sorted({c for c in text if ord(c) not in known and not c.isspace()})


@cache
def covered_characters() -> frozenset[int]:
    """The code points of the faces and their rare fallback, read once."""
    return _bold_characters() | _characters_of(FONT_FILES[2])


@cache
def _bold_characters() -> frozenset[int]:
    """What regular and bold face both have; a rarer name is printed in regular."""
    return _characters_of(FONT_FILES[0]) & _characters_of(FONT_FILES[1])


@cache
def _characters_of(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # slow import

    with TTFont(static_directory() / "fonts" / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


def qr_address(address: str) -> str:
    """Return the QR code of an address as a data URI with one single SVG path."""
    return segno.make(address, error="m", micro=False).svg_data_uri(
        border=0, dark="#17211f", omitsize=True
    )


def static_directory() -> Path:
    """The directory of our own static files (never the collected copy)."""
    return Path(settings.STATICFILES_DIRS[0])


def pdf_problem() -> str:
    """Return why PDFs cannot be made on this machine, or an empty string."""
    try:
        _weasyprint()
    except PdfUnavailable as error:
        return error.message
    missing = [n for n in FONT_FILES if not (static_directory() / "fonts" / n).exists()]
    return (
        _("缺少证书字体：%(names)s") % {"names": "、".join(missing)} if missing else ""
    )


def render_pdf(markup: str, stylesheet: str) -> bytes:
    """Draw ``markup`` with one of our own style sheets; the only caller of WeasyPrint."""
    weasyprint = _weasyprint()
    fonts, sheet = _styles(stylesheet)
    page = weasyprint.HTML(string=markup, base_url="data:,", url_fetcher=_fetcher())
    drawn: bytes = page.write_pdf(
        stylesheets=[sheet], font_config=fonts, presentational_hints=False
    )
    return drawn


def fetch(url: str) -> Any:
    """Open a ``data:`` address or one of our fonts and style sheets, or refuse."""
    from weasyprint.urls import URLFetcherResponse  # slow import

    if url[:5].lower() == "data:":
        kind, body = _read_data(url)
        return URLFetcherResponse(url, body, {"Content-Type": kind})
    path = _allowed_path(url)
    kind = "text/css" if path.suffix == ".css" else "font/sfnt"
    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher  # slow import

    class OwnFiles(URLFetcher):
        """The library's fetcher with our refusals; none of its handlers is used."""

        def fetch(self, url: str, headers: object = None) -> Any:
            return fetch(url)

    return OwnFiles()


def _read_data(url: str) -> tuple[str, bytes]:
    head = _DATA.match(url)
    if not head:
        raise ValueError(f"not a data address: {url[:40]}")
    body = url[head.end() :].split("#")[0]
    is_base64 = head.group(0).lower().endswith(";base64,")
    raw = unquote_to_bytes(body)
    return head["type"] or "text/plain", base64.b64decode(raw) if is_base64 else raw


def _allowed_path(url: str) -> Path:
    parts = urlsplit(url)
    root = static_directory().resolve()
    path = Path(unquote(parts.path)).resolve()
    inside = any(path.is_relative_to(root / name) for name in ALLOWED)
    if parts.scheme != "file" or parts.netloc or not inside:
        raise ValueError(f"a PDF may not read {url[:80]}")
    return path


@cache
def _styles(name: str) -> tuple[Any, Any]:
    """One font configuration and parsed style sheet per process: four times faster."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # slow import

    fonts = FontConfiguration()
    path = static_directory() / "css" / name
    sheet = weasyprint.CSS(
        string=path.read_text(encoding="utf-8"),
        base_url=path.as_uri(),
        url_fetcher=_fetcher(),
        font_config=fonts,
    )
    return fonts, sheet


@cache
def _weasyprint() -> Any:
    for name in ("weasyprint", "weasyprint.progress", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        import weasyprint  # slow import
    except OSError as error:
        message = _(
            "这台机器缺少 Pango，不能生成 PDF，其余功能不受影响。请运行：%(apt)s"
        )
        raise PdfUnavailable("pango-missing", message % {"apt": APT}) from error
    return weasyprint


def _sheet(printing: Printing) -> dict[str, object]:
    text = printing.text
    day = text.issued_on
    return {
        "text": text,
        "qr": qr_address(printing.address),
        "host": urlsplit(printing.address).netloc,
        "check_code": check_code(printing.digest),
        "bilingual": printing.bilingual and text.is_bilingual,
        "is_long": len(text.name) > LONG_NAME,
        "is_rare": any(ord(c) not in _bold_characters() for c in text.name),
        "latin_name": text.latin_name.replace("’", "'"),
        "award": award_label(text.award),
        "issued": f"{day.year} 年 {day.month} 月 {day.day} 日",
        "sentence_en": _sentence(text),
    }


def _sentence(text: CertificateText) -> str:
    try:
        award = _ENGLISH_AWARDS[Award.of(text.award)]
    except (ValueError, KeyError):
        award = f'"{text.award}"'
    group = f" ({text.group_en})" if text.group_en else ""
    if text.place is None:
        return f"is awarded {award} in {text.skill_en}{group}"
    return (
        f"is awarded {award} for {_ordinal(text.place)} place in {text.skill_en}{group}"
    )


def _ordinal(place: int) -> str:
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    teen = 10 < place % 100 < 14
    suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _is_chinese(text: str) -> bool:
    return any("㐀" <= character <= "鿿" for character in text)
