"""Findings of a scheme in words: what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scoring.core.findings import Finding
from scoring.core.scheme_versions import Misfit

WORDS = {
    "no-aspects": gettext_noop("还没有评分点。先加模块、子项，再加评分点。"),
    "total-not-100": gettext_noop("满分合计 {detail}，不是 100。调整满分或模块权重。"),
    "duplicate-criterion": gettext_noop("模块字母重复。删去一个，另加一个模块。"),
    "duplicate-sub-criterion": gettext_noop("子项编号重复。删去一个再加。"),
    "duplicate-aspect": gettext_noop(
        "评分点编号重复。打开其中一个再保存，即重新编号。"
    ),
    "criterion-letter": gettext_noop("模块要用一个大写字母。删去后重加。"),
    "weight": gettext_noop("权重 {detail} 要大于 0。"),
    "empty-sub-criterion": gettext_noop("子项里没有评分点。加一个，或删去子项。"),
    "rounding-open": gettext_noop("评分点和子项都不取整。至少在一处取整。"),
    "rounding-places": gettext_noop("取整 {detail} 位，应为 0 到 6。"),
    "unknown-tie-break": gettext_noop("同分比较的这一项已不存在。改同分排序。"),
    "unknown-fallback": gettext_noop("同分的最后处理“{detail}”不认识。重选一种。"),
    "aspect-without-mark": gettext_noop("没有满分。填一个大于 0 的数。"),
    "step": gettext_noop("步长 {detail} 要大于 0。"),
    "scale": gettext_noop("打分上限 {detail} 要大于 0。"),
    "trim": gettext_noop("去高低 {detail} 不能小于 0。"),
    "descriptors": gettext_noop("评价要写齐 0–3 四档，现有 {detail} 档。"),
    "number-possible": gettext_noop("计数要写“应有数量”，为正整数。"),
    "choices": gettext_noop("选项至少两个，每个写“选项1”“选项1扣分”这样一对。"),
    "difference": gettext_noop("偏差要写“目标值”“每差”“扣分”。"),
    "deduction": gettext_noop("扣分要写“每次扣”，大于 0；“最多扣”可不写。"),
    "time-linear": gettext_noop("线性要写“满分用时”和更长的“零分用时”。"),
    "time-bands": gettext_noop("分段至少一段，写“第1段到”“第1段得分”，时间递增。"),
    "band-above-maximum": gettext_noop("有一段得 {detail} 分，超过满分。"),
    "calculation-of-another-kind": gettext_noop("这种计算不属于这个类型。换一种计算。"),
    "few-criteria": gettext_noop("只有 {detail} 个模块，通常为 5–9 个。"),
    "missing-day": gettext_noop("没有写评分日。"),
    "more-than-two-decimals": gettext_noop("满分 {detail} 多于两位小数，请核对。"),
    "no-section": gettext_noop("{detail} 分没有归入标准章节。"),
    "section-variation": gettext_noop("声明与实际相差 {detail} 分。"),
    "section-variation-large": gettext_noop(
        "声明与实际相差 {detail} 分，差距较大，请核对。"
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding for a page: it blocks the freeze, or is worth a second look."""

    place: str
    text: str
    blocks: bool


def remark_of(finding: Finding) -> Remark:
    """The finding in the reader's language."""
    text = _(WORDS[finding.code]).format(detail=finding.detail)
    return Remark(finding.place, text, finding.blocks)


MISFITS = {
    "another-team": gettext_noop("{code} 换了评分组，{count} 个评分属于原来的席位"),
    "another-calculation": gettext_noop(
        "{code} 换了计算方法，{count} 个评分是按原来的方法录的"
    ),
    "another-choice": gettext_noop(
        "{code} 的第 {value} 个选项换成了“{limit}”，{count} 个评分选的是原来的"
    ),
    "out-of-range": gettext_noop("{code} 有 {count} 个评分（{value}）超过 {limit}"),
    "wrong-step": gettext_noop("{code} 有 {count} 个评分（{value}）不合步长 {limit}"),
    "not-a-choice": gettext_noop(
        "{code} 有 {count} 个评分选了第 {value} 项，已没有这项"
    ),
}


def misfit_text(misfit: Misfit) -> str:
    """Why entered marks have no place in a new version, by aspect and count."""
    other = gettext_noop("{code} 有 {count} 个评分（{value}）不能再录")
    text = _(MISFITS.get(misfit.why, other))
    return text.format(
        code=misfit.code,
        count=misfit.count,
        value=_("、").join(misfit.values),
        limit=misfit.limit,
    )
