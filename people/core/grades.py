"""The ladder of vocational grades, from apprentice to chief technician.

学徒工 < 初级工 < 中级工 < 高级工 < 技师 < 高级技师 < 特级技师 < 首席技师; the five in the
middle are also numbered 五级 … 一级.  A certificate's number is assigned by its issuer:
it is checked here, never made up.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from people.core import regions
from people.core.findings import Finding, error, warning


class Grade(IntEnum):
    """A rung of the ladder; the higher number is the higher grade."""

    APPRENTICE = 0
    JUNIOR = 1
    INTERMEDIATE = 2
    SENIOR = 3
    TECHNICIAN = 4
    SENIOR_TECHNICIAN = 5
    SPECIAL_TECHNICIAN = 6
    CHIEF_TECHNICIAN = 7

    @property
    def label(self) -> str:
        """The statutory name, e.g. 高级技师."""
        return LABELS[self]

    @property
    def number_label(self) -> str:
        """五级 … 一级, or nothing for grades without a number."""
        return NUMBER_LABELS.get(self, "")

    @property
    def full_label(self) -> str:
        """Name and number as certificates print them, e.g. 高级技师（一级）."""
        return (
            f"{self.label}（{self.number_label}）" if self.number_label else self.label
        )


class IssuerKind(StrEnum):
    """First letter of a certificate number: who assesses."""

    EMPLOYER = "Y"
    SOCIETY = "S"


LABELS = {
    Grade.APPRENTICE: "学徒工",
    Grade.JUNIOR: "初级工",
    Grade.INTERMEDIATE: "中级工",
    Grade.SENIOR: "高级工",
    Grade.TECHNICIAN: "技师",
    Grade.SENIOR_TECHNICIAN: "高级技师",
    Grade.SPECIAL_TECHNICIAN: "特级技师",
    Grade.CHIEF_TECHNICIAN: "首席技师",
}
NUMBER_LABELS = {
    Grade.JUNIOR: "五级",
    Grade.INTERMEDIATE: "四级",
    Grade.SENIOR: "三级",
    Grade.TECHNICIAN: "二级",
    Grade.SENIOR_TECHNICIAN: "一级",
}
# Position 16 of a certificate number, and the digit written before 级.
GRADE_BY_DIGIT = {str(5 - index): grade for index, grade in enumerate(NUMBER_LABELS)}

_ALIASES = {
    **{label: grade for grade, label in LABELS.items()},
    **{label: grade for grade, label in NUMBER_LABELS.items()},
    **{f"{digit}级": grade for digit, grade in GRADE_BY_DIGIT.items()},
    "学徒": Grade.APPRENTICE,
    "初级": Grade.JUNIOR,
    "初级技能": Grade.JUNIOR,
    "中级": Grade.INTERMEDIATE,
    "中级技能": Grade.INTERMEDIATE,
    "高级": Grade.SENIOR,
    "高级技能": Grade.SENIOR,
}
_PREFIXES = ("国家职业资格", "职业技能等级", "职业资格", "技能等级")
_SEPARATORS = re.compile(r"[\s/()\[\]【】、,·\-—]+")
_NUMBER = re.compile(r"[A-Z]\d{21}")
_NUMBER_TWO_LETTERS = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z\d]{21}")
_OLD_NUMBER = re.compile(r"\d{16}")
_OLD_BODIES = "01234"  # position 7: the kind of body that assessed
_OLD_CENTURY = 90  # two digits of a year from here on are of the last century


class GradeUnknown(ValueError):
    """A text that names no grade, or two different ones."""


def folded(text: str) -> str:
    """Return a grade's name as it is compared: half-width, without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def parse(text: str, *, aliases: Mapping[str, Grade] | None = None) -> Grade:
    """Return the grade a text names: 高级技师(一级), 二级/技师, 国家职业资格三级 …

    ``aliases`` are an issuer's own names, keyed as :func:`folded` gives them; they only
    add to the ladder, a statutory name always means its own rung.

    >>> parse("二级/技师").label
    '技师'
    """
    own = (aliases or {}).get(folded(text))
    if own is not None and not is_statutory(text):
        return own
    found = set()
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)):
        name = part
        for prefix in _PREFIXES:
            name = name.removeprefix(prefix)
        if not name:
            continue
        if name not in _ALIASES:
            raise GradeUnknown(
                f"“{text}”不是技能等级，请写如“技师”或“二级” / "
                f"'{text}' is not a grade; write for example 技师 or 二级"
            )
        found.add(_ALIASES[name])
    if len(found) != 1:
        raise GradeUnknown(
            f"“{text}”没有指明一个等级 / '{text}' does not name one grade"
        )
    return found.pop()


def is_statutory(text: str) -> bool:
    """Return whether a text names a rung in the words of the ladder itself."""
    return folded(text) in _ALIASES


def up1(grade: Grade, *, cap: Grade = Grade.SENIOR_TECHNICIAN) -> Grade:
    """Return the next grade, or ``grade`` itself where it stands at ``cap`` or above.

    >>> up1(Grade.TECHNICIAN).label, up1(Grade.SENIOR_TECHNICIAN).label
    ('高级技师', '高级技师')
    """
    return grade if grade >= cap else Grade(grade + 1)


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """A grade certificate's number taken apart; ``findings`` say what is odd.

    ``is_old``: a 职业资格证书 of sixteen digits, from before the grade certificates.
    """

    text: str
    issuer_kind: IssuerKind | None
    region: str
    year: int | None
    grade: Grade | None
    findings: tuple[Finding, ...]
    is_old: bool = False

    @property
    def is_valid(self) -> bool:
        return not any(finding.is_error for finding in self.findings)


def read_certificate_number(text: str) -> CertificateNumber:
    """Take a certificate number apart and check its form.

    22 characters: letter, issuer 4, province 2, site 6, year 2, level 1, serial 6.  A
    letter other than Y or S, an unknown province and the two-letter form of 特级 and
    首席技师 are warnings.  Sixteen digits are an old 职业资格证书: year 2, province or
    industry 2, city 2, body kind 1, body 3, level 1, serial 5.
    """
    number = folded(text).upper()
    if _OLD_NUMBER.fullmatch(number):
        return _read_old_number(number)
    if not _NUMBER.fullmatch(number):
        return CertificateNumber(number, None, "", None, None, (_form(number),))
    findings = []
    kind = IssuerKind(number[0]) if number[0] in tuple(IssuerKind) else None
    if kind is None:
        findings.append(
            warning(
                "certificate-letter",
                f"证书编号首字母“{number[0]}”不是 Y 或 S，请核对",
                f"the first letter '{number[0]}' is neither Y nor S: please check",
            )
        )
    region = number[5:7] + "0000"
    if regions.name_of(region) == "":
        findings.append(
            warning(
                "certificate-region",
                f"证书编号中的省份代码“{number[5:7]}”不在行政区划代码表中",
                f"province code '{number[5:7]}' is not in the table of divisions",
            )
        )
    grade = GRADE_BY_DIGIT.get(number[15])
    if grade is None:
        findings.append(_level(number, 16))
    year = 2000 + int(number[13:15])
    return CertificateNumber(number, kind, region, year, grade, tuple(findings))


def _read_old_number(number: str) -> CertificateNumber:
    findings = []
    region = number[2:4] + "0000"
    if regions.name_of(region) == "":  # an industry's code stands here too
        region = ""
    if number[6] not in _OLD_BODIES:
        findings.append(
            warning(
                "certificate-body",
                f"旧证书编号第 7 位“{number[6]}”应为 0 至 4 的机构类别，请核对",
                f"character 7 is '{number[6]}' and should be a body kind from 0 to 4: "
                "please check",
            )
        )
    grade = GRADE_BY_DIGIT.get(number[10])
    if grade is None:
        findings.append(_level(number, 11))
    short = int(number[:2])
    year = short + (1900 if short >= _OLD_CENTURY else 2000)
    return CertificateNumber(
        number, None, region, year, grade, tuple(findings), is_old=True
    )


def _level(number: str, place: int) -> Finding:
    digit = number[place - 1]
    return error(
        "certificate-level",
        f"证书编号第 {place} 位“{digit}”应为 5 至 1 的等级",
        f"character {place} is '{digit}' and should be a level from 5 to 1",
    )


def _form(number: str) -> Finding:
    if _NUMBER_TWO_LETTERS.fullmatch(number) and sum(map(str.isalpha, number)) == 2:
        return warning(
            "certificate-two-letters",
            "证书编号为两个字母加二十位数字，应是特级技师或首席技师证书，请核对",
            "two letters and twenty digits: a certificate of 特级 or 首席技师, "
            "please check",
        )
    return error(
        "certificate-form",
        f"证书编号应为 1 个字母加 21 位数字（旧职业资格证书为 16 位数字），"
        f"现为“{number}”",
        f"a certificate number is one letter and 21 digits (an old certificate has 16 "
        f"digits); this is '{number}'",
    )
