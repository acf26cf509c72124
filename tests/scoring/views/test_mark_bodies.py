"""Generated bad bodies: no 5xx, no row changed, a reason for every key.

A thousand bodies by default, the same ones each time; ``LEITAI_BODIES`` asks for more.
"""

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.models import Event
from scoring.models import Mark, Result, Sheet
from tests.scoring.contest import make_contest
from tests.scoring.views.test_tablet_kinds import scheme_with_kinds

BODIES = int(os.environ.get("LEITAI_BODIES", "1000"))
NUMBERS = (
    "NaN", "-NaN", "Infinity", "-Infinity", "1e309", "1E5", "0x1", "1_0", "--1", "1,5",
    "½", "٣٫٥", "1.2.3", "12345678901", "3.0000000001", "-1", "-0.5", "９９９９９９９",
    "4" * 64, "0" * 65, "−1", "1 2", "\u200b1", "十", "'; DROP TABLE", "<b>1</b>",
)  # fmt: skip
# Values no aspect of this code takes.
WRONG = {
    "A1.M1": ("2", "yes!", "maybe", "1.5"),
    "A1.J1": ("4", "1.5", "-1", "0.0001"),
    "A1.D3": ("1", "100", "1.5", "-1"),  # 1 lacks its reason
    "A1.T4": ("12:60", "1:60:00", "1:00.25", "99:99", ":", "1:", "999999"),
}
GARBAGE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.lists(st.integers(), max_size=3), st.dictionaries(st.text(max_size=3), st.none()),
)  # fmt: skip
DEEP = st.integers(1, 60).map(lambda depth: "[" * depth + "]" * depth)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = make_contest(scheme_with_kinds(), entries=2)
    made.mark(0, 0, "A1.M1", "1")
    return made


@st.composite
def refused_events(draw, own, foreign):
    """One well-formed event that must be refused: its value, its cell or its state."""
    aspect = draw(st.sampled_from(sorted(WRONG)))
    event = {
        "key": str(draw(st.uuids())),
        "sheet": own,
        "aspect": aspect,
        "value": draw(st.sampled_from([*NUMBERS, *WRONG[aspect]])),
    }
    fault = draw(
        st.sampled_from(["value", "sheet", "aspect", "state", "seat", "remark"])
    )
    if fault == "sheet":
        event["sheet"] = draw(st.sampled_from([foreign, 0, 2**61]))
    elif fault == "aspect":
        event["aspect"] = draw(st.sampled_from(["B1.M1", "A1.m1", "", "A1.M1 ", "Z9"]))
    elif fault == "state":
        event["state"] = draw(st.sampled_from(["VALUE", "not-scored", "x", "absent "]))
    elif fault == "seat":
        event["seat"] = draw(st.sampled_from([7, 2, 2**61]))
    elif fault == "remark":
        event |= {"remark": "长" * 301, "value": "1", "aspect": "A1.M1"}
    return event


@st.composite
def malformed(draw, skill, own):
    """A body that is not what the protocol says; answered as a whole."""
    event = {
        "key": str(draw(st.uuids())),
        "sheet": own,
        "aspect": "A1.M1",
        "value": "1",
    }
    body = {"v": 1, "skill": skill, "device": "T-01", "events": [event]}
    kind = draw(st.sampled_from(["text", "deep", "top", "event"]))
    if kind == "text":
        return draw(st.text(max_size=40).filter(lambda text: not text.startswith("{")))
    if kind == "deep":
        return json.dumps(body)[:-1] + f', "head": {draw(DEEP)}}}'
    if kind == "top":
        name = draw(st.sampled_from(["v", "skill", "events", "device"]))
        bad = GARBAGE.filter(
            lambda v: not isinstance(v, str | int | float) or v is True
        )
        return json.dumps(body | {name: draw(bad)})
    name = draw(st.sampled_from(["key", "sheet", "aspect", "state", "remark"]))
    bad = [[], {}, True, [[[]]], {"a": {"b": {}}}]
    if name in ("key", "sheet"):  # elsewhere a fraction is read as its digits
        bad.append(1.5)
    event[name] = draw(st.sampled_from(bad))
    return json.dumps(body)


def state():
    """Everything a mark could change."""
    return (
        list(Mark.objects.order_by("pk").values_list()),
        list(Sheet.objects.order_by("pk").values_list("state", "filled", "version")),
        list(Result.objects.order_by("pk").values_list("points_scaled", "place")),
        Event.objects.count(),
    )


@settings(
    max_examples=BODIES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def check_bodies(client, contest, foreign, data):
    own = contest.sheet(0, "A1").pk
    if data.draw(st.booleans()):
        text = data.draw(malformed(contest.skill.pk, own))
        events = []
    else:
        events = data.draw(
            st.lists(refused_events(own, foreign), min_size=1, max_size=4)
        )
        body = {"v": 1, "skill": contest.skill.pk, "device": "T", "events": events}
        text = json.dumps(body)
    answer = client.post("/judge/marks", text, content_type="application/json")

    if events:
        assert answer.status_code == 200
        told = answer.json()["results"]
        assert [row["key"] for row in told] == [event["key"] for event in events]
        assert {row["status"] for row in told} == {"refused"}, (events, told)
        assert all(row["code"] and row["message"] for row in told)
    else:
        assert answer.status_code in (400, 404, 415), text
        assert answer.json()["code"] in ("malformed", "not-found")


def test_no_generated_body_changes_a_row(client, contest):
    client.force_login(contest.judges[0])
    foreign = make_contest(entries=1).sheet(0, "A1").pk
    before = state()
    check_bodies(client, contest, foreign)
    assert state() == before
