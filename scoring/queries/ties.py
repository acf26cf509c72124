"""What the chief judge decided between equals, and what of it still stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competitions.models import Entry, Skill
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from people.models import User
from scoring.models import Result
from scoring.queries.schemes import state_of

DECIDED = "tie-decision"
WITHDRAWN = "tie-decision-withdrawn"


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry and its place among its equals."""

    entry_id: int
    code: str
    order: int


@dataclass(frozen=True, slots=True)
class TieDecision:
    """A decision as far as it stands; ``seq`` is its number in the skill's ledger."""

    seq: int
    entries: tuple[Decided, ...]
    reason: str
    decided_by: str
    at: datetime


def has_ties(skill: Skill) -> bool:
    """Whether places wait for a decision between equals, or were decided so."""
    undecided = Result.objects.filter(skill=skill, is_undecided=True)
    state = state_of(skill)
    return undecided.exists() or bool(state and state.decisions)


def decisions_of(skill: Skill) -> list[TieDecision]:
    """Return the decisions that give some entry its order now, oldest first."""
    told: dict[int, tuple[dict[str, Any], str, datetime]] = {}
    stands: dict[int, tuple[int, int]] = {}  # entry: the decision, the order
    for seq, kind, body, actor, at in _events(skill):
        if kind == WITHDRAWN:
            for entry in body["entries"]:
                stands.pop(entry, None)
            continue
        told[seq] = (body, actor, at)
        for entry, order in body["order"].items():
            stands[int(entry)] = (seq, int(order))
    codes = dict(Entry.objects.filter(pk__in=stands).values_list("pk", "code"))
    names = _names(actor for _body, actor, _at in told.values())
    found = []
    for seq, (body, actor, at) in told.items():
        mine = [
            Decided(entry, codes[entry], order)
            for entry, (last, order) in stands.items()
            if last == seq
        ]
        if mine:
            rows = tuple(sorted(mine, key=lambda row: (row.order, row.entry_id)))
            who = names.get(actor, actor)
            found.append(TieDecision(seq, rows, body["reason"], who, at))
    return found


def _events(
    skill: Skill,
) -> Iterator[tuple[int, str, dict[str, Any], str, datetime]]:
    rows = events_of(skill_chain(skill.pk)).filter(type__in=(DECIDED, WITHDRAWN))
    for event in rows:
        body: dict[str, Any] = body_of(event)
        yield event.seq, event.type, body, event.actor, event.server_time


def _names(actors: Iterator[str]) -> dict[str, str]:
    ids = {actor: actor.partition(":")[2] for actor in actors}
    wanted = [int(pk) for pk in ids.values() if pk.isdigit()]
    known = User.objects.select_related("person").in_bulk(wanted) if wanted else {}
    return {
        actor: str(known[int(pk)])
        for actor, pk in ids.items()
        if pk.isdigit() and int(pk) in known
    }
