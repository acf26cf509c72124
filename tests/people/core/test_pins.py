"""When failures lock a PIN: a literal table of minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from people.core import pins

AT = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)


def minutes(*numbers):
    return [AT + timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("failures", "now", "until"),
    [
        ([], 0, None),
        ([0, 0, 0, 0], 0, None),
        ([0, 0, 0, 0, 0], 0, 15),
        ([0, 0, 0, 0, 0], 14, 15),
        ([0, 0, 0, 0, 0], 15, None),
        ([0, 3, 6, 9, 12], 12, 15),
        ([0, 3, 6, 9, 12], 15, None),
        ([0, 3, 6, 9, 12, 15], 15, 18),
        ([12, 9, 6, 3, 0], 12, 15),
    ],
)
def test_never_more_than_five_tries_in_fifteen_minutes(failures, now, until):
    (at,) = minutes(now)
    expected = None if until is None else minutes(until)[0]

    assert pins.locked_until(minutes(*failures), at) == expected


@pytest.mark.parametrize(
    ("pin", "form", "weak"),
    [
        ("274913", True, False),
        ("000000", True, True),
        ("456789", True, True),
        ("987654", True, True),
        ("27491", False, False),
        ("２７４９１３", False, False),
    ],
)
def test_form_and_weakness_of_a_pin(pin, form, weak):
    assert (pins.has_form(pin), pins.is_weak(pin)) == (form, weak)
