"""``POST /judge/here``: what a tablet says of itself, and who shares its sheet."""

import json
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from scoring.actions.devices import choose_entry_mode
from scoring.models import Device, Visit
from tests.factories import AT
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def say(client, sheet=None, *, device="C-1", tab="t1", **more):
    found = {"v": 1, "device": device, "tab": tab, "sheet": sheet, "unsent": []} | more
    return client.post(
        reverse("judge_here"), json.dumps(found), content_type="application/json"
    )


def texts(answer):
    return [(line["tone"], line["text"]) for line in answer.json()["company"]]


def test_two_judges_two_tabs_and_two_tablets_are_all_warned(contest):
    sheet = contest.sheet(0, "A1").pk
    first, second = contest.judges[:2]
    one, other = signed_in(first), signed_in(second)
    assert texts(say(one, sheet, device="C-1", tab="t1")) == []

    tab = texts(say(one, sheet, device="C-1", tab="t2"))
    tablet = texts(say(one, sheet, device="C-2", tab="t3"))
    colleague = texts(say(other, sheet, device="C-3", tab="t4"))
    back = texts(say(one, sheet, device="C-1", tab="t1"))

    assert [tone for tone, _text in tab] == ["warn"]
    assert "另一个标签页" in tab[0][1]
    assert all("你的账号在另一台设备" in text for _tone, text in tablet)
    assert all(str(first) in text for _tone, text in colleague)
    assert len(back) == 3


def test_the_state_of_a_sheet_tells_of_company_too(contest):
    sheet = contest.sheet(0, "A1").pk
    one, other = signed_in(contest.judges[0]), signed_in(contest.judges[1])
    say(one, sheet, tab="t1")
    say(other, sheet, device="C-2", tab="t2")
    url = reverse("judge_sheet_state", args=[sheet])

    told = one.get(url, headers={"X-Tab": "t1", "X-Tablet": "C-1"}).json()
    silent = one.get(url).json()

    assert [line["tone"] for line in told["company"]] == ["warn"]  # A1.M1 is shared
    assert silent["company"] == []


def test_a_panel_that_agreed_on_one_tablet_is_warned_of_a_second(contest):
    choose_entry_mode(
        contest.skill, panel="A", is_group=True, by=contest.organizer, at=contest.now()
    )
    sheet = contest.sheet(0, "A1").pk
    say(signed_in(contest.judges[0]), sheet, tab="t1")

    ((tone, text),) = texts(
        say(signed_in(contest.judges[1]), sheet, device="C-2", tab="t2")
    )

    assert (tone, "本组约定一台平板录入" in text) == ("warn", True)


def test_a_judge_of_another_panel_is_not_let_in_and_the_panel_is_warned():
    contest = make_contest(two_panels())
    member, stranger = contest.judges[0], contest.judges[2]
    contest.skill.seats.filter(panel="A", judge=stranger).update(left_at=AT)
    sheet = contest.sheet(0, "A1")
    say(signed_in(member), sheet.pk, tab="t1")

    page = signed_in(stranger).get(reverse("judge_sheet", args=[sheet.pk]))
    answer = say(signed_in(stranger), sheet.pk, device="C-9", tab="t9")
    warned = texts(say(signed_in(member), sheet.pk, tab="t1"))

    assert page.status_code == 403
    assert "这张表归别的评分组" in page.content.decode()
    assert "data-aspect" not in page.content.decode()
    assert answer.json()["company"] == []
    assert [(tone, str(stranger) in text) for tone, text in warned] == [("warn", True)]


def two_panels():
    scheme = worldskills_type()
    *first, last = scheme.criteria
    subs = tuple(replace(sub, panel="B") for sub in last.sub_criteria)
    return replace(scheme, criteria=(*first, replace(last, sub_criteria=subs)))


def test_leaving_ends_the_company(contest):
    sheet = contest.sheet(0, "A1").pk
    one, other = signed_in(contest.judges[0]), signed_in(contest.judges[1])
    say(one, sheet, tab="t1")
    say(other, sheet, device="C-2", tab="t2")
    one.post(
        reverse("judge_gone"), '{"v": 1, "tab": "t1"}', content_type="application/json"
    )

    assert texts(say(other, sheet, device="C-2", tab="t2")) == []


def test_what_a_tablet_says_is_stored_and_no_more_than_that(contest):
    sheet = contest.sheet(0, "A1").pk
    client = signed_in(contest.judges[0])

    say(client, sheet, unsent=[[sheet, 3], [10**12, 7]], receipt=[5, "ab"])

    device = Device.objects.get()
    assert device.unsent == {str(sheet): 3}
    assert (device.receipt_seq, device.receipt_hash) == (5, "ab")
    assert (device.user, device.sheet_id) == (contest.judges[0], sheet)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"v":1,"device":"","tab":"t"}',
        '{"v":1,"device":"C","tab":"t","unsent":{}}',
        '{"v":1,"device":"C","tab":"t","unsent":[[1]]}',
        '{"v":1,"device":"C","tab":"t","unsent":[[1,-1]]}',
        '{"v":1,"device":"C","tab":"t","sheet":"1"}',
        '{"v":1,"device":"C\\u0000","tab":"t"}',
        "[" * 3000,
    ],
)
def test_what_is_no_report_is_refused_and_stored_nowhere(contest, text):
    client = signed_in(contest.judges[0])

    answer = client.post(reverse("judge_here"), text, content_type="application/json")

    assert answer.status_code == 400
    assert not Device.objects.exists()
    assert not Visit.objects.exists()


def test_a_sheet_of_another_organizer_is_not_found(contest):
    other = make_contest()

    answer = say(signed_in(other.judges[0]), contest.sheet(0, "A1").pk)

    assert answer.status_code == 404
    assert not Visit.objects.exists()
