"""What stands in the way of publishing: both calculations, run anew or remembered."""

import pytest

from scoring.models import Result, Sheet
from scoring.queries import results
from scoring.queries.results import publish_blockers
from tests.scoring.releases import make_release

pytestmark = pytest.mark.django_db
DIFFERS = "第二次计算有 1 处不一致，查清之前不能发布。"


@pytest.fixture
def skill():
    contest, _release = make_release()
    return contest.skill


@pytest.fixture
def calls(monkeypatch):
    heard = []
    for name in ("differences", "opinion_differences"):
        right = getattr(results, name)

        def counted(skill, name=name, right=right):
            heard.append(name)
            return right(skill)

        monkeypatch.setattr(results, name, counted)
    return heard


def test_a_page_remembers_what_both_said_of_the_same_facts(skill, calls):
    assert publish_blockers(skill, remembered=True) == []
    assert publish_blockers(skill, remembered=True) == []
    assert calls == ["differences", "opinion_differences"]


def test_a_changed_result_or_sheet_is_looked_at_anew(skill, calls):
    publish_blockers(skill, remembered=True)
    Result.objects.filter(place=1).update(award="银牌")
    assert DIFFERS in publish_blockers(skill, remembered=True)
    Result.objects.filter(place=1).update(award="金牌")
    Sheet.objects.filter(pk=Sheet.objects.earliest("pk").pk).update(points_scaled=1)
    assert DIFFERS in publish_blockers(skill, remembered=True)


def test_publishing_itself_remembers_nothing(skill, calls):
    assert publish_blockers(skill) == publish_blockers(skill) == []
    assert len(calls) == 4
