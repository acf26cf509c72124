"""The few rows that boards need: one skill of Lin's competition, and who may look at it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from competitions.models import Appointment, Competition, Skill
from ledger.actions import EventDraft, append
from ledger.core.chain import ChainRef, competition_chain, skill_chain
from people.models import Membership, Organization, Person, User


def organization(name: str = "四川省竞赛办") -> Organization:
    return Organization.objects.get_or_create(
        name=name, region="510000", defaults={"kinds": ["other"]}
    )[0]


def skill(public_id: str = "k3v9", owner: Organization | None = None) -> Skill:
    competition, _ = Competition.objects.get_or_create(
        code=f"of-{(owner or organization()).pk}",
        defaults={
            "name": "四川省职业技能大赛",
            "tier": "provincial",
            "starts_on": date(2026, 5, 11),
            "ends_on": date(2026, 5, 14),
            "owner": owner or organization(),
            "phase": "competing",
            "created_at": timezone.now(),
        },
    )
    return Skill.objects.create(
        competition=competition, public_id=public_id, number=public_id[:2], name="焊接"
    )


def user(name: str, *, organizes: Organization | None = None) -> User:
    person = Person.objects.create(
        name=name, provisional_key=name, registered_at=timezone.now()
    )
    login = User(username=name, name=name, person=person)
    login.set_unusable_password()
    login.save()
    if organizes:
        Membership.objects.create(
            user=login,
            organization=organizes,
            role="organizer",
            starts_on=date(2026, 1, 1),
        )
    return login


def appoint(login: User, to: Skill, role: str) -> Appointment:
    return Appointment.objects.create(
        competition=to.competition,
        skill=to,
        person=login.person,
        role=role,
        appointed_by=login,
        appointed_at=timezone.now(),
    )


def mark(of: Skill, **body: Any) -> None:
    """Move the skill's chain, as a mark would."""
    _happen(skill_chain(of.pk), EventDraft("mark", body))


def news(of: Skill, **body: Any) -> None:
    """Move the competition's chain."""
    _happen(competition_chain(of.competition_id), EventDraft("note", body))


def _happen(chain: ChainRef, draft: EventDraft) -> None:
    with transaction.atomic():
        append(chain, [draft], actor="system:test", at=timezone.now())
