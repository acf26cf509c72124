"""Overrides of places and awards: two people, the ledger, and recomputation."""

import json

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions.overrides import (
    confirm_override,
    drop_override,
    propose_override,
)
from scoring.errors import OverrideRefused, ResultsRefused
from scoring.models import Override
from scoring.queries.rebuilding import differences
from tests.scoring.points import make_points, publicise, publish, table, verify

pytestmark = pytest.mark.django_db

# WSC2024 skill 38 by its scale scores 743, 739, 737: four apart, yet 739 had gold.
SKILL_38 = ("71.25", "69.27", "68.29", "60", "50", "45", "42", "41", "38")


@pytest.fixture
def skill_38():
    contest = make_points(SKILL_38, medal_rule="worldskills-2024")
    verify(contest)
    return contest


def propose(contest, entry=1, name="award", value="金牌", **more):
    return propose_override(
        contest.skill,
        entry=contest.entries[entry].pk,
        name=name,
        value=value,
        reason=more.pop("reason", "申诉成立，见仲裁记录 3"),
        by=more.pop("by", contest.officer),
        at=contest.now(),
    )


def test_skill_38_of_2024_has_the_medals_that_were_awarded(skill_38):
    assert table(skill_38)[:3] == [
        (1, "金牌", 743), (2, "银牌", 739), (2, "银牌", 737),
    ]  # fmt: skip

    confirm_override(propose(skill_38), by=skill_38.chief, at=skill_38.now())
    place = propose(skill_38, name="place", value="1")
    confirm_override(place, by=skill_38.chief, at=skill_38.now())
    third = propose(skill_38, entry=2, name="place", value="3")
    confirm_override(third, by=skill_38.chief, at=skill_38.now())

    assert table(skill_38)[:3] == [
        (1, "金牌", 743), (1, "金牌", 739), (3, "银牌", 737),
    ]  # fmt: skip
    assert differences(skill_38.skill) == []


def test_an_override_reaches_the_release_and_its_event_tells_all(skill_38):
    confirm_override(propose(skill_38), by=skill_38.chief, at=skill_38.now())
    publicise(skill_38)

    text = json.loads(publish(skill_38).text)

    medals = [entry["award"] for entry in text["skills"][0]["entries"][:3]]
    assert medals == ["金牌", "金牌", "银牌"]
    event = events_of(skill_chain(skill_38.skill.pk)).filter(type="override").get()
    assert event.actor == skill_38.chief.actor
    assert json.loads(event.body) == {
        "override": Override.objects.get().pk,
        "entry": skill_38.entries[1].pk,
        "name": "award",
        "value": "金牌",
        "before": "银牌",
        "reason": "申诉成立，见仲裁记录 3",
        "proposed_by": skill_38.officer.actor,
    }


def test_nothing_changes_before_the_second_person(skill_38):
    before = table(skill_38)
    waiting = propose(skill_38)
    with pytest.raises(OverrideRefused) as alone:
        confirm_override(waiting, by=skill_38.officer, at=skill_38.now())
    with pytest.raises(OverrideRefused) as twice:
        propose(skill_38, value="铜牌")
    assert (alone.value.code, twice.value.code) == ("same-person", "waiting")
    assert table(skill_38) == before

    publicise(skill_38)
    with pytest.raises(ResultsRefused) as refused:
        publish(skill_38)
    assert "有 1 项更正待第二人确认。" in refused.value.message

    drop_override(waiting, by=skill_38.officer, at=skill_38.now())
    with pytest.raises(OverrideRefused) as late:
        confirm_override(waiting, by=skill_38.chief, at=skill_38.now())
    assert late.value.code == "not-waiting"
    assert table(skill_38) == before


def test_going_back_to_the_calculation_is_an_override_too(skill_38):
    before = table(skill_38)
    confirm_override(propose(skill_38), by=skill_38.chief, at=skill_38.now())
    back = propose(skill_38, value=None)
    confirm_override(back, by=skill_38.chief, at=skill_38.now())
    assert table(skill_38) == before
    assert differences(skill_38.skill) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"name": "place", "value": "0"}, "place"),
        ({"name": "place", "value": "10"}, "place"),
        ({"name": "place", "value": "１"}, "place"),  # noqa: RUF001
        ({"value": "奖" * 41}, "award"),
    ],
)
def test_a_bad_override_is_refused(skill_38, change, code):
    with pytest.raises(OverrideRefused) as refused:
        propose(skill_38, **change)
    assert refused.value.code == code
    assert Override.objects.count() == 0


def test_running_results_cannot_be_overridden():
    contest = make_points(("80", "70"))
    with pytest.raises(OverrideRefused) as refused:
        propose(contest)
    assert refused.value.code == "not-verified"
