"""公示: working days, and closed by hand only."""

from datetime import timedelta

import pytest

from competitions.actions import close_publicity, may_close, open_publicity
from competitions.errors import PublicityRefused
from competitions.queries import notice_covering
from tests.factories import AT, make_competition, make_skill, make_user

pytestmark = pytest.mark.django_db


def opened(skill, days=5, at=AT, **facts):
    return open_publicity(
        skill.competition,
        skills=[skill],
        working_days=days,
        by=make_user(),
        at=at,
        **facts,
    )


def test_the_last_day_counts_in_full():
    notice = opened(make_skill(), days=5)  # Tuesday 1 September
    last_minute = AT + timedelta(days=7, hours=14, minutes=59)  # 8 Sept., 23:59

    assert notice.ends_on.isoformat() == "2026-09-08"
    assert not may_close(notice, last_minute)
    with pytest.raises(PublicityRefused, match="2026-09-08"):
        close_publicity(notice, by=make_user(), at=last_minute)
    close_publicity(notice, by=make_user(), at=last_minute + timedelta(minutes=1))
    assert notice.closed_at is not None


def test_holidays_are_not_counted():
    at = AT + timedelta(days=28)  # 29 September: 国庆 begins on the 1st

    assert opened(make_skill(), days=2, at=at).ends_on.isoformat() == "2026-10-08"


def test_zero_days_need_a_reason_and_close_at_once():
    skill = make_skill()
    with pytest.raises(PublicityRefused, match="原因"):
        opened(skill, days=0)
    notice = opened(skill, days=0, reason="企业内部竞赛")

    close_publicity(notice, by=make_user(), at=AT)

    assert notice_covering(skill) == notice


def test_a_skill_is_published_once_at_a_time_and_by_its_own_competition():
    skill = make_skill()
    opened(skill)

    with pytest.raises(PublicityRefused, match="已经在公示"):
        opened(skill)
    with pytest.raises(PublicityRefused, match="不属于"):
        open_publicity(
            make_competition(),
            skills=[skill],
            working_days=5,
            by=make_user(),
            at=AT,
        )
