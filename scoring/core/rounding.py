"""Exact numbers and the one way this project rounds them: half up.

Calculations run on ``Fraction``; what is stored or shown is a ``Decimal`` or an integer
of millionths.  No binary floating point is used anywhere: 88.5 and 91.25 at 30/70 are
90.425, which is 90.43, and a place can hang on that cent.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

SCALE = 1_000_000
SCALE_PLACES = 6

Exact = Fraction | Decimal | int


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round to ``places`` decimals, halves away from zero.

    >>> round_half_up(Decimal("90.425"), 2)
    Decimal('90.43')
    """
    return Decimal(units_half_up(value, places)).scaleb(-places)


def rounded(value: Fraction, places: int | None) -> Fraction:
    """The value after a stage that keeps ``places`` decimals; ``None`` keeps all."""
    return (
        value if places is None else Fraction(units_half_up(value, places), 10**places)
    )


def to_scaled(value: Exact) -> int:
    """The value in millionths, half up; how points are stored."""
    return units_half_up(value, SCALE_PLACES)


def from_scaled(scaled: int) -> Decimal:
    """The inverse of :func:`to_scaled`, without trailing zeros beyond two places."""
    value = Decimal(scaled).scaleb(-SCALE_PLACES)
    cents = round_half_up(value, 2)
    return cents if cents == value else value.normalize()


def plain_text(value: Decimal) -> str:
    """Fixed notation without exponent or superfluous zeros: equal numbers, equal text.

    >>> (
    ...     plain_text(Decimal("1.50")),
    ...     plain_text(Decimal("1E+2")),
    ...     plain_text(Decimal("-0")),
    ... )
    ('1.5', '100', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def units_half_up(value: Exact, places: int) -> int:
    """How many units of the last of ``places`` the value is, halves away from zero."""
    over, under = value.as_integer_ratio()
    whole: int = (2 * abs(over) * 10**places + under) // (2 * under)
    return -whole if over < 0 else whole
