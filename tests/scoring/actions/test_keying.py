"""Keying in from paper: against code and version, all or nothing, twice where asked."""

import json
from uuid import uuid4

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of, head_of
from scoring.actions.keying import Keyed, Typed, choose_keying, key_in
from scoring.errors import CellsRefused, PaperRefused
from scoring.models import Mark, PaperKeying, Sheet
from scoring.queries.audit import differences
from tests.factories import make_appointment, make_person, make_user
from tests.scoring.actions.test_printing import printed
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_contest(entries=1)


@pytest.fixture
def form(contest):
    return printed(contest, sheets=[contest.sheet(0, "A1")])[0]


def cells(contest, *values):
    """Cells of A1: the yes-no of the group, then one level for each judge."""
    sheet = contest.sheet(0, "A1").pk
    places = [("A1.M1", 0), ("A1.J1", 1), ("A1.J1", 2), ("A1.J1", 3)]
    return {
        (sheet, *place): Typed(value)
        for place, value in zip(places, values, strict=False)
    }


def keyed(contest, form, *values, by=None, nonce=None, head=None):
    chain = skill_chain(contest.skill.pk)
    return key_in(
        form,
        cells=cells(contest, *values),
        nonce=nonce or uuid4(),
        head=head_of([chain])[chain].seq if head is None else head,
        by=by or contest.officer,
        at=contest.now(),
    )


def marks():
    rows = Mark.objects.order_by("code", "seat")
    return [(m.code, m.seat, m.state, m.value, m.judge_id) for m in rows]


def test_a_results_officer_keys_every_seat_and_the_marks_are_the_judges(contest, form):
    result = keyed(contest, form, "1", "2", "2", "3")

    first, second, third = (judge.pk for judge in contest.judges)
    assert result == Keyed(entered=4)
    assert marks() == [
        ("A1.J1", 1, "value", "2", first),
        ("A1.J1", 2, "value", "2", second),
        ("A1.J1", 3, "value", "3", third),
        ("A1.M1", 0, "value", "1", contest.officer.pk),
    ]
    assert contest.sheet(0, "A1").state == "complete"
    assert differences(contest.skill) == []


def test_each_mark_says_which_paper_and_who_keyed_it(contest, form):
    keyed(contest, form, "1", "2")

    events = list(events_of(skill_chain(contest.skill.pk)).filter(type="mark"))
    assert {(event.actor, event.device) for event in events} == {
        (contest.officer.actor, f"paper:{form.code}")
    }
    told = {json.loads(event.body).get("judge") for event in events}
    assert told == {None, contest.judges[0].actor}
    last = events_of(skill_chain(contest.skill.pk)).last()
    body = json.loads(last.body)
    assert (last.type, body["form"], body["entered"], body["with"]) == (
        "paper-keyed",
        form.code,
        2,
        [],
    )


def test_a_judge_keys_own_cells_and_nobody_elses(contest, form):
    judge = contest.judges[1]
    sheet = contest.sheet(0, "A1").pk
    mine = {(sheet, "A1.M1", 0): Typed("是"), (sheet, "A1.J1", 2): Typed("2")}
    chain = skill_chain(contest.skill.pk)
    facts = {"head": head_of([chain])[chain].seq, "by": judge, "at": contest.now()}

    assert key_in(form, cells=mine, nonce=uuid4(), **facts).entered == 2
    facts["head"] = head_of([chain])[chain].seq
    with pytest.raises(CellsRefused) as refused:
        key_in(form, cells={(sheet, "A1.J1", 1): Typed("2")}, nonce=uuid4(), **facts)
    assert list(refused.value.problems) == [(sheet, "A1.J1", 1)]


def test_one_bad_cell_and_nothing_is_entered(contest, form):
    with pytest.raises(CellsRefused) as refused:
        keyed(contest, form, "1", "2", "5", "x")

    sheet = contest.sheet(0, "A1").pk
    assert set(refused.value.problems) == {(sheet, "A1.J1", 2), (sheet, "A1.J1", 3)}
    assert marks() == []


def test_words_stand_for_states_and_blanks_for_nothing(contest, form):
    assert keyed(contest, form, "缺考", "").entered == 1
    assert marks() == [("A1.M1", 0, "absent", "", contest.officer.pk)]


def test_the_same_page_sent_twice_enters_once(contest, form):
    nonce = uuid4()
    first = keyed(contest, form, "1", "2", nonce=nonce)
    again = keyed(contest, form, "1", "2", nonce=nonce)
    assert (first.entered, again.entered, len(marks())) == (2, 0, 2)


def test_a_paper_of_an_earlier_version_is_refused(contest, form):
    Sheet.objects.filter(pk=contest.sheet(0, "A1").pk).update(version=2)

    with pytest.raises(PaperRefused, match="工位 01 印的是第 1 版，现在是第 2 版"):
        keyed(contest, form, "1")


def test_a_cell_that_is_not_on_the_paper_is_refused(contest):
    (group, *_seats) = printed(contest, sheets=[contest.sheet(0, "A1")], by_seat=True)

    with pytest.raises(PaperRefused, match="没有这一格"):
        keyed(contest, group, "1", "2")


def test_a_signed_sheet_takes_no_paper(contest, form):
    contest.fill(0)
    contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])

    with pytest.raises(CellsRefused) as refused:
        keyed(contest, form, "0")
    assert "已经签名" in next(iter(refused.value.problems.values()))


def test_a_mark_made_since_the_page_was_opened_is_not_replaced(contest, form):
    chain = skill_chain(contest.skill.pk)
    seen = head_of([chain])[chain].seq
    contest.mark(0, 0, "A1.M1", "1")

    with pytest.raises(CellsRefused, match="1 格"):
        keyed(contest, form, "0", head=seen)
    assert keyed(contest, form, "0").entered == 1


def second_officer(contest):
    person = make_person()
    make_appointment(contest.skill, "results-officer", person, by=contest.organizer)
    return make_user(person=person)


def test_where_two_key_only_what_both_say_becomes_marks(contest, form):
    choose_keying(contest.skill, twice=True, by=contest.officer, at=contest.now())
    other = second_officer(contest)
    sheet = contest.sheet(0, "A1").pk

    assert keyed(contest, form, "1", "2", "2", "3") == Keyed(waits=True)
    differs = keyed(contest, form, "1", "2", "3", "3", by=other)
    assert (differs.entered, differs.differs) == (0, ((sheet, "A1.J1", 2),))
    assert marks() == []
    assert keyed(contest, form, "1", "2", "2", "3", by=other).entered == 4
    assert len(marks()) == 4
    assert PaperKeying.objects.filter(entered_at__isnull=True).count() == 0


def test_the_same_person_twice_is_not_two_people(contest, form):
    choose_keying(contest.skill, twice=True, by=contest.officer, at=contest.now())

    assert keyed(contest, form, "1").waits
    assert keyed(contest, form, "1").waits
    assert marks() == []
