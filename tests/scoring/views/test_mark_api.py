"""Marks from machines: by key only, all or none, the same body once."""

import json

import pytest
from django.urls import reverse

from competitions.models import Appointment
from ledger.models import Event
from scoring.actions.import_keys import issue_key, revoke_key
from scoring.models import ImportKey, Mark
from scoring.queries.rebuilding import differences
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import chinese_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    contest = make_contest(chinese_type(), entries=3)
    for entry in contest.entries:
        entry.refresh_from_db()
    return contest


@pytest.fixture
def key(contest):
    row, text = issue_key(
        contest.skill, name="理论机房", by=contest.officer, at=contest.now()
    )
    return row, text


def send(client, text, *marks, body=None):
    body = json.dumps({"marks": list(marks)}) if body is None else body
    headers = {"HTTP_AUTHORIZATION": f"Bearer {text}"} if text else {}
    return client.post("/api/marks/", body, content_type="application/json", **headers)


def mark(contest, entry, value, aspect="A1.I1"):
    return {"code": contest.entries[entry].code, "aspect": aspect, "value": value}


def entered():
    return sorted(Mark.objects.values_list("code", "seat", "state", "value"))


def test_marks_come_in_as_the_results_officers(client, contest, key):
    row, text = key
    sent = [mark(contest, 0, "88.5"), mark(contest, 1, 70), mark(contest, 2, "absent")]
    answer = send(client, text, *sent)

    assert answer.status_code == 200
    assert answer.json() == {
        "marks": 3, "same": 0, "empty": 0, "problems": [], "entered": 3,
    }  # fmt: skip
    assert entered() == [
        ("A1.I1", 0, "absent", ""),
        ("A1.I1", 0, "value", "70"),
        ("A1.I1", 0, "value", "88.5"),
    ]
    events = Event.objects.filter(type="mark").values_list("actor", "device")
    assert set(events) == {(contest.officer.actor, f"api:{row.pk}")}
    assert differences(contest.skill) == []
    row.refresh_from_db()
    assert row.used_at is not None


def test_the_same_body_again_enters_nothing(client, contest, key):
    sent = mark(contest, 0, "88.5")
    send(client, key[1], sent)
    again = send(client, key[1], sent)

    assert (again.status_code, again.json()["same"]) == (200, 1)
    assert Event.objects.filter(type="mark").count() == 1


def test_one_wrong_mark_keeps_all_out_and_is_named(client, contest, key):
    sent = [mark(contest, 0, "88.5"), mark(contest, 1, "１e９"), mark(contest, 2, 101)]
    answer = send(client, key[1], *sent)

    assert answer.status_code == 422
    found = answer.json()
    assert found["entered"] == 0
    assert [(p["row"], p["code"]) for p in found["problems"]] == [
        (2, "not-a-number"),
        (3, "out-of-range"),
    ]
    assert entered() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("[]", 400),
        ("{}", 400),
        ('{"marks": []}', 400),
        ('{"marks": [1]}', 400),
        ('{"marks": [{"code": null, "aspect": "A1.I1", "value": "1"}]}', 400),
        ('{"marks": [{"code": "01", "aspect": "A\\u0000", "value": "1"}]}', 400),
        ('{"marks": [{"code": "\\ud800", "aspect": "A1.I1", "value": "1"}]}', 400),
        ('{"marks": [], "marks": []}', 400),
        ("[" * 100_000, 400),
        ('{"marks": [' + "1," * 2000 + "1]}", 413),
        (" " * (256 * 1024 + 1), 413),
    ],
)
def test_what_is_not_the_protocol_is_answered_and_changes_nothing(
    client, contest, key, body, status
):
    answer = send(client, key[1], body=body)

    assert answer.status_code == status
    assert answer.json()["code"] in ("malformed", "body")
    assert entered() == []


@pytest.mark.parametrize("text", ["", "x", "leitai-x", "ключ"])
def test_without_a_key_nothing_is_said(client, contest, text):
    answer = send(client, text, mark(contest, 0, "1"))

    assert (answer.status_code, answer.json()["code"]) == (401, "key")


def test_a_revoked_key_and_a_key_of_somebody_gone_are_no_keys(client, contest, key):
    row, text = key
    revoke_key(row, by=contest.officer, at=contest.now())
    assert send(client, text, mark(contest, 0, "1")).status_code == 401

    _row, fresh = issue_key(
        contest.skill, name="二号", by=contest.officer, at=contest.now()
    )
    Appointment.objects.filter(role="results-officer").update(
        withdrawn_at=contest.now()
    )
    answer = send(client, fresh, mark(contest, 0, "1"))
    assert (answer.status_code, answer.json()["code"]) == (409, "not-results-officer")
    assert entered() == []


def test_a_key_opens_its_own_skill_only(client, contest, key):
    other = make_contest(chinese_type(), entries=1)
    other.entries[0].refresh_from_db()
    sent = {"code": "no-such-code", "aspect": "A1.I1", "value": "1"}

    answer = send(client, key[1], sent)

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "unknown-entry"


def test_the_page_shows_a_key_once_and_stores_its_digest_only(client, contest):
    client.force_login(contest.officer)
    url = reverse("issue_import_key", args=[contest.skill.pk])
    page = client.post(url, {"name": "三坐标测量机"}).content.decode()
    row = ImportKey.objects.get()
    text = page.split("Bearer ")[1].split()[0]

    assert text.startswith("leitai-")
    assert text not in json.dumps(list(Event.objects.values_list("body", flat=True)))
    listed = client.get(reverse("import_marks", args=[contest.skill.pk]))
    assert "三坐标测量机" in listed.content.decode()
    assert text not in listed.content.decode()
    assert send(client, text, mark(contest, 0, "5")).status_code == 200

    client.post(reverse("revoke_import_key", args=[row.pk]))
    assert send(client, text, mark(contest, 0, "6")).status_code == 401


def test_keys_of_others_are_not_found(client, contest, key):
    client.force_login(make_contest(chinese_type(), entries=1).officer)

    for url in (
        reverse("issue_import_key", args=[contest.skill.pk]),
        reverse("revoke_import_key", args=[key[0].pk]),
    ):
        assert client.post(url, {"name": "x"}).status_code == 404
