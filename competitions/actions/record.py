"""One line of a competition's chain, and the lock that orders its actions."""

from collections.abc import Mapping
from datetime import datetime

from competitions.models import Competition
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain
from people.policy import Actor, actor_of


def lock(competition: Competition, *, at: datetime) -> None:
    """Let one action at a time go on in a competition: lock its chain, before any row."""
    lock_chains([competition_chain(competition.pk)], at=at)


def note(
    competition: Competition,
    type_: str,
    body: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Append one event to a competition's chain, in the caller's transaction."""
    draft = EventDraft(type=type_, body=body)
    chain = competition_chain(competition.pk)
    append(chain, [draft], actor=actor_of(by), at=at)
