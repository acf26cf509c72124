"""Competitions and skills, and what documents set."""

import json
from datetime import date

import pytest

from competitions.actions import (
    set_entry_conditions,
    set_hosts,
    set_minimum_field,
    set_tier_roles,
    update_competition,
)
from competitions.errors import CompetitionRefused
from competitions.queries import hosts_line
from ledger.models import Event
from tests.factories import (
    AT,
    BY,
    make_competition,
    make_delegation,
    make_organization,
    make_skill,
)

pytestmark = pytest.mark.django_db


def refused_code(make, *args, **facts):
    with pytest.raises(CompetitionRefused) as refused:
        make(*args, **facts)
    return refused.value.code


def test_what_cannot_be_a_competition_is_refused():
    make_competition(code="scgj-2026")

    assert refused_code(make_competition, code="scgj-2026") == "code-taken"
    assert (
        refused_code(make_competition, dates=(date(2026, 9, 8), date(2026, 9, 7)))
        == "dates"
    )
    assert refused_code(make_competition, region="51000") == "region"
    assert refused_code(make_competition, region="510100") == "region-tier"


def test_a_code_is_made_up_where_none_is_given():
    first, second = make_competition(), make_competition()

    assert first.code.startswith("c-2026-")
    assert first.code != second.code


def test_a_skill_takes_its_occupation_from_the_dictionary():
    competition = make_competition()
    skill = make_skill(competition, number="01", occupation_code="６-31-01-03")

    assert (skill.occupation_code, skill.occupation_name) == ("6-31-01-03", "电工")
    assert len(skill.public_id) == 16
    assert refused_code(make_skill, competition, number="01") == "skill-number-taken"
    assert refused_code(make_skill, competition, occupation_code="电工") == "occupation"


def test_only_what_differs_is_written_and_noted():
    competition = make_competition()

    changed = update_competition(
        competition, by=BY, at=AT, place="成都", name=competition.name
    )

    event = Event.objects.get(type="competition-changed")
    assert changed == ["place"]
    assert json.loads(event.body) == {"values": {"place": "成都"}}
    assert update_competition(competition, by=BY, at=AT, place="成都") == []


def test_hosts_keep_their_order():
    competition = make_competition()
    first, second = make_organization("甲厅"), make_organization("乙会")

    set_hosts(competition, hosts=[(second, "host"), (first, "host")], by=BY, at=AT)

    assert hosts_line(competition) == "乙会、甲厅"


def test_what_a_document_sets_carries_its_citation():
    competition = make_competition()

    assert (
        refused_code(
            set_tier_roles, competition, role="龙头", citation=" ", by=BY, at=AT
        )
        == "citation-missing"
    )
    assert (
        refused_code(
            set_minimum_field, competition, entries=10, citation="", by=BY, at=AT
        )
        == "citation-missing"
    )
    assert (
        refused_code(
            set_entry_conditions,
            competition,
            conditions=[{"age_at_least": 16}],
            by=BY,
            at=AT,
        )
        == "entry-condition"
    )
    set_tier_roles(competition, role="龙头", citation="第二条", by=BY, at=AT)
    set_minimum_field(competition, entries=10, citation="第八条", by=BY, at=AT)
    set_entry_conditions(
        competition,
        conditions=[{"id": "a", "citation": "第三条", "groups": ("worker",)}],
        by=BY,
        at=AT,
    )
    competition.refresh_from_db()
    assert (
        competition.tier_role,
        competition.minimum_field,
        competition.entry_conditions,
    ) == (
        {"role": "龙头", "citation": "第二条"},
        {"entries": 10, "otherwise": "", "citation": "第八条"},
        [{"id": "a", "citation": "第三条", "groups": ["worker"]}],
    )


def test_a_delegation_is_added_once():
    competition = make_competition()

    assert make_delegation(competition, "成都市") == make_delegation(
        competition, "成都市"
    )
