"""A tablet comes in by its code, its judges by PIN; an unenrolled device stays out."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from people.actions import issue_pins
from people.models import PinFailure, User
from scoring.actions import devices as actions
from scoring.models import Device, Mark
from scoring.views.device_gate import COOKIE
from tests.factories import PASSWORD
from tests.scoring.contest import PIN, make_contest
from tests.scoring.views.test_marks import body, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def signed_in(user, client=None):
    client = client or Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def code_for(contest, name="平板 7"):
    office = signed_in(contest.organizer)
    url = reverse("organize_new_device", args=[contest.skill.competition.code])
    page = office.post(url, {"name": name})
    return office, page.context["word"].replace(" ", "")


def enrolled(contest, name="平板 7"):
    """A tablet's browser after code and confirmation, through the pages."""
    office, word = code_for(contest, name)
    tablet = Client()
    answer = tablet.post(reverse("tablet_enrol", args=[word]), {"client": f"C-{name}"})
    assert answer.status_code == 302
    device = Device.objects.get(name=name)
    office.post(reverse("organize_confirm_device", args=[device.pk]))
    return tablet, Device.objects.get(pk=device.pk)


def require(contest):
    actions.set_device_policy(
        contest.skill.competition,
        is_required=True,
        by=contest.organizer,
        at=contest.now(),
    )


def enter(tablet, user, pin, **more):
    return tablet.post(reverse("tablet_enter"), {"who": user.pk, "pin": pin, **more})


def test_a_code_is_taken_up_confirmed_and_leads_to_the_judges_pin(contest):
    office, word = code_for(contest)
    tablet = Client()
    asked = tablet.get(reverse("tablet_enrol", args=[word]))
    tablet.post(reverse("tablet_enrol", args=[word]), {"client": "C-7"})
    waiting = tablet.get(reverse("tablet_enrolled"))
    early = tablet.get(reverse("tablet_enter"))
    device = Device.objects.get()
    office.post(reverse("organize_confirm_device", args=[device.pk]))

    assert "平板 7" in asked.content.decode()
    check = device.secret_digest[:4].upper()
    assert check in waiting.content.decode()
    assert (
        check
        in office.get(
            reverse("organize_devices", args=[contest.skill.competition.code])
        ).content.decode()
        or Device.objects.get().enrolled_at
    )
    assert "这台设备没有登记" in early.content.decode()
    assert tablet.get(reverse("tablet_enrolled")).url == reverse("tablet_enter")
    page = tablet.get(reverse("tablet_enter")).content.decode()
    assert all(str(judge) in page for judge in contest.judges)
    cookie = tablet.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        "Lax",
        "/judge/",
    )


def test_a_code_that_is_used_or_wrong_says_so(contest):
    _office, word = code_for(contest)
    Client().post(reverse("tablet_enrol", args=[word]), {"client": "C-1"})

    for code in (word, "WRONGONE"):
        assert (
            "登记码不能用"
            in Client().get(reverse("tablet_enrol", args=[code])).content.decode()
        )
        answer = Client().post(reverse("tablet_enrol", args=[code]))
        assert (answer.status_code, COOKIE in answer.cookies) == (400, False)


def test_an_enrolled_tablet_asks_the_pin_and_not_the_password(contest):
    tablet, device = enrolled(contest)
    judge, sheet = contest.judges[0], contest.sheet(0, "A1")
    url = reverse("judge_sheet", args=[sheet.pk])

    turned = tablet.get(url)
    wrong = enter(tablet, judge, "000001", next=url)
    right = enter(tablet, judge, PIN, next=url)

    assert turned.url.startswith(reverse("tablet_enter"))
    assert wrong.status_code == 400
    assert (right.status_code, right.url) == (302, url)
    page = tablet.get(url)
    facts = json.loads(
        re.search(
            r'id="sheet-page" type="application/json">(.*?)</script>',
            page.content.decode(),
            re.DOTALL,
        )[1]
    )
    assert facts["byPin"] is True
    assert 'name="pin"' in page.content.decode()
    counted = PinFailure.objects.filter(user=judge).values_list("device", "scope")
    place = (f"device:{device.pk}", f"competition:{contest.skill.competition_id}")
    assert set(counted) == {place}


def test_a_session_that_ended_is_resumed_by_pin_on_the_same_page(contest):
    tablet, _device = enrolled(contest)
    judge = contest.judges[0]
    enter(tablet, judge, PIN)
    locked = tablet.post(reverse("judge_lock"))
    sent = post(tablet, body(contest))
    url = reverse("judge_resume_by_pin")
    wrong = tablet.post(url, {"username": judge.username, "pin": "000001"})
    right = tablet.post(url, {"username": judge.username, "pin": PIN})

    assert (locked.status_code, sent.status_code) == (200, 401)
    assert (wrong.status_code, right.status_code) == (401, 200)
    assert post(tablet, body(contest)).status_code == 200
    assert Mark.objects.count() == 1


def test_a_pin_is_not_even_looked_at_on_a_device_nobody_enrolled(contest):
    judge = contest.judges[0]
    client = Client()

    pages = [
        enter(client, judge, PIN),
        client.post(reverse("judge_resume_by_pin"), {"username": judge.username}),
    ]

    assert [page.status_code for page in pages] == [400, 401]
    assert not PinFailure.objects.exists()


def test_the_slips_pin_opens_nothing_but_the_choice_of_an_own_one(contest):
    tablet, _device = enrolled(contest)
    judge = User.objects.get(pk=contest.judges[0].pk)
    ((_u, pin),) = issue_pins(
        [judge], reason="重置", by=contest.organizer, at=contest.now()
    )

    first = enter(tablet, judge, pin)
    desk = tablet.get("/judge/")
    different = tablet.post(
        reverse("tablet_own_pin"), {"pin": "802531", "again": "802532"}
    )
    weak = tablet.post(reverse("tablet_own_pin"), {"pin": "111111", "again": "111111"})
    done = tablet.post(reverse("tablet_own_pin"), {"pin": "802531", "again": "802531"})

    assert first.url == reverse("tablet_own_pin")
    assert desk.status_code == 302
    assert (different.status_code, weak.status_code) == (400, 400)
    assert (done.status_code, done.url) == (302, "/judge/")
    assert tablet.get("/judge/").status_code == 200
    assert enter(tablet, judge, pin).status_code == 400


def test_a_person_of_another_competition_is_not_let_in_by_pin(contest):
    other = make_contest()
    tablet, _device = enrolled(contest)

    assert enter(tablet, other.judges[0], PIN).status_code == 400
    assert not PinFailure.objects.exists()


@pytest.mark.parametrize(
    "following", ["https://evil.example/judge/", "/organize/", "//x/"]
)
def test_after_the_pin_no_other_part_of_the_site_is_opened(contest, following):
    tablet, _device = enrolled(contest)

    assert enter(tablet, contest.judges[0], PIN, next=following).url == "/judge/"


def test_where_tablets_are_required_another_device_is_told_why_it_is_refused(contest):
    require(contest)
    client = signed_in(contest.judges[0])
    sheet = contest.sheet(0, "A1")

    page = client.get(reverse("judge_sheet", args=[sheet.pk]))
    desk = client.get("/judge/")
    state = client.get(
        reverse("judge_sheet_state", args=[sheet.pk]), HTTP_ACCEPT="application/json"
    )
    sent = post(client, body(contest))
    review = client.get(reverse("judge_review", args=[contest.skill.pk]))

    assert (page.status_code, review.status_code) == (403, 403)
    assert "这台设备没有登记" in page.content.decode()
    assert "这台设备没有登记" in desk.content.decode()
    assert (state.status_code, state.json()["code"]) == (403, "device-required")
    assert (sent.status_code, sent.json()["code"]) == (403, "device-required")
    assert not Mark.objects.exists()


def test_an_enrolled_tablet_marks_where_tablets_are_required(contest):
    require(contest)
    tablet, _device = enrolled(contest)
    enter(tablet, contest.judges[0], PIN)

    assert post(tablet, body(contest)).status_code == 200
    assert tablet.get("/judge/").context["skills"][0]["total"] == 6


def test_revoking_shuts_a_tablet_out_even_where_any_device_may_mark(contest):
    tablet, device = enrolled(contest)
    enter(tablet, contest.judges[0], PIN)
    actions.revoke_device(device, reason="丢了", by=contest.organizer, at=contest.now())
    with_cookie = post(tablet, body(contest))
    del tablet.cookies[COOKIE]
    without = post(tablet, body(contest))

    assert with_cookie.json()["code"] == without.json()["code"] == "device-revoked"
    assert not Mark.objects.exists()
    assert (
        tablet.get(reverse("judge_sheet", args=[contest.sheet(0, "A1").pk])).status_code
        == 403
    )


def test_any_device_marks_by_password_where_nothing_is_required(contest):
    client = Client()
    judge = contest.judges[0]
    answer = client.post(
        reverse("judge_resume"), {"username": judge.username, "password": PASSWORD}
    )

    assert answer.status_code == 200
    assert post(client, body(contest)).status_code == 200
