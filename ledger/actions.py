"""The one write: append events to chains, inside the caller's transaction.

Lock order of the whole platform starts here: chains, in the order of their row ids, come
before anything else that an action locks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from ledger.core.chain import ChainRef, Link, canonical, event_hash, moment
from ledger.models import Chain, Event
from ledger.statements import Rows, columns, fetch, insert, row

__all__ = ["ChainRef", "EventDraft", "append", "lock_chains"]

CHAIN = columns(Chain)
MOVE = "UPDATE ledger_chain SET seq = %s, head = %s WHERE id = %s AND seq = %s"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before it has its place: what was done, and by which device's account.

    ``body`` holds strings, whole numbers, booleans, None, lists and mappings; a decimal
    is written as a string.  ``key`` is unique in its chain when it is given.
    """

    type: str
    body: Mapping[str, object]
    key: UUID | None = None
    device: str = ""
    device_n: int | None = None
    client_time: str = ""
    device_signature: str = ""


def lock_chains(refs: Iterable[ChainRef], *, at: datetime) -> dict[ChainRef, Chain]:
    """Lock the named chains until the transaction ends; open those that are missing.

    Several chains are always locked in the order of their row ids, whatever the order
    of ``refs``, so that two actions can wait for each other but never deadlock.
    """
    _require_transaction()
    wanted = sorted(set(refs))
    if not wanted:
        return {}
    chains = _locked(wanted)
    missing = [ref for ref in wanted if ref not in chains]
    if missing:
        Chain.objects.bulk_create(
            [Chain(kind=ref.kind, ref=ref.ref, opened_at=at) for ref in missing],
            ignore_conflicts=True,  # another process may open it at this moment
        )
        chains = _locked(wanted)
    return chains


def append(
    to: ChainRef | Chain, drafts: Sequence[EventDraft], *, actor: str, at: datetime
) -> list[Event]:
    """Append ``drafts`` in order and return their events, hashes included.

    ``to`` is a chain's name, or a chain that ``lock_chains`` returned in this very
    transaction.  One insert and one update, whatever the number of drafts.  Raises
    ValueError when a body holds a float or anything else that is not canonical JSON.
    """
    _require_transaction()
    chain = to if isinstance(to, Chain) else lock_chains([to], at=at)[to]
    if not drafts:
        return []
    before = chain.seq
    links = _linked(chain, drafts, actor=actor, at=at)
    events = [
        Event(
            chain=chain,
            seq=link.seq,
            type=link.type,
            actor=actor,
            device=link.device,
            device_n=link.device_n,
            key=draft.key,
            body=link.body,
            client_time=link.client_time,
            server_time=datetime.fromisoformat(link.server_time),
            prev=link.prev,
            hash=link.hash,
            device_signature=link.device_signature,
        )
        for link, draft in zip(links, drafts, strict=True)
    ]
    insert(events)
    chain.seq, chain.head = links[-1].seq, links[-1].hash
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [chain.seq, chain.head, chain.pk, before])
        if cursor.rowcount != 1:
            raise RuntimeError(f"chain {chain} was appended to without being locked")
    return events


def _linked(
    chain: Chain, drafts: Sequence[EventDraft], *, actor: str, at: datetime
) -> list[Link]:
    links = []
    prev = chain.head
    for seq, draft in enumerate(drafts, chain.seq + 1):
        link = Link(
            chain=str(chain.name),
            seq=seq,
            type=draft.type,
            actor=actor,
            device=draft.device,
            device_n=draft.device_n,
            key=str(draft.key or ""),
            body=canonical(draft.body),
            client_time=draft.client_time,
            server_time=moment(at),
            prev=prev,
            algorithm=chain.algorithm,
            device_signature=draft.device_signature,
        )
        link = replace(link, hash=event_hash(link))
        links.append(link)
        prev = link.hash
    return links


def _locked(refs: Sequence[ChainRef]) -> dict[ChainRef, Chain]:
    found = fetch(_chains, [ref.kind for ref in refs], [ref.ref for ref in refs])
    chains: list[Chain] = [row(Chain, CHAIN, values) for values in found]
    return {chain.name: chain for chain in chains}


def _chains(kinds: Sequence[str], refs: Sequence[str]) -> Rows:
    pairs = zip(kinds, refs, strict=True)
    named = reduce(or_, (Q(kind=kind, ref=ref) for kind, ref in pairs))
    rows = Chain.objects.select_for_update().filter(named).order_by("pk")
    return rows.values_list(*CHAIN)


def _require_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(
            "an event is appended in the transaction of the change it records"
        )
