"""Own seats, stand-ins and days, as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scoring.core.teams import (
    OwnSeat,
    SeatState,
    competition_day,
    own_seat,
    refused_days,
    seat_text,
)

NOON = datetime(2026, 9, 9, 4, tzinfo=UTC)
LATER = (NOON + timedelta(hours=1)).isoformat()
EARLIER = (NOON - timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    ("user", "held", "seats", "stand_ins", "found"),
    [
        (7, {"A": 2}, [1, 2, 3], {}, (2, "marks")),
        (7, {"A": 2}, [1, 3], {}, (2, "aside")),
        (7, {"A": 2}, [1, 2, 3], {"2": 9}, (2, "replaced")),
        (9, {}, [1, 2, 3], {"2": 9}, (2, "marks")),
        (9, {"C": 1}, [1, 2, 3], {"2": 9}, (2, "marks")),
        (7, {"B": 1}, [1, 101], {}, (101, "marks")),
        (7, {"B": 1}, [1], {}, (101, "aside")),
        (7, {"C": 1}, [1, 101], {}, (0, "none")),
        (7, {}, [1, 2, 3], {}, (0, "none")),
    ],
)
def test_the_seat_of_a_person_on_a_sheet_of_two_teams(
    user, held, seats, stand_ins, found
):
    seat = own_seat(
        user, panels=("A", "B"), held=held, seats=seats, stand_ins=stand_ins
    )
    assert seat == OwnSeat(found[0], SeatState(found[1]))
    assert seat.marks == (found[1] == "marks")


@pytest.mark.parametrize(
    ("rule", "day", "today", "found"),
    [
        ({}, None, 2, ()),
        ({"days": [2]}, None, 2, ()),
        ({"days": [3, 1]}, None, 2, (1, 3)),
        ({"days": [1]}, 2, 2, (1,)),
        ({"days": [1], "by_sub": True}, 2, 2, ()),
        ({"days": [2], "by_sub": True}, 3, 2, (3,)),
        ({"by_sub": True}, None, 2, ()),
        ({"days": [1], "until": {"": LATER}}, None, 2, ()),
        ({"days": [1], "until": {"": EARLIER}}, None, 2, (1,)),
        ({"days": [1], "until": {"A1": LATER}}, None, 2, ()),
        ({"days": [1], "until": {"B1": LATER}}, None, 2, (1,)),
        ({"days": [1]}, None, 0, (1,)),
    ],
)
def test_a_team_marks_on_its_days_and_while_it_may_catch_up(rule, day, today, found):
    assert refused_days(rule, "A1", day, today=today, at=NOON) == found


def test_the_first_day_of_the_competition_is_one():
    first = date(2026, 9, 8)
    assert [competition_day(first + timedelta(days=n), first) for n in (-1, 0, 2)] == [
        0,
        1,
        3,
    ]


def test_a_seat_is_called_by_its_team():
    assert [seat_text(n, "A", "B") for n in (1, 101, 110)] == ["A1", "B1", "B10"]
