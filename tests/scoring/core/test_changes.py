"""Where a request to change a signed mark stands, and who may decide it."""

from datetime import UTC, datetime, timedelta

import pytest

from scoring.core.changes import (
    DECIDERS,
    PENDING,
    STEPS,
    ChangeState,
    Moments,
    Step,
    change_state,
    deciding_role,
    fits,
)

ASKED = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
EXPIRES = ASKED + timedelta(minutes=15)
APPROVED = ASKED + timedelta(minutes=5)
UNTIL = APPROVED + timedelta(minutes=30)
SECOND = timedelta(seconds=1)

WAITING = Moments(EXPIRES)
OPENED = Moments(EXPIRES, "approved", UNTIL)


@pytest.mark.parametrize(
    ("moments", "at", "state"),
    [
        (WAITING, ASKED, "waiting"),
        (WAITING, EXPIRES - SECOND, "waiting"),
        (WAITING, EXPIRES, "waiting"),
        (WAITING, EXPIRES + SECOND, "expired"),
        (OPENED, APPROVED, "opened"),
        (OPENED, UNTIL - SECOND, "opened"),
        (OPENED, UNTIL, "opened"),
        (OPENED, UNTIL + SECOND, "lapsed"),
        (Moments(EXPIRES, "rejected"), ASKED, "rejected"),
        (Moments(EXPIRES, "rejected"), UNTIL + SECOND, "rejected"),
        (Moments(EXPIRES, withdrawn_at=APPROVED), APPROVED, "withdrawn"),
        (Moments(EXPIRES, "approved", UNTIL, None, APPROVED), APPROVED, "withdrawn"),
        (Moments(EXPIRES, "approved", UNTIL, APPROVED), APPROVED, "done"),
        (Moments(EXPIRES, "approved", UNTIL, APPROVED), UNTIL + SECOND, "done"),
    ],
)
def test_a_request_stands_where_its_moments_say(moments, at, state):
    assert change_state(moments, at) is ChangeState(state)


def test_every_state_says_what_may_follow():
    assert {state.value: sorted(map(str, steps)) for state, steps in STEPS.items()} == {
        "waiting": ["approve", "reject", "withdraw"],
        "expired": ["renew", "withdraw"],
        "opened": ["enter", "withdraw"],
        "lapsed": ["renew", "withdraw"],
        "withdrawn": [],
        "rejected": [],
        "done": [],
    }


def test_only_an_opened_cell_takes_a_mark_and_only_a_waiting_request_an_approval():
    entering = {state for state, steps in STEPS.items() if Step.ENTER in steps}
    approving = {state for state, steps in STEPS.items() if Step.APPROVE in steps}
    assert (entering, approving) == ({ChangeState.OPENED}, {ChangeState.WAITING})
    assert entering | approving == PENDING


@pytest.mark.parametrize(
    ("asked", "held", "role"),
    [
        ("judge", {"judge"}, None),
        ("judge", {"results-officer"}, None),
        ("judge", {"supervisor"}, "supervisor"),
        ("judge", {"supervisor", "chief-judge"}, "chief-judge"),
        ("chief-judge", {"chief-judge"}, None),
        ("chief-judge", {"judge"}, None),
        ("chief-judge", {"results-officer"}, "results-officer"),
        ("chief-judge", {"chief-judge", "supervisor"}, "supervisor"),
        ("results-officer", {"results-officer"}, None),
        ("results-officer", {"chief-judge"}, "chief-judge"),
        ("supervisor", {"supervisor"}, None),
        ("supervisor", {"results-officer"}, None),
        ("supervisor", {"chief-judge"}, "chief-judge"),
        ("judge", set(), None),
    ],
)
def test_another_role_decides(asked, held, role):
    assert deciding_role(asked, frozenset(held)) == role


def test_no_role_decides_what_it_asked_for_and_no_judge_decides():
    for asked, deciders in DECIDERS.items():
        assert asked not in deciders
        assert "judge" not in deciders


def test_a_cell_is_known_by_aspect_and_seat():
    cell = {"aspect": "A1.J1", "seat": 2}
    assert fits(cell, "A1.J1", 2)
    assert not fits(cell, "A1.J1", 3)
    assert not fits(cell, "A1.J2", 2)
