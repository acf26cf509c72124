"""A published release of the small competition, for the tests of what follows it."""

from typing import Any

from competitions.actions import close_publicity, open_publicity
from scoring.actions import publish_release, verify_results
from scoring.models import Release
from tests.scoring.contest import Contest, make_contest


def make_release(**more: Any) -> tuple[Contest, Release]:
    """Two entries marked, signed, verified, publicised and released."""
    contest = make_contest(entries=2, **more)
    contest.fill(0)
    contest.fill(1, levels="333")
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    notice = open_publicity(
        contest.skill.competition,
        skills=[contest.skill],
        working_days=0,
        reason="演示",
        by=contest.organizer,
        at=contest.now(),
    )
    close_publicity(notice, by=contest.organizer, at=contest.now())
    release = publish_release(
        contest.skill.competition,
        skills=[contest.skill],
        by=contest.organizer,
        at=contest.now(),
    )
    return contest, release
