"""Prize scales that a document sets: for a competition, or for one of its skills."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.policy import Actor, actor_of
from scoring.core.prizes import PrizeScaleRefused
from scoring.enums import ResultState
from scoring.errors import ScoringError
from scoring.models import PrizeScale, SkillState
from scoring.prize_steps import plain_steps, steps_from
from scoring.signals import announce_scoreboard


@transaction.atomic
def set_prize_scale(
    competition: Competition,
    skill: Skill | None,
    *,
    steps: Sequence[Mapping[str, Any]],
    citation: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> PrizeScale:
    """Set the prizes of a skill, or of all skills of a competition, by a document.

    ``steps`` as in ``scoring.prize_steps``, each with its citation.  A newer scale
    replaces an older one for results not yet verified; refused when a skill it covers
    is verified already.
    """
    try:
        read = steps_from(steps)
    except PrizeScaleRefused as refused:
        raise ScoringError(
            _("奖项设置无法使用：%(reason)s") % {"reason": refused}, "prize-scale"
        ) from refused
    covered = Q(skill=skill) if skill else Q(skill__competition=competition)
    verified = SkillState.objects.filter(covered).exclude(state=ResultState.PROVISIONAL)
    if names := list(verified.values_list("skill__name", flat=True)):
        raise ScoringError(
            _("%(skills)s 已经复核，奖项设置不能再改。") % {"skills": "、".join(names)},
            "verified",
        )
    row = PrizeScale.objects.create(
        competition=competition,
        skill=skill,
        steps=plain_steps(read),
        citation=dict(citation),
        set_at=at,
        set_by=actor_of(by),
    )
    body = {
        "skill": skill.pk if skill else None,
        "steps": row.steps,
        "citation": row.citation,
    }
    draft = EventDraft("prize-scale", body)
    append(competition_chain(competition.pk), [draft], actor=row.set_by, at=at)
    for pk in [skill.pk] if skill else competition.skills.values_list("pk", flat=True):
        announce_scoreboard(pk)
    return row
