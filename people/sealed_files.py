"""Files that hold personal data: kept encrypted, written and read piece by piece.

A sealed file begins with a line naming its key (``people.fields`` keys); every piece is
AES-256-GCM with the file's own nonce, its place and whether it is the last, so that
pieces cannot be moved, left out or exchanged between files.
"""

import hashlib
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag

from people.fields import UnreadableValue, cipher, current_key_id

PIECE = 1 << 20
TAG = 16
NONCE = 7  # and four bytes of place, one of "last"
MARK = "leitai-sealed-1"


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed: its size and the SHA-256 of its plain content."""

    size: int
    digest: str


def seal(source: IO[bytes], path: Path) -> Sealed:
    """Write the rest of ``source`` encrypted to a new file at ``path``.

    The file is the owner's alone and appears as a whole or not at all.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as target:
            found = _write(source, target, path.name)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return found


def unseal(path: Path) -> Iterator[bytes]:
    """Yield the plain content of a sealed file, piece by piece.

    Raises UnreadableValue when its key is gone, or it was altered or cut short.
    """
    with path.open("rb") as source:
        head = source.readline(200).decode(errors="replace").split()
        if len(head) != 2 or head[0] != MARK:
            raise UnreadableValue(f"{path.name} is not a sealed file")
        key, prefix = cipher(head[1]), source.read(NONCE)
        piece, place = source.read(PIECE + TAG), 0
        while True:
            following = source.read(PIECE + TAG)
            nonce = _nonce(prefix, place, is_last=not following)
            try:
                yield key.decrypt(nonce, piece, _about(head[1], path.name))
            except InvalidTag:
                raise UnreadableValue(f"{path.name} was altered") from None
            if not following:
                return
            piece, place = following, place + 1


def _write(source: IO[bytes], target: IO[bytes], name: str) -> Sealed:
    key_id, prefix = current_key_id(), secrets.token_bytes(NONCE)
    key, about = cipher(key_id), _about(key_id, name)
    target.write(f"{MARK} {key_id}\n".encode() + prefix)
    digest, size, place = hashlib.sha256(), 0, 0
    piece = source.read(PIECE)
    while True:
        following = source.read(PIECE)
        nonce = _nonce(prefix, place, is_last=not following)
        target.write(key.encrypt(nonce, piece, about))
        digest.update(piece)
        size += len(piece)
        if not following:
            return Sealed(size, digest.hexdigest())
        piece, place = following, place + 1


def _nonce(prefix: bytes, place: int, *, is_last: bool) -> bytes:
    return prefix + struct.pack(">IB", place, is_last)


def _about(key_id: str, name: str) -> bytes:
    return f"{MARK} {key_id} {name}".encode()
