"""Verifying a chain of events, against a bare loop that hashes the same bytes.

    python -m bench.bench_ledger [--events 100000] [--rounds 7] [--limit 0.3]

The floor hashes texts that lie ready; verification reads the fields of each event,
checks order, predecessor and canonical form, builds the text and hashes it.  Both run in
turns in one process; compared are medians of processor time.
"""

import argparse
import gc
import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bench.machine import machine, median, report
from ledger.core.chain import COVERED, Link, canonical, event_hash
from ledger.core.verify import Head, first_break

CHAIN = "skill:3"


def links_of(count: int) -> list[Link]:
    """A chain of marks as tablets send them: forty entries, 220 aspects, five judges."""
    links, prev = [], ""
    for seq in range(1, count + 1):
        link = Link(
            chain=CHAIN,
            seq=seq,
            type="mark",
            actor=f"user:{seq % 5}",
            device=f"T-{seq % 5:02}",
            device_n=seq,
            key=str(UUID(int=seq * 7919)),
            body=canonical(_body(seq)),
            client_time=f"2026-11-20T09:{seq // 60 % 60:02}:{seq % 60:02}.000+08:00",
            server_time=f"2026-11-20T01:{seq // 60 % 60:02}:{seq % 60:02}.000+00:00",
            prev=prev,
            algorithm="sha256",
        )
        links.append(replace(link, hash=event_hash(link)))
        prev = links[-1].hash
    return links


def _body(seq: int) -> dict[str, object]:
    return {
        "sheet": 1000 + seq % 1440,
        "entry": 100 + seq % 40,
        "sub": f"A{seq % 9}",
        "aspect": f"A{seq % 9}.M{seq % 220}",
        "seat": seq % 4,
        "state": "value",
        "value": str(seq % 4),
        "remark": "漏装垫片" if seq % 10 == 0 else "",
        "request": f"{seq * 7919:032x}",
    }


def bytes_of(link: Link) -> bytes:
    """What is hashed of an event."""
    whole = canonical({name: getattr(link, name) for name in COVERED}).encode()
    return b"%d:" % len(whole) + whole


def seconds(act: Callable[[], None]) -> float:
    gc.collect()
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--limit", type=float, default=0.3)
    options = parser.parse_args()
    on = machine()
    links = links_of(options.events)
    texts = [bytes_of(link) for link in links]
    head = Head(links[-1].seq, links[-1].hash)

    def bare() -> None:
        for text in texts:
            hashlib.sha256(text).hexdigest()

    def verify() -> None:
        if first_break(CHAIN, links, head) is not None:
            raise SystemExit("the chain does not fit")

    floor, found = [], []
    for _round in range(options.rounds):
        floor.append(seconds(bare))
        found.append(seconds(verify))
    ratio = median(floor) / median(found)
    result = {
        "ratio": round(ratio, 3),
        "limit": options.limit,
        "bare_seconds": round(median(floor), 3),
        "verify_seconds": round(median(found), 3),
        "events": options.events,
        "bytes": sum(map(len, texts)),
        "machine": on,
    }
    return report("ledger", result, passed=ratio >= options.limit)


if __name__ == "__main__":
    sys.exit(main())
