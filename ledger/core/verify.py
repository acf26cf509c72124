"""Walk a chain and name the first link that does not fit.

Usable from a plain script: nothing but the standard library and this package.  Whole
runs of links are walked by ``ledger.core.quick``; what does not pass there is looked at
here, field by field, and named.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from ledger.core.chain import ALGORITHMS, START, Link, canonical, event_hash
from ledger.core.quick import Walker

RUN = 128  # links looked at together


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not fit, and why."""

    chain: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is said elsewhere to be the end of a chain: receipt, paper, head row."""

    seq: int
    hash: str


def first_break(chain: str, links: Iterable[Link], head: Head) -> Break | None:
    """Return the first break of ``chain``, or None when every link fits.

    ``links`` come in ascending order of their numbers and are read once.  The last one
    must be what ``head`` says: a chain whose end was cut off does not fit either.
    """
    seq, prev = 0, START
    walker = Walker(chain)
    source = iter(links)
    while run := list(islice(source, RUN)):
        if walker.passes(run, seq, prev):
            seq, prev = seq + len(run), run[-1].hash
            continue
        for link in run:
            seq += 1
            reason = _misfit(chain, link, seq, prev)
            if reason:
                return Break(chain, seq, reason)
            prev = link.hash
    if seq < head.seq:
        return Break(chain, seq + 1, f"missing: the head is at {head.seq}")
    if seq > head.seq:
        return Break(chain, head.seq + 1, f"not counted: the head is at {head.seq}")
    if prev != head.hash:
        return Break(chain, seq, "the head names another hash")
    return None


def _misfit(chain: str, link: Link, seq: int, prev: str) -> str:
    """Why ``link`` is not number ``seq`` of ``chain``; empty when it is."""
    if link.chain != chain:
        return f"belongs to chain {link.chain}"
    if link.seq != seq:
        return f"missing: the next event is {link.seq}"
    if link.prev != prev:
        return "does not name the hash of the event before it"
    if link.algorithm not in ALGORITHMS:
        return f"unknown hash algorithm {link.algorithm}"
    if not _is_canonical(link.body):
        return "the body is not canonical JSON"
    if link.hash != event_hash(link):
        return "the content does not give the hash"
    return ""


def _is_canonical(body: str) -> bool:
    try:
        return canonical(json.loads(body)) == body
    except ValueError:
        return False
