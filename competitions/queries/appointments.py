"""Appointments: who holds which role."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from competitions.enums import EventRole
from competitions.models import Appointment, Competition, Skill
from people.models import Organization, Person, User
from people.queries import persons_matching, same_person_ids


def active_appointments(competition: Competition) -> QuerySet[Appointment]:
    """Return the appointments held now, with persons and skills."""
    rows = Appointment.objects.filter(
        competition=competition, withdrawn_at__isnull=True
    )
    return rows.select_related(
        "person__organization", "skill", "delegation", "appointed_by"
    ).order_by("skill__number", "role", "appointed_at", "pk")


def judges_of(skill: Skill, role: str = EventRole.JUDGE) -> QuerySet[Appointment]:
    """Return who judges a skill, in the order of appointment."""
    rows = Appointment.objects.filter(skill=skill, role=role, withdrawn_at__isnull=True)
    return rows.select_related("person__organization").order_by("appointed_at", "pk")


def event_roles_of(user: User, skill: Skill) -> set[EventRole]:
    """Return the event roles of ``user`` in a skill, competition-wide ones included."""
    if user.person_id is None:
        return set()
    rows = Appointment.objects.filter(
        Q(skill=skill) | Q(skill__isnull=True, competition=skill.competition_id),
        person=user.person_id,
        withdrawn_at__isnull=True,
    )
    return {EventRole(role) for role in rows.values_list("role", flat=True)}


def roles_in_skill(
    person: Person, competition: Competition, skill: Skill | None
) -> set[str]:
    """Return the roles a person holds that touch ``skill``.

    Competition-wide roles touch every skill; without a skill every role touches.
    """
    rows = Appointment.objects.filter(
        competition=competition,
        person__in=same_person_ids(person),
        withdrawn_at__isnull=True,
    )
    if skill is not None:
        rows = rows.filter(Q(skill=skill) | Q(skill__isnull=True))
    return set(rows.values_list("role", flat=True))


def all_event_roles(user: User) -> set[str]:
    """Return every event role ``user`` holds now, in any competition."""
    if user.person_id is None:
        return set()
    rows = Appointment.objects.filter(person=user.person_id, withdrawn_at__isnull=True)
    return set(rows.values_list("role", flat=True))


def event_roles_in(user: User, competition: Competition) -> list[str]:
    """Return the event roles ``user`` holds in a competition, each once, in order."""
    if user.person_id is None:
        return []
    rows = Appointment.objects.filter(
        competition=competition, person=user.person_id, withdrawn_at__isnull=True
    )
    held = set(rows.values_list("role", flat=True))
    return [role for role in EventRole.values if role in held]


def known_people(owner: Organization, text: str) -> QuerySet[Person]:
    """Return persons matching ``text`` whom ``owner`` has met in its competitions.

    A complete document number finds anybody: who has it knows the person.
    """
    matching = persons_matching(text)
    met = (
        Q(organization=owner)
        | Q(appointments__competition__owner=owner)
        | Q(entry_members__entry__skill__competition__owner=owner)
        | Q(coached_entries__entry__skill__competition__owner=owner)
    )
    by_name = matching.filter(met)
    by_number = matching.exclude(
        Q(name__icontains=text) | Q(sort_key__contains=text.replace(" ", "").lower())
    )
    ids = {
        *by_name.values_list("pk", flat=True),
        *by_number.values_list("pk", flat=True),
    }
    rows = Person.objects.filter(pk__in=ids).select_related("organization")
    return rows.order_by("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class AppointmentGroup:
    """The appointments of one skill (None: of the whole competition), in order."""

    skill: Skill | None
    rows: list[Appointment]


def appointments_by_skill(competition: Competition) -> list[AppointmentGroup]:
    """Return everybody appointed now: the whole competition first, then by skill."""
    held: dict[int | None, list[Appointment]] = {}
    rows = active_appointments(competition).select_related(
        "person__organization", "person__user", "skill", "delegation"
    )
    for row in rows:
        held.setdefault(row.skill_id, []).append(row)
    order = {role: index for index, role in enumerate(EventRole.values)}
    for group in held.values():
        group.sort(key=lambda row: (order[row.role], row.appointed_at, row.pk))
    skills: list[Skill | None] = [None, *competition.skills.all()]
    return [
        AppointmentGroup(skill, held.get(skill.pk if skill else None, []))
        for skill in skills
    ]
