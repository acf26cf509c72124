"""公示: opened for n working days, closed by a human act after they have passed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.errors import PublicityRefused
from competitions.models import Competition, PublicNotice, Skill
from competitions.queries import local_day
from people.core.calendar import add_working_days
from people.models import User


@transaction.atomic
def open_publicity(
    competition: Competition,
    *,
    skills: Sequence[Skill],
    working_days: int,
    by: User,
    at: datetime,
    reason: str = "",
) -> PublicNotice:
    """Open a 公示 of some skills' results; the opening day itself is not counted.

    Zero days need a reason.  A skill whose 公示 is still open cannot be listed again.
    """
    if not skills:
        raise PublicityRefused(_("请选择要公示的赛项。"), "no-skills")
    if any(skill.competition_id != competition.pk for skill in skills):
        raise PublicityRefused(_("赛项不属于这场赛事。"), "foreign-skill")
    if working_days == 0 and not reason.strip():
        raise PublicityRefused(_("不公示须写明原因。"), "reason-missing")
    lock(competition, at=at)
    wanted = {skill.pk for skill in skills}
    for notice in competition.public_notices.filter(closed_at__isnull=True):
        if wanted & set(notice.skills):
            raise PublicityRefused(_("所选赛项已经在公示。"), "already-open")
    end = add_working_days(local_day(competition, at), working_days).ends_on
    notice = PublicNotice.objects.create(
        competition=competition,
        object_ref=f"competitions.competition:{competition.pk}",
        skills=sorted(wanted),
        opened_by=by,
        opened_at=at,
        working_days=working_days,
        ends_on=end,
        reason=reason.strip(),
    )
    body = {
        "notice": notice.pk,
        "skills": notice.skills,
        "working_days": working_days,
        "ends_on": end.isoformat(),
        "reason": notice.reason,
    }
    note(competition, "publicity-opened", body, by=by, at=at)
    return notice


def may_close(notice: PublicNotice, at: datetime) -> bool:
    """Return whether the days of a 公示 have passed: its last day counts in full."""
    today = local_day(notice.competition, at)
    return notice.working_days == 0 or today > notice.ends_on


@transaction.atomic
def close_publicity(notice: PublicNotice, *, by: User, at: datetime) -> None:
    """Close a 公示 whose days have passed; it never closes by itself."""
    if notice.closed_at is not None:
        return
    if not may_close(notice, at):
        raise PublicityRefused(
            _("公示到 %(day)s 为止，次日起才能结束。") % {"day": notice.ends_on},
            "too-early",
        )
    notice.closed_at = at
    notice.save(update_fields=["closed_at"])
    body = {"notice": notice.pk, "skills": notice.skills}
    note(notice.competition, "publicity-closed", body, by=by, at=at)
