"""What an approved mark does: void signatures, a new version, shut cells."""

from dataclasses import replace

import pytest

from competitions.actions import open_publicity
from scoring.actions.results import verify_results
from scoring.models import Result, Signature, SkillState
from scoring.queries.changes import (
    state_at,
)
from scoring.queries.rebuilding import differences
from scoring.queries.results import publish_blockers, result_state_of
from scoring.queries.schemes import state_of
from scoring.queries.second_opinion import opinion_differences
from tests.scoring.changing import SECOND, approve, ask, put, signed_contest, story
from tests.scoring.contest import next_key
from tests.scoring.points import publicise

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


def test_the_whole_way_of_a_change(contest):
    before = len(story(contest))
    change = ask(contest)
    assert put(contest).code == "sheet-signed"
    approve(contest, change)

    outcome = put(contest)

    sheet = contest.sheet(1, "A1")
    assert (outcome.status, outcome.sheet.state) == ("accepted", "complete")
    assert (sheet.state, sheet.version, sheet.signers) == ("complete", 2, [])
    assert (sheet.is_guarded, sheet.unlocked) == (True, [])
    change.refresh_from_db()
    assert state_at(change, contest.now()) == "done"
    assert (change.done_seq, change.done_by) == (outcome.seq, contest.judges[1])
    assert story(contest)[before:] == [
        "change-request",
        "change-approve",
        "mark",
        "signatures-void",
        "change-done",
    ]
    assert differences(contest.skill) == opinion_differences(contest.skill) == []


def test_signatures_above_are_void_for_that_sheet_and_stay_on_record(contest):
    change = ask(contest)
    approve(contest, change)
    put(contest)

    assert set(change.voided.values_list("role", flat=True)) == {"judge", "chief-judge"}
    assert change.voided.count() == 4
    assert not Signature.objects.filter(sheets=contest.sheet(1, "A1")).exists()
    others = contest.sheet(1, "B1"), contest.sheet(0, "A1")
    for other in others:
        assert (other.state, other.version) == ("chief-signed", 1)
        assert Signature.objects.filter(sheets=other, void_at=None).count() == 4


def test_after_the_change_every_cell_is_shut_until_all_have_signed_and_after(contest):
    approve(contest, ask(contest))
    put(contest)

    assert put(contest).code == put(contest, "1", judge=0).code == "sheet-signed"
    assert contest.mark(0, 1, "A1.M1", "0").code == "sheet-signed"
    sheets = [contest.sheet(1, "A1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", [contest.sheet(1, "A1")])
    sheet = contest.sheet(1, "A1")
    assert (sheet.state, sheet.version) == ("chief-signed", 2)
    assert put(contest, "2").code == "sheet-signed"


def test_only_the_approved_value_by_the_judge_of_the_seat_is_taken(contest):
    approve(contest, ask(contest))

    other = put(contest, "2")
    assert (other.code, other.message) == (
        "not-approved-value",
        "只能录入批准的值。（3）",
    )
    assert put(contest, "").code == "not-approved-value"
    assert put(contest, None, state="absent").code == "not-approved-value"
    assert put(contest, "3", judge=0).code == "sheet-signed"
    assert contest.mark(1, 1, "A1.M1", "0").code == "sheet-signed"
    assert contest.mark(1, 0, "A1.J1", "3").code == "sheet-signed"
    assert put(contest, "3").status == "accepted"


def test_the_cell_takes_one_mark_even_in_one_batch(contest):
    approve(contest, ask(contest))
    event = contest.event(1, "A1.J1", "3")

    first, second = contest.enter(1, event, replace(event, key=next_key()))

    assert (first.status, second.code) == ("accepted", "sheet-signed")
    assert contest.sheet(1, "A1").version == 2


@pytest.mark.parametrize(
    ("late", "code"), [(-SECOND, ""), (0 * SECOND, ""), (SECOND, "cell-closed")]
)
def test_the_cell_closes_by_the_servers_clock(contest, late, code):
    change = approve(contest, ask(contest))
    contest.clock = change.opened_until + late - SECOND

    outcome = put(contest)

    assert outcome.code == code
    expected = "lapsed" if code else "done"
    change.refresh_from_db()
    assert state_at(change, contest.clock) == expected
    assert contest.sheet(1, "A1").state == ("chief-signed" if code else "complete")


def test_a_verified_result_is_provisional_again_until_signed_and_verified(contest):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    change = ask(contest)
    assert change.preview["reopened"] == "verified"
    assert state_of(contest.skill).state == "verified"
    approve(contest, change)
    put(contest)

    state = SkillState.objects.get(skill=contest.skill)
    assert (state.state, state.verified_at) == ("provisional", None)
    assert set(Result.objects.values_list("award", flat=True)) == {""}
    assert "results-reopen" in story(contest)
    change.refresh_from_db()
    assert change.reopened == "verified"
    assert differences(contest.skill) == opinion_differences(contest.skill) == []
    sheets = [contest.sheet(1, "A1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", [contest.sheet(1, "A1")])
    contest.sign(contest.supervisor, "supervisor", [contest.sheet(1, "A1")])
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    assert differences(contest.skill) == opinion_differences(contest.skill) == []


@pytest.mark.parametrize("is_shown", [False, True])
def test_results_in_publicity_stand_still_on_boards_and_go_back(contest, is_shown):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    if is_shown:
        publicise(contest)
    points = list(Result.objects.order_by("pk").values_list("points_scaled", flat=True))
    approve(contest, ask(contest))
    put(contest)

    state = SkillState.objects.get(skill=contest.skill)
    assert (state.state, state.frozen_at is not None) == ("provisional", is_shown)
    assert result_state_of(contest.skill) == "provisional"
    assert publish_blockers(contest.skill) == ["成绩还没有复核。"]
    shown = Result.objects.order_by("pk").values_list("public_points_scaled", flat=True)
    assert (list(shown) == points) is is_shown


def test_the_value_that_reopens_results_breaks_the_notice_off(contest, monkeypatch):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    competition = contest.skill.competition
    notice = open_publicity(
        competition,
        skills=[contest.skill],
        working_days=5,
        by=contest.organizer,
        at=contest.now(),
    )
    change = ask(contest)
    notice.refresh_from_db()
    assert notice.void_reason == ""  # looking ahead moved nothing
    approve(contest, change)
    locked = []
    monkeypatch.setattr(
        "scoring.actions.reopening.lock_chains",
        lambda refs, at: locked.append([ref.kind for ref in refs]),
    )
    put(contest)

    notice.refresh_from_db()
    assert notice.void_reason == f"成绩重新打开：签名后更改 {change.pk}"
    assert locked == [["skill", "competition"]]  # both at once, before anything else
