"""How far a trainee's marks lie from what the panel's marks earned.

A trainee's mark is worth what it would earn alone; it is compared, never counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Compared:
    """One aspect of one sheet: the trainee's points and the panel's, and the maximum."""

    own: Fraction
    panel: Fraction
    maximum: Fraction


@dataclass(frozen=True, slots=True)
class Deviation:
    """A trainee's marks against the panel's, as shares of the aspects' maxima."""

    compared: int = 0
    equal: int = 0
    mean: Fraction = Fraction(0)  # positive: more generous than the panel
    mean_size: Fraction = Fraction(0)
    largest: Fraction = Fraction(0)


def deviation(rows: Sequence[Compared]) -> Deviation:
    """Sum up the differences of one trainee; aspects without points are left out."""
    shares = [(row.own - row.panel) / row.maximum for row in rows if row.maximum]
    if not shares:
        return Deviation()
    return Deviation(
        compared=len(shares),
        equal=sum(not share for share in shares),
        mean=sum(shares, Fraction(0)) / len(shares),
        mean_size=sum((abs(share) for share in shares), Fraction(0)) / len(shares),
        largest=max(abs(share) for share in shares),
    )
