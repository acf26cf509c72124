"""A trainee's marks are recorded and compared, and nothing ever depends on them."""

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions.trainees import Practised, enter_trainee_marks
from scoring.errors import MarkingRefused
from scoring.models import Mark, Result, Sheet, TraineeMark
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from scoring.queries.sheets import signing_digest
from scoring.queries.trainees import practise_rows, trainee_rows
from tests.scoring.contest import make_contest
from tests.scoring.teams import official

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(entries=2)


@pytest.fixture
def trainee(contest):
    return official(contest, "trainee", name="见习一")


def practise(contest, who, entry=0, **marks):
    given = {code.replace("_", "."): value for code, value in marks.items()}
    return enter_trainee_marks(
        contest.sheet(entry, "A1"), marks=given, by=who, at=contest.now()
    )


def picture(contest):
    """Everything that must not move when a trainee marks."""
    sheets = Sheet.objects.filter(skill=contest.skill).order_by("pk")
    return (
        list(sheets.values()),
        list(Result.objects.order_by("pk").values()),
        list(Mark.objects.order_by("pk").values()),
        signing_digest(contest.skill, list(sheets), "judge"),
    )


def test_a_trainees_marks_move_nothing(contest, trainee):
    contest.fill(0)
    before = picture(contest)

    refused = practise(
        contest, trainee, A1_M1=Practised(value="0"), A1_J1=Practised(value="3")
    )

    assert refused == {}
    assert picture(contest) == before
    assert (differences(contest.skill), opinion_differences(contest.skill)) == ([], [])
    kinds = events_of(skill_chain(contest.skill.pk)).values_list("type", flat=True)
    assert list(kinds)[-2:] == ["trainee-mark", "trainee-mark"]


def test_what_is_as_it_was_is_not_recorded_again_and_nothing_takes_it_back(
    contest, trainee
):
    for _time in range(2):
        practise(contest, trainee, A1_J1=Practised(value="3"))
    once = TraineeMark.objects.count()
    practise(contest, trainee, A1_J1=Practised(value=""))

    assert (once, TraineeMark.objects.count()) == (1, 0)
    kinds = events_of(skill_chain(contest.skill.pk)).values_list("type", flat=True)
    assert list(kinds)[-2:] == ["trainee-mark", "trainee-withdraw"]


def test_what_does_not_fit_is_refused_by_aspect(contest, trainee):
    refused = practise(
        contest,
        trainee,
        A1_J1=Practised(value="9"),
        Z1_M1=Practised(value="1"),
        A1_M1=Practised(state="absent"),
    )
    assert set(refused) == {"A1.J1", "Z1.M1"}
    assert TraineeMark.objects.get().state == "absent"


@pytest.mark.parametrize("who", ["judge", "chief", "organizer"])
def test_only_a_trainee_of_the_skill_practises(contest, who):
    user = contest.judges[0] if who == "judge" else getattr(contest, who)
    with pytest.raises(MarkingRefused) as refused:
        practise(contest, user, A1_J1=Practised(value="3"))
    assert refused.value.code == "not-trainee"


def test_a_trainee_cannot_enter_a_real_mark(contest, trainee):
    contest.judges.append(trainee)
    assert contest.mark(3, 0, "A1.J1", "2").code == "not-your-sheet"


def test_the_chief_judge_reads_how_far_a_trainee_lies_from_the_panel(contest, trainee):
    contest.judged(0, "A1.J1", "2", "2", "2")
    contest.mark(0, 0, "A1.M1", "1")
    practise(contest, trainee, A1_J1=Practised(value="3"), A1_M1=Practised(value="1"))
    practise(contest, trainee, entry=1, A1_J1=Practised(value="0"))

    (row,) = trainee_rows(contest.skill)

    found = row.deviation
    assert (row.name, row.entered) == ("见习一", 3)
    assert (found.compared, found.equal) == (2, 1)
    assert (str(found.mean), str(found.largest)) == ("1/6", "1/3")
    assert [
        (each.sub_code, each.aspects, each.filled)
        for each in practise_rows(trainee, contest.skill)
    ] == [("A1", 2, 2), ("A1", 2, 1), ("B1", 1, 0), ("B1", 1, 0)]
