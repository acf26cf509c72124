"""The only way to get a competition, skill or entry on behalf of a user.

Another organizer's object is *not found*, never forbidden: every function here returns
the object or raises Http404.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from competitions.enums import EventRole
from competitions.models import (
    Appeal,
    Appointment,
    Competition,
    Delegation,
    Entry,
    Objection,
    PublicNotice,
    Skill,
)
from competitions.permissions import APPEALS, VIEWERS
from competitions.queries import appeals_of, objections_of, public_competitions
from people.enums import OrganizationRole
from people.models import User
from people.queries import organizations_with_role

ORGANIZER = (OrganizationRole.ORGANIZER,)


def _held(user: User) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        person=user.person_id, person__isnull=False, withdrawn_at__isnull=True
    )


def _in_reach(user: User, roles: Iterable[str], at: datetime | None) -> tuple[Q, Q]:
    """Return the conditions on a competition: by its owner, by an appointment."""
    wanted = set(map(str, roles))
    owners = organizations_with_role(
        user, wanted & set(OrganizationRole.values), at or timezone.now()
    )
    events = _held(user).filter(role__in=wanted & set(EventRole.values))
    return Q(owner__in=owners.values("pk")), Q(pk__in=events.values("competition_id"))


def competition_for(
    user: User,
    code: str,
    *,
    roles: Iterable[str] = ORGANIZER,
    at: datetime | None = None,
) -> Competition:
    """Return a competition in which ``user`` holds one of ``roles``.

    Organization roles count in the owner, event roles by any appointment in it.
    """
    owned, appointed = _in_reach(user, roles, at)
    rows = Competition.objects.filter(owned | appointed, code=code)
    competition = rows.select_related("owner", "series").first()
    if competition is None:
        raise Http404
    return competition


def may_edit(user: User, competition: Competition) -> bool:
    """Return whether ``user`` organizes a competition that was already reached."""
    owners = organizations_with_role(user, ORGANIZER, timezone.now())
    return owners.filter(pk=competition.owner_id).exists()


def competitions_for(
    user: User, *, roles: Iterable[str] | None = None, at: datetime | None = None
) -> QuerySet[Competition]:
    """Return the competitions ``user`` organizes or helps to run, newest first."""
    owned, appointed = _in_reach(user, roles or VIEWERS, at)
    rows = Competition.objects.filter(owned | appointed)
    return rows.select_related("owner").order_by("-starts_on", "-pk")


def skill_for(
    user: User,
    pk: int,
    *,
    roles: Iterable[str] = ORGANIZER,
    at: datetime | None = None,
) -> Skill:
    """Return a skill in which ``user`` holds one of ``roles``.

    An appointment to another skill of the same competition does not open this one.
    """
    wanted = set(map(str, roles))
    owners = organizations_with_role(
        user, wanted & set(OrganizationRole.values), at or timezone.now()
    )
    events = _held(user).filter(role__in=wanted & set(EventRole.values))
    wide = events.filter(skill__isnull=True)
    skill = (
        Skill.objects.filter(
            Q(competition__owner__in=owners.values("pk"))
            | Q(pk__in=events.filter(skill__isnull=False).values("skill_id"))
            | Q(competition__in=wide.values("competition_id")),
            pk=pk,
        )
        .select_related("competition__owner")
        .first()
    )
    if skill is None:
        raise Http404
    return skill


def entry_for(user: User, pk: int, *, roles: Iterable[str] = ORGANIZER) -> Entry:
    """Return an entry of a skill in which ``user`` holds one of ``roles``."""
    entry = Entry.objects.filter(pk=pk).first()
    if entry is None:
        raise Http404
    entry.skill = skill_for(user, entry.skill_id, roles=roles)
    return entry


def appointment_for(user: User, competition: Competition, pk: int) -> Appointment:
    """Return an appointment of a competition that was already reached."""
    rows = Appointment.objects.filter(competition=competition, pk=pk)
    appointment = rows.select_related("person", "skill").first()
    if appointment is None:
        raise Http404
    return appointment


def notice_for(user: User, competition: Competition, pk: int) -> PublicNotice:
    """Return a 公示 of a competition that was already reached."""
    notice = PublicNotice.objects.filter(competition=competition, pk=pk).first()
    if notice is None:
        raise Http404
    return notice


def public_competition(code: str, *, at: datetime | None = None) -> Competition:
    """Return a competition that anybody may see."""
    competition = public_competitions(at or timezone.now()).filter(code=code).first()
    if competition is None:
        raise Http404
    return competition


def delegations_for(user: User) -> QuerySet[Delegation]:
    """Return the delegations that ``user`` leads, newest competition first."""
    led = _held(user).filter(role=EventRole.LEADER, delegation__isnull=False)
    rows = Delegation.objects.filter(pk__in=led.values("delegation_id"))
    return rows.select_related("competition").order_by("-competition__starts_on", "pk")


def delegation_for(user: User, pk: int) -> Delegation:
    """Return a delegation that ``user`` leads."""
    delegation = delegations_for(user).filter(pk=pk).first()
    if delegation is None:
        raise Http404
    return delegation


def appeals_for(user: User, competition: Competition) -> QuerySet[Appeal]:
    """Return the appeals that ``user`` may read in a competition already reached.

    Its organizers and who is appointed to all of it read every one; others those of
    their skill.
    """
    rows = appeals_of(competition)
    held = _held(user).filter(competition=competition, role__in=APPEALS)
    if may_edit(user, competition) or held.filter(skill__isnull=True).exists():
        return rows
    return rows.filter(skill__in=held.values("skill_id"))


def appeal_for(user: User, pk: int, *, roles: Iterable[str] = APPEALS) -> Appeal:
    """Return an appeal in a skill in which ``user`` holds one of ``roles``."""
    appeal = Appeal.objects.select_related("competition").filter(pk=pk).first()
    if appeal is None:
        raise Http404
    skill_for(user, appeal.skill_id, roles=roles)
    found: Appeal = appeals_of(appeal.competition).get(pk=pk)
    return found


def own_appeal(user: User, pk: int) -> Appeal:
    """Return an appeal of a delegation that ``user`` leads."""
    appeal = Appeal.objects.select_related("competition").filter(pk=pk).first()
    if appeal is None:
        raise Http404
    delegation_for(user, appeal.delegation_id)
    found: Appeal = appeals_of(appeal.competition).get(pk=pk)
    return found


def objection_for(user: User, pk: int) -> Objection:
    """Return an objection in a competition that ``user`` organizes."""
    objection = Objection.objects.filter(pk=pk).select_related("skill").first()
    if objection is None:
        raise Http404
    skill = skill_for(user, objection.skill_id)
    found: Objection = objections_of(skill.competition).get(pk=pk)
    return found
