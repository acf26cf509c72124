"""Reads of the record."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from ledger import queries
from ledger.actions import EventDraft, append
from ledger.core.chain import competition_chain, skill_chain
from ledger.core.verify import Head
from ledger.models import Chain

AT = datetime(2026, 11, 20, tzinfo=UTC)
KEYS = [UUID(int=number) for number in range(1, 4)]

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    drafts = [
        EventDraft("mark", {"sheet": number, "value": "1"}, key=key)
        for number, key in enumerate(KEYS)
    ]
    append(competition_chain(3), [EventDraft("open", {})], actor="user:1", at=AT)
    return append(skill_chain(3), drafts, actor="user:1", at=AT)


def test_events_of_a_chain_come_oldest_first(events):
    assert list(queries.events_of(skill_chain(3))) == events


def test_events_about_a_thing_are_those_whose_body_names_it(events):
    found = list(queries.events_about(skill_chain(3), sheet=1))

    assert found == [events[1]]


def test_heads_are_read_in_one_query(events, django_assert_num_queries):
    refs = [skill_chain(3), skill_chain(4), competition_chain(3)]

    with django_assert_num_queries(1):
        heads = queries.head_of(refs)

    assert heads[skill_chain(3)] == Head(3, events[-1].hash)
    assert heads[skill_chain(4)] == Head(0, "")
    assert heads[competition_chain(3)].seq == 1


def test_events_by_keys_are_read_in_one_query(events, django_assert_num_queries):
    chain = Chain.objects.get(kind="skill")
    unknown = UUID(int=99)

    for to in (chain, skill_chain(3)):
        with django_assert_num_queries(1):
            found = queries.events_by_keys(to, [KEYS[0], KEYS[2], unknown])
        assert found == {KEYS[0]: events[0], KEYS[2]: events[2]}


def test_key_of_another_chain_is_not_found(events):
    assert queries.events_by_keys(competition_chain(3), KEYS) == {}
