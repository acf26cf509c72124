"""What the bureau's chain is told of a file: never a name, never a purpose's words."""

from typing import Any

from awards.models import ExportBatch
from ledger.actions import EventDraft


def event_of(kind: str, batch: ExportBatch, **more: Any) -> EventDraft:
    """Return the event about a batch."""
    body = {
        "export": batch.number,
        "kind": batch.kind,
        "release": batch.release.number if batch.release else "",
        "rows": batch.rows or batch.expected,
        "masked": batch.is_masked,
        "digest": batch.digest,
        **more,
    }
    return EventDraft(kind, body)
