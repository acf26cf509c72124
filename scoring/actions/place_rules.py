"""Choosing how points become places and awards: before the first mark, or by document."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Skill
from people.models import User
from scoring.actions.prizes import set_prize_scale
from scoring.actions.schemes import import_scheme
from scoring.core.findings import freeze_findings
from scoring.core.prizes import PRESETS, WORLDSKILLS_RULES
from scoring.errors import PlaceRulesRefused
from scoring.models import PrizeScale, Scheme
from scoring.prize_steps import plain_steps
from scoring.queries.schemes import plan_by_digest, state_of

ABOUT_TIES = ("unknown-tie-break", "unknown-fallback")


@transaction.atomic
def choose_place_rules(
    skill: Skill,
    *,
    medal_rule: str,
    ties: Sequence[str],
    fallback: str,
    by: User,
    at: datetime,
) -> Scheme:
    """Put rule, tie-break list and last resort into the scheme's next version.

    Refused once marking was opened: the list is chosen before the first mark.
    """
    state = state_of(skill)
    if state is None:
        raise PlaceRulesRefused(_("先导入评分方案。"), "no-scheme")
    if medal_rule not in PRESETS and medal_rule not in WORLDSKILLS_RULES:
        raise PlaceRulesRefused(_("没有这种名次规则，请重新选择。"), "medal-rule")
    if len(set(ties)) != len(ties):
        raise PlaceRulesRefused(_("同一个比较项选了两次，请去掉一个。"), "tie-twice")
    before = plan_by_digest(state.scheme.digest).scheme
    scheme = replace(before, medal_rule=medal_rule, ties=tuple(ties), fallback=fallback)
    wrong = [f for f in freeze_findings(scheme) if f.code in ABOUT_TIES]
    if wrong:
        text = _("方案里没有比较项“%(name)s”，请重新选择。")
        name = wrong[0].place or wrong[0].detail
        raise PlaceRulesRefused(text % {"name": name}, wrong[0].code)
    return import_scheme(
        skill,
        scheme=scheme,
        source_name=state.scheme.source_name,
        source_digest=state.scheme.source_digest,
        findings=[f for f in state.scheme.findings if f.get("severity") != "error"],
        by=by,
        at=at,
    )


def cite_prizes(
    skill: Skill, *, preset: str, document: str, clause: str, by: User, at: datetime
) -> PrizeScale:
    """Set a skill's prizes to a preset that a document orders; until verified."""
    if not PRESETS.get(preset):
        raise PlaceRulesRefused(_("没有这种奖项设置，请重新选择。"), "medal-rule")
    if not document.strip():
        raise PlaceRulesRefused(_("请写明规定奖项的文件。"), "document-missing")
    citation = {"document": document.strip()[:200], "clause": clause.strip()[:200]}
    cited = " ".join(part for part in citation.values() if part)
    steps = [replace(step, citation=cited) for step in PRESETS[preset]]
    return set_prize_scale(
        skill.competition,
        skill,
        steps=plain_steps(steps),
        citation=citation | {"preset": preset},
        by=by,
        at=at,
    )
