"""The judge's desk and sheet pages: whose they are, and what they tell the tablet."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from scoring.models import JudgeCall
from tests.factories import PASSWORD
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def facts_of(response, name="sheet-page"):
    found = re.search(
        rf'<script id="{name}" type="application/json">(.*?)</script>',
        response.content.decode(),
        re.DOTALL,
    )
    return json.loads(found[1])


def sheet_url(contest, entry=0, sub="A1"):
    return reverse("judge_sheet", args=[contest.sheet(entry, sub).pk])


def test_desk_offers_the_next_sheet_in_one_tap(contest):
    response = signed_in(contest.judges[0]).get("/judge/")

    assert response.status_code == 200
    (item,) = response.context["skills"]
    assert (item["done"], item["total"], item["to_sign"]) == (0, 6, 0)
    assert sheet_url(contest) in response.content.decode()
    assert item["next"].id == contest.sheet(0, "A1").pk


def test_desk_of_a_stranger_is_empty_and_says_what_to_do(contest):
    other = make_contest()

    page = signed_in(other.judges[0]).get("/judge/")
    foreign = signed_in(other.judges[0]).get(sheet_url(contest))

    assert contest.skill not in [item["skill"] for item in page.context["skills"]]
    assert foreign.status_code == 404


def test_sheet_page_tells_the_tablet_everything_it_needs_offline(contest):
    response = signed_in(contest.judges[1]).get(sheet_url(contest))

    facts = facts_of(response)
    assert facts["editable"] is True
    assert facts["user"] == contest.judges[1].pk
    assert facts["nextSheet"]["url"] == sheet_url(contest, entry=1)
    judged = facts["aspects"]["A1.J1"]
    assert (judged["control"], judged["seat"], judged["canEnter"]) == ("level", 2, True)
    assert facts["aspects"]["A1.M1"]["seat"] == 0


def test_colleagues_values_appear_only_when_all_have_entered(contest):
    contest.judged(0, "A1.J1", "3", "1")
    client = signed_in(contest.judges[0])
    state_url = reverse("judge_sheet_state", args=[contest.sheet(0, "A1").pk])

    before = client.get(state_url).json()["aspects"]["A1.J1"]
    contest.mark(2, 0, "A1.J1", "2")
    after = client.get(state_url).json()["aspects"]["A1.J1"]

    assert before["others"] == [
        {"seat": 2, "is_in": True, "value": None},
        {"seat": 3, "is_in": False, "value": None},
    ]
    assert [other["value"] for other in after["others"]] == ["1", "2"]
    assert (before["state"], after["state"]) == ("open", "conflict")


def test_state_of_a_signed_sheet_can_no_longer_be_edited(contest):
    contest.fill(0)
    contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])

    state = (
        signed_in(contest.judges[1])
        .get(reverse("judge_sheet_state", args=[contest.sheet(0, "A1").pk]))
        .json()
    )

    assert (state["editable"], state["state"]) == (False, "complete")


def test_call_reaches_the_chief_judges_desk(contest):
    call_url = reverse("judge_call", args=[contest.sheet(0, "A1").pk])

    answer = signed_in(contest.judges[0]).post(
        call_url, {"kind": "problem", "text": "量具坏了"}
    )
    desk = signed_in(contest.chief).get(reverse("chief_skill", args=[contest.skill.pk]))

    assert answer.status_code == 200
    assert "量具坏了" in desk.content.decode()
    call = JudgeCall.objects.get()
    closed = signed_in(contest.chief).post(reverse("chief_close_call", args=[call.pk]))
    call.refresh_from_db()
    assert (closed.status_code, call.closed_by) == (302, contest.chief)


def test_a_judge_does_not_get_the_chief_judges_desk(contest):
    response = signed_in(contest.judges[0]).get(
        reverse("chief_skill", args=[contest.skill.pk])
    )

    assert response.status_code == 404


def test_session_is_resumed_with_the_right_password_only(contest):
    client = Client()
    name = contest.judges[0].username

    wrong = client.post("/judge/resume", {"username": name, "password": "no"})
    right = client.post("/judge/resume", {"username": name, "password": PASSWORD})

    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign-in")
    assert right.status_code == 200
    assert client.get("/judge/").status_code == 200


def test_worker_knows_its_scope_and_every_file_of_the_shell(client):
    response = client.get("/judge/worker.js")

    text = response.content.decode()
    assert response["Content-Type"].startswith("text/javascript")
    assert "const SCOPE = '/judge/'" in text
    assert "/static/js/judge/queue.js" in text


@pytest.mark.parametrize("page", ["/judge/", "chief"])
def test_desks_cost_the_same_queries_for_one_and_three_entries(
    page, django_assert_max_num_queries
):
    counts = []
    for entries in (1, 3):
        contest = make_contest(entries=entries)
        who = contest.judges[0] if page == "/judge/" else contest.chief
        address = (
            page
            if page == "/judge/"
            else reverse("chief_skill", args=[contest.skill.pk])
        )
        client = signed_in(who)
        with django_assert_max_num_queries(80) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
