"""Until when an appeal is in time, and what it waits for."""

from datetime import UTC, datetime, timedelta

import pytest

from competitions.core.appeals import (
    DEFAULT_MINUTES,
    Case,
    Waits,
    closes_at,
    is_in_time,
    waits_for,
)

END = datetime(2026, 9, 10, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LIMIT = END + timedelta(hours=2)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (END - SECOND, True),
        (LIMIT - SECOND, True),
        (LIMIT, True),
        (LIMIT + SECOND, False),
    ],
)
def test_the_window_ends_two_hours_after_the_end_to_the_second(at, expected):
    assert closes_at(END, DEFAULT_MINUTES) == LIMIT
    assert is_in_time(at, END, DEFAULT_MINUTES) is expected


def test_a_running_skill_has_no_last_instant():
    assert is_in_time(END + timedelta(days=9), None, DEFAULT_MINUTES)


GRANTED = {"ruled_at": END, "is_granted": True}


@pytest.mark.parametrize(
    ("case", "at", "expected"),
    [
        (Case("lodged"), END, Waits.RULING),
        (Case("carried", ruled_at=END), LIMIT + SECOND, Waits.RULING),
        (Case("ruled", ruled_at=END), LIMIT, Waits.ANSWER),
        (Case("ruled", ruled_at=END), LIMIT + SECOND, Waits.NOTHING),
        (Case("ruled", **GRANTED), LIMIT, Waits.ANSWER),
        (Case("ruled", **GRANTED), LIMIT + SECOND, Waits.REMEDY),
        (Case("closed", ruled_at=END), END, Waits.NOTHING),
        (Case("closed", **GRANTED), END, Waits.REMEDY),
        (Case("closed", **GRANTED, is_remedied=True), END, Waits.NOTHING),
        (Case("withdrawn", **GRANTED), END, Waits.NOTHING),
    ],
)
def test_an_appeal_waits_for_the_next_person(case, at, expected):
    assert waits_for(case, at=at, minutes=DEFAULT_MINUTES) is expected
