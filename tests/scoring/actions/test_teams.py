"""Teams arranged one by one, reserves who step in, days and catching up, two teams."""

from datetime import UTC, datetime, timedelta

import pytest

from competitions.models import EntryExpert
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from people.actions import update_person
from scoring.actions import open_marking
from scoring.actions.teams import (
    TeamFacts,
    arrange_team,
    grant_catch_up,
    review_interests,
    seat_reserve,
)
from scoring.errors import MarkingRefused
from scoring.models import Mark, PanelSeat, Sheet, SkillState
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from tests.factories import make_organization
from tests.scoring.contest import make_contest
from tests.scoring.teams import arrange, official

pytestmark = pytest.mark.django_db
C1 = datetime(2026, 9, 8, 1, tzinfo=UTC)  # 09:00 in Shanghai, the first day


@pytest.fixture
def contest():
    return make_contest(entries=2)


def agree(contest):
    """The ledger and the second opinion both give what is stored."""
    assert differences(contest.skill) == []
    assert opinion_differences(contest.skill) == []


def step_in(contest, reserve, number=1, entry=None, **more):
    return seat_reserve(
        contest.skill,
        panel=more.pop("panel", "A"),
        number=number,
        reserve=reserve,
        entry=entry,
        reason=more.pop("reason", "身体不适"),
        by=more.pop("by", contest.chief),
        at=contest.now(),
    )


def test_an_arranged_team_keeps_who_was_chosen(contest):
    arrange(contest, "A", contest.judges[2], contest.judges[0], size=2, name="外观组")
    open_marking(contest.skill, by=contest.organizer, at=contest.now())

    seats = PanelSeat.objects.filter(left_at=None).order_by("number")
    assert [(seat.number, seat.judge) for seat in seats] == [
        (1, contest.judges[0]),
        (3, contest.judges[2]),
    ]
    assert {tuple(sheet.seats) for sheet in Sheet.objects.all()} == {(1, 3)}
    agree(contest)


def test_who_has_marked_leaves_only_for_a_reserve(contest):
    contest.judged(0, "A1.J1", "2")

    with pytest.raises(MarkingRefused) as refused:
        arrange(contest, "A", contest.judges[1], contest.judges[2])

    assert refused.value.code == "has-marked"
    assert "替补上场" in refused.value.message


@pytest.mark.parametrize(
    ("letter", "facts", "code"),
    [
        ("甲", TeamFacts(), "bad-letter"),
        ("A", TeamFacts(days=(0,)), "bad-day"),
        ("A", TeamFacts(judges=(999_999,)), "not-appointed"),
        ("A", TeamFacts(leader=1), "leader-outside"),
    ],
)
def test_a_team_that_cannot_be_is_refused(contest, letter, facts, code):
    with pytest.raises(MarkingRefused) as refused:
        arrange_team(
            contest.skill, letter, facts=facts, by=contest.organizer, at=contest.now()
        )
    assert refused.value.code == code


def test_a_reserve_takes_the_seat_and_no_mark_is_lost(contest):
    contest.mark(0, 0, "A1.M1", "1")
    contest.judged(0, "A1.J1", "2")
    reserve = official(contest, "reserve")

    step_in(contest, reserve)

    old = contest.mark(0, 1, "A1.J1", "2")
    contest.judges.append(reserve)
    new = contest.mark(3, 1, "A1.J1", "1")
    assert (old.code, new.status.value) == ("not-your-sheet", "accepted")
    kept = Mark.objects.get(sheet__entry=contest.entries[0], code="A1.J1")
    assert (kept.judge, kept.seat, kept.value) == (contest.judges[0], 1, "2")
    body = body_of(events_of(skill_chain(contest.skill.pk)).get(type="reserve-seated"))
    assert (body["from"], body["to"]) == (contest.judges[0].actor, reserve.actor)
    agree(contest)


def test_after_a_replacement_the_first_judge_is_not_seated_again(contest):
    reserve = official(contest, "reserve")
    step_in(contest, reserve)

    open_marking(contest.skill, by=contest.organizer, at=contest.now())

    seats = PanelSeat.objects.filter(left_at=None).order_by("number")
    assert [seat.judge for seat in seats] == [reserve, *contest.judges[1:]]


def test_a_reserve_stands_in_for_one_entry_only(contest):
    contest.judged(0, "A1.J1", "2")
    reserve = official(contest, "reserve")
    contest.judges.append(reserve)

    step_in(contest, reserve, entry=contest.entries[0])

    assert contest.mark(0, 0, "A1.J1", "1").code == "replaced"
    assert contest.mark(0, 1, "A1.J1", "2").status == "accepted"
    assert contest.mark(3, 1, "A1.J1", "2").code == "not-your-sheet"
    assert contest.mark(3, 0, "A1.J1", "3").status == "accepted"
    assert contest.sheet(0, "A1").stand_ins == {"1": reserve.pk}
    agree(contest)


def test_a_judge_tied_to_an_entry_stands_aside_until_a_reserve_holds_the_seat(contest):
    judge = contest.judges[1]
    EntryExpert.objects.create(entry=contest.entries[0], person=judge.person)

    changed = review_interests(contest.skill, by=contest.organizer, at=contest.now())

    assert changed == 2
    assert contest.sheet(0, "A1").seats == [1, 3]
    assert contest.mark(1, 0, "A1.J1", "2").code == "conflict-of-interest"
    reserve = official(contest, "reserve")
    step_in(contest, reserve, number=2, entry=contest.entries[0])
    assert contest.sheet(0, "A1").seats == [1, 2, 3]
    contest.judges.append(reserve)
    assert contest.mark(3, 0, "A1.J1", "2").status == "accepted"
    agree(contest)


def test_a_tie_that_comes_up_stops_the_next_mark_by_itself(
    contest, django_capture_on_commit_callbacks
):
    judge = contest.judges[1]
    with django_capture_on_commit_callbacks(execute=True):
        EntryExpert.objects.create(entry=contest.entries[0], person=judge.person)

    assert contest.mark(1, 0, "A1.J1", "2").code == "conflict-of-interest"
    assert contest.mark(1, 1, "A1.J1", "2").status == "accepted"
    event = events_of(skill_chain(contest.skill.pk)).filter(type="marking-open").last()
    assert event.actor == "system:interests"
    agree(contest)


def test_a_judge_who_moves_to_a_competitors_unit_stands_aside_from_then_on(
    contest, django_capture_on_commit_callbacks
):
    unit = make_organization(name="同一单位")
    competitor = contest.entries[0].members.get().person
    for person in (competitor, contest.judges[0].person):
        with django_capture_on_commit_callbacks(execute=True):
            update_person(person, organization=unit, by="system:test", at=contest.now())

    assert contest.sheet(0, "A1").seats == [2, 3]
    assert contest.sheet(1, "A1").seats == [1, 2, 3]
    agree(contest)


def test_nothing_is_recorded_where_nothing_changes(contest):
    before = events_of(skill_chain(contest.skill.pk)).count()
    assert review_interests(contest.skill, by=contest.chief, at=contest.now()) == 0
    assert events_of(skill_chain(contest.skill.pk)).count() == before


def test_a_reserve_tied_to_the_entry_is_refused_and_another_is_not(contest):
    tied, free = official(contest, "reserve"), official(contest, "reserve")
    EntryExpert.objects.create(entry=contest.entries[0], person=tied.person)

    with pytest.raises(MarkingRefused) as refused:
        step_in(contest, tied, entry=contest.entries[0])
    with pytest.raises(MarkingRefused) as from_now_on:
        step_in(contest, tied)

    assert refused.value.code == from_now_on.value.code == "reserve-conflict"
    assert step_in(contest, tied, entry=contest.entries[1]).judge == tied
    assert step_in(contest, free).judge == free


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        ("organizer", {}, "not-chief-judge"),
        ("chief", {"reason": " "}, "no-reason"),
        ("chief", {"number": 9}, "no-seat"),
        ("chief", {"panel": "Z"}, "no-seat"),
    ],
)
def test_stepping_in_is_the_chief_judges_word_with_a_reason(contest, who, more, code):
    reserve = official(contest, "reserve")
    with pytest.raises(MarkingRefused) as refused:
        step_in(contest, reserve, by=getattr(contest, who), **more)
    assert refused.value.code == code


def test_nobody_but_a_reserve_steps_in(contest):
    with pytest.raises(MarkingRefused) as refused:
        step_in(contest, contest.judges[2], number=1)
    assert refused.value.code == "no-reserve"


def test_a_signature_of_the_first_judge_stands_for_the_seat(contest):
    contest.fill(0)
    sheets = list(Sheet.objects.filter(entry=contest.entries[0]))
    contest.sign(contest.judges[0], "judge", sheets)
    reserve = official(contest, "reserve")

    step_in(contest, reserve)
    for judge in contest.judges[1:]:
        contest.sign(judge, "judge", sheets)

    assert contest.sheet(0, "A1").state == "judge-signed"


def test_the_reserve_signs_for_the_seat_whose_judge_has_left(contest):
    contest.fill(0)
    reserve = official(contest, "reserve")
    step_in(contest, reserve, entry=contest.entries[0])
    sheets = list(Sheet.objects.filter(entry=contest.entries[0]))

    for judge in contest.judges[1:]:
        contest.sign(judge, "judge", sheets)
    before = contest.sheet(0, "A1").state
    contest.sign(reserve, "judge", sheets)

    assert (before, contest.sheet(0, "A1").state) == ("complete", "judge-signed")


def test_marks_outside_the_days_of_a_team_are_refused(contest):
    arrange(contest, "A", *contest.judges, days=(1, 3))
    contest.clock = C1
    on_first = contest.mark(0, 0, "A1.M1", "1")
    contest.clock = C1 + timedelta(days=1)
    on_second = contest.mark(0, 0, "A1.M1", "0")

    assert on_first.status == "accepted"
    assert (on_second.code, "C1、C3" in on_second.message) == ("not-your-day", True)
    assert Mark.objects.get().value == "1"


def test_the_day_begins_at_midnight_where_the_competition_is(contest):
    arrange(contest, "A", *contest.judges, days=(1,))
    contest.clock = datetime(2026, 9, 7, 15, 59, tzinfo=UTC)
    before = contest.mark(0, 0, "A1.M1", "1")
    contest.clock = datetime(2026, 9, 7, 16, 0, tzinfo=UTC)
    after = contest.mark(0, 0, "A1.M1", "1")

    assert (before.code, after.status) == ("not-your-day", "accepted")


def test_with_the_days_of_the_scheme_every_sheet_has_its_own(contest):
    arrange(contest, "A", *contest.judges, by_sub_day=True)
    contest.clock = C1
    assert contest.mark(0, 0, "A1.M1", "1").status == "accepted"
    assert contest.mark(0, 0, "B1.M1", "1").code == "not-your-day"


def test_the_chief_judge_lets_a_team_catch_up_until_a_moment(contest):
    team = arrange(contest, "A", *contest.judges, days=(1,))
    contest.clock = C1 + timedelta(days=2)
    grant_catch_up(
        team,
        sub="A1",
        reason="设备故障",
        until=contest.clock + timedelta(hours=1),
        by=contest.chief,
        at=contest.now(),
    )

    allowed = contest.mark(0, 0, "A1.M1", "1")
    other = contest.mark(0, 0, "B1.M1", "1")
    contest.clock += timedelta(hours=2)
    late = contest.mark(0, 0, "A1.M1", "0")

    assert (allowed.status, other.code, late.code) == (
        "accepted",
        "not-your-day",
        "not-your-day",
    )
    agree(contest)


@pytest.mark.parametrize(
    ("who", "reason", "hours", "code"),
    [
        ("organizer", "停电", 1, "not-chief-judge"),
        ("chief", "", 1, "no-reason"),
        ("chief", "停电", -1, "catch-up-past"),
    ],
)
def test_catching_up_needs_the_chief_judge_a_reason_and_time(
    contest, who, reason, hours, code
):
    team = arrange(contest, "A", *contest.judges, days=(1,))
    with pytest.raises(MarkingRefused) as refused:
        grant_catch_up(
            team,
            reason=reason,
            until=contest.clock + timedelta(hours=hours),
            by=getattr(contest, who),
            at=contest.now(),
        )
    assert refused.value.code == code


def test_without_days_nothing_is_written_to_the_calendar(contest):
    arrange(contest, "A", *contest.judges)
    assert SkillState.objects.get().calendar == {}
