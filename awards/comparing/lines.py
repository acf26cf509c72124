"""The lines of a comparison: whom, what stands here and there, what may be taken over.

Values only, and their JSON; document numbers stand in a line shortened.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from people.core import masking
from people.privacy import identity_mask

MATCH, CONFLICT = "match", "conflict"
MISSING_HERE, MISSING_THERE = "missing-here", "missing-there"
STRANGER, NO_NUMBER, UNREAD = "stranger", "no-number", "unread"
OUTCOMES = (
    CONFLICT,
    MISSING_HERE,
    MISSING_THERE,
    MATCH,
    STRANGER,
    NO_NUMBER,
    UNREAD,
)
RECORD, CORRECT = "record", "correct"
DATES = frozenset({"issued_on"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same: its name, our value, their value."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking a line over would do: record a draft, or correct a fact with it.

    ``kind``, ``column`` and ``values`` are those of a facts file's draft; ``fact`` is
    the grade that is corrected.
    """

    do: str
    kind: str
    column: str
    values: Mapping[str, Any]
    fact: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line compared; ``row`` is the list's row, None for somebody not in it."""

    outcome: str
    name: str = ""
    identity: str = ""
    person: int | None = None
    row: int | None = None
    about: str = ""
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    taking: Taking | None = None
    number: int = 0  # its place in the comparison, from 1


@dataclass(slots=True)
class Found:
    """The lines of a comparison in the making."""

    lines: list[Line] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many lines have each outcome, in the order they are shown."""
        known = Counter(line.outcome for line in self.lines)
        return {outcome: known[outcome] for outcome in OUTCOMES}


def shortened(number: str) -> str:
    """A document number as it may stand in a stored line."""
    kind, audience = masking.ValueKind.IDENTITY, masking.Audience.INTERNAL
    return masking.mask(kind, number, audience, policy=identity_mask())


def to_text(lines: Iterable[Line]) -> str:
    """Return lines as JSON, numbered from 1."""
    plain = []
    for number, line in enumerate(lines, 1):
        values = asdict(line) | {"number": number}
        plain.append({key: value for key, value in values.items() if value})
    return json.dumps(plain, ensure_ascii=False, default=_written)


def from_text(text: str) -> list[Line]:
    """Return the lines of a stored comparison."""
    return [_line(plain) for plain in json.loads(text or "[]")]


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _line(plain: dict[str, Any]) -> Line:
    known = {each.name for each in fields(Line)}
    values = {key: value for key, value in plain.items() if key in known}
    values["differences"] = tuple(
        Difference(**each) for each in values.get("differences", ())
    )
    values["notes"] = tuple(values.get("notes", ()))
    if values.get("taking"):
        values["taking"] = _taking(values["taking"])
    return Line(**values)


def _taking(plain: dict[str, Any]) -> Taking:
    values = {
        key: date.fromisoformat(value) if key in DATES and value else value
        for key, value in plain["values"].items()
    }
    return Taking(**{**plain, "values": values})
