"""Two calculations agree, and whatever is wrong in the first is found by the second."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from scoring.actions.overrides import confirm_override, propose_override
from scoring.actions.penalties import impose_penalty, withdraw_penalty
from scoring.models import Result, Sheet
from tests.scoring.contest import make_contest
from tests.scoring.releases import make_release


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


@pytest.mark.django_db
def test_the_results_officer_reads_whether_both_agree(client):
    contest = make_contest(entries=1)
    contest.fill(0)
    client.force_login(contest.officer)
    page = f"/judge/verify/{contest.skill.pk}/"
    before = client.get(page).content.decode()
    Result.objects.update(points_scaled=5)
    after = client.get(page).content.decode()
    assert "第二次计算一致" in before
    assert "第二次计算不一致，1 处" in after


@pytest.mark.django_db
def test_penalties_are_heard_by_both_until_they_are_withdrawn():
    contest = make_contest(entries=2)
    contest.fill(0)
    taken = [
        impose_penalty(
            contest.entries[0],
            value=Decimal(value),
            is_percent=is_percent,
            clause="4.2",
            reason="提前操作",
            by=contest.chief,
            at=contest.now(),
        )
        for value, is_percent in (("2.5", False), ("10", True))
    ]
    assert shadow("--skill", str(contest.skill.pk))["differences"] == []
    withdraw_penalty(taken[0], reason="误判", by=contest.chief, at=contest.now())
    assert shadow("--skill", str(contest.skill.pk))["differences"] == []
    assert Result.objects.get(entry=contest.entries[0]).points_scaled == 87_000_000


@pytest.mark.django_db
def test_a_confirmed_override_is_heard_by_both():
    contest, release = make_release()
    assert shadow("--release", release.number)["differences"] == []
    entry = contest.entries[1].pk
    chosen = propose_override(
        contest.skill,
        entry=entry,
        name="award",
        value="银牌",
        reason="申诉裁决",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(chosen, by=contest.organizer, at=contest.now())
    assert Result.objects.get(entry=entry).award == "银牌"
    assert shadow("--skill", str(contest.skill.pk))["differences"] == []


def test_random_competitions_agree():
    assert shadow("--random", "150", "--seed", "7") == {
        "competitions": 150,
        "differences": [],
    }


def test_a_planted_rounding_fault_is_found():
    found = shadow("--random", "40", "--seed", "7", "--plant", code=1)
    assert found["differences"]
    assert shadow("--random", "40", "--seed", "7")["differences"] == []
