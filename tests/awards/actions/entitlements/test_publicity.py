"""公示 of entitlements: the days, the objections, and what they hold up."""

from datetime import date, timedelta

import pytest

from awards.actions.entitlements import (
    advance_entitlement,
    advance_many,
    close_round,
    enter_objection,
    open_round,
    rule_objection,
    void_round,
)
from awards.errors import EntitlementRefused
from tests.awards import desk
from tests.awards.actions.entitlements.scene import WAIVED, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
AT = desk.AT
START = date(2026, 11, 9)


@pytest.fixture
def scene():
    found = make_scene()
    advance_many(
        found.rows, to="material-complete", reason=WAIVED, by=found.officer, at=AT
    )
    return found


def _open(scene, **changes):
    values = {"place": "网站", "document": "文件", "starts_on": START, "days": 5}
    return open_round(scene.rows, **{**values, **changes}, by=scene.officer, at=AT)[0]


def _file(scene, row):
    return advance_entitlement(row, to="filed", reason="1号", by=scene.officer, at=AT)


def _object(scene, row, about):
    scene.grade.refresh_from_db()
    return enter_objection(
        row, entitlement=about, name="某人", text="成绩有误", received_on=START,
        by=scene.officer, at=AT,
    )  # fmt: skip


def _code(act):
    with pytest.raises(EntitlementRefused) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    ("start", "days", "end", "unknown"),
    [
        (date(2026, 9, 24), 2, date(2026, 9, 29), []),
        (date(2026, 11, 9), 5, date(2026, 11, 16), []),
        (date(2026, 12, 30), 3, date(2027, 1, 4), [2027]),
    ],
)
def test_days_are_working_days_after_the_start(scene, start, days, end, unknown):
    row = _open(scene, starts_on=start, days=days)

    assert (row.ends_on, row.unknown_years) == (end, unknown)


@pytest.mark.parametrize(
    ("missing", "code"),
    [({"place": " "}, "place"), ({"document": ""}, "document"), ({"days": 0}, "days")],
)
def test_nothing_about_a_round_is_assumed(scene, missing, code):
    assert _code(lambda: _open(scene, **missing)) == code


def test_running_round_keeps_its_lines_from_filing(scene):
    row = _open(scene, starts_on=AT.date())

    assert _code(lambda: _file(scene, scene.grade)) == "round"
    assert _code(lambda: close_round(row, by=scene.officer, at=AT)) == "too-early"


def test_objection_is_ruled_on_before_the_round_closes(scene):
    row = _open(scene)
    objection = _object(scene, row, scene.grade)

    early = _code(lambda: close_round(row, by=scene.officer, at=AT))
    rule_objection(objection, is_upheld=False, ruling="无据", by=scene.clerk, at=AT)
    close_round(row, by=scene.officer, at=AT)

    assert early == "objection"
    assert _file(scene, scene.grade).state == "filed"


def test_upheld_objection_keeps_its_own_line_back(scene):
    row = _open(scene)
    objection = _object(scene, row, scene.grade)
    rule_objection(objection, is_upheld=True, ruling="属实", by=scene.clerk, at=AT)
    close_round(row, by=scene.officer, at=AT)

    assert _code(lambda: _file(scene, scene.grade)) == "objection"
    assert _file(scene, scene.title).state == "filed"


def test_objection_comes_within_the_days(scene):
    row = _open(scene)

    late = START + timedelta(days=30)
    code = _code(
        lambda: enter_objection(
            row, entitlement=None, name="", text="有误", received_on=late,
            by=scene.officer, at=AT,
        )
    )  # fmt: skip

    assert code == "received_on"


def test_void_round_asks_for_another(scene):
    row = _open(scene)

    void_round(row, reason="名单有误", by=scene.officer, at=AT)

    scene.grade.refresh_from_db()
    assert (scene.grade.state, scene.grade.state_reason) == (
        "material-complete", "名单有误"
    )  # fmt: skip
    assert _code(lambda: _file(scene, scene.grade)) == "round"
    again = _open(scene)
    close_round(again, by=scene.officer, at=AT)
    assert _file(scene, scene.grade).state == "filed"


def test_round_is_not_voided_once_something_of_it_is_filed(scene):
    row = close_round(_open(scene), by=scene.officer, at=AT)
    _file(scene, scene.grade)

    code = _code(lambda: void_round(row, reason="有误", by=scene.officer, at=AT))

    assert code == "further"
    scene.title.refresh_from_db()
    assert scene.title.state == "publicity"
