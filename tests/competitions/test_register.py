"""The registers of a competition's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from competitions.readiness import readiness as own_readiness
from competitions.register import (
    DONE,
    MISSING,
    Panel,
    PanelRegister,
    ReadinessItem,
    ReadinessRegister,
)
from tests.factories import AT, make_competition, make_entry, make_skill


def test_items_come_in_the_order_of_the_phases_they_block():
    register = ReadinessRegister()
    late = ReadinessItem("late", "晚", blocks_phase="final")
    early = ReadinessItem("early", "早", blocks_phase="filed")
    free = ReadinessItem("free", "不限")

    def source(competition, at):
        return [late, early, free]

    register.add(source)
    register.add(source)

    assert register.items(None, AT) == [free, early, late]


def test_panels_come_by_position():
    register = PanelRegister()
    register.add(lambda competition: [Panel("/b/", "B", 20)])
    register.add(lambda competition: [Panel("/a/", "A", 10), Panel("/c/", "C")])

    assert [panel.title for panel in register.of(None)] == ["A", "B", "C"]


@pytest.mark.django_db
def test_readiness_needs_as_many_queries_for_three_skills_as_for_one():
    competition = make_competition()
    make_entry(make_skill(competition))
    with CaptureQueriesContext(connection) as one:
        own_readiness(competition, AT)
    make_entry(make_skill(competition))
    make_entry(make_skill(competition))

    with CaptureQueriesContext(connection) as three:
        own_readiness(competition, AT)

    assert len(three) == len(one)


@pytest.mark.django_db
def test_a_sealed_skill_asks_to_be_decoded():
    competition = make_competition()
    make_skill(competition, name="焊接", draw_levels=1)

    items = {item.code: item for item in own_readiness(competition, AT)}

    assert (items["decode"].state, items["decode"].detail) == (MISSING, "焊接")
    assert items["document"].state == DONE
