"""Who signs with a PIN at a competition: judges, chief judges, supervisors, and others."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from competitions.enums import EventRole
from competitions.models import Appointment
from people.models import User

ROLES = (
    EventRole.CHIEF_JUDGE,
    EventRole.JUDGE,
    EventRole.RESERVE,
    EventRole.TRAINEE,
    EventRole.SUPERVISOR,
    EventRole.RESULTS_OFFICER,
)


@dataclass(frozen=True, slots=True)
class PinHolder:
    """A person with the roles for which they need a PIN; ``skill_ids``: where."""

    user: User
    roles: tuple[str, ...]
    skills: tuple[str, ...]
    skill_ids: frozenset[int] = frozenset()


def holders_at(competitions: Collection[int]) -> list[PinHolder]:
    """Everybody with a sign-in who may sign or mark there, by name; one query."""
    rows = _appointments(competitions).select_related("person__user", "skill")
    found: dict[int, tuple[User, list[str], list[str], set[int]]] = {}
    for row in rows.order_by("person__sort_key", "person_id", "pk"):
        user = row.person.user
        none: tuple[User, list[str], list[str], set[int]] = (user, [], [], set())
        _user, roles, skills, ids = found.setdefault(user.pk, none)
        roles.append(row.get_role_display())
        if row.skill is not None:
            skills.append(row.skill.name)
            ids.add(row.skill.pk)
    return [
        PinHolder(
            user,
            tuple(dict.fromkeys(roles)),
            tuple(dict.fromkeys(skills)),
            frozenset(ids),
        )
        for user, roles, skills, ids in found.values()
    ]


def holder_named(who: str | int, competitions: Collection[int]) -> User | None:
    """The person of this id or account, if they hold such a role there."""
    held = _appointments(competitions).values("person_id")
    rows = User.objects.filter(is_active=True, person__in=held)
    text = str(who)
    if text.isascii() and text.isdigit() and len(text) <= 18:
        found = rows.filter(pk=int(text)).first()
        if found is not None:
            return found
    return rows.filter(username=text[:150]).first()


def _appointments(competitions: Collection[int]) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        competition__in=competitions,
        role__in=ROLES,
        withdrawn_at__isnull=True,
        person__user__is_active=True,
    )
