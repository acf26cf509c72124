"""Writes of the published snapshots.

A snapshot is a copy that can be made again at any time, so no ledger event is written.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction

from ledger.statements import update
from live import protocol, snapshots
from live.models import Snapshot
from live.queries import PULSE

GAP = timedelta(milliseconds=250)
PULSE_EVERY = timedelta(seconds=2)
FIELDS = (
    "text",
    "summary",
    "digest",
    "seq",
    "built_from",
    "published_at",
    "checked_at",
)


class Published(Enum):
    """What became of a computed board."""

    STORED = "stored"
    SAME = "same"
    EARLY = "early"
    OLDER = "older"


def publish_snapshots(
    board: str,
    contents: Mapping[str, protocol.Message | None],
    *,
    built_from: int,
    at: datetime,
) -> dict[str, Published]:
    """Store a board, computed for some audiences, in one short transaction.

    Of each audience only if it is newer, 250 ms have passed and it differs.  Content
    None means that this audience may see no board.  EARLY asks the caller to try again;
    the stored revision then still says that something is owed.
    """
    with transaction.atomic():
        rows = _locked(board, sorted(contents), at)
        outcomes = {
            row.audience: _publish(row, contents[row.audience], built_from, at)
            for row in rows
        }
        changed = [
            row
            for row in rows
            if outcomes[row.audience] in (Published.STORED, Published.SAME)
        ]
        update(changed, FIELDS)
    return outcomes


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


def _locked(board: str, audiences: list[str], at: datetime) -> list[Snapshot]:
    rows = Snapshot.objects.filter(board=board, audience__in=audiences)
    found = list(rows.select_for_update().order_by("pk"))
    known = {row.audience for row in found}
    if known == set(audiences):
        return found
    missing = [
        Snapshot(board=board, audience=name, published_at=at, checked_at=at)
        for name in audiences
        if name not in known
    ]
    Snapshot.objects.bulk_create(missing, ignore_conflicts=True)
    return list(rows.select_for_update().order_by("pk"))


def _publish(
    row: Snapshot, content: protocol.Message | None, built_from: int, at: datetime
) -> Published:
    """Decide about one audience and write the decision into its row."""
    if row.seq and built_from <= row.built_from:
        return Published.OLDER
    before = protocol.content(json.loads(row.text)) if row.text else None
    after = snapshots.with_moves(content, before) if content else None
    if row.seq and after == before:
        row.built_from, row.checked_at = built_from, at
        return Published.SAME
    if row.seq and at - row.published_at < GAP:
        return Published.EARLY
    row.seq, row.built_from = row.seq + 1, built_from
    row.published_at = row.checked_at = at
    _write(row, after)
    return Published.STORED


def _write(row: Snapshot, content: protocol.Message | None) -> None:
    row.text, row.summary, row.digest = "", {}, ""
    if content is None:
        return
    message = protocol.snapshot(
        content,
        board=row.board,
        audience=row.audience,
        seq=row.seq,
        at=row.published_at.isoformat(timespec="milliseconds"),
    )
    row.text = protocol.encode(message)
    row.summary = snapshots.summary_of(content)
    row.digest = message["digest"]
