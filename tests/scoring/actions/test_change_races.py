"""Two steps of one change at the same instant: one of them holds, never half of both."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ledger.queries import breaks
from scoring.actions.change_checks import Wanted
from scoring.actions.changes import approve_change, request_change, withdraw_change
from scoring.actions.marks import enter_marks
from scoring.errors import ScoringError
from scoring.models import ChangeRequest, Mark
from scoring.queries.audit import differences
from scoring.queries.changes import preview_digest
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
FIELD = 4  # competitors: a race for each of them
WANTED = Wanted("B1.M1", 0, "0", text="没有完成")


def signed_contest():
    contest = make_contest(entries=FIELD, judges=1)
    for entry in range(FIELD):
        contest.mark(0, entry, "A1.M1", "1")
        contest.mark(0, entry, "A1.J1", "2")
        contest.mark(0, entry, "B1.M1", "1")
    contest.sign_all()
    return contest


def ask(contest, entry, by=None):
    return request_change(
        contest.sheet(entry, "B1"),
        wanted=WANTED,
        secret=PIN,
        by=by or contest.judges[0],
        at=contest.now(),
    )


def approve(contest, change):
    return approve_change(
        change,
        digest=preview_digest(change.preview),
        secret=PIN,
        by=contest.chief,
        at=contest.now(),
    )


def withdraw(contest, change):
    return withdraw_change(change, by=contest.judges[0], at=contest.now())


def put(contest, entry):
    event = contest.event(entry, "B1.M1", "0", remark="没有完成")
    (outcome,) = enter_marks(
        contest.skill,
        events=[event],
        by=contest.judges[0],
        device="T-01",
        at=contest.now(),
    )
    if outcome.status != "accepted":
        raise ScoringError(outcome.message, outcome.code)


def at_once(*acts):
    """Do all at the same instant; return which of them were accepted."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        except ScoringError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return [done.result() for done in [pool.submit(run, act) for act in acts]]


def test_an_approval_and_a_withdrawal_leave_no_opened_cell_behind():
    contest = signed_contest()
    for entry in range(FIELD):
        change = ask(contest, entry)
        approved, withdrawn = at_once(
            lambda change=change: approve(contest, change),
            lambda change=change: withdraw(contest, change),
        )
        row = ChangeRequest.objects.get(pk=change.pk)
        assert withdrawn
        assert (row.decision == "approved") is approved
        assert contest.sheet(entry, "B1").unlocked == []
        with pytest.raises(ScoringError, match="签名"):
            put(contest, entry)
    assert list(breaks()) == differences(contest.skill) == []


def test_a_mark_and_a_withdrawal_of_its_approval_are_one_or_the_other():
    contest = signed_contest()
    for entry in range(FIELD):
        change = approve(contest, ask(contest, entry))
        entered, withdrawn = at_once(
            lambda entry=entry: put(contest, entry),
            lambda change=change: withdraw(contest, change),
        )
        sheet = contest.sheet(entry, "B1")
        mark = Mark.objects.get(sheet=sheet, code="B1.M1")
        assert entered is not withdrawn
        assert (mark.value, sheet.version) == (("0", 2) if entered else ("1", 1))
    assert list(breaks()) == differences(contest.skill) == []


def test_two_requests_for_one_cell_at_once_are_one():
    contest = signed_contest()
    for entry in range(FIELD):
        made = at_once(
            lambda entry=entry: ask(contest, entry),
            lambda entry=entry: ask(contest, entry, by=contest.chief),
        )
        assert sorted(made) == [False, True]
    assert ChangeRequest.objects.count() == FIELD
    assert list(breaks()) == []
