"""Working days of mainland China: weekends, yearly holidays and 调休.

The table follows the yearly notices of the State Council's office (国办发明电〔2023〕7号,
〔2024〕12号, 〔2025〕7号).  A year that is not in it is counted by weekends alone, and every
answer says so: a publicity period must not silently end on a holiday.
"""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """Days off as (month, first day, month, last day), and weekend days worked."""

    off: tuple[tuple[int, int, int, int], ...]
    worked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Where a count of working days ends, and the years it could not know."""

    ends_on: date
    unknown_years: tuple[int, ...] = ()


YEARS = {
    2024: Year(
        off=(
            (1, 1, 1, 1),
            (2, 10, 2, 17),
            (4, 4, 4, 6),
            (5, 1, 5, 5),
            (6, 10, 6, 10),
            (9, 15, 9, 17),
            (10, 1, 10, 7),
        ),
        worked=(
            (2, 4),
            (2, 18),
            (4, 7),
            (4, 28),
            (5, 11),
            (9, 14),
            (9, 29),
            (10, 12),
        ),
    ),
    2025: Year(
        off=(
            (1, 1, 1, 1),
            (1, 28, 2, 4),
            (4, 4, 4, 6),
            (5, 1, 5, 5),
            (5, 31, 6, 2),
            (10, 1, 10, 8),
        ),
        worked=((1, 26), (2, 8), (4, 27), (9, 28), (10, 11)),
    ),
    2026: Year(
        off=(
            (1, 1, 1, 3),
            (2, 15, 2, 23),
            (4, 4, 4, 6),
            (5, 1, 5, 5),
            (6, 19, 6, 21),
            (9, 25, 9, 27),
            (10, 1, 10, 7),
        ),
        worked=((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)),
    ),
}


def is_known(year: int) -> bool:
    """Return whether the holidays of ``year`` are in the table."""
    return year in YEARS


def is_working_day(day: date) -> bool:
    """Return whether offices work on ``day``; unknown years go by weekends alone."""
    weekend = day.weekday() >= SATURDAY
    year = YEARS.get(day.year)
    if year is None:
        return not weekend
    if (day.month, day.day) in year.worked:
        return True
    place = (day.month, day.day)
    holiday = any((a, b) <= place <= (c, d) for a, b, c, d in year.off)
    return not weekend and not holiday


def add_working_days(start: date, days: int) -> WorkingDays:
    """Return the day on which the ``days``-th working day after ``start`` falls.

    The start itself is not counted; zero days end on the start.

    >>> add_working_days(date(2026, 9, 24), 2)
    WorkingDays(ends_on=datetime.date(2026, 9, 29), unknown_years=())
    """
    if days < 0:
        raise ValueError("days must not be negative")
    day, counted, unknown = start, 0, set()
    while counted < days:
        day += ONE_DAY
        counted += is_working_day(day)
        if not is_known(day.year):
            unknown.add(day.year)
    return WorkingDays(day, tuple(sorted(unknown)))


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start`` and up to ``end``."""
    days = (end - start).days
    return sum(is_working_day(start + ONE_DAY * n) for n in range(1, days + 1))
