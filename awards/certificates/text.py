"""What a certificate says, before any design: names, award, number, in two languages.

A name with a character that none of our fonts has is refused, because the library would
print an empty box and say nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from awards.core.vocabulary import Award
from awards.errors import CertificatesRefused
from people.pdf import missing_characters

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
    """What is printed on one certificate; the English parts may be empty.

    ``design`` and ``design_digest`` name the design it is printed with, ``replaces``
    the number of the certificate whose place it takes.
    """

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
    design: str = ""
    design_digest: str = ""
    replaces: str = ""

    def as_content(self) -> dict[str, object]:
        """Return the text as plain JSON values, in the order of the fields."""
        names = self.__dataclass_fields__
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name in names
            if (value := getattr(self, name)) or name == "place"
        }

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "CertificateText":
        """Return the text that ``as_content`` wrote."""
        issued_on = date.fromisoformat(content["issued_on"])
        return cls(**{**content, "issued_on": issued_on})

    @property
    def is_bilingual(self) -> bool:
        """Whether event and skill have English names to print beside the Chinese."""
        return bool(self.event_en and self.skill_en)

    def values(self) -> dict[str, str]:
        """Return what the placeholders of a design stand for on this certificate."""
        day = self.issued_on
        return {
            "event": self.event,
            "name": self.name,
            "unit": self.unit,
            "skill": self.skill,
            "group": self.group,
            "place": str(self.place or ""),
            "award": award_label(self.award),
            "issuer": self.issuer,
            "date": f"{day.year} 年 {day.month} 月 {day.day} 日",
            "number": self.number,
            "release": self.release,
            "event_en": self.event_en,
            "name_en": self.latin_name.replace("’", "'"),
            "skill_en": self.skill_en,
            "group_en": self.group_en,
            "place_en": _ordinal(self.place) if self.place else "",
            "award_en": _english_award(self.award),
        }


def specimen_text(
    *, event: str, issuer: str, issued_on: date, event_en: str = ""
) -> CertificateText:
    """Return the text of a specimen: a person who does not exist, no number."""
    return CertificateText(
        number="样张",
        event=event,
        name="姓名样张",
        skill="焊接",
        award="银牌",
        issuer=issuer,
        issued_on=issued_on,
        release="样张",
        place=2,
        group="职工组",
        unit="所在单位名称样张",
        event_en=event_en or "Name of the competition",
        skill_en="Welding",
        group_en="workers",
        latin_name="SPECIMEN Name",
    )


def check_code(digest: str) -> str:
    """Return the eight characters that paper and verification page have in common."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


@lru_cache
def award_label(award: str) -> str:
    """Return the Chinese word of an award, whichever way the release writes it."""
    try:
        return award if _is_chinese(award) else Award.of(award).label
    except ValueError:
        return award


def refuse_missing_characters(texts: Sequence[CertificateText]) -> None:
    """Raise CertificatesRefused naming each text and character without a glyph."""
    problems = []
    for text in texts:
        printed = "".join(str(part) for part in text.as_content().values())
        problems += [f"{text.name}：{shown}" for shown in shown_missing(printed)]
    if problems:
        message = _(
            "这些字没有字形，证书印不出来：%(problems)s。请核对姓名用字，"
            "或由系统管理员补充字体后再制证。"
        )
        listed = _("；").join(problems)
        raise CertificatesRefused("missing-character", message % {"problems": listed})


def shown_missing(printed: str) -> list[str]:
    """Return each character without a glyph as “字”(U+XXXX)."""
    missing = missing_characters(printed)
    return [f"“{character}”(U+{ord(character):04X})" for character in missing]


def _english_award(award: str) -> str:
    try:
        return _ENGLISH_AWARDS[Award.of(award)]
    except (ValueError, KeyError):
        return f'"{award}"'


def _ordinal(place: int) -> str:
    if place < len(_ORDINALS):
        return _ORDINALS[place]
    teen = 10 < place % 100 < 14
    suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _is_chinese(text: str) -> bool:
    return any("㐀" <= character <= "鿿" for character in text)
