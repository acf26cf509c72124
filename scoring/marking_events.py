"""What a tablet sends and what it is told: values only, no rows.

``MarkEvent`` is one tap; ``MarkOutcome`` its answer: accepted, replayed, refused (with a
code and a sentence) or conflict (the key was used for something else).
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ledger.core.chain import canonical


class Answer(StrEnum):
    """What became of one event."""

    ACCEPTED = "accepted"
    REPLAYED = "replayed"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class MarkEvent:
    """One mark as sent: ``value`` is text; empty with state ``value`` takes it back.

    ``seat`` None is the sender's own seat, or 0 where the group enters one value.
    ``over`` is the last event of this cell that the tablet had seen (0: none); None if
    it does not say.  It is no part of what a replay is recognised by.
    """

    key: UUID
    sheet_id: int
    aspect: str
    value: str | None = None
    state: str = "value"
    seat: int | None = None
    remark: str = ""
    device_n: int | None = None
    client_time: str = ""
    over: int | None = None

    def fingerprint(self) -> str:
        """The same for the same content: what a replay is recognised by."""
        words = [
            self.sheet_id,
            self.aspect,
            self.seat,
            self.state,
            self.value,
            self.remark,
        ]
        return hashlib.sha256(canonical(words).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """Where the sheet of an answered mark stands now."""

    id: int
    state: str
    filled: int
    cells: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class MarkOutcome:
    """The answer to one event; ``seq``, ``hash`` and ``server_time`` are its receipt."""

    key: UUID
    status: Answer
    code: str = ""
    message: str = ""
    seq: int | None = None
    hash: str = ""
    server_time: str = ""
    aspect: str = ""
    in_conflict: bool = False
    sheet: SheetSummary | None = None
