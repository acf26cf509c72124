"""Verification, ties, freezing, prizes: when results stand, and what they win."""

from dataclasses import replace

import pytest

from competitions.actions import mark_attendance
from scoring.actions import (
    decide_tie,
    freeze_board,
    set_prize_scale,
    unfreeze_board,
    verify_results,
    withdraw_decision,
)
from scoring.errors import ResultsRefused, ScoringError
from scoring.models import Result, SkillState
from scoring.queries.rebuilding import differences
from scoring.queries.results import verification_of
from scoring.queries.ties import decisions_of
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def table(contest):
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    return [(row.standing, row.place, row.award) for row in rows]


def verify(contest):
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())


@pytest.fixture
def signed():
    contest = make_contest(entries=4)
    contest.fill(0, levels="333")
    contest.fill(1, levels="322")
    contest.fill(2, levels="111")
    contest.fill(3, levels="000")
    contest.sign_all()
    return contest


def test_verified_results_have_places_and_medals(signed):
    verify(signed)

    state = SkillState.objects.get(skill=signed.skill)
    assert (state.state, state.verified_by) == ("verified", signed.officer)
    assert table(signed) == [
        ("ranked", 1, "金牌"),
        ("ranked", 2, "银牌"),
        ("ranked", 3, "铜牌"),
        ("ranked", 4, ""),
    ]
    assert differences(signed.skill) == []
    assert signed.mark(0, 0, "A1.M1", "0").code == "marking-closed"


def test_what_is_missing_is_named_and_blocks():
    contest = make_contest(entries=2)
    contest.fill(0)

    shown = verification_of(contest.skill, contest.now())
    with pytest.raises(ResultsRefused) as refused:
        verify(contest)

    assert refused.value.reasons == shown.blockers
    assert shown.blockers == (
        "还有 2 张评分表没评完。没有评完的不能复核。",
        "还有 2 张评分表没有裁判长签名。",
    )


def test_only_the_results_officer_verifies(signed):
    with pytest.raises(ResultsRefused) as refused:
        verify_results(signed.skill, note="", by=signed.chief, at=signed.now())
    assert refused.value.code == "not-results-officer"


def test_absent_entries_are_listed_apart_and_not_waited_for():
    contest = make_contest(entries=3)
    contest.fill(0)
    contest.fill(1, levels="333")
    mark_attendance(
        contest.entries[2], state="absent", by=contest.organizer, at=contest.now()
    )
    sheets = [contest.sheet(n, sub) for n in (0, 1) for sub in ("A1", "B1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", sheets)

    verify(contest)

    assert table(contest) == [
        ("ranked", 2, "银牌"),
        ("ranked", 1, "金牌"),
        ("absent", None, ""),
    ]
    assert differences(contest.skill) == []


def test_equal_entries_wait_for_the_chief_judge():
    scheme = replace(worldskills_type(), fallback="chief-judge")
    contest = make_contest(scheme, entries=2)
    contest.fill(0)
    contest.fill(1)
    contest.sign_all()
    first, second = (entry.pk for entry in contest.entries)

    with pytest.raises(ResultsRefused) as refused:
        verify(contest)
    assert refused.value.reasons == ("有 2 个名次待裁判长裁定。",)
    with pytest.raises(ResultsRefused):
        decide_tie(
            contest.skill,
            entries=[second, first],
            reason="",
            by=contest.chief,
            at=contest.now(),
        )
    decide_tie(
        contest.skill,
        entries=[second, first],
        reason="用时更短",
        by=contest.chief,
        at=contest.now(),
    )
    verify(contest)

    assert table(contest) == [("ranked", 2, "银牌"), ("ranked", 1, "金牌")]
    assert differences(contest.skill) == []


def test_a_decision_between_equals_is_withdrawn_and_taken_anew():
    scheme = replace(worldskills_type(), fallback="chief-judge")
    contest = make_contest(scheme, entries=2)
    contest.fill(0)
    contest.fill(1)
    contest.sign_all()
    first, second = (entry.pk for entry in contest.entries)
    chief, skill = contest.chief, contest.skill

    def decide(*order):
        decide_tie(skill, entries=order, reason="规则", by=chief, at=contest.now())

    def withdraw(decision, reason="看错用时", by=chief):
        facts = {"reason": reason, "by": by, "at": contest.now()}
        with pytest.raises(ResultsRefused) as refused:
            withdraw_decision(skill, decision=decision, **facts)
            raise ResultsRefused(["done"], "done")
        return refused.value.code

    decide(second, first)
    (found,) = decisions_of(skill)
    assert [row.entry_id for row in found.entries] == [second, first]
    assert withdraw(found.seq, reason=" ") == "reason-missing"
    assert withdraw(found.seq, by=contest.judges[0]) == "not-chief"
    assert withdraw(found.seq + 1000) == "no-decision"
    assert withdraw(found.seq) == "done"
    assert (decisions_of(skill), withdraw(found.seq)) == ([], "no-decision")
    assert table(contest) == [("ranked", 1, ""), ("ranked", 1, "")]
    assert differences(skill) == []
    decide(first, second)
    verify(contest)
    assert [place for _state, place, _award in table(contest)] == [1, 2]
    assert (differences(skill), withdraw(decisions_of(skill)[0].seq)) == (
        [],
        "verified",
    )


def test_a_tie_is_decided_only_between_equals_and_by_the_chief(signed):
    entries = [entry.pk for entry in signed.entries[:2]]
    with pytest.raises(ResultsRefused) as unequal:
        decide_tie(
            signed.skill, entries=entries, reason="x", by=signed.chief, at=signed.now()
        )
    with pytest.raises(ResultsRefused) as foreign:
        decide_tie(
            signed.skill,
            entries=entries,
            reason="x",
            by=signed.judges[0],
            at=signed.now(),
        )
    assert (unequal.value.code, foreign.value.code) == ("not-equal", "not-chief")


def test_a_documents_prizes_replace_the_preset(signed):
    set_prize_scale(
        signed.skill.competition,
        None,
        steps=[
            {"award": "一等奖", "to": 1, "citation": "《通知》第三条"},
            {"award": "二等奖", "share": "1/2", "rounding": "down"},
        ],
        citation={"document": "通知"},
        by="system:test",
        at=signed.now(),
    )
    verify(signed)
    assert [award for _s, _p, award in table(signed)] == ["一等奖", "二等奖", "", ""]
    assert differences(signed.skill) == []
    with pytest.raises(ScoringError) as late:
        set_prize_scale(
            signed.skill.competition,
            signed.skill,
            steps=[],
            citation={},
            by="system:test",
            at=signed.now(),
        )
    assert late.value.code == "verified"


def test_a_scale_without_ends_is_refused(signed):
    with pytest.raises(ScoringError) as refused:
        set_prize_scale(
            signed.skill.competition,
            None,
            steps=[{"award": "一等奖"}],
            citation={},
            by="system:test",
            at=signed.now(),
        )
    assert refused.value.code == "prize-scale"


def test_below_the_minimum_field_nobody_wins(signed):
    competition = signed.skill.competition
    competition.minimum_field = {"entries": 5}
    competition.save()
    verify(signed)
    assert {award for _s, _p, award in table(signed)} == {""}
    assert differences(signed.skill) == []


def test_during_a_freeze_the_public_stands_still():
    contest = make_contest(entries=2, facts={"public_from": "on-entry"})
    contest.mark(0, 0, "A1.M1", "1")
    freeze_board(contest.skill, by=contest.organizer, at=contest.now())
    contest.mark(0, 1, "B1.M1", "1")

    def public():
        rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
        return [(row.public_points_scaled, row.public_place) for row in rows]

    frozen = public()
    unfreeze_board(contest.skill, by=contest.organizer, at=contest.now())

    assert frozen == [(30_000_000, 1), (0, None)]
    assert public() == [(30_000_000, 2), (60_000_000, 1)]


def test_public_points_follow_the_stated_moment():
    contest = make_contest(entries=1, facts={"public_from": "sheet-complete"})
    contest.mark(0, 0, "A1.M1", "1")
    before = Result.objects.get(skill=contest.skill).public_points_scaled
    contest.judged(0, "A1.J1", "2", "2", "2")
    after = Result.objects.get(skill=contest.skill).public_points_scaled
    assert (before, after) == (0, 36_670_000)
