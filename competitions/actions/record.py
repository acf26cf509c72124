"""One line of a competition's chain."""

from collections.abc import Mapping
from datetime import datetime

from competitions.models import Competition
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain
from people.policy import Actor, actor_of


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
