"""A waiting scheme version holds verification and is listed for who may confirm it."""

import pytest

from scoring.queries.results import blockers_of, publish_blockers
from scoring.queries.schemes import state_of
from scoring.version_readiness import readiness, waiting
from tests.scoring.contest import make_contest
from tests.scoring.points import verify
from tests.scoring.versions import changed, confirm, propose

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
HELD = "评分方案有 1 个新版本等第二人确认。"


def reworded(scheme):
    return changed(scheme, A1_J1={"description": "外观质量"})


@pytest.fixture
def contest():
    contest = make_contest()
    for entry in range(3):
        contest.fill(entry)
    contest.sign_all()
    return contest


def titles(contest, user):
    return [item.title for item in waiting(contest.skill, user, contest.now())]


def test_it_waits_for_the_chief_judge_and_the_results_officer_alone(contest):
    proposal = propose(contest, reworded)
    said = ["评分方案有新版本等你确认"]
    assert titles(contest, contest.chief) == said
    assert titles(contest, contest.officer) == said
    assert titles(contest, contest.organizer) == []
    (item,) = readiness(contest.skill.competition, contest.now())
    assert "新版方案" in item.title
    confirm(contest, proposal)
    assert titles(contest, contest.chief) == []
    assert readiness(contest.skill.competition, contest.now()) == []


def test_it_holds_verification(contest):
    propose(contest, reworded)
    assert HELD in blockers_of(contest.skill, state_of(contest.skill), 0)


def test_it_holds_publishing(contest):
    verify(contest)
    propose(contest, reworded)
    assert HELD in publish_blockers(contest.skill)
