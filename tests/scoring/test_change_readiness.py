"""Changes under way hold the next phase and stand on the chief judge's list."""

import pytest

from competitions.enums import Phase
from scoring.change_readiness import readiness, waiting
from scoring.models import SkillState
from tests.scoring.changing import approve, ask, put, signed_contest
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


def items(contest):
    competition = contest.skill.competition
    found = readiness(competition, contest.now())
    return [(item.detail, item.state, item.blocks_phase) for item in found]


def test_each_step_of_a_change_holds_the_final_phase(contest):
    assert items(contest) == []
    change = ask(contest)
    assert items(contest) == [("1 项申请待批准", "missing", "final")]
    approve(contest, change)
    assert items(contest) == [("1 格已打开，待录入", "missing", "final")]
    put(contest)
    assert items(contest) == [("1 张改后的评分表待重新签名", "missing", "final")]
    for judge in contest.judges:
        contest.sign(judge, "judge", [contest.sheet(1, "A1")])
    contest.sign(contest.chief, "chief-judge", [contest.sheet(1, "A1")])
    assert items(contest) == []


@pytest.mark.parametrize(
    ("phase", "held"),
    [
        ("competing", "publicity"),
        ("verification", "publicity"),
        ("publicity", "final"),
        ("final", "archived"),
    ],
)
def test_the_phase_that_is_held_follows_the_phase_of_the_competition(
    contest, phase, held
):
    contest.skill.competition.phase = Phase(phase)
    ask(contest)
    assert items(contest)[0][2] == held


def test_released_results_that_were_opened_again_wait_for_the_next_release():
    contest, _release = make_release()
    assert items(contest) == []
    SkillState.objects.update(state="verified")
    details = [detail for detail, _state, _phase in items(contest)]
    assert details == ["已公布的成绩有更正，待重新复核、公示、发布新版本"]


def test_what_waits_for_the_chief_judge_is_on_the_list(contest):
    change = ask(contest)
    (item,) = waiting(contest.skill, contest.chief, contest.now())
    assert (item.title, item.detail, item.url) == (
        "工位 02，A1.J1 申请更改：1 → 3",
        "裁判员提出：录入错误",
        f"/judge/changes/{change.pk}/",
    )
    assert waiting(contest.skill, contest.officer, contest.now()) == []
