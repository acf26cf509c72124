"""Taking a step: readiness decides whether a competition may, a person that it does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.core import phases
from competitions.enums import Phase
from competitions.errors import PhaseRefused, check_reason
from competitions.models import Competition
from competitions.register import MISSING, ReadinessItem, readiness
from people.policy import Actor


def blockers(competition: Competition, *, to: str, at: datetime) -> list[ReadinessItem]:
    """Return what is missing for the step ``to``.

    A step that a light contest leaves out, with its reason, asks for nothing.
    """
    return [
        item
        for item in readiness.items(competition, at)
        if item.state == MISSING and item.blocks_phase == to
    ]


@transaction.atomic
def advance_phase(
    competition: Competition, *, to: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Take a competition to ``to``; blockers refuse it, each with reason and link.

    One step at a time; a light contest may leave out 备案, 筹备 or 公示 with a reason.
    Cancelling needs a reason and no readiness.
    """
    check_reason(reason)
    lock(competition, at=at)
    row = Competition.objects.get(pk=competition.pk)
    before = row.phase
    if before == to:
        return
    if not phases.may_go(before, to, with_reason=bool(reason.strip())):
        raise PhaseRefused(
            _("不能从“%(before)s”直接进入“%(to)s”；跳过步骤或取消须写明原因。")
            % {"before": row.get_phase_display(), "to": Phase(to).label}
        )
    if to != Phase.CANCELLED:
        missing = blockers(row, to=to, at=at)
        if missing:
            raise PhaseRefused(
                _("进入“%(to)s”还差 %(count)s 项：%(titles)s")
                % {
                    "to": Phase(to).label,
                    "count": len(missing),
                    "titles": _("；").join(item.title for item in missing),
                },
                missing,
            )
    row.phase = competition.phase = to
    if to == Phase.CANCELLED:
        row.cancel_reason = competition.cancel_reason = reason.strip()
    row.save(update_fields=["phase", "cancel_reason"])
    body = {"from": before, "to": str(to), "reason": reason.strip()}
    note(row, "phase-advanced", body, by=by, at=at)
