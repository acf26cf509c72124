"""A judge's PIN: its form, and how long failures lock it."""

from datetime import datetime, timedelta

DIGITS = 6
TRIES = 5
PAUSE = timedelta(minutes=15)

_RUNS = "01234567890 09876543210"


def has_form(pin: str) -> bool:
    """Return whether ``pin`` is six digits."""
    return len(pin) == DIGITS and pin.isascii() and pin.isdigit()


def is_weak(pin: str) -> bool:
    """Return whether ``pin`` is one digit repeated or a plain run."""
    return len(set(pin)) == 1 or pin in _RUNS


def locked_until(
    failures: int, failed_at: datetime | None, at: datetime
) -> datetime | None:
    """Return until when failures lock the PIN, or None where it may be tried."""
    if failures < TRIES or failed_at is None or at - failed_at >= PAUSE:
        return None
    return failed_at + PAUSE
