"""What an audience may see of a personal value.

One function, so that one person has one masked form in every list: different masks of
one number can be stitched together.  The identity mask is chosen once per installation;
a masked number never stands beside a birth date, an age or a sex.
"""

from enum import StrEnum


class ValueKind(StrEnum):
    """Kinds of personal value that have a masked form."""

    IDENTITY = "identity"
    PHONE = "phone"
    SOCIAL_CARD = "social-card"
    BANK_CARD = "bank-card"
    BIRTH_DATE = "birth-date"
    ADDRESS = "address"


class Audience(StrEnum):
    """Who looks: anybody, colleagues at work, a bureau in charge, finance."""

    PUBLIC = "public"
    INTERNAL = "internal"
    AUTHORITY = "authority"
    FINANCE = "finance"


class IdentityMask(StrEnum):
    """How an identity number is shortened; P0 shows nothing in public."""

    P0 = "none"
    P1 = "3+11+4"
    P2 = "6+8+4"


_KEEP = {IdentityMask.P0: (3, 4), IdentityMask.P1: (3, 4), IdentityMask.P2: (6, 4)}


def mask(
    kind: str, value: str, audience: str, *, policy: IdentityMask = IdentityMask.P0
) -> str:
    """Return what ``audience`` may see of ``value``; nothing at all is an answer.

    >>> mask("identity", "11010519491231002X", "internal")
    '110***********002X'
    >>> mask("phone", "13812345678", "internal")
    '138****5678'
    """
    if not value or audience == Audience.AUTHORITY:
        return value
    if kind == ValueKind.BANK_CARD:
        return _middle(value, 0, 4) if audience == Audience.FINANCE else ""
    if audience == Audience.PUBLIC:
        public = kind == ValueKind.IDENTITY and policy != IdentityMask.P0
        return _middle(value, *_KEEP[policy]) if public else ""
    if kind == ValueKind.IDENTITY:
        return _middle(value, *_KEEP[policy])
    if kind == ValueKind.PHONE:
        return _middle(value, 3, 4)
    if kind == ValueKind.SOCIAL_CARD:
        return _middle(value, 0, 4)
    return ""


def _middle(value: str, head: int, tail: int) -> str:
    """Star everything but ``head`` and ``tail``; a short value shows its last two."""
    if len(value) <= head + tail + 2:
        head, tail = 0, 2 if len(value) > 4 else 0
    stars = "*" * (len(value) - head - tail)
    return value[:head] + stars + value[len(value) - tail :]
