"""Occupations of the national dictionary (职业分类大典), by code and version.

Only a part of the 2022 dictionary is here, and occupations are added every year: an
unknown code is a warning.  A 工种 such as 数控车工 is below an occupation and has no code.
Of the earlier dictionaries we hold no codes, only names that are gone: none is made up.
"""

import re
import unicodedata
from dataclasses import dataclass

from people.core.findings import Finding, error, warning

DICTIONARY = "2022"
DICTIONARIES = ("2022", "2015", "1999")

_FORM = re.compile(r"\d-\d{2}-\d{2}-\d{2}")
_NAMES = {
    "2022": {
        "2-02-38-01": "人工智能工程技术人员",
        "4-01-06-01": "电子商务师",
        "4-03-02-01": "中式烹调师",
        "4-03-02-05": "餐厅服务员",
        "4-03-02-07": "茶艺师",
        "4-04-04-02": "网络与信息安全管理员",
        "4-04-05-05": "人工智能训练师",
        "4-10-01-01": "婴幼儿发展引导员",
        "4-10-01-05": "养老护理员",
        "4-10-03-02": "美发师",
        "4-12-01-01": "汽车维修工",
        "6-18-01-01": "车工",
        "6-18-01-02": "铣工",
        "6-18-02-04": "焊工",
        "6-18-04-06": "工具钳工",
        "6-20-01-01": "装配钳工",
        "6-23-03-15": "无人机装调检修工",
        "6-25-01-13": "印制电路制作工",
        "6-29-01-01": "砌筑工",
        "6-31-01-03": "电工",
        "6-31-03-01": "化学检验员",
        "6-31-07-01": "工业机器人系统运维员",
    }
}
# Names no longer in the dictionary, and the code that took their place.
_RETIRED = {"育婴员": "4-10-01-01"}
# 工种 below an occupation.
_WORK_TYPES = {"数控车工": "6-18-01-01"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found: the occupation, the 工种 if one was named, what is odd."""

    code: str
    name: str
    work_type: str = ""
    findings: tuple[Finding, ...] = ()


def normalize(code: str) -> str:
    """Return the code in half-width characters with plain hyphens."""
    text = unicodedata.normalize("NFKC", code).strip()
    return re.sub(r"[‐‑‒–—−]", "-", text)


def name_of(code: str, version: str = DICTIONARY) -> str:
    """Return the occupation's name in that dictionary, or nothing."""
    return _NAMES.get(version, {}).get(code, "")


def known(version: str = DICTIONARY) -> tuple[tuple[str, str], ...]:
    """Return code and name of every occupation we know of that dictionary."""
    return tuple(sorted(_NAMES.get(version, {}).items()))


def find(text: str, version: str = DICTIONARY) -> Found | None:
    """Return the occupation a code, a name, a retired name or a 工种 stands for.

    A code of the right form passes with a warning where we do not hold it; a name we do
    not hold gives None.

    >>> find("育婴员").name
    '婴幼儿发展引导员'
    """
    code = normalize(text)
    if _FORM.fullmatch(code):
        return Found(code, name_of(code, version), findings=check(code, version))
    name = re.sub(r"\s", "", code)
    for known_code, known_name in known(version):
        if name == known_name:
            return Found(known_code, known_name)
    if version == DICTIONARY and name in _RETIRED:
        now = _RETIRED[name]
        return Found(now, name_of(now), findings=(_retired(name, now),))
    if version == DICTIONARY and name in _WORK_TYPES:
        above = _WORK_TYPES[name]
        return Found(above, name_of(above), name, (_work_type(name, above),))
    return None


def _retired(name: str, code: str) -> Finding:
    return warning(
        "occupation-retired",
        f"“{name}”已不在{DICTIONARY}年版大典中，现为{name_of(code)}（{code}），请核对",
        f"'{name}' is no longer in the {DICTIONARY} dictionary; it is now "
        f"{name_of(code)} ({code}): please check",
    )


def _work_type(name: str, code: str) -> Finding:
    return warning(
        "occupation-work-type",
        f"“{name}”是工种，不是职业，已归入{name_of(code)}（{code}），请核对",
        f"'{name}' is a type of work, not an occupation; it is taken as "
        f"{name_of(code)} ({code}): please check",
    )


def check(code: str, version: str = DICTIONARY) -> tuple[Finding, ...]:
    """Return what is odd about a code: its form (error) or not being known (warning)."""
    if not _FORM.fullmatch(code):
        return (
            error(
                "occupation-form",
                f"职业编码应为 d-dd-dd-dd，例如 6-31-01-03，现为“{code}”",
                f"an occupation code reads d-dd-dd-dd, for example 6-31-01-03; "
                f"this is '{code}'",
            ),
        )
    if name_of(code, version):
        return ()
    if version not in _NAMES:
        return (
            warning(
                "occupation-dictionary",
                f"平台没有收录 {version} 版大典的编码，“{code}”只核对了格式，请核对",
                f"we hold no codes of the {version} dictionary: only the form of "
                f"'{code}' was checked, please check",
            ),
        )
    return (
        warning(
            "occupation-unknown",
            f"职业编码“{code}”不在平台收录的 {version} 版目录中，请核对",
            f"occupation code '{code}' is not in our part of the {version} "
            "dictionary: please check",
        ),
    )
