"""Drawing lots: a permutation that follows from a seed, and its commitment.

Whoever knows the seed can repeat the draw; the commitment, printed before the first
mark, shows later that nobody exchanged two codes.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

MAXIMUM_LEVELS = 3


class CodeKind(StrEnum):
    """What a level's code is called; each kind looks different on paper."""

    BIB = "bib"  # 参赛号 001
    WORKSTATION = "workstation"  # 工位号 01
    REVIEW = "review"  # 评审号 P01


def kind_of_level(level: int, levels: int) -> CodeKind:
    """Return what level ``level`` of ``levels`` hands out.

    One level draws workstations; two draw the entry number first; the third renames
    workstations for the review of works.
    """
    if not 1 <= level <= levels <= MAXIMUM_LEVELS:
        raise ValueError(f"level {level} of {levels}")
    if levels == 1:
        return CodeKind.WORKSTATION
    return (CodeKind.BIB, CodeKind.WORKSTATION, CodeKind.REVIEW)[level - 1]


def code(kind: CodeKind, number: int) -> str:
    """Return the printed form of a drawn number.

    >>> [code(kind, 7) for kind in CodeKind]
    ['007', '07', 'P07']
    """
    if kind == CodeKind.BIB:
        return f"{number:03d}"
    return f"P{number:02d}" if kind == CodeKind.REVIEW else f"{number:02d}"


def permutation(count: int, seed: str) -> tuple[int, ...]:
    """Return 0 … count-1 in an order that follows from ``seed`` alone.

    Fisher–Yates, fed by SHA-256 in counter mode; numbers that would favour some order
    are thrown away.
    """
    order = list(range(count))
    stream = _numbers(seed)
    for last in range(count - 1, 0, -1):
        chosen = _below(last + 1, stream)
        order[last], order[chosen] = order[chosen], order[last]
    return tuple(order)


def draw(keys: Sequence[str], kind: CodeKind, seed: str) -> dict[str, str]:
    """Return each key's code; the order in which keys are given does not matter."""
    ordered = sorted(keys)
    if len(set(ordered)) != len(ordered):
        raise ValueError("a key is drawn twice")
    places = permutation(len(ordered), seed)
    return {
        key: code(kind, place + 1) for key, place in zip(ordered, places, strict=True)
    }


def aliases(keys: Sequence[str], seed: str) -> dict[str, str]:
    """Return public aliases 代号 from a permutation of their own.

    An alias never repeats a workstation's number in a way that could be guessed: the
    seed differs from that of every level.
    """
    ordered = sorted(keys)
    places = permutation(len(ordered), f"alias\x00{seed}")
    return {
        key: f"S{place + 1:02d}" for key, place in zip(ordered, places, strict=True)
    }


def commitment(codes: Mapping[str, str], salt: str) -> str:
    """Return the hash that is printed before the first mark."""
    text = json.dumps(
        [salt, sorted(codes.items())], ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def fits(codes: Mapping[str, str], salt: str, printed: str) -> bool:
    """Return whether the codes are those whose commitment was printed."""
    return commitment(codes, salt) == printed


def _numbers(seed: str) -> Iterator[int]:
    counter = 0
    while True:
        block = hashlib.sha256(f"{counter}\x00{seed}".encode()).digest()
        for start in range(0, 32, 4):
            yield int.from_bytes(block[start : start + 4])
        counter += 1


def _below(limit: int, stream: Iterator[int]) -> int:
    fair = 2**32 - 2**32 % limit
    return next(number for number in stream if number < fair) % limit
