"""What is open between people keeps results from being final."""

import pytest

from competitions.actions import close_publicity, open_publicity
from competitions.models import Appeal, Objection
from scoring.actions import publish_release, verify_results
from scoring.errors import ResultsRefused
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def noticed():
    """Verified results whose public notice is over."""
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1, levels="333")
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    contest.notice = open_publicity(
        contest.skill.competition,
        skills=[contest.skill],
        working_days=0,
        reason="演示",
        by=contest.organizer,
        at=contest.now(),
    )
    close_publicity(contest.notice, by=contest.organizer, at=contest.now())
    return contest


def publish(contest):
    return publish_release(
        contest.skill.competition,
        skills=[contest.skill],
        by=contest.organizer,
        at=contest.now(),
    )


def test_an_open_appeal_blocks_the_release(noticed):
    entry = noticed.entries[0]
    appeal = Appeal.objects.create(
        competition=noticed.skill.competition,
        skill=noticed.skill,
        delegation=entry.delegation,
        object_ref=f"competitions.entry:{entry.pk}",
        text="请求复量",
        lodged_by=noticed.organizer,
        lodged_at=noticed.now(),
    )
    with pytest.raises(ResultsRefused, match="1 件申诉没有了结"):
        publish(noticed)
    Appeal.objects.filter(pk=appeal.pk).update(state="withdrawn")

    assert publish(noticed).number


def test_an_open_objection_blocks_the_release(noticed):
    at = noticed.now()
    row = Objection.objects.create(
        notice=noticed.notice,
        skill=noticed.skill,
        source="letter",
        text="单位有误",
        received_on=at.date(),
        entered_by=noticed.organizer,
        entered_at=at,
    )
    with pytest.raises(ResultsRefused, match="1 条公示异议没有了结"):
        publish(noticed)
    Objection.objects.filter(pk=row.pk).update(is_upheld=False, answered_at=at)

    assert publish(noticed).number
