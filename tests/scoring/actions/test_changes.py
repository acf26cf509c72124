"""A change of a signed mark: asked for, decided by another, renewed, withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from scoring.actions.changes import (
    approve_change,
    reject_change,
    request_change,
    withdraw_change,
)
from scoring.errors import PinWrong
from scoring.models import ChangeRequest
from scoring.queries.changes import (
    preview_digest,
    state_at,
)
from tests.scoring.changing import (
    SECOND,
    WANTED,
    approve,
    ask,
    official,
    pinned,
    put,
    refused,
    signed_contest,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


@pytest.mark.parametrize(
    ("late", "code"), [(-SECOND, ""), (0 * SECOND, ""), (SECOND, "not-waiting")]
)
def test_a_request_waits_fifteen_minutes(contest, late, code):
    change = ask(contest)
    assert change.expires_at - change.requested_at == timedelta(minutes=15)
    at = change.expires_at + late
    if code:
        assert refused(approve, contest, change, at=at) == code
    else:
        assert approve(contest, change, at=at).decision == "approved"


def test_a_lapsed_request_is_renewed_by_asking_again(contest):
    change = ask(contest)
    contest.clock = change.expires_at + SECOND
    again = ask(contest)
    approve(contest, again)
    contest.clock += timedelta(minutes=31)
    third = ask(contest)

    change.refresh_from_db()
    again.refresh_from_db()
    assert (again.renews, third.renews) == (change, again)
    assert state_at(change, contest.now()) == "expired"
    assert state_at(again, contest.now()) == "lapsed"
    assert contest.sheet(1, "A1").unlocked == []


def test_two_requests_for_one_cell_are_refused_and_for_two_cells_are_not(contest):
    change = ask(contest)
    assert refused(ask, contest, by=contest.chief) == "cell-busy"
    other = ask(contest, by=contest.chief, wanted=replace(WANTED, seat=1, value="3"))
    approve(contest, change)
    assert refused(ask, contest, by=contest.officer) == "cell-busy"
    approve(contest, other, by=contest.supervisor)

    assert put(contest, "3").status == "accepted"
    assert put(contest, "3", judge=0).status == "accepted"
    assert contest.sheet(1, "A1").version == 3


def test_nobody_approves_their_own_and_only_another_role_does(contest):
    change = ask(contest, by=contest.chief)
    assert refused(approve, contest, change, by=contest.chief) == "same-person"
    colleague = official(contest, "results-officer")
    for judge in contest.judges:
        assert refused(approve, contest, change, by=judge) == "not-your-role"
    organizer = pinned(contest.organizer)
    assert refused(approve, contest, change, by=organizer) == "not-your-role"
    assert approve(contest, change, by=colleague).decided_role == "results-officer"


def test_a_judge_s_request_is_not_for_the_results_officer(contest):
    change = ask(contest)
    assert refused(approve, contest, change, by=contest.officer) == "not-your-role"
    assert approve(contest, change, by=contest.supervisor).decision == "approved"


def test_both_prove_who_they_are(contest):
    sheet = contest.sheet(1, "A1")
    with pytest.raises(PinWrong):
        request_change(
            sheet,
            wanted=WANTED,
            secret="000001",
            by=contest.judges[1],
            at=contest.now(),
        )
    assert not ChangeRequest.objects.exists()
    change = ask(contest)
    with pytest.raises(PinWrong):
        approve_change(
            change,
            digest=preview_digest(change.preview),
            secret="",
            by=contest.chief,
            at=contest.now(),
        )
    change.refresh_from_db()
    assert change.decision == ""


def test_rejected_and_withdrawn_requests_leave_the_mark_and_stay_on_record(contest):
    first = ask(contest)
    assert refused(reject_change, first, text=" ", by=contest.chief, at=contest.now())
    reject_change(first, text="记录清楚，无误", by=contest.chief, at=contest.now())
    second = ask(contest)
    by_other = refused(withdraw_change, second, by=contest.chief, at=contest.now())
    withdraw_change(second, by=contest.judges[1], at=contest.now())

    assert by_other == "not-yours"
    assert refused(approve, contest, first) == "not-waiting"
    assert refused(approve, contest, second) == "not-waiting"
    assert [
        state_at(row, contest.now()) for row in ChangeRequest.objects.order_by("pk")
    ] == ["rejected", "withdrawn"]
    assert contest.sheet(1, "A1").version == 1


def test_withdrawing_an_approved_request_shuts_the_cell(contest):
    change = approve(contest, ask(contest))
    withdraw_change(change, by=contest.judges[1], at=contest.now())
    assert put(contest).code == "sheet-signed"
    again = refused(withdraw_change, change, by=contest.judges[1], at=contest.now())
    assert again == "not-waiting"


def test_the_events_tell_the_cell_and_no_words(contest):
    change = ask(contest)
    approve(contest, change)
    put(contest)
    rows = events_of(skill_chain(contest.skill.pk)).order_by("seq")
    told = {row.type: body_of(row) for row in rows}
    request = told["change-request"]
    assert {name: request[name] for name in ("old", "new", "role", "reason")} == {
        "old": ["value", "1"],
        "new": ["value", "3"],
        "role": "judge",
        "reason": "entry",
    }
    assert "看错" not in str(told)
    assert told["mark"]["change"] == change.pk
    assert told["change-done"]["version"] == 2
