"""What one device entered and another replaced without having seen it (trust: T08).

Both events stand in the ledger; which of the two counts must be confirmed by a person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from competitions.models import Skill
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from people.models import User
from scoring.models import Device, Mark


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The mark that was replaced unseen: what it said, by whom, where, when."""

    seq: int
    state: str
    value: str
    remark: str
    by: str
    device: str
    at: datetime


def contradictions(skill: Skill, seqs: Collection[int]) -> dict[int, Contradiction]:
    """The events of these numbers by number; no query where there are none."""
    if not seqs:
        return {}
    events = list(events_of(skill_chain(skill.pk)).filter(seq__in=seqs))
    actors = {event.actor for event in events}
    ids = [int(actor[5:]) for actor in actors if actor.startswith("user:")]
    names = {user.actor: str(user) for user in User.objects.filter(pk__in=ids)}
    clients = [event.device for event in events if event.device]
    rows = Device.objects.filter(
        competition=skill.competition_id, client__in=clients
    ).exclude(name="")
    devices = dict(rows.values_list("client", "name"))
    found = {}
    for event in events:
        body = body_of(event)
        found[event.seq] = Contradiction(
            seq=event.seq,
            state=str(body.get("state", "value")),
            value=str(body.get("value", "")),
            remark=str(body.get("remark", "")),
            by=names.get(event.actor, ""),
            device=devices.get(event.device, ""),
            at=event.server_time,
        )
    return found


def contradictions_open(skill: Skill) -> list[Mark]:
    """Marks of a skill that wait for somebody to say which of two counts."""
    rows = Mark.objects.filter(sheet__skill=skill, contradicts__isnull=False)
    related = ("sheet__entry", "sheet__sub_criterion", "judge")
    return list(rows.select_related(*related).order_by("marked_at", "pk"))
