"""Dual marking: two teams on one sheet, their mean, their conflicts, their signatures."""

import pytest

from scoring.actions import open_marking
from scoring.errors import MarkingRefused
from scoring.models import Mark, Result, Sheet
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from scoring.queries.sheets import sheet_view
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type
from tests.scoring.teams import arrange, dual_contest, dual_scheme

pytestmark = pytest.mark.django_db


def agree(contest):
    """The ledger and the second opinion both give what is stored."""
    assert differences(contest.skill) == []
    assert opinion_differences(contest.skill) == []


def test_two_teams_mark_one_sheet_and_the_mean_counts():
    contest = dual_contest()
    for judge in (0, 2):
        contest.mark(judge, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2", "2", "2", "3")

    sheet = contest.sheet(0, "A1")
    assert sheet.seats == [1, 2, 101, 102]
    assert (sheet.state, sheet.cells, sheet.filled) == ("complete", 6, 6)
    # 6.666… and 8.333…: 7.50
    assert sheet.points_scaled == 37_500_000
    assert set(Mark.objects.values_list("code", "seat")) == {
        ("A1.M1", 0),
        ("A1.M1", 100),
        ("A1.J1", 1),
        ("A1.J1", 2),
        ("A1.J1", 101),
        ("A1.J1", 102),
    }
    agree(contest)


def test_two_teams_too_far_apart_are_in_conflict_until_one_marks_again():
    contest = dual_contest()
    contest.mark(0, 0, "A1.M1", "1")
    last = contest.mark(2, 0, "A1.M1", "0")
    during = contest.sheet(0, "A1").conflicts
    agree(contest)
    contest.mark(3, 0, "A1.M1", "1")

    assert (last.in_conflict, during, contest.sheet(0, "A1").conflicts) == (True, 1, 0)
    agree(contest)


def test_a_judge_sees_nothing_of_the_other_team_and_the_chief_sees_both():
    contest = dual_contest()
    contest.mark(0, 0, "A1.M1", "1")
    contest.mark(2, 0, "A1.M1", "0")
    contest.judged(0, "A1.J1", "2", "2", "0", "0")
    sheet = contest.sheet(0, "A1")

    first = sheet_view(sheet, contest.judges[0])
    chief = sheet_view(sheet, contest.chief)

    assert [seat.number for seat in first.seats] == [1, 2]
    assert [other.seat for aspect in first.aspects for other in aspect.others] == [2]
    assert [aspect.apart for aspect in first.aspects] == [True, True]
    assert [other.seat for aspect in chief.aspects for other in aspect.others] == [
        *(100,),
        *(1, 2, 101, 102),
    ]


def test_one_judge_cannot_sit_in_both_teams_of_a_sheet():
    contest = make_contest(dual_scheme(), judges=4, is_open=False)
    arrange(contest, "A", *contest.judges[:2])

    with pytest.raises(MarkingRefused) as refused:
        arrange(contest, "B", *contest.judges[1:])

    assert refused.value.code == "two-teams"


def test_without_arrangement_two_teams_cannot_open():
    contest = make_contest(dual_scheme(), judges=4, is_open=False)
    with pytest.raises(MarkingRefused) as refused:
        open_marking(contest.skill, by=contest.organizer, at=contest.now())
    assert (refused.value.code, "评分组" in refused.value.message) == (
        "two-teams",
        True,
    )


def test_a_whole_dual_contest_is_signed_by_both_teams():
    contest = dual_contest(entries=1)
    for judge in (0, 2):
        contest.mark(judge, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2", "2", "2", "2")
    contest.mark(0, 0, "B1.M1", "1")
    every = list(Sheet.objects.all())
    first = [sheet for sheet in every if sheet.sub_criterion.code == "A1"]
    for judge in contest.judges[:2]:
        contest.sign(judge, "judge", every)
    before = contest.sheet(0, "A1").state
    for judge in contest.judges[2:]:
        contest.sign(judge, "judge", first)

    assert (before, contest.sheet(0, "A1").state) == ("complete", "judge-signed")
    assert contest.sheet(0, "B1").state == "judge-signed"
    assert Result.objects.get().points_scaled == 96_670_000
    agree(contest)


def test_the_plain_scheme_has_no_second_team():
    make_contest(worldskills_type(), entries=1)
    assert {sub.sub_criterion.second_panel for sub in Sheet.objects.all()} == {""}
