"""What differs between two texts of one skill: the release before, and after it.

Both are plain values of a release text.  Entries are told apart by their id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# In the order in which people read them.
COMPARED = ("standing", "place", "award", "points", "scale_score")


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value of an entry, before and after; empty text where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What changed for one entry; new and vanished ones say so with ``listed``."""

    entry: int
    values: tuple[ValueChange, ...]


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[EntryChange, ...]:
    """Every entry of which a compared value changed, in the order of ``after``.

    >>> one = {"entries": [{"entry": 7, "place": 2, "award": "银牌"}]}
    >>> two = {"entries": [{"entry": 7, "place": 1, "award": "银牌"}]}
    >>> [(c.entry, c.values[0].before, c.values[0].after) for c in changes(one, two)]
    [(7, '2', '1')]
    """
    old = {entry["entry"]: entry for entry in before["entries"]}
    new = {entry["entry"]: entry for entry in after["entries"]}
    found = []
    for key in (*new, *(key for key in old if key not in new)):
        values = _values(old.get(key), new.get(key))
        if values:
            found.append(EntryChange(key, values))
    return tuple(found)


def _values(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[ValueChange, ...]:
    found = [
        ValueChange(name, old, new)
        for name in COMPARED
        for old, new in [(_text(before, name), _text(after, name))]
        if old != new
    ]
    if (before is None) != (after is None):
        listed = ValueChange("listed", "yes" if before else "", "yes" if after else "")
        found.insert(0, listed)
    return tuple(found)


def _text(entry: Mapping[str, Any] | None, name: str) -> str:
    value = None if entry is None else entry.get(name)
    return "" if value is None else str(value)
