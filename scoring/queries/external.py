"""An external release's text, from its stored table and the rows made of it.

The same function writes the release and checks it later: nothing but the table and the
ids of its rows goes in.
"""

import json
from collections.abc import Iterator
from typing import Any

from competitions.models import Competition, Entry, Skill
from competitions.queries import entries_in
from scoring.external import ExternalEntry, ExternalTable, read_results
from scoring.models import Release
from scoring.queries.release_text import entry_head, skill_head

# What a published award says about the place where the table does not state it.
PLACE_FROM = {"优胜奖": 4}
KEY_LENGTH = 8
COMPARED = ("standing", "place", "place_low", "place_high", "award", "title_granted")


def entry_key(digest: str, entry: ExternalEntry) -> str:
    """Return an entry's stable name: the file it comes from and its team or row."""
    return f"{digest[:KEY_LENGTH]}-{entry.team or entry.row.number}"


def external_skills(competition: Competition) -> dict[tuple[str, str], Skill]:
    """Return the skills of an external competition by name and group."""
    rows = competition.skills.select_related("competition")
    return {(skill.name, skill.group): skill for skill in rows}


def external_texts(
    competition: Competition, table: ExternalTable, digest: str
) -> list[dict[str, Any]]:
    """Return the skills of the release text, by number; a fixed number of queries.

    How many really competed is not known from such a table.
    """
    skills = external_skills(competition)
    rows = entries_in(competition).filter(key__startswith=f"{digest[:KEY_LENGTH]}-")
    entries = {(row.skill_id, row.key): row for row in rows}
    texts = []
    for key in table.skills:
        head = skill_head(skills[key], field=None, registered=0)
        lines = [
            _entry(entry, entries[skills[key].pk, entry_key(digest, entry)])
            for entry in table.entries
            if entry.skill == key
        ]
        texts.append({**head, "registered": None, "entries": lines})
    return sorted(texts, key=lambda text: str(text["number"]))


def external_differences(release: Release) -> list[str]:
    """Return where an external release differs from its stored table, in words."""
    table = read_results(bytes(release.source or b""), filename=release.source_name)
    if table.competition is None:
        return [f"{release.number}: {p.code}" for p in table.problems]
    told = {
        (*entry.skill, entry_key(release.source_digest, entry)): entry
        for entry in table.entries
    }
    stored = {
        (skill["name"], skill["group"], entry["key"]): entry
        for skill in json.loads(release.text)["skills"]
        for entry in skill["entries"]
    }
    found = [
        f"{release.number} {key[2]}: missing"
        for key in sorted(told.keys() ^ stored.keys())
    ]
    for key in sorted(told.keys() & stored.keys()):
        found += _compared(release, told[key], stored[key])
    return found


def _compared(
    release: Release, entry: ExternalEntry, stored: dict[str, Any]
) -> Iterator[str]:
    told = _result(entry)
    for name in (*COMPARED, "points"):
        if told[name] != stored[name]:
            yield (
                f"{release.number} {stored['key']} {name}: "
                f"{stored[name]} / {told[name]}"
            )
    if len(entry.members) != len(stored["members"]):
        yield f"{release.number} {stored['key']} members"


def _entry(entry: ExternalEntry, row: Entry) -> dict[str, Any]:
    return {**entry_head(row), **_result(entry), "modules": []}


def _result(entry: ExternalEntry) -> dict[str, Any]:
    return {
        "standing": "ranked",
        "place": entry.place,
        "place_low": entry.place or PLACE_FROM.get(entry.award),
        "place_high": entry.place,
        "award": entry.award,
        "title_granted": entry.title_granted,
        "points": None if entry.points is None else f"{entry.points:f}",
    }
