"""Composed statements do what the ORM would do, and are composed once."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from ledger.models import Chain, Event
from ledger.statements import (
    AT_ONCE,
    Rows,
    columns,
    fetch,
    insert,
    row,
    update,
    upsert,
)

AT = datetime(2026, 11, 20, tzinfo=UTC)
NAMES = columns(Chain, "id", "ref", "seq", "head")
composed = []

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def chains(count):
    rows = [Chain(kind="skill", ref=str(n), opened_at=AT) for n in range(count)]
    insert(rows)
    return rows


def by_kind(kind: str, least: int, refs: list[str]) -> Rows:
    composed.append((kind, least, refs))
    rows = Chain.objects.filter(kind=kind, seq__gte=least, ref__in=refs, algorithm="x")
    return rows.order_by("-pk").values_list("ref", "opened_at")


def test_fetch_gives_what_the_query_gives_and_composes_it_once():
    for ref, seq, algorithm in (("1", 5, "x"), ("2", 6, "x"), ("3", 9, "sm3")):
        Chain.objects.create(
            kind="skill", ref=ref, seq=seq, algorithm=algorithm, opened_at=AT
        )
    composed.clear()

    assert fetch(by_kind, "skill", 5, ["1", "2", "3"]) == [("2", AT), ("1", AT)]
    assert fetch(by_kind, "skill", 6, ["3", "2", "1"]) == [("2", AT)]
    assert fetch(by_kind, "bureau", 0, ["1", "2", "3"]) == []
    assert fetch(by_kind, "skill", 0, ["1"]) == [("1", AT)]
    assert len(composed) == 2


def keyed(keys: list[UUID]) -> Rows:
    return Event.objects.filter(key__in=keys).values_list("key", "device_n")


def test_fetch_takes_uuids():
    (chain,) = chains(1)
    key = UUID("6f9619ff-8b86-4011-b42d-00cf4fc964ff")
    insert([Event(chain=chain, seq=1, key=key, body="{}", server_time=AT, hash="h")])

    assert fetch(keyed, [key, UUID(int=1)]) == [(key, None)]


def test_a_row_is_what_the_orm_would_make_of_it(django_assert_num_queries):
    chain = Chain.objects.create(kind="skill", ref="1", head="h", opened_at=AT)
    names = columns(Chain, "id", "kind", "ref")
    values = [chain.pk, "skill", "1", "of another table"]
    usual = Chain.from_db("default", names, values[:3])

    found = row(Chain, names, values)

    assert (found, found.name) == (usual, usual.name)
    assert found.get_deferred_fields() == usual.get_deferred_fields()
    assert vars(found._state) == vars(usual._state)
    with django_assert_num_queries(1):
        assert found.head == "h"


def test_an_empty_list_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert fetch(keyed, []) == []
        insert([])
        upsert([], unique=("kind", "ref"), update=("seq",))
        update([], ("seq",))


def test_inserted_rows_have_their_keys():
    rows = chains(3)

    assert list(Chain.objects.order_by("pk")) == rows
    assert not any(each._state.adding for each in rows)


def test_upsert_inserts_what_is_new_and_updates_what_is_there():
    chains(2)
    rows = [
        Chain(kind="skill", ref=ref, seq=7, head="new", opened_at=AT)
        for ref in ("1", "2")
    ]

    upsert(rows, unique=("kind", "ref"), update=("seq",))

    stored = Chain.objects.order_by("ref").values_list("ref", "seq", "head")
    assert list(stored) == [("0", 0, ""), ("1", 7, ""), ("2", 7, "new")]


def test_update_stores_the_named_fields_of_these_rows_only():
    first, second, _ = rows = chains(3)
    for each in rows:
        each.seq, each.head = 9, "h"

    update([first, second], ("seq",))

    stored = Chain.objects.order_by("ref").values_list("seq", "head")
    assert list(stored) == [(9, ""), (9, ""), (0, "")]


def test_update_leaves_a_deferred_field_as_it_is_stored():
    chain = Chain.objects.create(kind="skill", ref="1", head="kept", opened_at=AT)
    partly = row(Chain, columns(Chain, "id", "seq"), [chain.pk, 0])
    partly.seq = 4

    update([partly], ("seq", "head", "opened_at"))

    chain.refresh_from_db()
    assert (chain.seq, chain.head, chain.opened_at) == (4, "kept", AT)


def test_update_never_blanks_a_deferred_field_that_may_be_null():
    (chain,) = chains(1)
    event = Event(chain=chain, seq=1, device_n=5, body="", server_time=AT, hash="h")
    insert([event])

    with pytest.raises(KeyError):
        update([row(Event, ("id",), [event.pk])], ("device_n",))


def test_many_rows_are_stored_in_thousands(django_assert_num_queries):
    with django_assert_num_queries(3):
        rows = chains(2 * AT_ONCE + 1)
    for each in rows:
        each.seq = 3

    with django_assert_num_queries(3):
        update(rows, ("seq",))

    assert Chain.objects.filter(seq=3).count() == len(rows)
