"""What marking shows on a competition's page: panels, what is missing, the freeze."""

import pytest

from scoring.actions.results import freeze_board, unfreeze_board
from scoring.readiness import frozen_banner, progress_panels, readiness
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


def titles(contest):
    return [panel.title for panel in progress_panels(contest.skill.competition)]


def test_no_panel_before_sheets_are_made():
    assert titles(make_contest(entries=1, is_open=False)) == []


def test_sheets_at_work_are_shown_below_the_progress():
    contest = make_contest(entries=1)
    before = titles(contest)
    contest.fill(0)
    during = titles(contest)
    contest.sign_all()

    assert (before, during, titles(contest)) == (
        ["赛项进度"],
        ["赛项进度", "评分表"],
        ["赛项进度"],
    )


def test_a_frozen_board_is_named_with_its_time():
    contest = make_contest(entries=1)
    competition = contest.skill.competition
    assert frozen_banner(competition) is None

    freeze_board(contest.skill, by=contest.organizer, at=contest.now())
    banner = frozen_banner(competition)
    unfreeze_board(contest.skill, by=contest.organizer, at=contest.now())

    assert banner.text.startswith(f"{contest.skill.name}的公众看板停在 ")
    assert [label for label, _address in banner.links] == ["看公众所见", "解除封榜…"]
    assert frozen_banner(competition) is None


def test_unsigned_sheets_are_counted_without_a_zero():
    contest = make_contest(entries=1)
    contest.fill(0)
    items = {
        item.code: item.detail
        for item in readiness(contest.skill.competition, contest.now())
    }

    code = f"signatures-{contest.skill.pk}"
    assert items[code] == "2 张评分表没有裁判长签名。"
