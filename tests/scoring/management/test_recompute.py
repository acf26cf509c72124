"""The command finds what was tampered with, and nothing else."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from scoring.models import Mark, Result, Sheet
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


def recompute(*more, code=0):
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as left:
            call_command("recompute", *more, "--json", stdout=out)
        assert left.value.code == code
    else:
        call_command("recompute", *more, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def contest():
    contest = make_contest(entries=3)
    contest.fill(0)
    contest.mark(0, 1, "A1.M1", "1")
    contest.mark(0, 1, "A1.M1", "0")
    contest.judged(1, "A1.J1", "0", "3", "3")
    contest.mark(0, 2, "A1.M1", "1")
    contest.mark(0, 2, "A1.M1", "")
    return contest


def test_untouched_results_agree_with_the_ledger(contest):
    assert recompute("--check") == {"results": 3, "differences": 0}


def test_a_tampered_result_is_found(contest):
    Result.objects.filter(entry=contest.entries[0]).update(points_scaled=99_000_000)

    found = recompute("--check", code=1)

    assert found["differences"] == 1
    assert found["found"] == [
        {
            "skill": contest.skill.pk,
            "entry": contest.entries[0].pk,
            "name": "points",
            "stored": "99000000",
            "rebuilt": "96670000",
        }
    ]


def test_a_tampered_sheet_is_found(contest):
    Sheet.objects.filter(entry=contest.entries[0]).update(points_scaled=1)
    names = {each["name"] for each in recompute("--check", code=1)["found"]}
    assert names == {"sheet A1", "sheet B1"}


def test_tampered_marks_change_nothing_that_is_rebuilt(contest):
    Mark.objects.update(value="0")
    assert recompute("--check")["differences"] == 0


def test_without_check_running_results_are_written_anew(contest):
    Result.objects.update(place=9)
    assert recompute("--check", code=1)["differences"] > 0
    assert recompute() == {"results": 3, "differences": 0}
