"""A rehearsed action: what it would move is told, and nothing of it stays."""

from decimal import Decimal

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions.overrides import confirm_override, propose_override
from scoring.actions.penalties import impose_penalty
from scoring.actions.rehearsal import rehearse
from scoring.actions.reopening import reopen_results
from scoring.errors import PenaltyRefused
from scoring.models import Override, Penalty
from scoring.queries.schemes import state_of
from scoring.register import Effect, effects
from scoring.signals import scoreboard_changed
from tests.scoring.points import make_points, publicise, publish, table, verify

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def told(correction):
    return {
        found.code: [(line.label, line.before, line.after) for line in found.lines]
        for found in correction.entries
    }


def penalize(contest, entry=0, value="25"):
    return impose_penalty(
        contest.entries[entry],
        value=Decimal(value),
        is_percent=False,
        clause="规程 5.2",
        reason="违规",
        by=contest.chief,
        at=contest.now(),
    )


def footprint(contest):
    rows = events_of(skill_chain(contest.skill.pk)).values_list("hash", flat=True)
    return table(contest), list(rows), Penalty.objects.count()


def correct(contest):
    waiting = propose_override(
        contest.skill,
        entry=contest.entries[1].pk,
        name="award",
        value="金牌",
        reason="申诉成立",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(waiting, by=contest.chief, at=contest.now())


@pytest.fixture
def running():
    contest = make_points(("90", "80", "70"))
    for entry in contest.entries:
        entry.refresh_from_db()
    return contest


def test_running_results_show_points_and_places_and_stay(running):
    codes = [entry.code for entry in running.entries]
    before = footprint(running)

    found = rehearse(running.skill, lambda: penalize(running), at=running.now())

    assert told(found.now) == {
        codes[1]: [("名次", "2", "1")],
        codes[2]: [("名次", "3", "2")],
        codes[0]: [("名次", "1", "3"), ("总分", "90.00", "65.00")],
    }
    assert found.released is None
    assert footprint(running) == before


def test_the_action_then_moves_what_was_told(running):
    found = rehearse(running.skill, lambda: penalize(running), at=running.now())
    before = table(running)
    penalize(running)
    moved = [old != new for old, new in zip(before, table(running), strict=True)]
    assert moved == [True, True, True]
    assert len(found.now.entries) == 3


def test_nobody_hears_of_a_rehearsal(running, django_capture_on_commit_callbacks):
    heard = []

    def hear(**news):
        heard.append(news["skill_id"])

    scoreboard_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            rehearse(running.skill, lambda: penalize(running), at=running.now())
        assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            penalize(running)
        assert heard == [running.skill.pk]
    finally:
        scoreboard_changed.disconnect(hear)


def test_a_refusal_is_raised_and_leaves_nothing(running):
    before = footprint(running)
    with pytest.raises(PenaltyRefused):
        rehearse(running.skill, lambda: penalize(running, value="0"), at=running.now())
    assert footprint(running) == before


def test_after_a_release_awards_and_what_they_move_are_told(running):
    verify(running)
    publicise(running)
    number = publish(running).number
    before = footprint(running)

    def certificates(skill, entries):
        return [Effect(entry, "certificate", f"证书 {entry}") for entry in entries]

    effects.add("test", certificates)
    try:
        found = rehearse(running.skill, lambda: correct(running), at=running.now())
    finally:
        del effects._entries["test"]

    second = running.entries[1]
    assert told(found.now) == {second.code: [("奖项", "银牌", "金牌")]}
    assert told(found.released) == told(found.now)
    assert found.released.before == number
    assert [e.text for e in found.now.entries[0].effects] == [f"证书 {second.pk}"]
    assert footprint(running) == before
    assert Override.objects.count() == 0


def test_reopened_results_are_compared_with_the_awards_they_would_have(running):
    verify(running)
    correct(running)
    before = footprint(running)

    def reopen():
        state = state_of(running.skill)
        reopen_results(
            running.skill, state, cause="", by=running.chief, at=running.now()
        )

    found = rehearse(running.skill, reopen, at=running.now())

    assert (found.now.entries, found.released) == ((), None)
    assert footprint(running) == before
