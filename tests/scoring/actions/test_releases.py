"""Numbered releases: what blocks them, what they hold, what they supersede."""

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction

from competitions.actions import close_publicity, open_publicity
from scoring.actions import publish_release, verify_results, write_release
from scoring.errors import ResultsRefused
from scoring.models import Release, ReleaseSkill, Result, SkillState
from scoring.signals import results_published
from tests.scoring.contest import make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def verified():
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1, levels="333")
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    return contest


def publicise(contest):
    notice = open_publicity(
        contest.skill.competition,
        skills=[contest.skill],
        working_days=0,
        reason="演示",
        by=contest.organizer,
        at=contest.now(),
    )
    close_publicity(notice, by=contest.organizer, at=contest.now())


def publish(contest):
    return publish_release(
        contest.skill.competition,
        skills=[contest.skill],
        by=contest.organizer,
        at=contest.now(),
        document="川赛〔2026〕9号",
    )


def test_a_release_is_numbered_hashed_and_holds_no_names(verified):
    publicise(verified)

    release = publish(verified)

    text = json.loads(release.text)
    assert release.digest == hashlib.sha256(release.text.encode()).hexdigest()
    assert release.number == f"R-2026-0001-{release.digest[:4].upper()}"
    assert text["competition"]["class"] == "class-1"
    skill = text["skills"][0]
    assert (skill["field"], skill["registered"]) == (2, 2)
    assert [
        (entry["entry"], entry["place"], entry["award"], entry["points"])
        for entry in skill["entries"]
    ] == [
        (verified.entries[1].pk, 1, "金牌", "100.00"),
        (verified.entries[0].pk, 2, "银牌", "96.67"),
    ]
    person = verified.entries[0].members.get().person
    assert skill["entries"][1]["members"][0]["person"] == person.pk
    assert person.name not in release.text
    assert SkillState.objects.get(skill=verified.skill).state == "final"


def test_without_a_closed_notice_nothing_is_published(verified):
    with pytest.raises(ResultsRefused) as early:
        publish(verified)
    notice = open_publicity(
        verified.skill.competition,
        skills=[verified.skill],
        working_days=5,
        by=verified.organizer,
        at=verified.now(),
    )
    with pytest.raises(ResultsRefused) as during:
        publish(verified)
    assert early.value.reasons == ("焊接：还没有公示。",)
    assert during.value.reasons == ("焊接：公示还没有结束。",)
    assert notice.closed_at is None


def test_unverified_results_are_not_published():
    contest = make_contest(entries=1)
    with pytest.raises(ResultsRefused) as refused:
        publish(contest)
    assert refused.value.reasons == ("焊接：成绩还没有复核。",)


def test_nothing_is_published_while_the_second_opinion_differs(verified, monkeypatch):
    publicise(verified)
    row = Result.objects.get(entry=verified.entries[0])
    monkeypatch.setattr("scoring.queries.results.differences", lambda _skill: [])
    Result.objects.filter(pk=row.pk).update(points_scaled=row.points_scaled + 10_000)

    with pytest.raises(ResultsRefused) as refused:
        publish(verified)

    reason = "焊接：第二次计算有 1 处不一致，查清之前不能发布。"
    assert refused.value.reasons == (reason,)
    Result.objects.filter(pk=row.pk).update(points_scaled=row.points_scaled)
    assert publish(verified).number


def test_a_later_release_supersedes_only_the_skills_it_lists(verified):
    publicise(verified)
    first = publish(verified)
    text = json.loads(first.text)["skills"]

    second = write_release(
        verified.skill.competition,
        skills=text,
        by=verified.organizer,
        at=verified.now(),
    )

    assert (second.serial, second.number[:11]) == (2, "R-2026-0002")
    links = ReleaseSkill.objects.order_by("pk").values_list(
        "release__number", "superseded_by__number"
    )
    assert list(links) == [(first.number, second.number), (second.number, None)]


def test_awards_are_told_after_the_commit(verified, django_capture_on_commit_callbacks):
    heard = []

    def hear(sender, release_id, **_more):
        heard.append(release_id)

    results_published.connect(hear)
    publicise(verified)
    with django_capture_on_commit_callbacks(execute=True):
        release = publish(verified)
        assert heard == []
    assert heard == [release.pk]
    results_published.disconnect(hear)


def test_a_release_is_never_changed(verified):
    publicise(verified)
    release = publish(verified)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(document="另一个")
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).delete()
