"""The body of ``POST /judge/marks``: its shape, checked before anything is read.

A body that is not as described is answered as a whole (400, 413); what is wrong with a
single mark is the action's business and answered per key.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from scoring.actions.marks import BATCH
from scoring.marking_events import MarkEvent, MarkOutcome

VERSION = 1
MOST_BYTES = 256 * 1024
LARGEST_ID = 2**62
LONGEST_VALUE = 80  # longer than any value that is accepted
LENGTHS = {"aspect": 64, "state": 40, "time": 40, "remark": 4096}


class Malformed(Exception):
    """The body is not what the protocol says; ``status`` answers it."""

    def __init__(self, place: str, status: int = 400) -> None:
        super().__init__(place)
        self.place = place
        self.status = status


@dataclass(frozen=True, slots=True)
class MarkRequest:
    """A well-formed body: one skill, one device, 1 to 200 events."""

    skill: int
    device: str
    events: tuple[MarkEvent, ...]
    head: tuple[int, str] | None


def read_request(body: bytes) -> MarkRequest:
    """Return the request, or raise :class:`Malformed` naming the place."""
    found = read_object(body)
    if _whole(found, "v", "body") != VERSION:
        raise Malformed("v")
    events = found.get("events")
    if not isinstance(events, list) or not events:
        raise Malformed("events")
    if len(events) > BATCH:
        raise Malformed("events", 413)
    return MarkRequest(
        skill=_whole(found, "skill", "skill"),
        device=text_of(found, "device", "device", 80),
        events=tuple(_event(event, f"events[{n}]") for n, event in enumerate(events)),
        head=_head(found.get("head")),
    )


def read_object(body: bytes) -> dict[str, Any]:
    """The body as one JSON object whose fractions are still the text that was sent."""
    if len(body) > MOST_BYTES:
        raise Malformed("body", 413)
    try:
        found = json.loads(
            body, parse_float=str, parse_constant=str, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        raise Malformed("body") from None
    if not isinstance(found, dict):
        raise Malformed("body")
    return found


def plain_outcome(outcome: MarkOutcome) -> dict[str, Any]:
    """One answer as JSON values."""
    sheet = outcome.sheet
    return {
        "key": str(outcome.key),
        "status": outcome.status.value,
        "code": outcome.code,
        "message": outcome.message,
        "seq": outcome.seq,
        "hash": outcome.hash,
        "server_time": outcome.server_time,
        "in_conflict": outcome.in_conflict,
        "sheet": sheet
        and {
            "id": sheet.id,
            "state": sheet.state,
            "filled": sheet.filled,
            "cells": sheet.cells,
            "conflicts": sheet.conflicts,
        },
    }


def _event(found: Any, place: str) -> MarkEvent:
    if not isinstance(found, dict):
        raise Malformed(place)
    return MarkEvent(
        key=_key(found.get("key"), f"{place}.key"),
        sheet_id=_whole(found, "sheet", place),
        aspect=text_of(found, "aspect", place, LENGTHS["aspect"]),
        seat=_optional_whole(found, "seat", place),
        state=text_of(found, "state", place, LENGTHS["state"], default="value"),
        value=_value(found.get("value")),
        remark=text_of(found, "remark", place, LENGTHS["remark"], default=""),
        device_n=_optional_whole(found, "n", place),
        client_time=text_of(found, "time", place, LENGTHS["time"], default=""),
        over=_optional_whole(found, "over", place),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says each thing once; two readers could differ about another."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("body")
    return found


def _value(found: Any) -> str | None:
    """Whatever stands as the value, as text: one that is none is refused by its key."""
    if found is None:
        return None
    if not isinstance(found, str):
        found = str(found)[:LONGEST_VALUE] if type(found) is int else "?"
    text = found[:LONGEST_VALUE].replace("\0", "?")
    return text.encode("utf-8", "replace").decode()


def _key(found: Any, place: str) -> UUID:
    try:
        return UUID(found) if isinstance(found, str) else UUID("")
    except ValueError:
        raise Malformed(place) from None


def _whole(found: dict[str, Any], name: str, place: str) -> int:
    number = found.get(name)
    if type(number) is not int or not 0 <= number < LARGEST_ID:
        raise Malformed(f"{place}.{name}")
    return number


def _optional_whole(found: dict[str, Any], name: str, place: str) -> int | None:
    return None if found.get(name) is None else _whole(found, name, place)


def text_of(
    found: dict[str, Any],
    name: str,
    place: str,
    longest: int,
    *,
    default: str | None = None,
) -> str:
    """Return a text that any database stores: no NUL, no lone surrogate, not too long."""
    text = found.get(name)
    if text is None and default is not None:
        return default
    if not isinstance(text, str) or len(text) > longest or "\0" in text:
        raise Malformed(f"{place}.{name}")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Malformed(f"{place}.{name}") from None
    return text


def _head(found: Any) -> tuple[int, str] | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise Malformed("head")
    return _whole(found, "seq", "head"), text_of(found, "hash", "head", 128)
