"""Periods of reports: months, quarters, half-years and years, with their Chinese names.

Pure calendar; no clock, no zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
HALVES = ("上半年", "下半年")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole months from ``starts_on``, as long as its kind says."""

    starts_on: date
    kind: str

    @property
    def ends_on(self) -> date:
        """The last day that belongs to the period."""
        return self.after.starts_on - timedelta(days=1)

    @property
    def after(self) -> "Period":
        """The next period of the same kind."""
        months = self.starts_on.month - 1 + MONTHS[self.kind]
        year, month = divmod(months, 12)
        return Period(date(self.starts_on.year + year, month + 1, 1), self.kind)

    @property
    def label(self) -> str:
        """What the period is called.

        >>> Period(date(2026, 10, 1), "quarter").label
        '2026 年第 4 季度'
        """
        year, part = self.starts_on.year, (self.starts_on.month - 1)
        words = {
            "month": f" {self.starts_on.month} 月",
            "quarter": f"第 {part // 3 + 1} 季度",
            "half-year": HALVES[part // 6],
        }
        return f"{year} 年{words.get(self.kind, '')}"

    @property
    def code(self) -> str:
        """The period as an address or a form names it: quarter-2026-10-01."""
        return f"{self.kind}-{self.starts_on.isoformat()}"


def period_of(kind: str, day: date) -> Period:
    """Return the period of a kind that ``day`` lies in.

    >>> period_of("half-year", date(2026, 11, 20)).starts_on.isoformat()
    '2026-07-01'
    """
    months = MONTHS[kind]
    month = (day.month - 1) // months * months + 1
    return Period(date(day.year, month, 1), kind)


def read_period(code: str) -> Period:
    """Return the period that a code names; ValueError for anything else."""
    kind = next((name for name in MONTHS if code.startswith(f"{name}-")), "")
    if not kind:
        raise ValueError(code)
    day = date.fromisoformat(code.removeprefix(f"{kind}-"))
    period = period_of(kind, day)
    if period.starts_on != day:
        raise ValueError(code)
    return period


def ended(kind: str, today: date, count: int) -> Iterator[Period]:
    """Yield the last ``count`` periods of a kind that were over before ``today``."""
    period = period_of(kind, today)
    for _number in range(count):
        period = period_of(kind, period.starts_on - timedelta(days=1))
        yield period
