"""Changes of signed marks that are under way: on the readiness page, on the chief's list.

A request that waits, an opened cell, a changed sheet not signed again, a correction that
is not published: each holds publishing and the next phase from 公示 on.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from competitions.enums import Origin, Phase
from competitions.models import Competition, Skill
from competitions.register import MISSING, ReadinessItem
from people.models import User
from scoring.queries.changes import Pending, pending_in, waiting_for
from scoring.queries.schemes import plan_of
from scoring.register import Waiting
from scoring.views.change_words import change_row

# The phase that is held, by the phase the competition is in; else the final one.
HELD = {
    Phase.COMPETING: Phase.PUBLICITY,
    Phase.VERIFICATION: Phase.PUBLICITY,
    Phase.FINAL: Phase.ARCHIVED,
}


def readiness(competition: Competition, at: datetime) -> list[ReadinessItem]:
    """One item for each skill with changes under way; nothing where there are none."""
    if competition.origin == Origin.EXTERNAL:
        return []
    held = HELD.get(Phase(competition.phase), Phase.FINAL)
    return [
        ReadinessItem(
            code=f"changes-{skill.pk}",
            title=_("：").join((skill.name, _("签名后更改"))),
            detail=_detail(pending),
            url=reverse("skill_changes", args=[skill.pk]),
            state=MISSING,
            blocks_phase=held,
            app="scoring",
        )
        for skill, pending in pending_in(competition, at)
    ]


def waiting(skill: Skill, user: User, at: datetime) -> list[Waiting]:
    """The requests that wait for this person."""
    rows = waiting_for(skill, user, at)
    plan = plan_of(skill) if rows else None
    shown = [change_row(row, plan, at) for row in rows]
    return [
        Waiting(
            kind="change",
            title=_("工位 %(code)s，%(aspect)s 申请更改：%(old)s → %(new)s")
            % {name: row[name] for name in ("code", "aspect", "old", "new")},
            detail=_("%(role)s提出：%(reason)s")
            % {
                "role": row["change"].get_requested_role_display(),
                "reason": row["change"].get_reason_display(),
            },
            url=reverse("change_page", args=[row["change"].pk]),
            tone="danger",
        )
        for row in shown
    ]


def _detail(pending: Pending) -> str:
    texts = (
        (pending.waiting, _("%(n)d 项申请待批准")),
        (pending.opened, _("%(n)d 格已打开，待录入")),
        (pending.unsigned, _("%(n)d 张改后的评分表待重新签名")),
        (pending.unpublished, _("已公布的成绩有更正，待重新复核、公示、发布新版本")),
    )
    return _("；").join(text % {"n": count} for count, text in texts if count)
