"""What a preview tells, and that nothing of it stays."""

from dataclasses import replace

import pytest

from scoring.actions.results import verify_results
from scoring.models import Result, Sheet
from tests.scoring.changing import (
    WANTED,
    approve,
    ask,
    put,
    refused,
    signed_contest,
    story,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


def test_the_preview_tells_what_the_mark_will_do(contest):
    change = ask(contest)
    preview = dict(change.preview)
    approve(contest, change)
    put(contest)

    first, second = (entry.pk for entry in contest.entries)
    up = [["名次", "2", "1"], ["总分", "95.56", "97.78"]]
    down = [["名次", "1", "2"]]
    assert preview == {
        "sheet": {
            "points": ["35.56", "37.78"],
            "aspect": ["scored", "scored"],
            "complete": True,
        },
        "signatures": 4,
        "reopened": "",
        "entries": [
            {"entry": second, "code": "02", "lines": up, "effects": []},
            {"entry": first, "code": "01", "lines": down, "effects": []},
        ],
        "release": "",
        "released": [],
    }
    places = Result.objects.order_by("entry_id").values_list("place", "points_scaled")
    assert list(places) == [(2, 96_670_000), (1, 97_780_000)]


def test_a_preview_leaves_no_trace(contest):
    marks = list(contest.sheet(1, "A1").marks.order_by("pk").values())
    results = list(Result.objects.order_by("pk").values())
    sheets = list(Sheet.objects.order_by("pk").values())
    ask(contest)
    assert list(contest.sheet(1, "A1").marks.order_by("pk").values()) == marks
    assert list(Result.objects.order_by("pk").values()) == results
    assert list(Sheet.objects.order_by("pk").values()) == sheets
    assert story(contest)[-2:] == ["sign", "change-request"]


def change_another(contest):
    """Change a mark of the other entry, from request to the new mark."""
    wanted = replace(WANTED, aspect="A1.M1", seat=0, value="0")
    approve(contest, ask(contest, wanted=wanted, entry=0))
    contest.mark(0, 0, "A1.M1", "0", remark="没有达到")


def test_an_approval_of_something_else_than_was_shown_is_refused(contest):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    change = ask(contest)
    change_another(contest)

    assert refused(approve, contest, change) == "preview-changed"
    change.refresh_from_db()
    assert change.decision == ""


def test_while_marking_runs_the_marks_of_others_do_not_hinder_an_approval(contest):
    change = ask(contest)
    change_another(contest)

    approved = approve(contest, change)

    assert approved.approved_preview["entries"] != approved.preview["entries"]
    assert approved.approved_preview["sheet"] == approved.preview["sheet"]
