"""Writes of the published snapshots.

A snapshot is a copy that can be made again at any time, so no ledger event is written.
"""

import json
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction

from live import protocol, snapshots
from live.models import Snapshot
from live.queries import PULSE

GAP = timedelta(milliseconds=250)
PULSE_EVERY = timedelta(seconds=2)


class Published(Enum):
    """What became of a computed board."""

    STORED = "stored"
    SAME = "same"
    EARLY = "early"
    OLDER = "older"


def publish_snapshot(
    board: str,
    audience: str,
    *,
    content: protocol.Message | None,
    built_from: int,
    at: datetime,
) -> Published:
    """Store a computed board if it is newer, 250 ms have passed and it differs.

    ``content`` None means that this audience may see no board.  EARLY asks the caller to
    try again; the stored revision then still says that something is owed.
    """
    with transaction.atomic():
        row = _locked(board, audience, at)
        if row.seq and built_from <= row.built_from:
            return Published.OLDER
        before = protocol.content(json.loads(row.text)) if row.text else None
        after = snapshots.with_moves(content, before) if content else None
        if row.seq and after == before:
            row.built_from, row.checked_at = built_from, at
            row.save(update_fields=["built_from", "checked_at"])
            return Published.SAME
        if row.seq and at - row.published_at < GAP:
            return Published.EARLY
        _store(row, after, built_from, at)
    return Published.STORED


def pulse(*, at: datetime) -> None:
    """Note that all boards are up to date; at most every two seconds, by one process."""
    rows = Snapshot.objects.filter(board=PULSE[0], audience=PULSE[1])
    if not rows.filter(checked_at__gt=at - PULSE_EVERY).exists() and not rows.update(
        checked_at=at
    ):
        Snapshot.objects.get_or_create(
            board=PULSE[0],
            audience=PULSE[1],
            defaults={"published_at": at, "checked_at": at},
        )


def _locked(board: str, audience: str, at: datetime) -> Snapshot:
    rows = Snapshot.objects.select_for_update().filter(board=board, audience=audience)
    row = rows.first()
    if row is None:
        row = Snapshot(board=board, audience=audience, published_at=at, checked_at=at)
        Snapshot.objects.bulk_create([row], ignore_conflicts=True)
        row = rows.get()
    return row


def _store(
    row: Snapshot, content: protocol.Message | None, built_from: int, at: datetime
) -> None:
    seq = row.seq + 1
    row.text, row.summary, row.digest = "", {}, ""
    if content is not None:
        message = protocol.snapshot(
            content,
            board=row.board,
            audience=row.audience,
            seq=seq,
            at=at.isoformat(timespec="milliseconds"),
        )
        row.text = protocol.encode(message)
        row.summary = snapshots.summary_of(content)
        row.digest = message["digest"]
    row.seq, row.built_from = seq, built_from
    row.published_at = row.checked_at = at
    row.save()
