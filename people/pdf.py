"""PDFs: the one gateway to the library that draws them, its fonts and its refusals.

The fetcher opens ``data:`` addresses and our own fonts and style sheets, nothing else on
the disk or the network.  Texts are data: callers render escaping templates, and refuse
characters that none of the fonts has, because the library would print an empty box and
say nothing.
"""

import base64
import logging
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from people.errors import PdfUnavailable

FONT_FILES = (
    "NotoSerifSC-Regular.ttf",
    "NotoSerifSC-Bold.ttf",
    "LeitaiRareHan-Regular.otf",
)
ALLOWED = ("css", "fonts")  # directories of static/ that a PDF may read
APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

Finish = Callable[[Any, Any], None]  # the library's document, its PDF

_DATA = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?:;[\w=-]+)*,", re.IGNORECASE)


def missing_characters(text: str) -> list[str]:
    """Return the characters of ``text`` that none of the fonts has."""
    known = covered_characters()
    return sorted({c for c in text if ord(c) not in known and not c.isspace()})


@cache
def covered_characters() -> frozenset[int]:
    """The code points of the faces and their rare fallback, read once."""
    return bold_characters() | _characters_of(FONT_FILES[2])


@cache
def bold_characters() -> frozenset[int]:
    """What regular and bold face both have; a rarer name is printed in regular."""
    return _characters_of(FONT_FILES[0]) & _characters_of(FONT_FILES[1])


@cache
def _characters_of(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # slow import

    with TTFont(static_directory() / "fonts" / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


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


def render_pdf(
    markup: str, stylesheet: str, *, finish: Finish | None = None, zoom: float = 1
) -> bytes:
    """Draw ``markup`` with one of our own style sheets; the only caller of WeasyPrint.

    ``finish`` may change the objects of the file just before they are written; ``zoom``
    enlarges the paper with all that is on it.
    """
    return render_pdfs([markup], stylesheet, finish=finish, zoom=zoom)


def render_pdfs(
    markups: Iterable[str],
    stylesheet: str,
    *,
    finish: Finish | None = None,
    zoom: float = 1,
) -> bytes:
    """Draw several documents into one PDF; each counts its own pages from 1."""
    weasyprint = _weasyprint()
    fonts, sheet = _styles(stylesheet)
    drawn = [
        weasyprint.HTML(string=text, base_url="data:,", url_fetcher=_fetcher()).render(
            stylesheets=[sheet], font_config=fonts, presentational_hints=False
        )
        for text in markups
    ]
    pages = [page for document in drawn for page in document.pages]
    written: bytes = drawn[0].copy(pages).write_pdf(zoom=zoom, finisher=finish)
    return written


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
        raise PdfUnavailable(message % {"apt": APT}, "pango-missing") from error
    return weasyprint
