"""Results after a mark: the marked entry anew, of the others their places alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.actions.results import freeze_board
from scoring.models import Result
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def stored(contest, *names):
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    return list(rows.values_list(*names))


@pytest.fixture
def contest():
    contest = make_contest(facts={"public_from": "on-entry"})
    for entry in range(3):
        contest.mark(0, entry, "A1.M1", "1")
    return contest


def test_a_mark_moves_the_places_of_others_and_nothing_else_of_them(contest):
    before = stored(contest, "points_scaled", "standing", "modules", "public_modules")

    contest.mark(0, 0, "B1.M1", "1")

    after = stored(contest, "points_scaled", "standing", "modules", "public_modules")
    assert [place for (place,) in stored(contest, "place")] == [1, 2, 2]
    assert after[1:] == before[1:]
    assert [module["filled"] for module in after[0][2]] == [1, 1]


def test_results_that_do_not_change_are_not_written(contest):
    contest.mark(0, 0, "B1.M1", "1")
    times = stored(contest, "computed_at")

    contest.mark(0, 0, "B1.M1", "1")

    again = stored(contest, "computed_at")
    assert again[0] > times[0]
    assert again[1:] == times[1:]


def test_modules_of_others_are_not_even_read(contest):
    contest.mark(0, 0, "B1.M1", "1")

    with CaptureQueriesContext(connection) as captured:
        contest.mark(0, 1, "B1.M1", "1")

    reads = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
    assert not any('"modules"' in sql for sql in reads)


def test_a_freeze_keeps_what_the_public_saw_of_a_marked_entry(contest):
    names = ("public_modules", "public_points_scaled", "public_place")
    before = stored(contest, *names)
    freeze_board(contest.skill, by=contest.chief, at=contest.now())

    contest.mark(0, 0, "B1.M1", "1")

    assert stored(contest, *names) == before
    assert stored(contest, "place")[0] == (1,)
