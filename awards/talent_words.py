"""What pages and files say about pools: criteria in words, why a basis is gone, mistakes.

Words only, no queries.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core.talent import Asked, asked_from
from awards.core.vocabulary import Award
from awards.enums import EntitlementState, PoolBasis
from awards.models import PoolEntry
from awards.spoken import spoken
from competitions.enums import EventRole, Tier
from people.core import occupations
from people.core.grades import Grade
from people.enums import HolderKind, TitleLevel
from people.words import grade_words

SERVICES = {
    "chief-judge": EventRole.CHIEF_JUDGE.label,
    "judge": EventRole.JUDGE.label,
    "coach": EventRole.COACH.label,
    "expert": gettext_lazy("专家组成员"),
}
MISTAKES = {
    "nothing-asked": gettext_lazy("至少要写一项条件。"),
    "tiers-alone": gettext_lazy("选了赛事层级，还要写奖项、名次或任职。"),
    "tiers-missing": gettext_lazy("写了奖项或名次，还要选赛事层级。"),
    "years-alone": gettext_lazy("写了近几年，还要写奖项、名次或任职。"),
    "occupation-alone": gettext_lazy("写了职业编码，还要写技能等级。"),
}
CHANGES = {
    "ended": gettext_lazy("依据已变化：入库所凭的待遇已撤销、被替代或不予核准"),
    "changed": gettext_lazy("依据已变化：待遇的事实有更改，待办理"),
    "unmet": gettext_lazy("依据已变化：现有事实已不符合入库条件"),
}


def mistake_words(code: str) -> str:
    """Return what is wrong with a criterion, with the remedy."""
    return str(MISTAKES[code])


def change_words(code: str) -> str:
    """Return why an entry's basis no longer stands."""
    return str(CHANGES[code])


def criterion_words(values: Mapping[str, Any] | Asked) -> list[str]:
    """Return what a criterion asks, one phrase each."""
    asked = values if isinstance(values, Asked) else asked_from(values)
    found = []
    if asked.grade is not None:
        found.append(_grade(asked))
    if asked.titles:
        found.append(_("称号：%s") % _("或").join(asked.titles))
    if asked.asks_result:
        found.append(_result(asked))
    if asked.services:
        roles = _("或").join(str(SERVICES[name]) for name in asked.services)
        where = "" if asked.asks_result else _when(asked)
        found.append(_("任过%s") % roles + where)
    if asked.level:
        found.append(_("职称%s及以上") % TitleLevel(asked.level).label)
    if asked.holder:
        found.append(_("或").join(str(HolderKind(kind).label) for kind in asked.holder))
    return found


def _grade(asked: Asked) -> str:
    label = grade_words(Grade(asked.grade or 0).full_label)
    text = _("%s及以上") % label
    if not asked.occupation:
        return text
    name = dict(occupations.known()).get(asked.occupation, "")
    return _("%(occupation)s：%(grade)s") % {
        "occupation": f"{name} {asked.occupation}".strip(),
        "grade": text,
    }


def _result(asked: Asked) -> str:
    tiers = _("、").join(str(Tier(tier).label) for tier in asked.tiers)
    parts = []
    if asked.award:
        parts.append(_("%s及以上") % spoken(Award(asked.award).label))
    if asked.place:
        parts.append(_("前 %d 名") % asked.place)
    text = _("，").join(parts)
    years = _years(asked)
    return _("%(tiers)s：%(text)s") % {"tiers": tiers, "text": text} + years


def _when(asked: Asked) -> str:
    tiers = _("、").join(str(Tier(tier).label) for tier in asked.tiers)
    return (f"（{tiers}）" if tiers else "") + _years(asked)


def _years(asked: Asked) -> str:
    if asked.years is None:
        return ""
    return _("（近 %d 年）") % asked.years


def basis_words(entry: PoolEntry) -> str:
    """Return on what an entry stands; its relations must have been loaded."""
    if entry.basis == PoolBasis.ENTITLEMENT and entry.entitlement is not None:
        row = entry.entitlement
        state = EntitlementState(row.state).label
        return _("待遇 R-%(pk)s：%(value)s，%(state)s") % {
            "pk": row.pk,
            "value": row.value,
            "state": state,
        }
    if entry.basis == PoolBasis.CRITERION and entry.criterion is not None:
        words = _("；").join(criterion_words(entry.criterion.asked))
        return _("入库条件：%s") % words
    return _("凭文件入库")
