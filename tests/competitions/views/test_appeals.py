"""The pages of appeals: a leader lodges, supervisors rule, organizers put right."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competitions.actions import end_skill
from competitions.models import Appeal, Competition
from tests.competitions.disputes import PIN, make_court, official
from tests.factories import AT, make_delegation, make_entry, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make_court()


def text(answer):
    return answer.content.decode()


def lodge(client, court, **changes):
    client.force_login(court.leader)
    url = reverse("delegation_appeal_new", args=[court.delegation.pk])
    given = {"about": f"entry:{court.entry.pk}", "text": "请求复量第三项"}
    return client.post(url, given | changes)


def rule(client, appeal, by, **changes):
    client.force_login(by)
    given = {
        "granted": "yes",
        "clause": "规程二十一条",
        "reason": "确有误",
        "secret": PIN,
    }
    url = reverse("organize_rule_appeal", args=[appeal.pk])
    return client.post(url, given | changes)


def test_an_appeal_goes_from_the_leader_to_its_remedy(client, court):
    photo = SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff")
    assert lodge(client, court, file=photo).status_code == 302
    appeal = Appeal.objects.get()
    assert "待裁定" in text(client.get(reverse("delegation_home")))
    ruled = rule(client, appeal, court.first)
    client.force_login(court.leader)
    mine = text(client.get(reverse("delegation_appeal", args=[appeal.pk])))
    answer_url = reverse("delegation_appeal_answer", args=[appeal.pk])
    client.post(answer_url, {"answer": "accept"})
    client.force_login(court.organizer)
    page = reverse("organize_appeal", args=[appeal.pk])
    before = text(client.get(page))
    remedy = reverse("organize_appeal_remedy", args=[appeal.pk])
    client.post(remedy, {"words": "已改正评分"})

    assert ruled.status_code == 302
    assert "确有误" in mine and "你的答复" in mine
    assert "裁定支持，待落实" in before
    assert "已改正评分" in text(client.get(page))
    stored = client.get(reverse("organize_appeal_file", args=[appeal.pk]))
    assert (stored.content, stored["Content-Type"]) == (
        b"\xff\xd8\xff",
        "application/octet-stream",
    )


def test_too_late_is_said_on_the_form(client, court):
    end_skill(court.skill, by=court.organizer, at=AT)
    answer = lodge(client, court)

    assert answer.status_code == 400
    assert "已经超过时限" in text(answer)
    assert not Appeal.objects.exists()


def test_another_delegation_and_its_appeals_are_not_found(client, court):
    lodge(client, court)
    other = make_court()
    client.force_login(other.leader)
    appeal = Appeal.objects.get()

    for name in ("delegation_appeal", "delegation_appeal_file"):
        assert client.get(reverse(name, args=[appeal.pk])).status_code == 404
    url = reverse("delegation_appeal_new", args=[court.delegation.pk])
    assert client.get(url).status_code == 404


def test_an_entry_of_another_delegation_is_no_choice(client, court):
    rival = make_entry(court.skill, delegation=make_delegation(court.competition))
    answer = lodge(client, court, about=f"entry:{rival.pk}")

    assert (answer.status_code, Appeal.objects.count()) == (400, 0)


def test_a_supervisor_of_another_skill_does_not_read_it(client, court):
    lodge(client, court)
    appeal = Appeal.objects.get()
    elsewhere = official(make_skill(court.competition), "supervisor")
    client.force_login(elsewhere)
    page = client.get(reverse("organize_appeals", args=[court.competition.code]))

    assert client.get(reverse("organize_appeal", args=[appeal.pk])).status_code == 404
    assert court.delegation.name not in text(page)
    assert rule(client, appeal, elsewhere).status_code == 404


def test_organizers_read_but_do_not_rule(client, court):
    lodge(client, court)
    appeal = Appeal.objects.get()
    client.force_login(court.organizer)
    page = client.get(reverse("organize_appeal", args=[appeal.pk]))

    assert (page.status_code, page.context["ruling_form"]) == (200, None)
    assert rule(client, appeal, court.organizer).status_code == 403


def test_a_wrong_pin_is_said_and_nothing_is_ruled(client, court):
    lodge(client, court)
    answer = rule(client, Appeal.objects.get(), court.first, secret="000001")

    assert answer.status_code == 400
    assert "PIN 或口令不对" in text(answer)
    assert Appeal.objects.get().state == "lodged"


def test_the_end_of_a_skill_starts_the_clock(client, court):
    client.force_login(court.organizer)
    page = reverse("organize_appeals", args=[court.competition.code])
    assert "记录赛项结束</button>" in text(client.get(page))
    client.post(reverse("organize_end_skill", args=[court.skill.pk]))

    court.skill.refresh_from_db()
    assert court.skill.ended_at is not None
    assert "记录赛项结束</button>" not in text(client.get(page))


def test_readiness_names_open_appeals_with_a_link(client, court):
    lodge(client, court)
    Competition.objects.filter(pk=court.competition.pk).update(phase="publicity")
    client.force_login(court.organizer)
    page = text(
        client.get(reverse("organize_competition", args=[court.competition.code]))
    )

    assert "焊接：待裁定" in page
    assert reverse("organize_appeals", args=[court.competition.code]) in page
