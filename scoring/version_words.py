"""What two versions of a scheme say differently, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.core.findings import aspects_of
from scoring.core.scheme import Scheme
from scoring.core.scheme_changes import Difference
from scoring.core.scheme_versions import subs_of
from scoring.rule_words import FALLBACK_WORDS, rule_label, tie_choices
from scoring.workbooks.calculations import NAMES_OF_PARAMETERS
from scoring.workbooks.template import CALCULATIONS

PARTS = {
    "settings": gettext_lazy("设置"),
    "section": gettext_lazy("标准章节"),
    "criterion": gettext_lazy("模块"),
    "sub": gettext_lazy("子项"),
    "aspect": gettext_lazy("评分点"),
}
NAMES = {
    "added": gettext_lazy("新增"),
    "removed": gettext_lazy("去掉"),
    "title": gettext_lazy("方案标题"),
    "rounding-aspect": gettext_lazy("评分点取整"),
    "rounding-sub_criterion": gettext_lazy("子项取整"),
    "rounding-criterion": gettext_lazy("模块取整"),
    "rounding-total": gettext_lazy("总分取整"),
    "ties": gettext_lazy("同分排序"),
    "fallback": gettext_lazy("仍然同分时"),
    "medal_rule": gettext_lazy("名次与奖牌"),
    "name": gettext_lazy("名称"),
    "declared": gettext_lazy("声明的分值"),
    "weight": gettext_lazy("权重"),
    "day": gettext_lazy("评分日"),
    "panel": gettext_lazy("评分组"),
    "dual": gettext_lazy("双组评分"),
    "order": gettext_lazy("次序"),
    "description": gettext_lazy("表述"),
    "maximum": gettext_lazy("满分"),
    "calculation": gettext_lazy("计算"),
    "requirement": gettext_lazy("要求"),
    "extra": gettext_lazy("补充说明"),
    "descriptors": gettext_lazy("评价分档"),
    "section": gettext_lazy("标准章节"),
    "step": gettext_lazy("步长"),
    "trim": gettext_lazy("去高低"),
    "scale": gettext_lazy("打分上限"),
}
SEVERAL_LINES = frozenset({"ties", "calculation", "extra", "descriptors"})


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference as a page shows it; values have one line each."""

    place: str
    title: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def difference_rows(
    found: Iterable[Difference], old: Scheme | None, new: Scheme
) -> list[DifferenceRow]:
    """Every difference in the reader's language; ``old`` is the version before."""
    titles = {**(_titles(old) if old else {}), **_titles(new)}
    rows = []
    for one in found:
        place = _(" ").join(part for part in (str(PARTS[one.part]), one.code) if part)
        title = "" if one.name in ("added", "removed") else titles.get(one.code, "")
        rows.append(
            DifferenceRow(
                place=place,
                title="" if one.name in ("description", "name") else title,
                label=str(NAMES[one.name]),
                before=_lines(one.name, one.before, old or new),
                after=_lines(one.name, one.after, new),
            )
        )
    return rows


def _titles(scheme: Scheme) -> dict[str, str]:
    return {
        **{c.letter: c.name for c in scheme.criteria},
        **{s.code: s.name for s in subs_of(scheme)},
        **{a.code: a.description for a in aspects_of(scheme)},
    }


def _lines(name: str, value: str, scheme: Scheme) -> tuple[str, ...]:
    if name.startswith("rounding-"):
        if not value:
            return (_("不取整"),)
        return (_("%(places)s 位小数") % {"places": value},)
    if not value:
        return ()
    lines = value.split("\n") if name in SEVERAL_LINES else [value]
    if name == "ties":
        words = dict(tie_choices(scheme))
        return tuple(words.get(line, line) for line in lines)
    if name == "calculation":
        return tuple(_calculation(line) for line in lines)
    if name == "medal_rule":
        return (rule_label(value),)
    if name == "fallback":
        return (str(FALLBACK_WORDS.get(value, value)),)
    return tuple(line for line in lines if line)


def _calculation(line: str) -> str:
    """The name of a calculation, or one of its parameters."""
    name, mark, value = line.partition("=")
    if mark:
        return f"{NAMES_OF_PARAMETERS.get(name, name)}={value}"
    words = {kind.value: word for word, kind in CALCULATIONS.items()}
    return words.get(line, line)
