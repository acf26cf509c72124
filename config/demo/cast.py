"""The people of the demonstration, read from ``material/people.toml``.

Identity numbers carry the region code 519900, which was never assigned, so that none of
them can belong to anybody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from config.demo.schemes import MATERIAL
from people.core.identity import check_character

UNASSIGNED_REGION = "519900"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its key, name, region and kinds."""

    key: str
    name: str
    region: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person with the facts that the demonstration records about them."""

    name: str
    sex: str
    birth_on: date
    unit: str
    identity_number: str
    login: str = ""
    grade: str = ""  # a grade's label, "none", or "" for unknown
    certificate: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """One entry: its skill, key, members and coaches, and how well it will do (0-100)."""

    skill: str
    key: str
    members: tuple[Somebody, ...]
    coaches: tuple[Somebody, ...]
    strength: int


@cache
def material() -> Mapping[str, Any]:
    """The material as plain values."""
    with (MATERIAL / "people.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def units() -> dict[str, Unit]:
    """Every unit by its key."""
    return {
        key: Unit(key, name, region, tuple(kinds))
        for key, (name, region, kinds) in material()["units"].items()
    }


def identity_number(name: str, sex: str, birth_on: date) -> str:
    """A number of the right form for somebody who does not exist.

    The sequence follows from the name, odd for men as GB 11643 asks.
    """
    sequence = sum(ord(letter) * (7**place) for place, letter in enumerate(name)) % 499
    digits = f"{UNASSIGNED_REGION}{birth_on:%Y%m%d}{sequence * 2 + (sex == '1'):03d}"
    return digits + check_character(digits)


def somebody(name: str, sex: str, birth_on: date, unit: str, **facts: Any) -> Somebody:
    """Somebody of the material, with a number of their own."""
    number = identity_number(name, sex, birth_on)
    return Somebody(name, sex, birth_on, unit, number, **facts)


@cache
def officials() -> tuple[Somebody, ...]:
    """Everybody who runs the competition or the bureau; ``login`` may be empty."""
    return tuple(
        somebody(row["name"], row["sex"], row["birth"], row["unit"], login=row["login"])
        for row in material()["officials"]
    )


@cache
def teams() -> tuple[Team, ...]:
    """Every entry in order of its key."""
    members: dict[str, list[Somebody]] = {}
    facts: dict[str, tuple[str, int]] = {}
    for (
        skill,
        key,
        name,
        sex,
        birth_on,
        unit,
        grade,
        number,
        titles,
        strength,
    ) in material()["competitors"]["rows"]:
        person = somebody(
            name,
            sex,
            birth_on,
            unit,
            grade=grade,
            certificate=number,
            titles=tuple(titles),
        )
        members.setdefault(key, []).append(person)
        facts[key] = (skill, strength)
    coaches: dict[str, list[Somebody]] = {}
    for key, name, sex, birth_on, unit in material()["coaches"]["rows"]:
        coaches.setdefault(key, []).append(somebody(name, sex, birth_on, unit))
    return tuple(
        Team(skill, key, tuple(members[key]), tuple(coaches.get(key, ())), strength)
        for key, (skill, strength) in facts.items()
    )
