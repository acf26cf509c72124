"""When something is due, how far it is, what is missing: the words of the desk."""

from datetime import date

import pytest

from awards import wording
from awards.enums import EntitlementState
from awards.models import Entitlement

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("due_on", "state", "due"),
    [
        (None, EntitlementState.PROPOSED, wording.Due("")),
        (date(2026, 12, 20), EntitlementState.PROPOSED, wording.Due("12 月 20 日")),
        (
            date(2026, 11, 14),
            EntitlementState.FILED,
            wording.Due("逾期 6 天", "danger"),
        ),
        (date(2026, 11, 14), EntitlementState.GRANTED, wording.Due("")),
        (date(2026, 11, 14), EntitlementState.REFUSED, wording.Due("")),
    ],
)
def test_due_date_is_loud_only_while_something_can_be_done(due_on, state, due):
    assert wording.due_of(Entitlement(due_on=due_on, state=state), TODAY) == due


def test_due_within_five_working_days_warns():
    entitlement = Entitlement(due_on=date(2026, 11, 24), state=EntitlementState.FILED)

    assert wording.due_of(entitlement, TODAY).tone == "warn"


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (EntitlementState.PROPOSED, 1),
        (EntitlementState.MATERIAL_COMPLETE, 2),
        (EntitlementState.GRANTED, 5),
        (EntitlementState.DELIVERED, 5),
        (EntitlementState.REFUSED, 0),
        (EntitlementState.REVOKED, 0),
    ],
)
def test_steps_behind_an_entitlement(state, steps):
    assert wording.step_of(Entitlement(state=state)) == steps
    assert wording.ticks_of(Entitlement(state=state)).count("f") == steps


def test_missing_facts_have_names_and_parameters_stay_short_in_lists():
    codes = ["grade_held", "gap:NAT-7-age", "gap:other", "quota:全国技术能手"]

    assert wording.short_labels_of(codes) == [
        "现持职业技能等级",
        "主管部门参数",
        "名额",
    ]
    assert wording.labels_of(codes)[1].endswith("NAT-7-age")


def test_only_a_rung_of_the_ladder_is_a_grade():
    assert wording.is_grade("高级技师")
    assert not wording.is_grade("晋升技师；已持技师的晋升一级")
