"""Names as people look for them: pinyin sort keys (pypinyin is imported here only).

Common readings of surnames that a dictionary gets wrong are listed; everything else
follows pypinyin.  A rare character without a reading stays as it is.
"""

import unicodedata

from pypinyin import Style, lazy_pinyin

from people.core.characters import fold

SURNAMES = {
    "万俟": "moqi",
    "单于": "chanyu",
    "尉迟": "yuchi",
    "澹台": "tantai",
    "长孙": "zhangsun",
    "鲜于": "xianyu",
    "乐": "yue",
    "仇": "qiu",
    "任": "ren",
    "冼": "xian",
    "区": "ou",
    "华": "hua",
    "单": "shan",
    "召": "shao",
    "員": "yun",
    "员": "yun",
    "夏": "xia",
    "尹": "yin",
    "幺": "yao",
    "折": "she",
    "曾": "zeng",
    "朴": "piao",
    "查": "zha",
    "柏": "bai",
    "种": "chong",
    "盖": "ge",
    "盛": "sheng",
    "石": "shi",
    "祭": "zhai",
    "秘": "bi",
    "纪": "ji",
    "缪": "miao",
    "繁": "po",
    "翟": "zhai",
    "能": "nai",
    "薄": "bo",
    "覃": "qin",
    "解": "xie",
    "谌": "chen",
    "贾": "jia",
    "车": "che",
    "那": "na",
    "郇": "xun",
    "阚": "kan",
    "隗": "wei",
    "黑": "he",
}

COMPOUND = frozenset(
    [
        "万俟",
        "上官",
        "东方",
        "令狐",
        "公孙",
        "单于",
        "司徒",
        "司空",
        "司马",
        "夏侯",
        "太史",
        "宇文",
        "尉迟",
        "慕容",
        "申屠",
        "皇甫",
        "端木",
        "第五",
        "诸葛",
        "轩辕",
        "钟离",
        "长孙",
        "闻人",
        "闾丘",
        "鲜于",
        "南宫",
        "欧阳",
        "赫连",
        "澹台",
        "濮阳",
        "独孤",
        "西门",
    ]
)

TONES = frozenset("\u0300\u0301\u0304\u030c")


def normalize_name(name: str) -> str:
    """Return the name in one form: NFKC, no blanks inside a Chinese name."""
    text = " ".join(unicodedata.normalize("NFKC", name).split())
    return text if text.isascii() else text.replace(" ", "")


def family_and_given(name: str) -> tuple[str, str]:
    """Return family and given name, for lists that want both; neither is ever empty.

    >>> (
    ...     family_and_given("欧阳小梅"),
    ...     family_and_given("张伟"),
    ...     family_and_given("Ann Lee"),
    ... )
    (('欧阳', '小梅'), ('张', '伟'), ('Lee', 'Ann'))
    """
    text = normalize_name(name)
    for mark in ("·", "•"):
        if mark in text:
            given, _mark, family = text.partition(mark)
            return family or text, given or text
    if " " in text:
        given, _blank, family = text.rpartition(" ")
        return family, given
    cut = 2 if text[:2] in COMPOUND and len(text) > 2 else 1
    return (text[:cut], text[cut:]) if len(text) > cut else (text, text)


def sort_key(name: str) -> str:
    """Return full pinyin and initials, e.g. ``zengxiaomei zxm``: sorts and is searched.

    >>> sort_key("曾小梅")
    'zengxiaomei zxm'
    """
    syllables = person_syllables(name)
    full = "".join(syllables).lower()
    initials = "".join(syllable[:1] for syllable in syllables).lower()
    return f"{full} {initials}"[:240]


def search_key(name: str, latin_name: str = "") -> str:
    """Return what a person is found by: simplified name, latin name, pinyin, initials.

    >>> search_key("張龍", "Cheung Lung"), search_key("张龙")
    ('张龙 cheunglung zhanglong zl', '张龙 zhanglong zl')
    """
    parts = [fold(name).replace(" ", ""), latin_name.replace(" ", ""), sort_key(name)]
    return " ".join(filter(None, parts)).lower()[:480]


def searched(text: str) -> str:
    """Return what somebody typed as it stands in search keys: folded, ü as v."""
    return fold("".join(text.split())).lower().replace("ü", "v")


def toneless(text: str) -> str:
    """Return pinyin without its tone marks; ü stays ü.

    >>> toneless("zhōu jí ān"), toneless("lǚ"), toneless("周")
    ('zhou ji an', 'lü', '周')
    """
    letters = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))


def text_key(text: str) -> str:
    """Return the sort key of a name that is no person's (units, delegations)."""
    syllables = lazy_pinyin(text, style=Style.NORMAL)
    initials = "".join(syllable[:1] for syllable in syllables)
    return f"{''.join(syllables)} {initials}".lower()[:200]


def person_syllables(name: str) -> list[str]:
    """Return a person's name as pinyin syllables, the surname read as a surname."""
    for length in (2, 1):
        reading = SURNAMES.get(name[:length])
        if reading and len(name) > length:
            return [reading, *lazy_pinyin(name[length:], style=Style.NORMAL)]
    return list(lazy_pinyin(name, style=Style.NORMAL))
