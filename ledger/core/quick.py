"""Walk links that fit, quickly: the same text is hashed, built without a JSON writer.

Says only yes or no.  A run of links passes here exactly when each of them fits; whatever
is unusual (characters to be escaped, a body of a new shape) is left to the slow way.
"""

import json
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from typing import Any

from ledger.core.chain import Link, canonical

FIELDS = attrgetter(
    *("chain", "seq", "type", "actor", "device", "device_n", "key", "body"),
    *("client_time", "server_time", "prev", "algorithm", "hash"),
)
STRING = r'"[^"\\\x00-\x1f]*"'
WHOLE = r"(?:0|-?[1-9][0-9]*)"
WORD = "(?:null|true|false)"
MOST_SHAPES = 64
MOST_WORDS = 10_000
Matcher = Callable[[str], Any]


class Words(dict[str, str]):
    """Texts that come again and again, as they stand in JSON."""

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_WORDS:
            self.clear()
        found = self[text] = quoted(text)
        return found


class Walker:
    """Remembers, for one chain, the shapes of bodies that were found canonical."""

    def __init__(self, chain: str) -> None:
        self._chain = chain
        self._words = Words()
        self._shapes: list[str] = []
        self._matches: Matcher = re.compile(r"(?!)").fullmatch

    def passes(self, links: Sequence[Link], seq: int, prev: str) -> bool:
        """Whether these links follow number ``seq`` with the hash ``prev``.

        Whole columns are looked at rather than links: what Python does once for each
        event is little more than to hash it.
        """
        columns = tuple(zip(*map(FIELDS, links), strict=True))
        (chains, seqs, kinds, actors, devices, device_ns, keys, bodies) = columns[:8]
        (client_times, server_times, befores, algorithms, digests) = columns[8:]
        count = len(links)
        in_order = list(range(seq + 1, seq + count + 1))
        numbers = [n for n in device_ns if n is not None]
        if (
            chains.count(self._chain) != count
            or algorithms.count("sha256") != count
            or list(seqs) != in_order
            or befores != (prev, *digests[:-1])
            or set(map(type, (*numbers, *seqs))) != {int}
            or not self._are_canonical(bodies)
        ):
            return False
        word = self._words.__getitem__
        texts = [
            f'{{"actor":{actor},"algorithm":"sha256","body":{body},"chain":{chain},'
            f'"client_time":{sent},"device":{device},"device_n":{nth},"key":{key},'
            f'"prev":"{before}","seq":{number},"server_time":{at},"type":{kind}}}'
            for chain in [word(self._chain)]
            for actor, body, sent, device, nth, key, before, number, at, kind in zip(
                map(word, actors),
                map(quoted, bodies),
                map(word, client_times),
                map(word, devices),
                ["null" if n is None else n for n in device_ns],
                map(quoted, keys),
                befores,
                seqs,
                map(word, server_times),
                map(word, kinds),
                strict=True,
            )
        ]
        try:
            hashed = [
                sha256(b"%d:%b" % (len(whole), whole)).hexdigest()
                for whole in map(str.encode, texts)
            ]
        except UnicodeEncodeError:
            return False
        return hashed == list(digests)

    def _are_canonical(self, bodies: Sequence[str]) -> bool:
        """Whether every body is of a known shape, or canonical all the same."""
        return all(
            found is not None or self._learn(body)
            for found, body in zip(map(self._matches, bodies), bodies, strict=True)
        )

    def _learn(self, body: str) -> bool:
        """Whether the body is canonical; its shape is known from now on if it is flat."""
        if self._matches(body) is not None:
            return True
        try:
            value = json.loads(body)
            if canonical(value) != body:
                return False
        except ValueError:
            return False
        shape = _shape(value) if isinstance(value, dict) else ""
        if shape and len(self._shapes) < MOST_SHAPES:
            self._shapes.append(shape)
            self._matches = re.compile("|".join(self._shapes)).fullmatch
        return True


def _shape(value: dict[str, Any]) -> str:
    """What matches canonical bodies with these members and nothing else; or empty."""
    parts = []
    for name, member in value.items():
        if isinstance(member, str):
            pattern = STRING
        elif member is None or isinstance(member, bool):
            pattern = WORD
        elif isinstance(member, int):
            pattern = WHOLE
        else:
            return ""
        parts.append(f"{re.escape(quoted(name))}:{pattern}")
    return r"\{" + ",".join(parts) + r"\}"
