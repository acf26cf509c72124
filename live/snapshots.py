"""A board as the payload one audience may see, built from an allow-list.

What may be shown is scoring's answer (its visibility core); here it is only copied,
field by field, so that nothing new can slip out, and checked once more against the
state.  Row ids are keyed hashes per audience: an alias on the public board cannot be
traced to the workstation code on another.
"""

import hashlib
import hmac
from base64 import b32encode
from datetime import date, datetime
from typing import Any

from live import protocol
from scoring.queries.boards import BoardRow, BoardView

SETTLED = ("public", "final")
ID_LENGTHS = (8, 16, 32)
# What lists of boards show of each.
SUMMARY = (
    "state",
    "competition",
    "competition_code",
    "skill",
    "skill_number",
    "group",
    "place",
    "count",
    "team",
    "sheets_done",
    "sheets_total",
    "starts_on",
    "ends_on",
    "frozen_at",
    "notice",
    "release",
    "published_on",
    "rehearsal",
    "listed",
)


def content_of(
    view: BoardView, *, board: str, audience: str, key: bytes
) -> protocol.Message:
    """Return what ``audience`` may see of a board, ready to be encoded."""
    shown = {name: _plain(getattr(view, name)) for name in _COPIED}
    rows = () if view.naming == "progress" else view.rows
    ids = _row_ids(rows, f"{board} {audience}", key)
    return {
        **shown,
        "rows": [_row(row, name, view) for row, name in zip(rows, ids, strict=True)],
        "notice": _notice(view),
        "receipt": _receipt(view),
    }


def summary_of(content: protocol.Message) -> protocol.Message:
    """Return the part of a board that lists of boards show."""
    return {name: content[name] for name in SUMMARY}


def with_moves(
    content: protocol.Message, before: protocol.Message | None
) -> protocol.Message:
    """Return the content with each row's rise or fall since places last changed.

    While no place changes the arrows stay as they are.
    """
    old = {row["id"]: row for row in before["rows"]} if before else {}
    places = {key: row["place"] for key, row in old.items()}
    now = {row["id"]: row["place"] for row in content["rows"]}
    stands = all(now.get(key) == place for key, place in places.items())
    rows = []
    for row in content["rows"]:
        known = old.get(row["id"])
        if known is None or content["state"] in SETTLED:
            move = 0
        elif stands:
            move = known["move"]
        else:
            move = (known["place"] or 0) - row["place"] if row["place"] else 0
            move = move if known["place"] else 0
        rows.append({**row, "move": move})
    return {**content, "rows": rows}


_COPIED = tuple(
    name for name in protocol.CONTENT if name not in ("rows", "notice", "receipt")
)


def _row(row: BoardRow, row_id: str, view: BoardView) -> dict[str, Any]:
    settled = view.state in SETTLED
    named = view.naming == "names"
    return {
        "id": row_id,
        "place": row.place,
        "shared": row.shared,
        "standing": row.standing,
        "label": row.label,
        "unit": row.unit if named else "",
        "delegation": row.delegation if named else "",
        "award": row.award if settled else "",
        "medal": row.medal if settled else "",
        "points": row.points,
        "modules": list(row.modules),
        "module_points": list(row.module_points) if settled else [],
        "move": 0,
    }


def _row_ids(rows: tuple[BoardRow, ...], salt: str, key: bytes) -> list[str]:
    """Short ids, longer only if two of them should ever meet."""
    whole = []
    for row in rows:
        text = f"{salt} {row.entry_id}".encode()
        hashed = hmac.new(key, text, hashlib.sha256).digest()
        whole.append(b32encode(hashed).decode().lower())
    for length in ID_LENGTHS:
        ids = [name[:length] for name in whole]
        if len(set(ids)) == len(ids):
            return ids
    return whole


def _notice(view: BoardView) -> dict[str, Any] | None:
    """The 公示 of a board: its days are counted where it is shown."""
    if view.state != "public" or view.notice is None:
        return None
    opened_on, working_days, ends_on = view.notice
    return {
        "opened_on": opened_on.isoformat(),
        "working_days": working_days,
        "ends_on": ends_on.isoformat(),
    }


def _receipt(view: BoardView) -> str:
    """Where the newest event stands; on a moving board it would count the marks."""
    if view.state not in SETTLED or view.receipt is None:
        return ""
    seq, hashed = view.receipt
    return f"#{seq} {hashed[:4].upper()} {hashed[4:8].upper()}"


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
