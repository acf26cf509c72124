"""Reads with names: what happened to one thing, and where its chain stands."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from ledger.core.chain import START, ChainRef
from ledger.core.verify import Break, Head, first_break
from ledger.models import Chain, Event
from ledger.statements import Rows, columns, fetch, row

EVENT = columns(Event)


def events_of(ref: ChainRef) -> QuerySet[Event]:
    """All events of one chain, oldest first."""
    return Event.objects.filter(chain__kind=ref.kind, chain__ref=ref.ref).order_by(
        "seq"
    )


def events_about(ref: ChainRef, **named: str | int) -> Iterator[Event]:
    """The events of a chain whose body holds all ``named`` values, oldest first.

    >>> events_about(skill_chain(3), sheet=17)  # doctest: +SKIP
    """
    for event in events_of(ref).iterator():
        body = body_of(event)
        if all(body.get(name) == value for name, value in named.items()):
            yield event


def body_of(event: Event) -> dict[str, object]:
    """The event's body as plain values."""
    body: dict[str, object] = json.loads(event.body)
    return body


def head_of(refs: Iterable[ChainRef]) -> dict[ChainRef, Head]:
    """Where each named chain stands, in one query; a chain not yet opened is at 0."""
    heads = {ref: Head(0, START) for ref in refs}
    if heads:
        named = reduce(or_, (Q(kind=ref.kind, ref=ref.ref) for ref in heads))
        rows = Chain.objects.filter(named).values_list("kind", "ref", "seq", "head")
        heads |= {ChainRef(kind, ref): Head(seq, head) for kind, ref, seq, head in rows}
    return heads


def heads(*kinds: str) -> dict[ChainRef, int]:
    """The last sequence number of every chain of these kinds, in one query."""
    rows = Chain.objects.filter(kind__in=kinds).values_list("kind", "ref", "seq")
    return {ChainRef(kind, ref): seq for kind, ref, seq in rows}


def events_by_keys(to: ChainRef | Chain, keys: Iterable[UUID]) -> dict[UUID, Event]:
    """The events of a chain that carry one of ``keys``, in one query."""
    if isinstance(to, Chain):
        rows = fetch(_keyed, to.pk, list(keys))
    else:
        rows = fetch(_keyed_of, to.kind, to.ref, list(keys))
    events: list[Event] = [row(Event, EVENT, values) for values in rows]
    return {event.key: event for event in events if event.key is not None}


def breaks() -> Iterator[Break]:
    """The first break of each chain that does not fit, walking every event once."""
    for chain in Chain.objects.order_by("pk"):
        events = Event.objects.filter(chain=chain).order_by("seq")
        links = (event.link(chain) for event in events.iterator(chunk_size=2000))
        found = first_break(str(chain.name), links, Head(chain.seq, chain.head))
        if found:
            yield found


def counts() -> tuple[int, int]:
    """How many chains and events there are."""
    return Chain.objects.count(), Event.objects.count()


def _keyed(chain: int, keys: Sequence[UUID]) -> Rows:
    return Event.objects.filter(chain=chain, key__in=keys).values_list(*EVENT)


def _keyed_of(kind: str, ref: str, keys: Sequence[UUID]) -> Rows:
    rows = Event.objects.filter(chain__kind=kind, chain__ref=ref, key__in=keys)
    return rows.values_list(*EVENT)
