"""A thousand bodies that are wrong: no error of ours, nothing changed, a reason each."""

import copy
import json
from uuid import UUID, uuid5

import pytest
from django.conf import settings as project
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Event
from scoring.models import Mark, Result, Sheet
from tests.scoring.contest import Contest, make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
SPACE = UUID(int=7)
# What a database could change about the answers is found with fewer.
EXAMPLES = 1000 if "sqlite" in project.DATABASES["default"]["ENGINE"] else 200

WORDS = (
    "NaN", "nan", "Infinity", "-Infinity", "1e309", "1e2", "３", "３．５", "１",
    "3.0000000001", "0.5", "-1", "-0", "1", "2", "4", "1.", ".5", "+2", "0x1", "1_0",
    "٣", "Ⅲ", "", " ", "\t1\n", "1\0", "\0", "\ud800", "1,5", "一", "是", "true",
    "9" * 64, "9" * 5000, "1.0000000000000000000000001", "🀄",
)  # fmt: skip
NUMBERS = (0, 1, 2, 4, -1, 10**30, 10**400, 1.5, 1e308, float("nan"), float("inf"))
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(NUMBERS),
    st.sampled_from(WORDS),
    st.text(max_size=12),
)
ANY = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = ("key", "sheet", "aspect", "seat", "state", "value", "remark", "n", "time")
TOP = ("v", "skill", "device", "events", "head")
STATES = ("value", "absent", "unfinished", "disqualified", "not-scored", "x", "")
ASPECTS = ("A1.M1", "A1.J1", "B1.M1", "A1.M2", "Z9", "A1.J1' OR 1=1", "")


@st.composite
def bodies(draw):
    """A batch that would be right but for one to three changes: (values, raw change)."""
    events = [
        {
            "key": str(uuid5(SPACE, str(draw(st.integers(0, 400))))),
            "sheet": draw(st.sampled_from(("own", "own", "signed", "foreign", 0, -1))),
            "aspect": draw(st.sampled_from(ASPECTS)),
            "seat": draw(st.sampled_from((None, None, 0, 1, 2, 99))),
            "state": draw(st.sampled_from(STATES[:1] * 4 + STATES)),
            "value": draw(st.sampled_from(WORDS)),
            "remark": draw(st.sampled_from(("", "", "x" * 301, "<b>"))),
            "n": 1,
            "time": "2026-09-08T01:00:00Z",
        }
        for _number in range(draw(st.integers(1, 4)))
    ]
    body = {"v": 1, "skill": "own", "device": "T-01", "events": events}
    for _change in range(draw(st.integers(0, 2))):
        if draw(st.booleans()):
            draw(st.sampled_from(events))[draw(st.sampled_from(FIELDS))] = draw(ANY)
        else:
            body[draw(st.sampled_from(TOP))] = draw(ANY)
    return body, draw(st.sampled_from((None,) * 20 + tuple(RAW)))


RAW = {
    "cut": lambda raw: raw[: len(raw) // 2],
    "not utf-8": lambda raw: raw.replace(b"T-01", b"\xff\xfe\xc3\x28"),
    "utf-16": lambda raw: raw.decode().encode("utf-16"),
    "bom": lambda raw: b"\xef\xbb\xbf" + raw,
    "deep": lambda raw: raw.replace(b'"T-01"', b"[" * 50_000 + b"]" * 50_000),
    "deep object": lambda raw: b'{"v":' * 30_000 + b"1" + b"}" * 30_000,
    "twice": lambda raw: raw.replace(b'"v": 1', b'"v": 1, "v": 1'),
    "value twice": lambda raw: raw.replace(b'"seat"', b'"value": "1", "seat"'),
    "array": lambda raw: b"[" + raw + b"]",
    "text": lambda raw: json.dumps(raw.decode("latin1")).encode(),
    "bare NaN": lambda raw: raw.replace(b'"T-01"', b"NaN"),
    "huge": lambda raw: raw.replace(b"T-01", b"x" * 262_144),
    "long number": lambda raw: raw.replace(b'"skill": ', b'"skill": ' + b"9" * 5000),
    "NUL": lambda raw: raw + b"\0",
    "empty": lambda raw: b"",
}


@pytest.fixture
def halls():
    """A skill being marked, one sheet of it signed; and somebody else's skill."""
    ours, theirs = make_contest(), make_contest()
    ours.fill(1)
    ours.sign(ours.judges[0], "judge", [ours.sheet(1, "B1")])
    return ours, theirs


def filled(body, ours: Contest, theirs: Contest):
    """Put real ids where a generated body names an object."""
    ids = {
        "own": ours.sheet(0, "A1").pk,
        "signed": ours.sheet(1, "B1").pk,
        "foreign": theirs.sheet(0, "A1").pk,
    }
    body = copy.deepcopy(body)
    if body["skill"] == "own":
        body["skill"] = ours.skill.pk
    for event in body["events"] if isinstance(body["events"], list) else ():
        if isinstance(event, dict) and isinstance(event.get("sheet"), str):
            event["sheet"] = ids.get(event["sheet"], event["sheet"])
    return body


def everything():
    """All that a mark may change: cells by place, sheets, results, the record."""
    cells = Mark.objects.values_list("sheet", "code", "seat", "value", "state", "seq")
    sheets = Sheet.objects.values_list("pk", "state", "filled", "conflicts")
    results = Result.objects.values_list("entry", "points_scaled", "standing")
    return set(cells), set(sheets), set(results), Event.objects.count()


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=bodies())
def test_wrong_bodies_are_refused_with_a_reason_and_change_nothing(client, halls, made):
    ours, theirs = halls
    body, change = made
    client.force_login(ours.judges[0]) if not client.cookies else None
    raw = json.dumps(filled(body, ours, theirs)).encode()
    raw = RAW[change](raw) if change else raw
    client.raise_request_exception = False
    before = everything()

    with transaction.atomic():
        answer = client.post("/judge/marks", raw, content_type="application/json")
        after = everything()
        transaction.set_rollback(True)

    assert answer.status_code in (200, 400, 404, 409, 413, 415)
    told = answer.json()
    if answer.status_code != 200:
        assert told["code"] and told["message"]
        assert after == before
        return
    results = told["results"]
    accepted = [row for row in results if row["status"] == "accepted"]
    refused = [row for row in results if row["status"] in ("refused", "conflict")]
    assert [row["key"] for row in results] == [
        str(UUID(event["key"])) for event in body["events"]
    ]
    assert all(row["code"] and row["message"] for row in refused)
    assert len(after[0] - before[0]) <= len(accepted)
    if not accepted:
        assert after == before


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("NaN", "not-a-number"),
        ("1e309", "not-a-number"),
        ("3.0000000001", "wrong-step"),
        ("2.5", "not-a-level"),
        ("-1", "out-of-range"),
        ("4", "not-a-level"),
        (float("nan"), "not-a-number"),
        (1.5, "not-a-level"),
        (10**400, "not-a-number"),
        ([3], "not-a-number"),
        (True, "not-a-number"),
        ({"3": 3}, "not-a-number"),
        ("3\0", "not-a-number"),
        ("\ud800", "not-a-number"),
        ("9" * 5000, "not-a-number"),
    ],
)
def test_a_value_that_is_none_is_refused_by_its_key_and_the_others_stand(
    client, halls, value, code
):
    ours, _theirs = halls
    client.force_login(ours.judges[0])
    sheet = ours.sheet(0, "A1").pk
    events = [
        {"key": str(UUID(int=9001)), "sheet": sheet, "aspect": "A1.J1", "value": value},
        {"key": str(UUID(int=9002)), "sheet": sheet, "aspect": "A1.J1", "value": "３"},
    ]
    body = {"v": 1, "skill": ours.skill.pk, "device": "T", "events": events}

    answer = client.post(
        "/judge/marks", json.dumps(body), content_type="application/json"
    )

    results = answer.json()["results"]
    assert [(row["status"], row["code"]) for row in results] == [
        ("refused", code),
        ("accepted", ""),
    ]
    mark = Mark.objects.get(sheet=sheet)
    assert (mark.code, mark.value) == ("A1.J1", "3")


@pytest.mark.parametrize("change", ["twice", "value twice"])
def test_a_body_that_says_a_thing_twice_is_malformed(client, halls, change):
    ours, _theirs = halls
    client.force_login(ours.judges[0])
    event = {
        "key": str(UUID(int=1)),
        "sheet": ours.sheet(0, "A1").pk,
        "aspect": "A1.J1",
        "seat": None,
        "value": "3",
    }
    body = {"v": 1, "skill": ours.skill.pk, "device": "T", "events": [event]}
    raw = RAW[change](json.dumps(body).encode())

    answer = client.post("/judge/marks", raw, content_type="application/json")

    assert (answer.status_code, answer.json()["message"]) == (400, "body")
