"""``POST /judge/marks``: the answer per key, and what is answered as a whole."""

import json
from uuid import uuid4

import pytest

from scoring.models import Mark
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest()


def body(contest, **changes):
    event = {
        "key": str(uuid4()),
        "sheet": contest.sheet(0, "A1").pk,
        "aspect": "A1.M1",
        "seat": 0,
        "state": "value",
        "value": "1",
        "remark": "",
        "n": 4,
        "time": "2026-09-08T01:00:00Z",
    } | changes.pop("event", {})
    return {
        "v": 1,
        "skill": contest.skill.pk,
        "device": "T-01",
        "events": [event],
    } | changes


def post(client, data):
    text = data if isinstance(data, str) else json.dumps(data)
    return client.post("/judge/marks", text, content_type="application/json")


def test_a_mark_is_answered_with_its_receipt(client, contest):
    client.force_login(contest.judges[0])
    sent = body(contest)

    answer = post(client, sent)

    mark = Mark.objects.get()
    (result,) = answer.json()["results"]
    assert answer.status_code == 200
    assert (result["key"], result["status"]) == (sent["events"][0]["key"], "accepted")
    assert (result["seq"], len(result["hash"])) == (mark.seq, 64)
    assert result["sheet"] == {
        "id": contest.sheet(0, "A1").pk,
        "state": "open",
        "filled": 1,
        "cells": 4,
        "conflicts": 0,
    }


def test_refusals_stand_beside_their_key(client, contest):
    client.force_login(contest.judges[0])
    sent = body(contest, event={"aspect": "A1.J1", "seat": 1, "value": "9"})

    (result,) = post(client, sent).json()["results"]

    assert (result["status"], result["code"]) == ("refused", "not-a-level")
    assert (result["sheet"], result["seq"]) == (None, None)
    assert result["message"].startswith("评价等级")


def test_without_a_session_the_tablet_is_asked_to_sign_in(client, contest):
    answer = post(client, body(contest))
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in")


@pytest.mark.parametrize("who", ["chief", "organizer"])
def test_without_a_seat_the_skill_is_not_found(client, contest, who):
    client.force_login(getattr(contest, who))
    answer = post(client, body(contest))
    assert answer.status_code in (403, 404)
    assert Mark.objects.count() == 0


def test_a_form_is_no_batch_of_marks(client, contest):
    client.force_login(contest.judges[0])

    answer = client.post("/judge/marks", {"skill": contest.skill.pk})

    assert (answer.status_code, answer.json()["message"]) == (415, "content-type")


def test_another_skill_is_not_found(client, contest):
    client.force_login(contest.judges[0])
    other = make_contest()
    assert post(client, body(contest, skill=other.skill.pk)).status_code == 404


def test_a_lost_history_is_answered_as_a_whole(client, contest):
    client.force_login(contest.judges[0])
    answer = post(client, body(contest, head={"seq": 999, "hash": "00"}))
    assert (answer.status_code, answer.json()["code"]) == (409, "history-lost")
    assert Mark.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"v": 2}, 400),
        ({"skill": "1"}, 400),
        ({"skill": 2**70}, 400),
        ({"device": None}, 400),
        ({"device": "x" * 81}, 400),
        ({"events": []}, 400),
        ({"events": {}}, 400),
        ({"events": [1]}, 400),
        ({"events": [{}] * 201}, 413),
        ({"head": 7}, 400),
        ({"event": {"key": "x"}}, 400),
        ({"event": {"key": 7}}, 400),
        ({"event": {"sheet": True}}, 400),
        ({"event": {"sheet": 1.5}}, 400),
        ({"event": {"aspect": None}}, 400),
        ({"event": {"remark": "\ud800"}}, 400),
        ({"event": {"n": -1}}, 400),
    ],
)
def test_a_body_out_of_shape_is_refused_as_a_whole(client, contest, change, status):
    client.force_login(contest.judges[0])
    answer = post(client, body(contest, **change))
    assert (answer.status_code, answer.json()["code"]) == (status, "malformed")
    assert Mark.objects.count() == 0


@pytest.mark.parametrize("text", ["[]", "{", "[" * 100_000, "nul"])
def test_what_is_not_an_object_is_refused(client, contest, text):
    client.force_login(contest.judges[0])
    assert post(client, text).status_code == 400


def test_a_body_above_256_kb_is_refused(client, contest):
    client.force_login(contest.judges[0])
    answer = post(client, body(contest, filler="x" * 270_000))
    assert answer.status_code == 413


def test_only_post_is_answered(client, contest):
    client.force_login(contest.judges[0])
    assert client.get("/judge/marks").status_code == 405
