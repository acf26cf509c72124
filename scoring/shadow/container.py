"""The one way a results bundle is packed: stored files in order, every byte foreseen.

A bundle that packs to other bytes than its own is not one; so no byte of it is free.
"""

import hashlib
import json
import struct
from typing import Any
from zlib import crc32

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
DAY = 0x21  # 1980-01-01, the first day of the format
MANIFEST = "manifest.json"


class Refused(Exception):
    """A bundle that does not hold; the text says where."""


def plain(value: Any) -> str:
    """Canonical JSON: keys in order, no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def manifest_of(files: dict[str, bytes]) -> bytes:
    """What the manifest of these files says: each hash, and one of all of them."""
    hashes = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    whole = hashlib.sha256(plain(hashes).encode()).hexdigest()
    return (plain({"files": hashes, "format": 1, "whole": whole}) + "\n").encode()


def pack(files: dict[str, bytes]) -> bytes:
    """The files, in order of their names, as one archive."""
    body, index, offset = [], [], 0
    for name in sorted(files):
        data, path = files[name], name.encode()
        facts = (20, 0, 0, 0, DAY, crc32(data), len(data), len(data), len(path))
        body += [LOCAL.pack(b"PK\3\4", *facts, 0), path, data]
        index += [
            CENTRAL.pack(b"PK\1\2", 20, *facts, 0, 0, 0, 0, 0, offset),
            path,
        ]
        offset += LOCAL.size + len(path) + len(data)
    listed = b"".join(index)
    count = len(files)
    end = END.pack(b"PK\5\6", 0, 0, count, count, len(listed), offset, 0)
    return b"".join([*body, listed, end])


def unpack(archive: bytes) -> dict[str, bytes]:
    """The files of an archive that was packed here; else :class:`Refused`."""
    files: dict[str, bytes] = {}
    at = 0
    try:
        while archive[at : at + 4] == b"PK\3\4":
            facts = LOCAL.unpack_from(archive, at)
            size, length = facts[8], facts[9]
            at += LOCAL.size
            name = archive[at : at + length].decode()
            files[name] = archive[at + length : at + length + size]
            at += length + size
        repacked = pack(files)
    except (struct.error, UnicodeDecodeError) as error:
        raise Refused(f"不是成绩包 / not a bundle: {error}") from error
    if repacked != archive:
        raise Refused("压缩包被改动 / the archive was changed")
    if files.pop(MANIFEST, b"") != manifest_of(files):
        raise Refused("清单与文件不符 / manifest and files differ")
    return files
