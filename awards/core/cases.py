"""Situations a clerk can read, each with the decision a rule must come to.

A case file names its rulebook, a base situation, and cases that change it.  The file's
text comes in and what differs goes out; nothing here reads a disk.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from awards.core.engine import Decision, evaluate
from awards.core.facts import Case, Setting, read_facts
from awards.core.gaps import Filling
from awards.core.rulebook import Rulebook
from awards.core.settling import Held, settle
from awards.core.vocabulary import GrantKind, Trigger

OUT_OF_SCOPE = "out-of-scope"
PERSON = "person"
CASES_PER_RULE = 3
NEEDED = ("entitled", "refused", OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Situation:
    """One case of a case file; ``expect`` is a decision or "out-of-scope"."""

    name: str
    rule: str
    expect: str
    case: Case
    on: date
    fillings: Mapping[str, Filling]
    history: tuple[Held, ...] = ()
    grant: int | None = None
    value: str | None = None
    missing: tuple[str, ...] | None = None


def situations_of(text: str) -> tuple[str, list[Situation]]:
    """The rulebook's id and the cases of a case file; ValueError on a bad one."""
    raw = tomllib.loads(text)
    rulebook = str(raw["rulebook"])
    base = raw.get("base", {})
    return rulebook, [situation_of(rulebook, base, case) for case in raw["case"]]


def situation_of(
    rulebook: str, base: dict[str, object], raw: dict[str, object]
) -> Situation:
    """One case on the base situation; ValueError, KeyError or TypeError on a bad one."""
    merged = {**base, **raw}
    facts = {**_table(base, "facts"), **_table(raw, "facts")}
    for name in _list(raw, "without"):
        facts.pop(str(name))
    names = Setting.__dataclass_fields__
    setting = Setting(**{name: merged[name] for name in names if name in merged})  # type: ignore[arg-type]
    on = merged["on"]
    if not isinstance(on, date):
        raise ValueError(f"{raw['name']}: on is no date")
    missing = raw.get("missing")
    return Situation(
        name=str(raw["name"]),
        rule=str(raw["rule"]),
        expect=str(raw["expect"]),
        case=Case(
            person=PERSON,
            skill="skill",
            setting=setting,
            facts=read_facts(facts, "case"),
            trigger=Trigger(str(merged.get("trigger", Trigger.RESULT))),
        ),
        on=on,
        fillings={
            f"{rulebook}:{gap}": Filling(value, "case")
            for gap, value in _table(raw, "fill").items()
        },
        history=tuple(_held(row) for row in _list(raw, "history")),
        grant=raw["grant"] if isinstance(raw.get("grant"), int) else None,  # type: ignore[arg-type]
        value=str(raw["value"]) if "value" in raw else None,
        missing=tuple(missing) if isinstance(missing, list) else None,
    )


def _table(raw: Mapping[str, object], key: str) -> dict[str, object]:
    value = raw.get(key, {})
    if not isinstance(value, dict):
        raise ValueError(f"{key} is no table")
    return value


def _list(raw: Mapping[str, object], key: str) -> list[object]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise ValueError(f"{key} is no list")
    return value


def _held(row: object) -> Held:
    if not isinstance(row, dict):
        raise ValueError("history is no list of tables")
    on = row.get("on")
    kind = GrantKind(str(row["kind"]))
    return Held(PERSON, kind, str(row["value"]), on, "case")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a rule decides otherwise than a case expects: decision, value or missing."""

    what: str
    found: str
    expected: str


def compare(situation: Situation, rulebook: Rulebook) -> list[Difference]:
    """What the rulebook decides otherwise than the case expects; empty if it agrees."""
    found = decided(situation, rulebook)
    if situation.expect == OUT_OF_SCOPE:
        states = ", ".join(decision.state.value for decision in found)
        return [Difference("decision", states, OUT_OF_SCOPE)] if found else []
    if not found:
        return [Difference("decision", OUT_OF_SCOPE, situation.expect)]
    return [one for decision in found for one in _compared(decision, situation)]


def decided(situation: Situation, rulebook: Rulebook) -> list[Decision]:
    """The decisions a case is about; none where its rule is out of scope."""
    every = evaluate(
        situation.case, [rulebook], situation.on, fillings=situation.fillings
    )
    return [
        decision
        for decision in settle(every, situation.history)
        if decision.rule == situation.rule
        and situation.grant in (None, decision.position)
    ]


def differences(situation: Situation, rulebook: Rulebook) -> list[str]:
    """The same in words for a log, each with the case's name."""
    return [
        f"{situation.name}: {one.what} is {one.found}, expected {one.expected}"
        for one in compare(situation, rulebook)
    ]


def lacking(expected: Sequence[str]) -> list[str]:
    """What the cases of a rule leave unproved: "cases", or a decision none expects.

    A preview proves what an entitlement proves.

    >>> lacking(["preview", "refused", "open"])
    ['out-of-scope']
    """
    proved = {"entitled" if state == "preview" else state for state in expected}
    few = ["cases"] if len(expected) < CASES_PER_RULE else []
    return few + [state for state in NEEDED if state not in proved]


def _compared(decision: Decision, situation: Situation) -> list[Difference]:
    pairs = [("decision", decision.state.value, situation.expect)]
    if situation.value is not None:
        pairs.append(("value", decision.value, situation.value))
    if situation.missing is not None:
        pairs.append(("missing", str(decision.missing), str(situation.missing)))
    return [
        Difference(what, found, expected)
        for what, found, expected in pairs
        if found != expected
    ]
