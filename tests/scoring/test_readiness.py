"""What marking shows on a competition's page: panels, what is missing, the freeze."""

import pytest

from scoring.actions import verify_results
from scoring.actions.results import freeze_board, unfreeze_board
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    sign_verification,
)
from scoring.models import Result
from scoring.queries.verification import worklist_of
from scoring.readiness import frozen_banner, progress_panels, readiness
from tests.scoring.contest import PIN, make_contest
from tests.scoring.releases import make_release

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


def states(contest):
    """What readiness says of the skill from its signatures on, by code."""
    suffix = f"-{contest.skill.pk}"
    return {
        item.code.removesuffix(suffix): item.state
        for item in readiness(contest.skill.competition, contest.now())
        if item.code.endswith(suffix) and item.blocks_phase in ("publicity", "final")
    }


def test_the_way_to_the_final_release_is_a_list_of_steps():
    contest = make_contest(entries=2, is_sampled=True)
    contest.fill(0)
    contest.fill(1, levels="333")
    contest.sign_all()
    signed = states(contest)
    assert (signed["sampled"], signed["verified"]) == ("missing", "missing")
    draw = draw_verification(contest.skill, by=contest.officer, at=contest.now())
    for line in worklist_of(draw).lines:
        check_sheet(
            draw,
            sheet=line.sheet,
            finding=Finding(),
            by=contest.officer,
            at=contest.now(),
        )
    sign_verification(draw, secret=PIN, note="", by=contest.officer, at=contest.now())
    assert states(contest)["sampled"] == "done"
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    verified = states(contest)

    assert (verified["verified"], verified["opinion"]) == ("done", "done")
    assert (verified["noticed"], verified["released"]) == ("missing", "missing")


def test_a_stored_result_that_no_calculation_confirms_blocks_the_release():
    contest, _release = make_release()
    assert states(contest)["opinion"] == states(contest)["corrected"] == "done"
    Result.objects.filter(entry=contest.entries[0]).update(points_scaled=1)

    found = states(contest)
    assert (found["opinion"], found["corrected"]) == ("missing", "missing")


def test_what_blocks_decode_is_the_verification_of_that_skill():
    contest = make_contest(entries=1)
    items = readiness(contest.skill.competition, contest.now())
    blocking = [
        (item.skill, item.state) for item in items if item.blocks_step == "decode"
    ]

    assert blocking == [(contest.skill.pk, "missing")]
