"""Award certificates as PDF, drawn through the gateway ``people.pdf``.

Texts are data: escaped by the template, never a template themselves.  A name with a
character that none of our fonts has is refused, because the library would print an
empty box and say nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from awards.core.vocabulary import Award
from awards.errors import CertificatesRefused, PdfUnavailable
from people.errors import PdfUnavailable as PdfMissing
from people.pdf import bold_characters, missing_characters, render_pdf
from people.qr import qr_address

LONG_NAME = 12

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
    markup = render_to_string("awards/certificate.html", context)
    try:
        return render_pdf(markup, "certificate.css")
    except PdfMissing as error:
        raise PdfUnavailable(error.code, error.message) from error


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
        "is_rare": any(ord(c) not in bold_characters() for c in text.name),
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
