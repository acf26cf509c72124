"""Appending: order, cost, refusals."""

import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from ledger import queries
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import ChainRef, competition_chain, skill_chain
from ledger.core.verify import Head
from ledger.models import Chain, Event

AT = datetime(2026, 11, 20, 1, 0, 2, 30_000, tzinfo=UTC)
KEY = UUID("6f9619ff-8b86-4011-b42d-00cf4fc964ff")

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def drafts(count):
    return [EventDraft("mark", {"value": str(number)}) for number in range(count)]


def test_events_are_numbered_and_tied_in_order():
    first, second = append(skill_chain(3), drafts(2), actor="user:5", at=AT)
    (third,) = append(skill_chain(3), drafts(1), actor="user:6", at=AT)

    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert [first.prev, second.prev, third.prev] == ["", first.hash, second.hash]
    assert queries.head_of([skill_chain(3)]) == {skill_chain(3): Head(3, third.hash)}
    assert list(queries.breaks()) == []


def test_event_keeps_all_that_its_draft_says():
    draft = EventDraft(
        "mark",
        {"value": "1.50", "aspect": "A1"},
        key=KEY,
        device="tablet-2",
        device_n=41,
        client_time="09:00:01",
        device_signature="sig",
    )

    append(skill_chain(3), [draft], actor="user:5", at=AT)

    event = Event.objects.get()
    assert (event.type, event.actor, event.body) == (
        "mark",
        "user:5",
        '{"aspect":"A1","value":"1.50"}',
    )
    assert (event.key, event.device, event.device_n) == (KEY, "tablet-2", 41)
    assert (event.client_time, event.server_time) == ("09:00:01", AT)
    assert event.device_signature == "sig"


def test_time_is_kept_to_the_millisecond_that_is_hashed():
    at = AT.replace(microsecond=30_999)

    (event,) = append(skill_chain(3), drafts(1), actor="user:5", at=at)

    assert event.server_time == AT
    assert list(queries.breaks()) == []


def test_cost_does_not_grow_with_the_number_of_events(django_assert_num_queries):
    chain = lock_chains([skill_chain(3)], at=AT)[skill_chain(3)]

    for count in (1, 200):
        with django_assert_num_queries(2):
            append(chain, drafts(count), actor="user:5", at=AT)

    assert Event.objects.count() == 201


def test_chains_are_locked_in_row_order_whatever_the_order_asked_for(connection):
    refs = [skill_chain(9), competition_chain(1), skill_chain(2)]
    lock_chains([skill_chain(9)], at=AT)
    lock_chains(refs, at=AT)

    with CaptureQueriesContext(connection) as captured:
        locked = lock_chains(reversed(refs), at=AT)

    assert len(captured) == 1
    assert "ORDER BY" in captured[0]["sql"]
    assert list(locked) == [skill_chain(9), competition_chain(1), skill_chain(2)]


@pytest.fixture
def connection():
    return transaction.get_connection()


def test_no_chains_and_no_events_are_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lock_chains([], at=AT) == {}
    assert append(skill_chain(3), [], actor="user:5", at=AT) == []


def test_body_with_a_float_is_refused_and_nothing_is_written():
    wrong = [*drafts(1), EventDraft("mark", {"value": 1.5})]

    with pytest.raises(ValueError, match="body.value"):
        append(skill_chain(3), wrong, actor="user:5", at=AT)

    assert Event.objects.count() == 0


def test_key_is_accepted_once_in_a_chain_and_again_in_another():
    draft = EventDraft("mark", {}, key=KEY)
    append(skill_chain(3), [draft], actor="user:5", at=AT)
    append(skill_chain(4), [draft], actor="user:5", at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        append(skill_chain(3), [draft], actor="user:5", at=AT)


def test_chain_that_was_not_locked_is_refused():
    append(skill_chain(3), drafts(1), actor="user:5", at=AT)
    stale = Chain.objects.get()
    append(skill_chain(3), drafts(1), actor="user:5", at=AT)
    stale.seq, stale.head = 0, ""

    with pytest.raises((RuntimeError, IntegrityError)), transaction.atomic():
        append(stale, drafts(1), actor="user:5", at=AT)


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction of the change"):
        append(skill_chain(3), drafts(1), actor="user:5", at=AT)


def test_chain_with_another_algorithm_goes_on_with_it():
    Chain.objects.create(kind="skill", ref="3", algorithm="sm3", opened_at=AT)

    append(skill_chain(3), drafts(2), actor="user:5", at=AT)

    assert list(queries.breaks()) == []


def test_body_is_canonical_json():
    (event,) = append(
        ChainRef("bureau", "1"),
        [EventDraft("grant", {"b": None, "a": [1]})],
        actor="user:5",
        at=AT,
    )

    assert json.loads(event.body) == {"a": [1], "b": None}
