"""What a document sets besides rules, in words: prizes, entry, limits, titles, targets.

Words only; where each part acts is the business of the apps it is handed down to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from awards.core.rulebook import (
    Citation,
    Constraint,
    EntryCondition,
    Prize,
    Rulebook,
    Target,
    TierRole,
    Title,
)
from competitions.enums import Group, Tier

ROUNDING = {"floor": "向下取整", "ceil": "向上取整", "half-up": "四舍五入"}


@dataclass(frozen=True, slots=True)
class PartWords:
    """One part: what kind it is, its words, and where it stands."""

    kind: str
    text: str
    clause: str
    quote: str
    id: str = ""


def parts_of(book: Rulebook) -> list[PartWords]:
    """Return everything a document sets besides its rules, kind by kind."""
    return list(_parts(book))


def _parts(book: Rulebook) -> Iterator[PartWords]:
    for role in book.tier_roles:
        yield _part(_("赛事体系"), _role(role), role.citation)
    for prize in book.prizes:
        yield _part(_("奖项"), _prize(prize), prize.citation, prize.id)
    for entry in book.entries:
        yield _part(_("参赛条件"), _entry(entry), entry.citation, entry.id)
    for limit in book.constraints:
        yield _part(_("限制"), _constraint(limit), limit.citation, limit.id)
    for title in book.titles:
        yield _part(_("称号"), _title(title), title.citation)
    for target in book.targets:
        yield _part(_("目标"), _target(target), target.citation, target.id)
    for same in book.equivalences:
        parts = [f"{same.of} → {same.counts_as}", same.purpose]
        text = _("；").join(filter(None, parts))
        yield _part(_("比照"), text, same.citation)


def _part(kind: str, text: str, citation: Citation, name: str = "") -> PartWords:
    return PartWords(kind, text, citation.clause, citation.quote, name)


def _role(role: TierRole) -> str:
    tiers = _("、").join(str(Tier(tier).label) for tier in role.tiers)
    return _("：").join((role.role, tiers))


def _prize(prize: Prize) -> str:
    return _("：").join(filter(None, (prize.label, _places(prize))))


def _places(prize: Prize) -> str:
    if prize.points_at_least is not None:
        return _("%(n)d 分及以上") % {"n": prize.points_at_least}
    if prize.share is not None:
        values = {"share": prize.share, "rounding": _(ROUNDING[prize.rounding])}
        return _("实际参赛数的 %(share)s（%(rounding)s）") % values
    if prize.rank_from is None or prize.rank_to is None:
        return ""
    if prize.rank_from == prize.rank_to:
        return _("第 %(place)s 名") % {"place": prize.rank_from}
    values = {"best": prize.rank_from, "worst": prize.rank_to}
    return _("第 {best} 至 {worst} 名").format(**values)


def _entry(entry: EntryCondition) -> str:
    parts = [_("、").join(str(Group(group).label) for group in entry.groups)]
    if entry.age_at_least is not None:
        parts.append(_("满 {n} 周岁").format(n=entry.age_at_least))
    if entry.age_at_most is not None:
        parts.append(_("不超过 {n} 周岁").format(n=entry.age_at_most))
    if entry.below_retirement:
        parts.append(_("未达法定退休年龄"))
    if entry.in_occupation:
        parts.append(_("从事本职业"))
    return _("，").join(filter(None, parts))


def _constraint(limit: Constraint) -> str:
    titles = _("、").join(limit.titles)
    words = {
        "minimum-field": _("不足 %(n)s 人（队）的不授予奖励") % {"n": limit.field},
        "no-shared-places": _("名次不并列"),
        "one-promotion-per-year": _("同一年度只晋升一次"),
        "no-rewards": _("不授予奖励"),
        "quota": _("%(titles)s不超过 %(n)s 名") % {"titles": titles, "n": limit.limit},
    }
    if limit.kind == "prior-holders":
        skips = limit.policy == "skip"
        rule = _("只参加选拔，名次顺延") if skips else _("不重复授予，名次不顺延")
        return _("：").join((titles, rule))
    return words[limit.kind]


def _title(title: Title) -> str:
    parts = [title.name, title.issuer, title.level]
    if title.quota is not None:
        quota = {"period": title.period, "n": title.quota}
        parts.append(_("%(period)s %(n)d 名") % quota)
    return _("，").join(parts)


def _target(target: Target) -> str:
    values = {
        "year": target.year,
        "indicator": target.indicator,
        "value": exact(target.value) if target.unit == "share" else target.value,
    }
    text = _("%(year)d 年 %(indicator)s %(value)s") % values
    base = _("占%(denominator)s") % {"denominator": target.denominator}
    return _("，").join((text, base)) if target.denominator else text


def exact(value: Fraction) -> str:
    """A share as it is written: 33.5% where that is exact, else the fraction."""
    percent = value * 1000
    if percent.denominator != 1:
        return str(value)
    whole, tenth = divmod(percent.numerator, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"
