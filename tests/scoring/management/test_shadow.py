"""Two calculations agree, and whatever is wrong in the first is found by the second."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from scoring.models import Result, Sheet
from tests.scoring.contest import make_contest


def shadow(*more, code=0):
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as left:
            call_command("shadow", *more, "--json", stdout=out)
        assert left.value.code == code
    else:
        call_command("shadow", *more, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_stored_results_agree():
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.judged(1, "A1.J1", "0", "3", "3")
    expected = {"skills": 1, "results": 2, "differences": []}
    assert shadow("--skill", str(contest.skill.pk)) == expected


@pytest.mark.django_db
def test_a_tampered_place_and_a_tampered_sheet_are_found():
    contest = make_contest(entries=2)
    contest.fill(0)
    Result.objects.filter(entry=contest.entries[0]).update(place=7)
    Sheet.objects.filter(entry=contest.entries[0]).update(points_scaled=5)
    found = shadow(code=1)["differences"]
    assert {row["name"] for row in found} == {"place", "sheet A1", "sheet B1"}


def test_random_competitions_agree():
    assert shadow("--random", "150", "--seed", "7") == {
        "competitions": 150,
        "differences": [],
    }


def test_a_planted_rounding_fault_is_found():
    found = shadow("--random", "40", "--seed", "7", "--plant", code=1)
    assert found["differences"]
    assert shadow("--random", "40", "--seed", "7")["differences"] == []
