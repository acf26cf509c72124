"""Who keeps each level of a draw: its officer, or who took it over since.

The ledger is the record: a proposal waits until it is agreed to or refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from competitions.enums import EventRole
from competitions.models import Appointment, Skill
from competitions.queries.entries import draws_of
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from people.models import User

PROPOSED = "draw-officer-proposed"
REPLACED = "draw-officer-replaced"
REFUSED = "draw-officer-refused"


@dataclass(frozen=True, slots=True)
class ProposedOfficer:
    """A successor somebody proposed for a level, waiting for the second person."""

    level: int
    successor: User
    proposer: User
    reason: str
    at: datetime


def keepers_of(skill: Skill) -> dict[int, User]:
    """Return who may ask to open each drawn level."""
    found = {draw.level: draw.officer for draw in draws_of(skill)}
    moved = {
        body["level"]: body["to"]
        for kind, body, _at, _actor in _events(skill)
        if kind == REPLACED
    }
    return found | _users(moved)


def proposed_officers(skill: Skill) -> dict[int, ProposedOfficer]:
    """Return the proposals that wait, by level."""
    waiting: dict[int, tuple[dict[str, Any], datetime, str]] = {}
    for kind, body, at, actor in _events(skill):
        waiting.pop(body["level"], None)
        if kind == PROPOSED:
            waiting[body["level"]] = (body, at, actor)
    successors = _users({level: row[0]["to"] for level, row in waiting.items()})
    proposers = _users({level: row[2] for level, row in waiting.items()})
    return {
        level: ProposedOfficer(
            level, successors[level], proposers[level], body["reason"], at
        )
        for level, (body, at, _actor) in waiting.items()
    }


def spare_officers(skill: Skill) -> list[User]:
    """Return the draw officers of a skill who never had one of its levels, by name."""
    had = {user.pk for user in keepers_of(skill).values()}
    had |= {draw.officer_id for draw in draws_of(skill)}
    held = Appointment.objects.filter(
        Q(skill=skill) | Q(skill__isnull=True, competition=skill.competition_id),
        role=EventRole.DRAW_OFFICER,
        withdrawn_at__isnull=True,
    )
    rows = User.objects.filter(person__in=held.values("person"), is_active=True)
    return list(
        rows.exclude(pk__in=had)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )


def _events(skill: Skill) -> Iterator[tuple[str, dict[str, Any], datetime, str]]:
    """Proposals and what became of them, oldest first."""
    rows = events_of(competition_chain(skill.competition_id))
    for event in rows.filter(type__in=(PROPOSED, REPLACED, REFUSED)):
        body: dict[str, Any] = body_of(event)
        if body["skill"] == skill.pk:
            yield event.type, body, event.server_time, event.actor


def _users(actors: dict[int, str]) -> dict[int, User]:
    """The sign-ins behind ``user:7`` and the like, by level; one query."""
    if not actors:
        return {}
    ids = {level: int(actor.partition(":")[2]) for level, actor in actors.items()}
    known = User.objects.select_related("person").in_bulk(ids.values())
    return {level: known[pk] for level, pk in ids.items()}
