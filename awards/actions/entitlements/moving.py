"""How entitlements take a step: which steps follow which, what is kept of each.

A step is stored with what was before it; nothing here asks whether it may be taken.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from awards.access import bureau_of
from awards.enums import EntitlementState
from awards.models import Entitlement, EntitlementStep, Filing, PublicityRound
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from ledger.models import Chain
from people.models import Organization, User

State = EntitlementState
STEPS: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.MATERIAL_COMPLETE,),
    State.MATERIAL_COMPLETE: (State.PUBLICITY, State.FILED),
    State.PUBLICITY: (State.FILED,),
    State.FILED: (State.GRANTED, State.REFUSED),
    State.GRANTED: (State.DELIVERED,),
    State.REFUSED: (State.FILED,),
}
# The reason is the authority's paper (granted, delivered) or its grounds (refused).
NEEDS_REASON = (State.GRANTED, State.REFUSED, State.DELIVERED)
WITHDRAWN = (State.REVOKED, State.SUPERSEDED)
REPLACEABLE = (State.PROPOSED, State.MATERIAL_COMPLETE)
BEFORE_ANSWER = (State.PROPOSED, State.MATERIAL_COMPLETE, State.PUBLICITY, State.FILED)
LONGEST = 300
BATCH_BYTES = 8
WRITTEN = [
    "state",
    "state_reason",
    "changed_at",
    "due_on",
    "filing",
    "round",
]


@dataclass(frozen=True, slots=True)
class Move:
    """What is the same for all entitlements that take a step together."""

    to: str
    by: User | None
    at: datetime
    reason: str = ""
    document: str = ""
    on: date | None = None
    source: str = ""
    batch: str = ""
    filing: Filing | None = None
    round: PublicityRound | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class BulkStep:
    """What came of a step for many: its batch, who moved, who did not and why."""

    batch: str
    moved: list[Entitlement] = field(default_factory=list)
    skipped: list[tuple[Entitlement, str]] = field(default_factory=list)


def new_batch() -> str:
    """A name for steps that are taken, and taken back, together."""
    return secrets.token_hex(BATCH_BYTES)


def begin(by: User, at: datetime) -> tuple[Organization, Chain]:
    """The bureau ``by`` acts for, and its chain, locked before any row."""
    bureau = bureau_of(by)
    chain = bureau_chain(bureau.pk)
    return bureau, lock_chains([chain], at=at)[chain]


def locked_rows(entitlements: Iterable[Entitlement]) -> list[Entitlement]:
    """The rows as they stand now, locked, each once and in the order asked."""
    ids = list(dict.fromkeys(row.pk for row in entitlements))
    rows = (
        Entitlement.objects.select_for_update(of=("self",))
        .select_related(
            "person", "unit", "filing", "round", "decision__skill__competition"
        )
        .order_by("pk")
        .in_bulk(ids)
    )
    return [rows[pk] for pk in ids]


def take(rows: Sequence[Entitlement], move: Move) -> list[EventDraft]:
    """Store a step of every row; return the events to append, one for each."""
    steps = [_step(row, move) for row in rows]
    for row in rows:
        row.state, row.changed_at = move.to, move.at
        row.state_reason = words(move)
        row.filing = move.filing or row.filing
        if move.to == State.FILED:  # the day to file by is over; the answer has its own
            row.due_on = move.due_on
        row.round = move.round or row.round
    Entitlement.objects.bulk_update(rows, WRITTEN, batch_size=500)
    EntitlementStep.objects.bulk_create(steps, batch_size=500)
    return [_event(step, move) for step in steps]


def words(move: Move) -> str:
    """The paper and the grounds of a step in one line."""
    return "；".join(filter(None, (move.document, move.reason)))[:LONGEST]


def _step(row: Entitlement, move: Move) -> EntitlementStep:
    return EntitlementStep(
        entitlement=row,
        before=row.state,
        after=move.to,
        reason=move.reason[:LONGEST],
        document=move.document[:200],
        on=move.on,
        source=move.source,
        batch=move.batch,
        filing=move.filing,
        round=move.round,
        restore=remembered(row),
        by=move.by,
        at=move.at,
    )


def remembered(row: Entitlement) -> dict[str, object]:
    """What an undo puts back."""
    return {
        "state_reason": row.state_reason,
        "changed_at": row.changed_at.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else None,
        "filing": row.filing_id,
        "round": row.round_id,
    }


def _event(step: EntitlementStep, move: Move) -> EventDraft:
    body: dict[str, object] = {
        "entitlement": step.entitlement_id,
        "from": step.before,
        "to": step.after,
        "reason": words(move),
        "batch": step.batch,
    }
    if step.on is not None:
        body["on"] = step.on.isoformat()
    if move.filing is not None:
        body["filing"] = move.filing.number
    if move.round is not None:
        body["round"] = move.round.number
    return EventDraft("entitlement-advanced", body)


def record(
    chain: Chain, drafts: Sequence[EventDraft], *, by: User, at: datetime
) -> None:
    """Append events to the bureau's chain."""
    append(chain, list(drafts), actor=by.actor, at=at)
