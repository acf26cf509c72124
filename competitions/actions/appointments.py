"""Appointments: who holds which event role, and why somebody may not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import lock, note
from competitions.core.conflicts import JUDGING, Conflict, excluded_by
from competitions.enums import EventRole
from competitions.errors import AppointmentRefused, check_reason
from competitions.models import Appointment, Competition, Delegation, Entry, Skill
from competitions.queries import conflict_word, conflicts_in, roles_in_skill
from people.core.integrity import Activity
from people.models import Person, User
from people.queries import sanction_words, sanctions_on

# Roles that mean nothing without a skill.
SKILL_ROLES = frozenset(
    {
        EventRole.CHIEF_JUDGE,
        EventRole.JUDGE,
        EventRole.RESERVE,
        EventRole.TRAINEE,
        EventRole.FLOOR_JUDGE,
    }
)

# Who judges, as a ban from judging (执裁) means it.
JUDGES = SKILL_ROLES | {EventRole.DRAW_OFFICER}


def reasons_against(
    competition: Competition,
    *,
    person: Person,
    role: str,
    skill: Skill | None,
    delegation: Delegation | None = None,
) -> list[tuple[str, str]]:
    """Return every reason (code, sentence) why ``person`` may not hold ``role``.

    ``delegation`` is the one that proposes them: a judge stands aside for it.
    """
    if role in SKILL_ROLES and skill is None:
        return [("skill-missing", _("请选择赛项：裁判按赛项聘任。"))]
    if skill is not None and skill.competition_id != competition.pk:
        return [("foreign-skill", _("赛项不属于这场赛事。"))]
    held = roles_in_skill(person, competition, skill)
    found = [
        (
            "two-roles",
            _("%(name)s 已任%(role)s，同一赛项内不能兼任。")
            % {"name": person.name, "role": EventRole(other).label},
        )
        for other in excluded_by(role, held)
    ]
    if role in JUDGING and skill is not None:
        found += _conflicts(person, skill, delegation)
    return found


def _conflicts(
    person: Person, skill: Skill, delegation: Delegation | None
) -> list[tuple[str, str]]:
    by_entry = conflicts_in(person, skill, delegation)
    named = Entry.objects.select_related("delegation").in_bulk(list(by_entry))
    found = []
    for conflict in Conflict:
        entries = [named[pk] for pk, reasons in by_entry.items() if conflict in reasons]
        if entries:
            where = _("、").join(
                sorted({str(entry.delegation) for entry in entries})[:3]
            )
            text = _("利益回避：%(name)s %(why)s（%(where)s，%(count)s 个参赛）。") % {
                "name": person.name,
                "why": conflict_word(conflict),
                "where": where,
                "count": len(entries),
            }
            found.append((str(conflict), text))
    return found


def sanction_reasons(person: Person, role: str, at: datetime) -> list[tuple[str, str]]:
    """Return the integrity records that keep ``person`` from ``role``."""
    activity = Activity.JUDGING if role in JUDGES else Activity.OFFICE
    return [
        (
            "sanction",
            _("%(name)s 在诚信记录限制期内：%(reason)s")
            % {"name": person.name, "reason": why},
        )
        for record in sanctions_on(at, persons=[person.pk])
        if (why := sanction_words(record, activity))
    ]


@transaction.atomic
def appoint(
    competition: Competition,
    *,
    person: Person,
    role: str,
    by: User,
    at: datetime,
    skill: Skill | None = None,
    delegation: Delegation | None = None,
) -> Appointment:
    """Give ``person`` an event role; a role already held comes back as it is.

    Refused with every reason at once: a conflict of interest of somebody who judges
    (own entry, coach, organization, delegation), two roles that exclude each other in
    one skill, an integrity sanction.
    """
    lock(competition, at=at)
    known = Appointment.objects.filter(
        competition=competition,
        skill=skill,
        person=person,
        role=role,
        withdrawn_at__isnull=True,
    ).first()
    if known is not None:
        return known
    reasons = reasons_against(
        competition, person=person, role=role, skill=skill, delegation=delegation
    )
    reasons += sanction_reasons(person, role, at)
    if reasons:
        raise AppointmentRefused(reasons[0][0], [text for _code, text in reasons])
    appointment = Appointment.objects.create(
        competition=competition,
        skill=skill,
        person=person,
        role=role,
        delegation=delegation,
        appointed_by=by,
        appointed_at=at,
    )
    body = {
        "appointment": appointment.pk,
        "person": f"person:{person.pk}",
        "role": str(role),
        "skill": skill.pk if skill else None,
    }
    note(competition, "appointed", body, by=by, at=at)
    return appointment


@transaction.atomic
def withdraw_appointment(
    appointment: Appointment, *, reason: str, by: User, at: datetime
) -> None:
    """End an appointment; what was marked under it stays."""
    check_reason(reason)
    if appointment.withdrawn_at is not None:
        return
    appointment.withdrawn_at = at
    appointment.save(update_fields=["withdrawn_at"])
    body = {
        "appointment": appointment.pk,
        "person": f"person:{appointment.person_id}",
        "role": appointment.role,
        "reason": reason,
    }
    note(appointment.competition, "appointment-withdrawn", body, by=by, at=at)
