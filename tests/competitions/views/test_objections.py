"""The public notice page: objections, breaking off, nothing left to open."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from competitions.actions import open_publicity
from competitions.models import Objection
from competitions.queries import local_day
from tests.competitions.disputes import make_court

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make_court()


@pytest.fixture
def notice(court):
    return open_publicity(
        court.competition, skills=[court.skill], working_days=5,
        by=court.organizer, at=timezone.now(),
    )  # fmt: skip


def text(answer):
    return answer.content.decode()


def publicity(court):
    return reverse("organize_publicity", args=[court.competition.code])


def test_with_nothing_left_no_notice_is_offered(client, court, notice):
    client.force_login(court.organizer)
    page = text(client.get(publicity(court)))

    assert "开始公示" not in page
    assert "没有要发起的" in page


def test_without_a_notice_it_is_offered(client, court):
    client.force_login(court.organizer)

    assert "开始公示" in text(client.get(publicity(court)))


def test_a_letter_is_entered_answered_and_put_right(client, court, notice):
    client.force_login(court.organizer)
    new = reverse("organize_objection_new", args=[court.competition.code, notice.pk])
    today = local_day(court.competition, timezone.now())
    given = {
        "skill": court.skill.pk,
        "source": "letter",
        "received_on": today.isoformat(),
        "name": "郝群众",
        "contact": "13800000000",
        "text": "单位有误",
    }
    assert client.post(new, given).status_code == 302
    row = Objection.objects.get()
    page = reverse("organize_objection", args=[row.pk])
    listed = text(client.get(publicity(court)))
    shown = text(client.get(page))
    client.post(page, {"upheld": "yes", "answer": "属实"})
    client.post(
        reverse("organize_objection_remedy", args=[row.pk]), {"words": "单位已更正"}
    )

    assert "郝群众" not in listed and "13800000000" not in listed
    assert "郝群众" in shown and "13800000000" in shown
    assert "单位已更正" in text(client.get(page))


def test_a_day_outside_the_notice_is_said(client, court, notice):
    client.force_login(court.organizer)
    new = reverse("organize_objection_new", args=[court.competition.code, notice.pk])
    given = {
        "skill": court.skill.pk,
        "source": "phone",
        "received_on": date(2020, 1, 1).isoformat(),
        "text": "迟到",
    }
    answer = client.post(new, given)

    assert answer.status_code == 400
    assert "公示期内" in text(answer)


def test_the_leader_objects_on_the_own_page(client, court, notice):
    client.force_login(court.leader)
    home = text(client.get(reverse("delegation_home")))
    url = reverse("delegation_objection", args=[court.delegation.pk])
    client.post(url, {"skill": court.skill.pk, "text": "名次有误"})

    assert url in home
    row = Objection.objects.get()
    assert (row.source, row.delegation, row.text) == (
        "leader",
        court.delegation,
        "名次有误",
    )


def test_others_do_not_see_objections(client, court, notice):
    client.force_login(court.first)
    page = client.get(publicity(court))

    assert "登记异议" not in text(page)
    url = reverse("organize_objection_new", args=[court.competition.code, notice.pk])
    assert client.get(url).status_code == 403


def test_a_notice_is_broken_off_with_a_reason(client, court, notice):
    client.force_login(court.organizer)
    url = reverse("organize_publicity_void", args=[court.competition.code, notice.pk])
    client.post(url, {"reason": "裁定改分"})
    page = text(client.get(publicity(court)))

    assert "裁定改分" in page
    assert "开始公示" in page
