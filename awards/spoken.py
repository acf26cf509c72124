"""Stored words of the engine in the reader's language.

The engine composes what it found in Chinese (第 3 名, 职工或教师) and it is stored so.
Here such a text is taken apart and said again; what is not the engine's stays as it is:
the words of a document are never translated.
"""

import re
from collections.abc import Iterator

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from awards.core.facts import FACTS
from people.words import grade_words

# Words the engine and its sources write, whole.
WORDS = (
    gettext_noop("职业技能等级档案"),
    gettext_noop("称号档案"),
    gettext_noop("人员档案"),
    gettext_noop("赛项设置"),
    gettext_noop("参赛报名"),
    gettext_noop("名次顺延或并列待定"),
    gettext_noop("向下取整"),
    gettext_noop("向上取整"),
    gettext_noop("四舍五入"),
    gettext_noop("高级组"),
    gettext_noop("中级组"),
    gettext_noop("依据已变化"),
    gettext_noop("全国技术能手"),
    gettext_noop("专业技术类赛项"),
    gettext_noop("第一指导教练"),
    gettext_noop("农村户籍"),
    gettext_noop("代表团最佳选手"),
    gettext_noop("西部代表团推荐"),
    gettext_noop("经组委会评选"),
    gettext_noop("享受国务院特殊津贴"),
    gettext_noop("报名顺序"),
)
# Sentences it fills in; the groups are said again in their turn.
PATTERNS = (
    ("第 (?P<n>\\d+) 名", gettext_noop("第 {n} 名")),
    ("第 (?P<best>\\d+) 名或以后", gettext_noop("第 {best} 名或以后")),
    (
        "第 (?P<best>\\d+) 至 (?P<worst>\\d+) 名",
        gettext_noop("第 {best} 至 {worst} 名"),
    ),
    (
        "(?P<size>\\d+) 人项目前 (?P<worst>\\d+) 名",
        gettext_noop("{size} 人项目前 {worst} 名"),
    ),
    (
        "前 (?P<editions>\\d+) 届前 (?P<worst>\\d+) 名",
        gettext_noop("前 {editions} 届前 {worst} 名"),
    ),
    ("满 (?P<n>\\d+) 周岁", gettext_noop("满 {n} 周岁")),
    ("不超过 (?P<n>\\d+) 周岁", gettext_noop("不超过 {n} 周岁")),
    ("世界技能大赛(?P<medal>.+)及以上", gettext_noop("世界技能大赛{medal}及以上")),
    ("成绩版本 (?P<number>\\S+)", gettext_noop("成绩版本 {number}")),
    ("由成绩版本 (?P<number>\\S+) 更正", gettext_noop("由成绩版本 {number} 更正")),
    ("成绩更正，见 (?P<number>\\S+)", gettext_noop("成绩更正，见 {number}")),
    ("(?P<n>[\\d.]+) 元", gettext_noop("{n} 元")),
    (
        "晋升(?P<grade>\\w+)[;；]已持(?P=grade)的晋升一级",
        gettext_noop("晋升{grade}；已持{grade}的晋升一级"),
    ),
    (
        "在现有等级上晋升一级[,，]至(?P<cap>\\w+)为止",
        gettext_noop("在现有等级上晋升一级，至{cap}为止"),
    ),
    (
        "晋升(?P<grade>\\w+)[;；]已持(?P=grade)及以上的不再晋升",
        gettext_noop("晋升{grade}；已持{grade}及以上的不再晋升"),
    ),
    (
        "比命题等级高一级[,，]至(?P<cap>\\w+)为止",
        gettext_noop("比命题等级高一级，至{cap}为止"),
    ),
)
_COMPILED = tuple((re.compile(pattern), template) for pattern, template in PATTERNS)
# Facts as values are headed: the label, or its words before the bracket.
_HEADS = {kind.label for kind in FACTS.values()} | {
    kind.label.partition("（")[0].removeprefix("是否") for kind in FACTS.values()
}
JOINTS = {
    "、": gettext_noop("、"),
    "，": gettext_noop("，"),
    "；": gettext_noop("；"),
    ",": gettext_noop("，"),
    "或": gettext_noop("或"),
}


def spoken(text: str) -> str:
    """Return a stored text of the engine in the reader's language.

    Chinese readers get it as it is; so do all readers for what is not the engine's.
    """
    if not text or (get_language() or "zh").startswith("zh"):
        return text
    said = _(text)
    if said != text:
        return said
    if (grade := grade_words(text)) != text:
        return grade
    for part in (_sentence, _labelled, _listed):
        if answer := part(text):
            return answer
    return text


def _sentence(text: str) -> str:
    for pattern, template in _COMPILED:
        if found := pattern.fullmatch(text):
            values = {name: spoken(value) for name, value in found.groupdict().items()}
            return _(template).format(**values)
    return ""


def _labelled(text: str) -> str:
    """Say a fact with its value: 现持职业技能等级 技师, 组别 职工."""
    label, _space, value = text.partition(" ")
    if value and label in _HEADS:
        return f"{spoken(label)} {spoken(value)}"
    return ""


def _listed(text: str) -> str:
    """Say a list part by part when every joint is the engine's."""
    for joint in JOINTS:
        parts = text.split(joint)
        if len(parts) > 1 and all(map(str.strip, parts)):
            said = [spoken(part) for part in parts]
            if said != parts:
                return _(JOINTS[joint]).join(_spaced(joint, said))
    return ""


def _spaced(joint: str, parts: list[str]) -> Iterator[str]:
    for part in parts:
        yield part.strip() if joint == "," else part
