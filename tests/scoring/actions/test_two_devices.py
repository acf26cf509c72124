"""Two devices, one cell: every mark is kept; what contradicts waits for confirmation."""

import pytest

from competitions.models import Skill
from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from scoring.actions import enter_marks
from scoring.actions.devices import choose_entry_mode
from scoring.errors import DeviceRefused, SheetIncomplete
from scoring.models import Mark
from scoring.queries.contradictions import contradictions, contradictions_open
from scoring.queries.sheets import sheet_view
from scoring.queries.waiting import waiting_of
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def enter(contest, by, device, aspect, value, **more):
    (outcome,) = enter_marks(
        Skill.objects.get(pk=contest.skill.pk),
        events=[contest.event(0, aspect, value, **more)],
        by=by,
        device=device,
        at=contest.now(),
    )
    return outcome


def cell(aspect="A1.J1", seat=1):
    return Mark.objects.get(code=aspect, seat=seat)


def bodies(contest):
    found = events_of(skill_chain(contest.skill.pk)).filter(type="mark").order_by("seq")
    return [body_of(event) for event in found]


def test_both_marks_of_two_tablets_are_kept_and_the_newest_waits(contest):
    judge = contest.judges[0]
    first = enter(contest, judge, "T-1", "A1.J1", "2", over=0)
    second = enter(contest, judge, "T-2", "A1.J1", "1", over=0)

    assert (first.status, second.status) == ("accepted", "accepted")
    mark = cell()
    assert (mark.value, mark.contradicts, mark.device) == ("1", first.seq, "T-2")
    assert [body["value"] for body in bodies(contest)] == ["2", "1"]
    assert [body.get("contradicts") for body in bodies(contest)] == [None, first.seq]
    told = contradictions(contest.skill, {first.seq})[first.seq]
    assert (told.value, told.by) == ("2", str(judge))


@pytest.mark.parametrize(
    ("value", "device", "over"),
    [
        ("2", "T-2", 0),  # they agree
        ("1", "T-1", 0),  # the same tablet, before it heard the answer
        ("1", "T-2", None),  # a tablet of old says nothing of what it saw
    ],
)
def test_what_is_no_contradiction(contest, value, device, over):
    enter(contest, contest.judges[0], "T-1", "A1.J1", "2", over=0)
    enter(contest, contest.judges[0], device, "A1.J1", value, over=over)

    assert cell().contradicts is None


def test_who_had_seen_the_other_mark_corrects_it_and_contradicts_nothing(contest):
    first = enter(contest, contest.judges[0], "T-1", "A1.J1", "2", over=0)
    enter(contest, contest.judges[0], "T-2", "A1.J1", "1", over=first.seq)

    assert cell().contradicts is None


def test_more_unseen_marks_of_the_second_tablet_do_not_wash_it_away(contest):
    judge = contest.judges[0]
    first = enter(contest, judge, "T-1", "A1.J1", "2", over=0)
    enter(contest, judge, "T-2", "A1.J1", "1", over=0)
    enter(contest, judge, "T-2", "A1.J1", "0", over=0)

    assert (cell().value, cell().contradicts) == ("0", first.seq)


def test_confirming_either_value_is_a_mark_and_lets_the_sheet_be_signed(contest):
    contest.fill(0)
    judge, sheet = contest.judges[0], contest.sheet(0, "A1")
    late = enter(contest, judge, "T-2", "A1.J1", "1", over=0)
    assert [mark.seq for mark in contradictions_open(contest.skill)] == [late.seq]
    assert [
        item.kind for item in waiting_of(contest.skill, contest.chief, contest.now())
    ]
    with pytest.raises(SheetIncomplete) as refused:
        contest.sign(judge, "judge", [contest.sheet(0, "A1")])
    assert refused.value.code == "contradiction"

    enter(contest, judge, "T-1", "A1.J1", "1", over=late.seq)

    assert contradictions_open(contest.skill) == []
    assert contest.sign(judge, "judge", [contest.sheet(0, "A1")])
    assert sheet.pk


def test_two_judges_who_enter_the_groups_value_contradict_each_other(contest):
    first = enter(contest, contest.judges[0], "T-1", "A1.M1", "1", over=0)
    enter(contest, contest.judges[1], "T-2", "A1.M1", "0", over=0)

    mark = cell("A1.M1", 0)
    assert (mark.value, mark.contradicts) == ("0", first.seq)


def test_marking_again_in_conflict_is_on_record_and_wants_a_reason(contest):
    contest.judged(0, "A1.J1", "1", "3", "2")
    contest.mark(0, 0, "A1.J1", "2")
    contest.mark(1, 0, "A1.J1", "2", remark="看错图纸")

    again = cell(seat=1)
    assert (again.settles, again.value) == (True, "2")
    assert [body.get("settles") for body in bodies(contest)] == [None] * 3 + [
        True,
        None,
    ]
    waits = waiting_of(contest.skill, contest.chief, contest.now())
    assert [item.kind for item in waits if item.kind == "remark"] == ["remark"]


# ---- One tablet for a panel


def as_group(contest, is_group=True):
    choose_entry_mode(
        contest.skill,
        panel="A",
        is_group=is_group,
        by=contest.organizer,
        at=contest.now(),
    )


def test_one_judge_enters_for_every_seat_of_a_panel_on_one_tablet(contest):
    as_group(contest)
    typist = contest.judges[0]
    for seat, value in ((1, "2"), (2, "3"), (3, "2")):
        enter(contest, typist, "T-1", "A1.J1", value, seat=seat)

    rows = Mark.objects.filter(code="A1.J1").order_by("seat")
    assert [(m.seat, m.value, m.judge, m.entered_by) for m in rows] == [
        (1, "2", contest.judges[0], None),
        (2, "3", contest.judges[1], typist),
        (3, "2", contest.judges[2], typist),
    ]
    assert {m.device for m in rows} == {"T-1"}
    holders = [body.get("judge") for body in bodies(contest)]
    assert holders == [None, contest.judges[1].actor, contest.judges[2].actor]


def test_the_chief_judge_may_enter_for_a_panel_on_one_tablet_only(contest):
    refused = enter(contest, contest.chief, "T-1", "A1.J1", "2", seat=2)
    as_group(contest)
    taken = enter(contest, contest.chief, "T-1", "A1.J1", "2", seat=2)
    nowhere = enter(contest, contest.chief, "T-1", "A1.J1", "2", seat=9)

    assert [refused.code, taken.status, nowhere.code] == [
        "not-your-sheet",
        "accepted",
        "not-your-sheet",
    ]
    mark = cell(seat=2)
    assert (mark.judge, mark.entered_by) == (contest.judges[1], contest.chief)


def test_with_tablets_of_their_own_nobody_enters_for_another(contest):
    as_group(contest)
    as_group(contest, is_group=False)

    outcome = enter(contest, contest.judges[0], "T-1", "A1.J1", "2", seat=2)

    assert outcome.code == "not-your-sheet"


def test_a_panel_on_one_tablet_sees_every_seat_as_it_is_entered(contest):
    enter(contest, contest.judges[1], "T-2", "A1.J1", "3")
    hidden = sheet_view(contest.sheet(0, "A1"), contest.judges[0])
    as_group(contest)
    shown = sheet_view(contest.sheet(0, "A1"), contest.judges[0])
    led = sheet_view(contest.sheet(0, "A1"), contest.chief)

    def judged(view):
        return next(a for a in view.aspects if a.aspect.code == "A1.J1")

    assert (hidden.is_group, judged(hidden).each) == (False, ())
    assert [other.value for other in judged(hidden).others] == [None, None]
    assert [(seat, mark and mark.value) for seat, mark in judged(shown).each] == [
        (1, None),
        (2, "3"),
        (3, None),
    ]
    assert (led.is_group, led.seat, led.is_read_only) == (True, 1, False)


def test_a_panel_that_is_not_in_the_scheme_has_no_entry_mode(contest):
    with pytest.raises(DeviceRefused) as refused:
        choose_entry_mode(
            contest.skill,
            panel="Q",
            is_group=True,
            by=contest.organizer,
            at=contest.now(),
        )

    assert refused.value.code == "panel-unknown"
