"""The code on a competitor's slip: its letters, its groups, how it is read back.

The first six letters number the slip and are no secret; the twelve behind them are.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # nothing that is taken for another letter
SLIP, SECRET, GROUP = 6, 12, 4
TRIES = 5  # for one slip, within the pause
FROM_ONE_ADDRESS = 30  # a school or a hall has one address
PAUSE = timedelta(minutes=15)
OPEN_FOR = timedelta(minutes=30)  # a page opened with a code

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def split_code(text: str) -> tuple[str, str] | None:
    """Return slip and secret of a code as somebody typed it; None where it is none.

    >>> split_code(" acdefg-hjkl-mnpq-rtuv ")
    ('ACDEFG', 'HJKLMNPQRTUV')
    >>> split_code("ACDEFG-HJKL") is None, split_code("ACDEFO-HJKL-MNPQ-RTUV") is None
    (True, True)
    """
    kept = [c for c in text.translate(_WIDE).upper() if c not in " -\t\u3000·—–"]
    if len(kept) != SLIP + SECRET or not set(kept) <= set(LETTERS):
        return None
    return "".join(kept[:SLIP]), "".join(kept[SLIP:])


def joined_code(slip: str, secret: str) -> str:
    """Return a code as it is printed and as the address of its QR code carries it.

    >>> joined_code("ACDEFG", "HJKLMNPQRTUV")
    'ACDEFG-HJKL-MNPQ-RTUV'
    """
    groups = [secret[at : at + GROUP] for at in range(0, len(secret), GROUP)]
    return "-".join([slip, *groups])


def is_locked(failures: Iterable[datetime], at: datetime, *, tries: int) -> bool:
    """Whether so many failures within the pause stop further tries."""
    return sum(at - moment < PAUSE for moment in failures) >= tries
