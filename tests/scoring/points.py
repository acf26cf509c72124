"""A contest whose totals are typed in: one imported value out of 100 an entry."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from competitions.actions import close_publicity, open_publicity
from scoring.actions import publish_release, verify_results
from scoring.core.scheme import Criterion, Scheme, SubCriterion
from scoring.models import Release, Result
from tests.scoring.contest import Contest, make_contest
from tests.scoring.core.schemes import imported


def points_scheme(**facts: Any) -> Scheme:
    aspect = replace(imported("A1.I1"), step=imported().step)
    sub = SubCriterion("A1", "总分", None, (aspect,))
    return Scheme("总分", (Criterion("A", "总分", (sub,)),), **facts)


def make_points(points: Sequence[str], **scheme: Any) -> Contest:
    """Entries with these totals, all signed; not yet verified."""
    contest = make_contest(points_scheme(**scheme), entries=len(points), judges=1)
    for entry, value in enumerate(points):
        contest.mark(0, entry, "A1.I1", value)
    contest.sign_all()
    return contest


def verify(contest: Contest) -> None:
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())


def publicise(contest: Contest) -> None:
    notice = open_publicity(
        contest.skill.competition,
        skills=[contest.skill],
        working_days=0,
        reason="演示",
        by=contest.organizer,
        at=contest.now(),
    )
    close_publicity(notice, by=contest.organizer, at=contest.now())


def publish(contest: Contest) -> Release:
    return publish_release(
        contest.skill.competition,
        skills=[contest.skill],
        by=contest.organizer,
        at=contest.now(),
    )


def table(contest: Contest) -> list[tuple[int | None, str, int | None]]:
    rows = Result.objects.filter(skill=contest.skill).order_by("entry_id")
    return [(row.place, row.award, row.scale_score) for row in rows]
