"""The canonical form of an event, and the hash that ties it to the one before it.

The hash covers every field of the event but itself and the device's signature.  Values
are strings, whole numbers, booleans, nothing, and lists and mappings of these; a
fraction is written as a string, so that two machines never disagree about a digit.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

DEFAULT_ALGORITHM = "sha256"
ALGORITHMS = ("sha256", "sm3")
NOT_COVERED = ("hash", "device_signature")
START = ""  # what the first event of a chain has before it


@dataclass(frozen=True, slots=True, order=True)
class ChainRef:
    """The name of a chain: what it is about and the opaque id of that thing."""

    kind: str
    ref: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no chain is about a {self.kind!r}")

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref}"


KINDS = ("installation", "bureau", "competition", "skill")


def skill_chain(skill_id: int) -> ChainRef:
    """Everything that happens to the marks of one skill."""
    return ChainRef("skill", str(skill_id))


def competition_chain(competition_id: int) -> ChainRef:
    """Everything else of one competition, releases included."""
    return ChainRef("competition", str(competition_id))


def bureau_chain(organization_id: int) -> ChainRef:
    """What one bureau fills in, decides and exports."""
    return ChainRef("bureau", str(organization_id))


def installation_chain() -> ChainRef:
    """What belongs to the whole installation: people, roles, settings."""
    return ChainRef("installation", "1")


@dataclass(frozen=True, slots=True)
class Link:
    """One event as plain values, exactly as they are hashed."""

    chain: str
    seq: int
    type: str
    actor: str
    device: str
    device_n: int | None
    key: str
    body: str
    client_time: str
    server_time: str
    prev: str
    algorithm: str
    hash: str = ""
    device_signature: str = ""


COVERED = tuple(field.name for field in fields(Link) if field.name not in NOT_COVERED)


def canonical(value: object) -> str:
    """Return ``value`` as canonical JSON: keys in order, no blanks, exact characters.

    Raises ValueError for a float and for anything that JSON cannot hold exactly.

    >>> canonical({"b": 1, "a": ["1.50", None, True]})
    '{"a":["1.50",null,true],"b":1}'
    """
    return json.dumps(
        _checked(value, "body"), ensure_ascii=False, separators=(",", ":")
    )


def event_hash(link: Link) -> str:
    """Return the hash of a whole event, in hexadecimal.

    What is hashed is the canonical JSON of all covered fields, with its length before
    it: no two different events can lead to the same bytes.
    """
    if link.algorithm not in ALGORITHMS:
        raise ValueError(f"unknown hash algorithm {link.algorithm!r}")
    whole = canonical({name: getattr(link, name) for name in COVERED}).encode()
    digest = hashlib.new(link.algorithm)
    digest.update(b"%d:" % len(whole))
    digest.update(whole)
    return digest.hexdigest()


def moment(at: datetime) -> str:
    """Return an aware datetime as the one string that stands for it in a hash.

    >>> from datetime import timedelta, timezone
    >>> moment(datetime(2026, 11, 20, 8, tzinfo=timezone(timedelta(hours=8))))
    '2026-11-20T00:00:00.000+00:00'

    Milliseconds: what every database and every exchange format keeps.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone is not a moment")
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _checked(value: object, where: str) -> Any:
    """``value`` with mappings in canonical order, or ValueError naming the place."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        _ = value.encode()  # a lone surrogate has no bytes
        return str(value)
    if isinstance(value, Mapping):
        return dict(_members(value, where))
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_checked(item, f"{where}[{n}]") for n, item in enumerate(value)]
    raise ValueError(f"{where}: write a string instead of a {type(value).__name__}")


def _members(mapping: Mapping[Any, object], where: str) -> Iterator[tuple[str, object]]:
    for key in mapping:
        if not isinstance(key, str):
            raise ValueError(f"{where}: the key {key!r} is not a string")
    # The order of RFC 8785: by UTF-16 code units.
    for key in sorted(mapping, key=lambda key: key.encode("utf-16-be")):
        yield str(key), _checked(mapping[key], f"{where}.{key}")
