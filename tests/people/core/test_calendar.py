"""Working days with holidays and 调休."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.core import calendar
from people.core.calendar import WorkingDays


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 4), True),  # Sunday worked
        (date(2026, 2, 14), True),  # Saturday worked
        (date(2026, 2, 16), False),
        (date(2026, 2, 24), True),
        (date(2026, 9, 20), True),
        (date(2026, 9, 26), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2025, 10, 8), False),
        (date(2024, 2, 9), True),  # 除夕 was only recommended
        (date(2031, 10, 1), True),  # unknown year: by weekends alone
    ],
)
def test_working_day(day, works):
    assert calendar.is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "days", "answer"),
    [
        (date(2026, 11, 20), 5, WorkingDays(date(2026, 11, 27))),
        (date(2026, 2, 13), 2, WorkingDays(date(2026, 2, 24))),
        (date(2026, 9, 30), 3, WorkingDays(date(2026, 10, 10))),
        (date(2026, 11, 20), 0, WorkingDays(date(2026, 11, 20))),
        (date(2026, 12, 30), 3, WorkingDays(date(2027, 1, 4), (2027,))),
    ],
)
def test_add_working_days(start, days, answer):
    assert calendar.add_working_days(start, days) == answer


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(date(2026, 1, 5), -1)


def test_worked_weekend_days_are_weekend_days():
    for number, year in calendar.YEARS.items():
        for month, day in year.worked:
            assert date(number, month, day).weekday() >= calendar.SATURDAY


@given(st.dates(date(2024, 1, 1), date(2026, 10, 1)), st.integers(1, 20))
def test_counting_forward_and_back_agrees(start, days):
    end = calendar.add_working_days(start, days).ends_on

    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == days
