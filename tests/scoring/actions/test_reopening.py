"""Opened again: void signatures, provisional results, and both calculations agree."""

import json

import pytest
from django.urls import reverse

from competitions.actions import ObjectionFacts, enter_objection, open_publicity
from competitions.models import PublicNotice
from ledger.actions import lock_chains
from ledger.core.chain import skill_chain
from ledger.models import Event
from scoring.actions.overrides import confirm_override, propose_override
from scoring.actions.reopening import reopen_results, void_signatures
from scoring.actions.results import refresh_skill
from scoring.models import Sheet, Signature
from scoring.queries.boards import board_view
from scoring.queries.rebuilding import differences
from scoring.queries.results import publish_blockers, result_state_of
from scoring.queries.schemes import state_of
from scoring.queries.second_opinion import opinion_differences
from tests.factories import make_skill
from tests.scoring.points import make_points, publicise, publish, table, verify

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    return make_points(("90", "80", "70"))


def agree(contest):
    return (differences(contest.skill), opinion_differences(contest.skill)) == ([], [])


def reopen(contest, sheets=()):
    at = contest.now()
    lock_chains([skill_chain(contest.skill.pk)], at=at)
    state = state_of(contest.skill)
    void_signatures(contest.skill, sheets, cause="测试", by=contest.chief, at=at)
    was = reopen_results(contest.skill, state, cause="测试", by=contest.chief, at=at)
    refresh_skill(contest.skill, state, at=at)
    return was


def test_running_results_are_not_reopened(contest):
    assert not reopen(contest)
    assert agree(contest)


def test_a_void_signature_frees_its_sheets_and_no_other(contest):
    sheet = contest.sheet(0, "A1")
    reopen(contest, [sheet])

    rows = Sheet.objects.order_by("pk").values_list("state", "version", "signers")
    assert [(state, version, bool(who)) for state, version, who in rows] == [
        ("complete", 2, False), ("chief-signed", 1, True), ("chief-signed", 1, True),
    ]  # fmt: skip
    assert Signature.objects.filter(void_at__isnull=False).count() == 0
    assert contest.mark(0, 0, "A1.I1", "60").code == ""
    contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])
    contest.sign(contest.chief, "chief-judge", [contest.sheet(0, "A1")])
    assert table(contest) == [(3, "", None), (1, "", None), (2, "", None)]
    assert agree(contest)


def test_a_signature_without_sheets_is_void(contest):
    reopen(contest, list(Sheet.objects.select_related("sub_criterion")))
    assert Signature.objects.filter(void_at__isnull=True).count() == 0
    assert set(Sheet.objects.values_list("state", flat=True)) == {"complete"}


def test_verified_results_become_provisional_and_come_back_with_overrides(contest):
    verify(contest)
    waiting = propose_override(
        contest.skill,
        entry=contest.entries[1].pk,
        name="award",
        value="金牌",
        reason="申诉成立",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(waiting, by=contest.chief, at=contest.now())
    before = table(contest)

    assert reopen(contest)

    assert result_state_of(contest.skill) == "provisional"
    assert table(contest) == [(1, "", None), (2, "", None), (3, "", None)]
    assert agree(contest)
    verify(contest)
    assert table(contest) == before
    assert agree(contest)


def test_after_a_release_the_next_needs_verification_and_notice(contest):
    verify(contest)
    publicise(contest)
    first = publish(contest)
    assert result_state_of(contest.skill) == "final"

    reopen(contest)

    assert publish_blockers(contest.skill) == ["成绩还没有复核。"]
    verify(contest)
    assert result_state_of(contest.skill) == "verified"
    assert publish_blockers(contest.skill) == ["还没有公示。"]
    publicise(contest)
    second = publish(contest)
    assert result_state_of(contest.skill) == "final"
    assert first.supersedes.count() == 0
    assert second.supersedes.get().release == first


def announce(contest, *others):
    return open_publicity(
        contest.skill.competition,
        skills=[contest.skill, *others],
        working_days=5,
        by=contest.organizer,
        at=contest.now(),
    )


def test_a_running_notice_is_broken_off_by_the_reopening_itself(contest, client):
    contest.skill.competition.phase = "publicity"
    contest.skill.competition.save()
    verify(contest)
    notice = announce(contest)
    facts = ObjectionFacts("工位号不符", contest.clock.date())
    enter_objection(
        notice,
        skill=contest.skill,
        facts=facts,
        by=contest.organizer,
        at=contest.now(),
    )

    assert reopen(contest)

    notice.refresh_from_db()
    assert (notice.void_reason, notice.closed_at) == (
        *("成绩重新打开：测试", contest.clock),
    )
    body = json.loads(Event.objects.get(type="publicity-voided").body)
    assert body["skills"] == [contest.skill.pk]
    assert "公示已于" in board_view(contest.skill, "public", contest.now()).note
    client.force_login(contest.organizer)
    objection = notice.objections.get()
    page = client.get(reverse("organize_objection", args=[objection.pk]))
    code = [contest.skill.competition.code]
    listed = client.get(reverse("organize_publicity", args=code)).content.decode()
    assert "工位号不符" in page.content.decode()
    assert "成绩重新打开" in listed and "已中止" in listed
    verify(contest)
    announce(contest)
    assert board_view(contest.skill, "public", contest.now()).note == ""


def test_other_skills_of_the_notice_keep_their_days(contest):
    other = make_skill(contest.skill.competition)
    verify(contest)
    notice = announce(contest, other)

    reopen(contest)

    rows = PublicNotice.objects.order_by("pk")
    assert [(row.skills, bool(row.void_reason), row.ends_on) for row in rows] == [
        ([other.pk], False, notice.ends_on),
        ([contest.skill.pk], True, notice.ends_on),
    ]


def test_a_notice_that_ended_stays_as_it_was(contest):
    verify(contest)
    publicise(contest)

    reopen(contest)

    assert PublicNotice.objects.get().void_reason == ""
    assert not Event.objects.filter(type="publicity-voided").exists()
