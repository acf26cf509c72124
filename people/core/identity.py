"""Identity documents: their form, check digit, and what a number says.

Numbers of 18 digits (居民身份证, 港澳台居民居住证, 外国人永久居留身份证) follow GB 11643:
region, birth date, sequence (odd = male) and an ISO 7064 MOD 11-2 check character.  A
region code that is not in today's table only earns a warning: codes are retired.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from people.core import regions
from people.core.findings import Finding, error, warning

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"

_EIGHTEEN = re.compile(r"\d{17}[\dX]")
_RESIDENCE = ("810000", "820000", "830000")


class IdentityKind(StrEnum):
    """Kinds of identity document."""

    RESIDENT = "resident-id"
    HMT_RESIDENCE = "hmt-residence"
    HM_PERMIT = "hm-permit"
    TW_PERMIT = "tw-permit"
    FOREIGN_RESIDENCE = "foreign-residence"
    PASSPORT = "passport"
    OFFICER = "officer"


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


@dataclass(frozen=True, slots=True)
class Identity:
    """A document number as read: normalised, with what it says and what is odd."""

    kind: str
    number: str
    birth_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    region: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not any(finding.is_error for finding in self.findings)


def normalize(text: str) -> str:
    """Return the number in half-width capitals without spaces.

    >>> normalize(" 11010519491231002x ")
    '11010519491231002X'
    """
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def check_character(digits: str) -> str:
    """Return the check character of the first seventeen digits (GB 11643).

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)
    )
    return CHECK_CHARACTERS[total % 11]


def guess_kind(text: str) -> IdentityKind | None:
    """Return the kind a number's form suggests, or None where several fit."""
    number = normalize(text)
    if _EIGHTEEN.fullmatch(number):
        if number[:6] in _RESIDENCE:
            return IdentityKind.HMT_RESIDENCE
        if number[0] == "9":
            return IdentityKind.FOREIGN_RESIDENCE
        return IdentityKind.RESIDENT
    if re.fullmatch(r"[HM]\d{8}(\d{2})?", number):
        return IdentityKind.HM_PERMIT
    return None


def read(kind: str, text: str, *, on: date | None = None) -> Identity:
    """Read a document number of ``kind``; with ``on``, a later birth date is an error.

    >>> identity = read("resident-id", "11010519491231002x")
    >>> identity.birth_on.isoformat(), identity.sex.name, identity.is_valid
    ('1949-12-31', 'FEMALE', True)
    """
    number = normalize(text)
    if not number:
        return _refused(kind, number, "证件号码为空", "the document number is empty")
    reader = _READERS.get(kind)
    if reader is None:
        return _refused(
            kind,
            number,
            f"不认识证件类型“{kind}”",
            f"'{kind}' is not a kind of identity document",
        )
    return reader(kind, number, on)


def _refused(kind: str, number: str, chinese: str, english: str) -> Identity:
    return Identity(kind, number, findings=(error("identity-form", chinese, english),))


def _read_resident(kind: str, number: str, on: date | None) -> Identity:
    if re.fullmatch(r"\d{15}", number):
        return _refused(
            kind,
            number,
            "15 位旧身份证号码已停用，请填 18 位号码",
            "numbers of 15 digits are no longer in use: give the one of 18",
        )
    identity = _read_eighteen(kind, number, on)
    if identity.is_valid and number[:6] in _RESIDENCE:
        return _refused(
            kind,
            number,
            "这是港澳台居民居住证号码，请改选证件类型",
            "this is the number of a 港澳台居民居住证: choose that kind",
        )
    return identity


def _read_hmt_residence(kind: str, number: str, on: date | None) -> Identity:
    if number[:6] not in _RESIDENCE:
        return _refused(
            kind,
            number,
            "港澳台居民居住证号码应以 810000、820000 或 830000 开头",
            "a 港澳台居民居住证 begins with 810000, 820000 or 830000",
        )
    return _read_eighteen(kind, number, on)


def _read_foreign_residence(kind: str, number: str, on: date | None) -> Identity:
    if re.fullmatch(r"[A-Z]{3}\d{12}", number):  # issued before December 2023
        return Identity(kind, number)
    if not number.startswith("9"):
        return _refused(
            kind,
            number,
            "外国人永久居留身份证号码应为 9 开头的 18 位号码，或 3 个字母加 12 位数字",
            "a foreign permanent resident's number has 18 digits beginning with 9, "
            "or three letters and twelve digits",
        )
    return _read_eighteen(kind, number, on)


def _read_eighteen(kind: str, number: str, on: date | None) -> Identity:
    if not _EIGHTEEN.fullmatch(number):
        return _refused(
            kind,
            number,
            f"号码应为 18 位，现为 {len(number)} 位",
            f"the number should have 18 characters and has {len(number)}",
        )
    if check_character(number[:17]) != number[17]:
        return _refused(
            kind,
            number,
            "校验位不符，请核对每一位数字",
            "the check character does not fit: compare every digit",
        )
    try:
        birth_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return _refused(
            kind,
            number,
            f"出生日期“{number[6:14]}”不存在",
            f"there is no birth date '{number[6:14]}'",
        )
    if on is not None and birth_on > on:
        return _refused(
            kind, number, "出生日期在未来", "the birth date lies in the future"
        )
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    region = number[:6] if kind == IdentityKind.RESIDENT else ""
    findings = regions.check(region) if region else ()
    return Identity(kind, number, birth_on, sex, region, findings)


def _by_form(
    form: str, chinese: str, english: str, *, unsure: bool = False
) -> Callable[[str, str, date | None], Identity]:
    def read_form(kind: str, number: str, on: date | None) -> Identity:
        if re.fullmatch(form, number):
            return Identity(kind, number)
        if unsure:
            finding = warning("identity-form", chinese, english)
            return Identity(kind, number, findings=(finding,))
        return _refused(kind, number, chinese, english)

    return read_form


_READERS: dict[str, Callable[[str, str, date | None], Identity]] = {
    IdentityKind.RESIDENT: _read_resident,
    IdentityKind.HMT_RESIDENCE: _read_hmt_residence,
    IdentityKind.FOREIGN_RESIDENCE: _read_foreign_residence,
    IdentityKind.HM_PERMIT: _by_form(
        r"[HM]\d{8}(\d{2})?",
        "港澳居民来往内地通行证号码应为 H 或 M 加 8 位或 10 位数字",
        "a Hong Kong or Macao permit is H or M and 8 or 10 digits",
    ),
    IdentityKind.TW_PERMIT: _by_form(
        r"\d{8}|\d{10}(\([A-Z]\))?",
        "台湾居民来往大陆通行证号码应为 8 位或 10 位数字",
        "a Taiwan permit has 8 or 10 digits",
    ),
    IdentityKind.PASSPORT: _by_form(
        r"[A-Z0-9]{5,15}",
        "护照号码应为 5 至 15 位字母或数字",
        "a passport number is 5 to 15 letters or digits",
    ),
    IdentityKind.OFFICER: _by_form(
        r".{0,6}字第\d{4,10}号|\d{6,10}",
        "军官证号码格式少见，请核对",
        "an unusual form for an officer's certificate: please check",
        unsure=True,
    ),
}
