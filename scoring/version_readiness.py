"""A new scheme version that waits: on the readiness page, on the list of who may confirm."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import Origin, Phase
from competitions.models import Competition, Skill
from competitions.register import MISSING, ReadinessItem
from people.models import User
from scoring.queries.scheme_versions import (
    may_confirm,
    proposals_waiting_in,
    waiting_proposal,
)
from scoring.register import Waiting


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """One item for each skill with a version that nobody has confirmed."""
    if competition.origin == Origin.EXTERNAL:
        return []
    return [
        ReadinessItem(
            code=f"scheme-version-{row.skill_id}",
            title=_("：").join((row.skill.name, _("新版方案"))),
            detail=_("%(name)s 提出，等裁判长或成绩管理员确认，或撤回")
            % {"name": row.proposed_by},
            url=reverse("scheme_preview", args=[row.skill_id]),
            state=MISSING,
            blocks_phase=Phase.PUBLICITY,
            app="scoring",
        )
        for row in proposals_waiting_in(competition)
    ]


def waiting(skill: Skill, user: User, at: datetime) -> list[Waiting]:
    """The version that waits for this person."""
    proposal = waiting_proposal(skill)
    if proposal is None or not may_confirm(proposal, user):
        return []
    return [
        Waiting(
            kind="scheme-version",
            title=_("评分方案有新版本等你确认"),
            detail=_("%(name)s 提出：%(reason)s")
            % {"name": proposal.proposed_by, "reason": proposal.reason},
            url=reverse("scheme_preview", args=[skill.pk]),
            tone="danger",
        )
    ]
