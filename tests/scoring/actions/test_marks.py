"""Marks: receipts, refusals, replays, conflicts, totals, and a fixed query count."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.actions import assign_codes
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from scoring.actions import open_marking
from scoring.core.scheme_text import canonical, digest
from scoring.errors import HistoryLost
from scoring.marking_events import Answer
from scoring.models import Mark, Result, Scheme, Sheet
from scoring.signals import scoreboard_changed, sheets_changed
from tests.factories import make_entry
from tests.scoring.contest import make_contest, next_key
from tests.scoring.core.schemes import measurement, worldskills_type

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_contest()


def test_an_accepted_mark_has_a_receipt_of_its_ledger_event(contest):
    outcome = contest.mark(0, 0, "A1.M1", "是", device_n=7, client_time="t1")

    event = events_of(skill_chain(contest.skill.pk)).last()
    assert (outcome.status, outcome.code) == (Answer.ACCEPTED, "")
    assert (outcome.seq, outcome.hash) == (event.seq, event.hash)
    assert (event.type, event.actor) == ("mark", contest.judges[0].actor)
    assert (event.device, event.device_n, event.client_time) == ("T-01", 7, "t1")
    mark = Mark.objects.get()
    assert (mark.value, mark.seat, mark.seq) == ("1", 0, event.seq)


def test_the_first_mark_freezes_the_scheme_with_its_whole_text(contest):
    contest.mark(0, 0, "A1.M1", "1")
    contest.mark(0, 1, "A1.M1", "1")

    frozen = events_of(skill_chain(contest.skill.pk)).filter(type="scheme-freeze")
    scheme = Scheme.objects.get()
    assert [event.seq + 1 for event in frozen] == [Mark.objects.earliest("seq").seq]
    assert body_of(frozen[0])["text"] == scheme.text
    assert scheme.frozen_at is not None


def test_sheet_and_result_follow_every_mark(contest):
    contest.mark(0, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2", "3", "2")
    contest.mark(1, 1, "B1.M1", "1")

    sheet = contest.sheet(0, "A1")
    assert (sheet.state, sheet.filled, sheet.cells) == ("complete", 4, 4)
    assert sheet.points_scaled == 37_780_000
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    assert [(row.standing, row.points_scaled, row.place) for row in rows] == [
        ("ranked", 37_780_000, 2),
        ("ranked", 60_000_000, 1),
        ("not-scored", 0, None),
    ]
    assert rows[0].modules[0] == {
        "letter": "A",
        "points": "37.78",
        "sheets": 1,
        "done": 1,
        "filled": 4,
        "cells": 4,
    }


def test_marks_more_than_one_apart_are_in_conflict_until_marked_again(contest):
    contest.mark(0, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "1", "3")
    last = contest.mark(2, 0, "A1.J1", "2")
    during = contest.sheet(0, "A1")
    again = contest.mark(1, 0, "A1.J1", "2")
    after = contest.sheet(0, "A1")

    assert (last.in_conflict, last.sheet.conflicts, last.sheet.state) == (
        True,
        1,
        "open",
    )
    assert (during.points_scaled, during.settled) == (30_000_000, 1)
    assert not again.in_conflict
    assert (after.state, after.points_scaled) == ("complete", 35_560_000)


def test_the_same_key_with_the_same_content_is_answered_from_the_ledger(contest):
    event = contest.event(0, "A1.M1", "1")
    (first,) = contest.enter(0, event)
    before = events_of(skill_chain(contest.skill.pk)).count()

    (again,) = contest.enter(0, event)

    assert again.status == Answer.REPLAYED
    assert (again.seq, again.hash, again.server_time) == (
        first.seq,
        first.hash,
        first.server_time,
    )
    assert events_of(skill_chain(contest.skill.pk)).count() == before


def test_the_same_key_with_other_content_or_by_another_judge_is_a_conflict(contest):
    event = contest.event(0, "A1.M1", "1")
    contest.enter(0, event)

    (other,) = contest.enter(0, replace(event, value="0"))
    (foreign,) = contest.enter(1, event)

    assert (other.status, other.code) == (Answer.CONFLICT, "key-reused")
    assert (foreign.status, foreign.code) == (Answer.CONFLICT, "key-reused")
    assert Mark.objects.get().value == "1"


def test_a_key_twice_in_one_batch_is_written_once(contest):
    event = contest.event(0, "A1.M1", "1")

    found = contest.enter(0, event, event, replace(event, value="0"))

    assert [outcome.status for outcome in found] == ["accepted", "replayed", "conflict"]
    assert found[0].seq == found[1].seq
    assert Mark.objects.count() == 1


def test_one_refusal_does_not_stop_the_rest(contest):
    found = contest.enter(
        0,
        contest.event(0, "A1.M1", "1"),
        contest.event(0, "A1.J1", "4"),
        contest.event(1, "A1.M1", "1"),
    )
    assert [(o.status.value, o.code) for o in found] == [
        ("accepted", ""),
        ("refused", "not-a-level"),
        ("accepted", ""),
    ]
    assert "0、1、2、3" in found[1].message
    assert found[1].seq is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sheet_id": 999_999}, "unknown-sheet"),
        ({"aspect": "Z9"}, "unknown-aspect"),
        ({"aspect": "B1.M1"}, "unknown-aspect"),
        ({"seat": 1}, "not-your-sheet"),
        ({"state": "maybe"}, "unknown-state"),
        ({"value": "NaN"}, "not-yes-or-no"),
        ({"value": "2"}, "not-yes-or-no"),
        ({"remark": "x" * 301}, "remark-too-long"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_no_trace(contest, change, code):
    event = replace(contest.event(0, "A1.M1", "1"), **change)

    (outcome,) = contest.enter(0, event)

    assert (outcome.status, outcome.code) == (Answer.REFUSED, code)
    assert outcome.message
    assert Mark.objects.count() == 0
    assert not events_of(skill_chain(contest.skill.pk)).filter(type="mark").exists()


def test_a_sheet_of_another_skill_is_answered_like_one_that_does_not_exist(contest):
    foreign = make_contest().event(0, "A1.M1", "1")
    (outcome,) = contest.enter(0, foreign)
    assert outcome.code == "unknown-sheet"


def test_the_chief_judge_has_no_seat_and_enters_nothing(contest):
    contest.judges.append(contest.chief)
    outcome = contest.mark(3, 0, "A1.M1", "1")
    assert outcome.code == "not-your-sheet"


def test_a_refused_key_may_be_used_again(contest):
    key = next_key()
    refused = contest.mark(0, 0, "A1.J1", "7", key=key)
    accepted = contest.mark(0, 0, "A1.J1", "3", key=key)
    assert (refused.status, accepted.status) == ("refused", "accepted")


def test_an_empty_value_takes_the_mark_back(contest):
    contest.mark(0, 0, "A1.M1", "1")
    outcome = contest.mark(0, 0, "A1.M1", "")

    event = events_of(skill_chain(contest.skill.pk)).last()
    assert (outcome.status, event.type) == ("accepted", "mark-withdraw")
    assert Mark.objects.count() == 0
    assert (contest.sheet(0, "A1").filled, contest.sheet(0, "A1").points_scaled) == (
        0,
        0,
    )
    assert Result.objects.get(entry=contest.entries[0]).standing == "not-scored"


def test_states_settle_an_aspect_without_a_value(contest):
    contest.fill(0)
    contest.enter(0, contest.event(0, "B1.M1", None, state="unfinished"))

    row = Result.objects.get(entry=contest.entries[0])
    assert (row.standing, row.place) == ("unfinished", None)
    assert contest.sheet(0, "B1").state == "complete"


def test_a_deduction_needs_its_remark():
    counting = measurement(
        "B1.M1", "60", "REGULAR_DIFFERENCE_DEDUCTION",
        TARGET_VALUE="0", DIFFERENCE="1", DEDUCTION="0.5",
    )  # fmt: skip
    scheme = worldskills_type()
    sub = replace(scheme.criteria[1].sub_criteria[0], aspects=(counting,))
    criterion = replace(scheme.criteria[1], sub_criteria=(sub,))
    contest = make_contest(replace(scheme, criteria=(scheme.criteria[0], criterion)))

    assert contest.mark(0, 0, "B1.M1", "2").code == "remark-required"
    assert contest.mark(0, 0, "B1.M1", "2", remark="未戴护目镜").status == "accepted"
    assert contest.mark(0, 1, "B1.M1", "0").status == "accepted"
    assert contest.sheet(0, "B1").points_scaled == 59_000_000


def test_a_judge_who_must_stand_aside_is_refused_and_not_waited_for(contest):
    tied = make_entry(contest.skill, members=[], coaches=[contest.judges[0].person])
    assign_codes(contest.skill, by=contest.organizer, at=contest.now())
    open_marking(contest.skill, by=contest.organizer, at=contest.now())
    contest.entries.append(tied)

    refused = contest.mark(0, 3, "A1.J1", "2")
    contest.mark(1, 3, "A1.M1", "1")
    contest.mark(1, 3, "A1.J1", "2")
    contest.mark(2, 3, "A1.J1", "3")

    sheet = contest.sheet(3, "A1")
    assert refused.code == "conflict-of-interest"
    assert (sheet.seats, sheet.cells, sheet.state) == ([2, 3], 3, "complete")
    assert sheet.points_scaled == 38_330_000


def test_a_scheme_that_cannot_be_frozen_takes_no_mark(contest):
    Scheme.objects.update(frozen_at=None)
    broken = replace(worldskills_type(), fallback="coin")
    Scheme.objects.update(text=canonical(broken), digest=digest(broken))

    assert contest.mark(0, 0, "A1.M1", "1").code == "scheme-not-ready"


def test_a_tablet_with_a_receipt_that_the_chain_does_not_know_is_told(contest):
    outcome = contest.mark(0, 0, "A1.M1", "1")
    contest.enter(
        0, contest.event(1, "A1.M1", "1"), known_head=(outcome.seq, outcome.hash)
    )

    with pytest.raises(HistoryLost):
        contest.enter(
            0, contest.event(2, "A1.M1", "1"), known_head=(outcome.seq + 99, "ff")
        )


def test_news_is_sent_after_the_commit(contest, django_capture_on_commit_callbacks):
    heard = []

    def board(sender, **news):
        heard.append(("board", news["skill_id"]))

    def tablets(sender, **news):
        heard.append(("sheets", news["skill_id"], news["sheet_ids"]))

    scoreboard_changed.connect(board)
    sheets_changed.connect(tablets)
    with django_capture_on_commit_callbacks(execute=True):
        contest.mark(0, 0, "A1.M1", "1")
        assert heard == []
    skill = contest.skill.pk
    assert heard == [("board", skill), ("sheets", skill, [contest.sheet(0, "A1").pk])]
    scoreboard_changed.disconnect(board)
    sheets_changed.disconnect(tablets)


def queries_for(contest, *events):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        outcomes = contest.enter(0, *events)
    assert {outcome.status for outcome in outcomes} == {"accepted"}
    return len(captured)


def test_queries_depend_neither_on_the_batch_nor_on_marks_already_there():
    contest = make_contest(entries=8)
    contest.mark(0, 7, "A1.M1", "1")

    one = queries_for(contest, contest.event(0, "A1.M1", "1"))
    many = queries_for(
        contest,
        *(contest.event(n, "A1.M1", "1") for n in range(7)),
        *(contest.event(n, "A1.J1", "2") for n in range(7)),
        *(contest.event(n, "B1.M1", "1") for n in range(7)),
    )
    later = queries_for(contest, contest.event(0, "A1.M1", "0"))

    assert one == many == later


def test_a_batch_of_two_hundred_takes_the_same_statements():
    scheme = worldskills_type()
    aspects = tuple(measurement(f"B1.M{n}", "3") for n in range(1, 21))
    sub = replace(scheme.criteria[1].sub_criteria[0], aspects=aspects)
    criterion = replace(scheme.criteria[1], sub_criteria=(sub,))
    whole = replace(scheme, criteria=(scheme.criteria[0], criterion))
    contest = make_contest(whole, entries=10)
    contest.mark(0, 0, "A1.M1", "1")

    one = queries_for(contest, contest.event(0, "B1.M1", "1"))
    batch = [
        contest.event(entry, f"B1.M{n}", "1")
        for entry in range(10)
        for n in range(1, 21)
    ]

    assert len(batch) == 200
    assert queries_for(contest, *batch) == one
    assert contest.sheet(9, "B1").points_scaled == 60_000_000
    assert {sheet.state for sheet in Sheet.objects.filter(skill=contest.skill)} == {
        "open",
        "complete",
    }
