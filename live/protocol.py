"""Every message a board sends: types, fields, version; the source of docs/live-protocol.md.

Pure: dictionaries in, dictionaries and text out.  What an audience may see was decided
before (snapshots.py); this module only compares, encodes and measures.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

VERSION = 1

SNAPSHOT = "snapshot"
DELTA = "delta"
HEARTBEAT = "heartbeat"
SHEETS = "sheets"

# The one size that a delta or a heartbeat may have; a longer delta is not sent at all.
LIMIT_BYTES = 8 * 1024

# Fields that say which state this is, not what it shows.
ENVELOPE = ("v", "type", "board", "audience", "seq", "digest", "at")

# What a board shows: the only top-level fields that ever leave the server.
CONTENT = (
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
    "modules",
    "naming",
    "rows",
    "note",
    "starts_on",
    "ends_on",
    "frozen_at",
    "public_frozen",
    "notice",
    "release",
    "published_on",
    "receipt",
    "rehearsal",
    "listed",
)

# What a row shows: the only row fields that ever leave the server.
ROW = (
    "id",
    "place",
    "shared",
    "standing",
    "label",
    "unit",
    "delegation",
    "award",
    "medal",
    "points",
    "modules",
    "module_points",
    "move",
)

# Close codes of our own (RFC 6455 keeps 4000-4999 for applications).
CLOSE_ENDING = 4001
CLOSE_TALKATIVE = 4400
CLOSE_REVOKED = 4403
CLOSE_GONE = 4404

Message = dict[str, Any]


def encode(message: Mapping[str, Any]) -> str:
    """Return a message as the compact JSON that goes over the wire."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def digest(content: Mapping[str, Any]) -> str:
    """Return the short hash of what a board shows, whoever stored it and when."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def snapshot(
    content: Mapping[str, Any], *, board: str, audience: str, seq: int, at: str
) -> Message:
    """Return the whole state of a board as one message."""
    return {
        "v": VERSION,
        "type": SNAPSHOT,
        "board": board,
        "audience": audience,
        "seq": seq,
        "digest": digest(content),
        "at": at,
        **content,
    }


def content(message: Mapping[str, Any]) -> Message:
    """Return what a snapshot shows, without its envelope."""
    return {key: value for key, value in message.items() if key not in ENVELOPE}


def heartbeat(message: Mapping[str, Any], *, checked: str, sent: str) -> Message:
    """Return the message that a state still holds.

    ``checked`` is when the publishers last knew it to be up to date (empty: unknown),
    ``sent`` the server's time now: the difference is how old the figures may be.
    """
    return {
        "v": VERSION,
        "type": HEARTBEAT,
        "board": message["board"],
        "seq": message["seq"],
        "digest": message["digest"],
        "at": message["at"],
        "checked": checked,
        "sent": sent,
    }


def nudge(skill_id: int, sheet_ids: list[int]) -> Message:
    """Return the nudge to tablets: these sheets changed, ask over HTTP what they are."""
    return {"v": VERSION, "type": SHEETS, "skill": skill_id, "sheets": sheet_ids}


def delta(old: Mapping[str, Any], new: Mapping[str, Any]) -> Message:
    """Return what turns snapshot ``old`` into ``new``; :func:`apply` is its inverse.

    ``set`` holds changed top-level fields, ``rows`` changed fields by row id (a new row
    has them all), ``gone`` ids that left, ``order`` all ids when their order changed.
    """
    changed = {
        key: value
        for key, value in content(new).items()
        if key != "rows" and old.get(key) != value
    }
    before = {row["id"]: row for row in old["rows"]}
    rows = {}
    for row in new["rows"]:
        known = before.get(row["id"], {})
        fields = {
            key: value
            for key, value in row.items()
            if key != "id" and (key not in known or known[key] != value)
        }
        if fields:
            rows[row["id"]] = fields
    order = [row["id"] for row in new["rows"]]
    kept = set(order)
    return {
        "v": VERSION,
        "type": DELTA,
        "board": new["board"],
        "seq": new["seq"],
        "prev": old["seq"],
        "digest": new["digest"],
        "at": new["at"],
        "set": changed,
        "rows": rows,
        "gone": [key for key in before if key not in kept],
        **({"order": order} if order != list(before) else {}),
    }


def apply(old: Mapping[str, Any], message: Mapping[str, Any]) -> Message:
    """Return the snapshot that a delta leads to; ``ValueError`` when it does not fit."""
    if message["prev"] != old["seq"]:
        raise ValueError(f"delta follows {message['prev']}, not {old['seq']}")
    rows = {row["id"]: dict(row) for row in old["rows"]}
    for key in message["gone"]:
        rows.pop(key, None)
    for key, fields in message["rows"].items():
        rows.setdefault(key, {"id": key}).update(fields)
    order = message.get("order", list(rows))
    return {
        **old,
        **message["set"],
        "seq": message["seq"],
        "digest": message["digest"],
        "at": message["at"],
        "rows": [rows[key] for key in order],
    }


def fits(text: str) -> bool:
    """Return whether a delta or heartbeat may be sent."""
    return len(text.encode()) <= LIMIT_BYTES
