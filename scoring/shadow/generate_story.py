"""A generated competition as the events of its chain, with another scheme half-way.

The last scheme is the one that was generated; the one before it asked for more here and
for less there.  Both calculations hear the same events.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

from scoring.shadow.generate import competitions

Event = tuple[str, dict[str, Any]]
STATES = {"absent": "absent", "disqualified": "cancelled"}
MOST_JUDGES = 7
LONE = {
    "code": "Z1",
    "name": "Z1",
    "aspects": [
        {
            "code": "Z1.M1",
            "kind": "measurement",
            "maximum": "5",
            "description": "Z1.M1",
            "calculation": {"kind": "DIRECT", "parameters": []},
        }
    ],
}


def stories(count: int, seed: int) -> Iterator[list[Event]]:
    """Yield the events of ``count`` competitions; the same seed gives the same ones."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    for skill in competitions(count, seed):
        yield list(_events(chance, skill))


def _events(chance: Random, skill: dict[str, Any]) -> Iterator[Event]:
    first = _earlier(chance, skill["scheme"])
    asked = _codes(first)
    entries = [int(row["entry"]) for row in skill["entries"]]
    early: list[Event] = []
    late: list[Event] = []
    for mark in _marks(skill):
        (early if mark[1]["aspect"] in asked else late).append(mark)
    early += list(_extra(chance, first, skill))
    chance.shuffle(early)
    yield "scheme-freeze", {"text": json.dumps(first)}
    yield _opening(skill)
    yield from early
    sheets = [[0, entry, sub, 1] for entry in entries for sub in _subs(first)]
    signed = [row for row in sheets if chance.randrange(2)]
    yield "sign", {"sheets": signed}
    if chance.randrange(2):
        yield "verify", {"steps": None, "minimum_field": 0, "away": {}}
    yield "scheme-version", {"text": json.dumps(skill["scheme"])}
    yield "signatures-void", {"sheets": signed, "keeps_seats": False}
    yield "results-reopen", {}
    yield _opening(skill)
    yield from late
    yield from _decided(skill)


def _decided(skill: dict[str, Any]) -> Iterator[Event]:
    number = 0
    for entry, taken in skill["penalties"].items():
        for penalty in taken:
            number += 1
            yield "penalty", {"entry": int(entry), "penalty": number, **penalty}
    if skill["decisions"]:
        wrong = dict.fromkeys(skill["decisions"], 1)
        yield "tie-decision", {"order": wrong}
        yield "tie-decision-withdrawn", {"entries": [int(entry) for entry in wrong]}
        yield "tie-decision", {"order": skill["decisions"]}
    away = {
        row["entry"]: STATES[row["away"]] for row in skill["entries"] if row["away"]
    }
    yield "verify", {**skill["verified"], "away": away}


def _opening(skill: dict[str, Any]) -> Event:
    """Everybody sits in panel A; who marks an entry less stands aside there."""
    everyone = list(range(1, MOST_JUDGES + 1))
    aside = {}
    for row in skill["entries"]:
        seats = next(iter(row["seats"].values()))
        aside[row["entry"]] = {"A": [n for n in everyone if n not in seats]}
    return "marking-open", {
        "entries": [int(row["entry"]) for row in skill["entries"]],
        "guests": [int(row["entry"]) for row in skill["entries"] if row["guest"]],
        "panels": {"A": everyone},
        "aside": aside,
    }


def _marks(skill: dict[str, Any]) -> Iterator[Event]:
    for entry, subs in skill["marks"].items():
        for sub, cells in subs.items():
            for (aspect, seat), (state, value) in cells.items():
                yield _mark(entry, sub, aspect, seat, state, value)


def _mark(
    entry: str, sub: str, aspect: str, seat: int, state: str, value: str
) -> Event:
    place = {"entry": int(entry), "sub": sub, "aspect": aspect, "seat": seat}
    return "mark", {**place, "state": state, "value": value}


def _earlier(chance: Random, scheme: dict[str, Any]) -> dict[str, Any]:
    """The scheme as it was before: other maxima, an aspect less, a module more."""
    before: dict[str, Any] = json.loads(json.dumps(scheme))
    for criterion in before["criteria"]:
        for sub in criterion["sub_criteria"]:
            for aspect in sub["aspects"]:
                if not chance.randrange(3):
                    aspect["maximum"] = chance.choice(("1", "7", "40"))
            if len(sub["aspects"]) > 1 and not chance.randrange(3):
                sub["aspects"].pop()
    kept = before["rounding"]["aspect"]
    before["rounding"]["aspect"] = chance.choice([n for n in range(4) if n != kept])
    if chance.randrange(2):
        lone = {"letter": "Z", "name": "Z", "weight": None, "sub_criteria": [LONE]}
        before["criteria"].append(lone)
    return before


def _extra(
    chance: Random, first: dict[str, Any], skill: dict[str, Any]
) -> Iterator[Event]:
    """Marks for what the later scheme no longer asks for."""
    if "Z1" in _subs(first):
        for row in skill["entries"]:
            yield _mark(
                row["entry"], "Z1", "Z1.M1", 0, "value", chance.choice("012345")
            )


def _subs(scheme: dict[str, Any]) -> list[str]:
    return [sub["code"] for c in scheme["criteria"] for sub in c["sub_criteria"]]


def _codes(scheme: dict[str, Any]) -> set[str]:
    return {
        aspect["code"]
        for criterion in scheme["criteria"]
        for sub in criterion["sub_criteria"]
        for aspect in sub["aspects"]
    }
