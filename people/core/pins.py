"""A judge's PIN: its form, and how long failures lock it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

DIGITS = 6
TRIES = 5  # for one person on one device, within the pause
PAUSE = timedelta(minutes=15)
# Against trying one PIN on many people: wrong ones at one occasion within an hour.
OCCASION_TRIES = 100
OCCASION_PAUSE = timedelta(hours=1)

_RUNS = "01234567890 09876543210"


def has_form(pin: str) -> bool:
    """Return whether ``pin`` is six digits."""
    return len(pin) == DIGITS and pin.isascii() and pin.isdigit()


def is_weak(pin: str) -> bool:
    """Return whether ``pin`` is one digit repeated or a plain run."""
    return len(set(pin)) == 1 or pin in _RUNS


def locked_until(failures: Iterable[datetime], at: datetime) -> datetime | None:
    """Return until when failures lock the PIN, or None where it may be tried.

    Never more than five tries within any fifteen minutes.
    """
    recent = sorted(moment for moment in failures if at - moment < PAUSE)
    return recent[-TRIES] + PAUSE if len(recent) >= TRIES else None
