"""公示: opened for n working days, closed by a human act after they have passed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.errors import LONGEST_REASON, PublicityRefused, check_reason
from competitions.models import Competition, PublicNotice, Skill
from competitions.queries import local_day
from competitions.register import MISSING, readiness
from people.core.calendar import add_working_days
from people.models import User

NOTICE = "notice"


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
    notice.refresh_from_db()
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


@transaction.atomic
def void_publicity(
    notice: PublicNotice, *, reason: str, by: User, at: datetime
) -> None:
    """Break off a 公示 whose results have changed; the skills need a new one."""
    check_reason(reason)
    if not reason.strip():
        raise PublicityRefused(_("请写明为什么中止公示。"), "reason-missing")
    lock(notice.competition, at=at)
    notice.refresh_from_db()
    if notice.closed_at is not None:
        raise PublicityRefused(_("公示已经结束。"), "closed")
    notice.closed_at, notice.void_reason = at, reason.strip()
    notice.save(update_fields=["closed_at", "void_reason"])
    body = {"notice": notice.pk, "skills": notice.skills, "reason": notice.void_reason}
    note(notice.competition, "publicity-voided", body, by=by, at=at)


@transaction.atomic
def void_publicity_of(
    skill: Skill, *, reason: str, by: User, at: datetime
) -> PublicNotice | None:
    """Break off the running 公示 of one skill, whose results are open again.

    Other skills of the same notice stay in it, with their days; the part broken off is a
    notice of its own.  None where nothing runs.  Objections stay where they were filed.
    """
    competition = skill.competition
    lock(competition, at=at)
    running = competition.public_notices.filter(closed_at__isnull=True).order_by("pk")
    notice = next((row for row in running if skill.pk in row.skills), None)
    if notice is None:
        return None
    body: dict[str, object] = {}
    if len(notice.skills) > 1:
        body["part_of"] = notice.pk
        notice.skills = [pk for pk in notice.skills if pk != skill.pk]
        notice.save(update_fields=["skills"])
        notice.pk, notice.skills = None, [skill.pk]
        notice._state.adding = True
    notice.closed_at, notice.void_reason = at, reason[:LONGEST_REASON]
    notice.save()
    body |= {"notice": notice.pk, "skills": notice.skills, "reason": notice.void_reason}
    note(competition, "publicity-voided", body, by=by, at=at)
    return notice


def skills_to_announce(competition: Competition, at: datetime) -> list[Skill]:
    """The skills that no 公示 in force lists, or whose results are newer than it.

    Whether results are newer, the apps above know.
    """
    notices = competition.public_notices.filter(void_reason="")
    running = {pk for row in notices if row.closed_at is None for pk in row.skills}
    listed = {pk for row in notices for pk in row.skills}
    newer = {
        item.skill
        for item in readiness.items(competition, at)
        if item.blocks_step == NOTICE and item.state == MISSING
    }
    return [
        skill
        for skill in competition.skills.all()
        if skill.pk not in listed or (skill.pk in newer and skill.pk not in running)
    ]
