"""Who marks a sheet and when: own seats, stand-ins, competition days.

A sheet's seats are numbers; those of a second team are raised by 100 (``core.dual``).
A reserve who steps in holds a judge's seat, on one entry's sheets or from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from scoring.core.dual import BOTH, SECOND


class SeatState(StrEnum):
    """What a person's seat on a sheet allows."""

    MARKS = "marks"
    ASIDE = "aside"  # must stand aside for this entry
    REPLACED = "replaced"  # a reserve holds the seat here
    NONE = "none"  # no seat in its teams


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """The seat (0: none) and what it allows."""

    seat: int
    state: SeatState

    @property
    def marks(self) -> bool:
        return self.state is SeatState.MARKS


def own_seat(
    user: int,
    *,
    panels: Iterable[str],
    held: Mapping[str, int],
    seats: Iterable[int],
    stand_ins: Mapping[str, int],
) -> OwnSeat:
    """The seat that ``user`` has on a sheet of ``panels``; ``held`` by panel letter.

    A seat held as a stand-in goes before one's own.
    """
    for taken, holder in stand_ins.items():
        if holder == user:
            return OwnSeat(int(taken), SeatState.MARKS)
    marking = set(seats)
    for group, letter in zip(BOTH, panels, strict=False):
        number = held.get(letter) if letter else None
        if number is None:
            continue
        seat = group + number
        if str(seat) in stand_ins:
            return OwnSeat(seat, SeatState.REPLACED)
        return OwnSeat(seat, SeatState.MARKS if seat in marking else SeatState.ASIDE)
    return OwnSeat(0, SeatState.NONE)


def seat_text(seat: int, panel: str, second: str = "") -> str:
    """A seat as people say it: team letter and number.

    >>> (seat_text(2, "A"), seat_text(102, "A", "B"))
    ('A2', 'B2')
    """
    letter = second if seat >= SECOND else panel
    return f"{letter}{seat % SECOND}"


def competition_day(today: date, starts_on: date) -> int:
    """The day of the competition: 1 on its first day (C1), 0 on the day before."""
    return (today - starts_on).days + 1


def refused_days(
    rule: Mapping[str, Any], code: str, day: int | None, *, today: int, at: datetime
) -> tuple[int, ...]:
    """The days on which a team marks a sub-criterion, if today is none of them.

    Empty when it may be marked now.  ``rule`` is the team's part of the calendar:
    ``days``, ``by_sub`` (the scheme's ``day`` decides), ``until``: permissions to catch
    up, by sub-criterion or for all (an empty code).
    """
    days = tuple(sorted(rule.get("days", ())))
    if rule.get("by_sub") and day is not None:
        days = (day,)
    if not days or today in days:
        return ()
    granted = rule.get("until", {})
    moments = (granted[key] for key in ("", code) if key in granted)
    if any(at < datetime.fromisoformat(moment) for moment in moments):
        return ()
    return days
