"""Find the line of a TOML text at which a mistake stands.

The reader knows a place ("rule X-1, grant 2, when") and a key; people look for a line.
Lines are counted from 1; where nothing closer is found, the nearest header is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PATH = re.compile(r"""[\w\-."' ]+""")
_KEY = re.compile(r"""^\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*[.=]""")
_AT = re.compile(r"\(at line (\d+), column \d+\)")
_QUOTES = ('"' * 3, "'" * 3)
_LOOKED_AT = 500  # characters of a line; headers and keys are shorter


@dataclass(frozen=True, slots=True)
class Section:
    """One header with the lines up to the next: [a.b] or [[a.b]]."""

    path: tuple[str, ...]
    first: int
    last: int
    keys: dict[str, int]
    names: tuple[str, ...]


class Outline:
    """The headers and keys of a text, read once for many questions."""

    def __init__(self, text: str) -> None:
        self.count = text.count("\n") + 1
        self.sections = _sections(text)

    def line_of(self, place: str, key: str = "") -> int:
        """The line of ``key`` at ``place`` as :class:`reading.Problem` names them."""
        steps = [step for step in place.split(", ") if step]
        if not steps:
            return self._at_top(key)
        inside, path = self.sections, tuple[str, ...]()
        inner: list[str] = []
        for step in steps:
            name, _space, ident = step.partition(" ")
            found = _element(inside, (*path, name), ident)
            if found:
                inside, path = found, (*path, name)
            else:
                inner.append(name)
        return _line_in(inside, (key.partition(".")[0], *reversed(inner)))

    def _at_top(self, key: str) -> int:
        named = [s.first for s in self.sections if key and key in s.names]
        if named:
            return named[-1]
        for section in self.sections:
            if section.path[:1] == (key,):
                return section.first
        return self.sections[0].keys.get(key, 1)


def line_of_error(message: str, text: str) -> int:
    """The line a TOML reader's message names; the last where it says the end."""
    at = _AT.search(message)
    if at:
        return int(at[1])
    return text.count("\n") + 1 if "end of document" in message else 0


def _line_in(inside: list[Section], keys: tuple[str, ...]) -> int:
    """The first of ``keys`` written in the element, else its header."""
    if not inside:
        return 0
    for key in keys:
        for section in inside:
            if key in section.keys:
                return section.keys[key]
    return inside[0].first


def _element(inside: list[Section], path: tuple[str, ...], ident: str) -> list[Section]:
    """The sections of one table: the named or numbered one of those at ``path``."""
    starts = [n for n, section in enumerate(inside) if section.path == path]
    if not starts:
        return []
    named = [n for n in starts if ident and ident in inside[n].names]
    if named:
        start = named[0]
    elif ident.isdecimal() and len(ident) < 6 and 0 < int(ident) <= len(starts):
        start = starts[int(ident) - 1]
    else:
        start = starts[0]
    end = start + 1
    while end < len(inside) and _is_below(inside[end].path, path):
        end += 1
    return inside[start:end]


def _is_below(path: tuple[str, ...], above: tuple[str, ...]) -> bool:
    return len(path) > len(above) and path[: len(above)] == above


def _sections(text: str) -> list[Section]:
    found = [Section((), 1, 1, {}, ())]
    names: list[str] = []
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quote:
            quote = "" if quote in line else quote
            continue
        start = line[:_LOOKED_AT]
        path = _path(start)
        if path:
            found[-1] = _closed(found[-1], number - 1, names)
            found.append(Section(path, number, number, {}, ()))
            names = []
            continue
        key = _KEY.match(start)
        if key:
            name = key[1] or key[2] or key[3] or ""
            found[-1].keys.setdefault(name, number)
            if name in ("id", "name"):
                names += re.findall(r"""=\s*["'](.*?)["']\s*(?:#.*)?$""", start)
        quote = next((q for q in _QUOTES if line.count(q) % 2), "")
    found[-1] = _closed(found[-1], text.count("\n") + 1, names)
    return found


def _path(line: str) -> tuple[str, ...]:
    """What a header names; nothing for any other line."""
    header = line.partition("#")[0].strip()
    if not (header.startswith("[") and header.endswith("]")):
        return ()
    inner = header.removeprefix("[").removeprefix("[").rstrip("]").strip()
    if not _PATH.fullmatch(inner):
        return ()
    return tuple(part.strip(" \"'") for part in inner.split("."))


def _closed(section: Section, last: int, names: list[str]) -> Section:
    return Section(section.path, section.first, last, section.keys, tuple(names))
