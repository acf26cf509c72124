"""What is under way, and what is offered to whom."""

import pytest

from scoring.queries.changes import (
    pending_of,
    reader_of,
    steps_for,
)
from scoring.queries.results import blockers_of
from scoring.queries.schemes import state_of
from tests.scoring.changing import SECOND, approve, ask, signed_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


def test_a_waiting_request_and_an_opened_cell_block_verification(contest):
    change = ask(contest)
    assert pending_of(contest.skill, contest.now()) == 1
    text = "有 1 项签名后更改没有办完。"
    at = contest.now()
    assert text in blockers_of(contest.skill, state_of(contest.skill), 0, at=at)
    assert pending_of(contest.skill, change.expires_at + SECOND) == 0


def test_steps_are_offered_to_whom_they_are_for(contest):
    change = ask(contest)
    at = contest.now()
    people = {
        "asker": contest.judges[1],
        "other judge": contest.judges[0],
        "chief": contest.chief,
        "officer": contest.officer,
        "organizer": contest.organizer,
    }

    def offered(row):
        return {
            who: sorted(steps_for(row, reader_of(contest.skill, user), at))
            for who, user in people.items()
        }

    waiting = offered(change)
    opened = offered(approve(contest, change, at=at))
    assert waiting == {
        "asker": ["withdraw"],
        "other judge": [],
        "chief": ["approve", "reject"],
        "officer": [],
        "organizer": [],
    }
    assert opened == {
        "asker": ["enter", "withdraw"],
        "other judge": [],
        "chief": [],
        "officer": [],
        "organizer": [],
    }
