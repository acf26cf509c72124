"""Until when an appeal may be lodged or answered, and what it waits for.

The clock is the server's: moments come in.  Two levels; the second is the last; who does
not answer a ruling in time leaves it standing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LAST_LEVEL = 2
DEFAULT_MINUTES = 120  # china-rules.md 3.6: within two hours after the skill's end


class Waits(StrEnum):
    """What an appeal waits for."""

    RULING = "ruling"
    ANSWER = "answer"  # of the leader, to the ruling of the first level
    REMEDY = "remedy"  # it was granted: somebody has to put things right
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one appeal: its state, the last ruling, whether it was remedied."""

    state: str  # lodged, ruled, carried, closed, withdrawn
    ruled_at: datetime | None = None
    is_granted: bool = False
    is_remedied: bool = False


def closes_at(ended_at: datetime, minutes: int) -> datetime:
    """The last instant at which an appeal is in time."""
    return ended_at + timedelta(minutes=minutes)


def is_in_time(at: datetime, ended_at: datetime | None, minutes: int) -> bool:
    """Whether an appeal lodged at ``at`` is in time; a running skill has no end yet."""
    return ended_at is None or at <= closes_at(ended_at, minutes)


def waits_for(case: Case, *, at: datetime, minutes: int) -> Waits:
    """What the appeal waits for at ``at``.

    A ruling of the first level may be answered for as long as an appeal may be lodged;
    after that it stands.
    """
    if case.state == "withdrawn":
        return Waits.NOTHING
    if case.state in ("lodged", "carried"):
        return Waits.RULING
    if (
        case.state == "ruled"
        and case.ruled_at is not None
        and is_in_time(at, case.ruled_at, minutes)
    ):
        return Waits.ANSWER
    return Waits.REMEDY if case.is_granted and not case.is_remedied else Waits.NOTHING
