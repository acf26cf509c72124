"""What the events of a skill's chain tell, as the plain values to compute from.

Heard are: the frozen scheme and its later versions, who marks what, marks, signatures (a signed sheet keeps its
judges) and when they are void, penalties, decisions between equals, the verification and
when it is taken back, overrides.
"""

import json
from collections.abc import Iterable
from typing import Any

SECOND_TEAM = 100  # what the seats of the second team are raised by
AWAY = {"absent": "absent", "cancelled": "disqualified"}


def skill_of(
    events: Iterable[tuple[str, dict[str, Any]]], attendance: dict[str, str]
) -> dict[str, Any] | None:
    """The skill as its events (type, body) leave it; nothing before the first mark.

    ``attendance`` are the states of entries until a verification says what it took.
    """
    told: dict[str, Any] = {
        "scheme": None,
        "open": {"entries": [], "guests": [], "panels": {}, "aside": {}},
        "signed": set(),
        "seats": {},
        "marks": {},
        "penalties": {},
        "decisions": {},
        "overrides": {},
        "verified": None,
    }
    for kind, body in events:
        listener = LISTENERS.get(kind)
        if listener is not None:
            listener(told, body)
    if told["scheme"] is None:
        return None
    return {**told, "entries": _entries(told, attendance)}


def _entries(told: dict[str, Any], attendance: dict[str, str]) -> list[dict[str, Any]]:
    verified = told["verified"]
    states = attendance if verified is None else verified["away"]
    return [
        {
            "entry": str(entry),
            "guest": entry in told["open"]["guests"],
            "away": AWAY.get(states.get(str(entry), ""), ""),
            "seats": told["seats"].get(str(entry), {}),
        }
        for entry in told["open"]["entries"]
    ]


def _hear_scheme(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["scheme"] = json.loads(body["text"])
    _seat(told)


def _hear_version(told: dict[str, Any], body: dict[str, Any]) -> None:
    """Another scheme in force: marks of what it does not ask for are gone."""
    told["scheme"] = json.loads(body["text"])
    asked = {
        sub["code"]: {aspect["code"] for aspect in sub["aspects"]}
        for criterion in told["scheme"]["criteria"]
        for sub in criterion["sub_criteria"]
    }
    told["signed"] = {pair for pair in told["signed"] if pair[1] in asked}
    for marks in told["marks"].values():
        for code in list(marks):
            wanted = asked.get(code, set())
            marks[code] = {
                cell: m for cell, m in marks[code].items() if cell[0] in wanted
            }
    _seat(told)


def _hear_open(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["open"] = body
    _seat(told)


def _seat(told: dict[str, Any]) -> None:
    """Who marks each sheet; a signed one keeps those it was signed with."""
    if told["scheme"] is None:
        return
    subs = [
        (sub["code"], sub.get("panel", "A"), sub.get("dual") or {})
        for criterion in told["scheme"]["criteria"]
        for sub in criterion["sub_criteria"]
    ]
    panels, aside = told["open"]["panels"], told["open"]["aside"]
    for entry in map(str, told["open"]["entries"]):
        mine = told["seats"].setdefault(entry, {})
        away = aside.get(entry, {})
        for code, panel, dual in subs:
            if (entry, code) not in told["signed"]:
                other = dual.get("panel", "")
                mine[code] = [
                    *_present(panels, away, panel),
                    *(n + SECOND_TEAM for n in _present(panels, away, other)),
                ]


def _present(panels: dict[str, Any], away: dict[str, Any], panel: str) -> list[int]:
    out = away.get(panel, [])
    return [number for number in panels.get(panel, []) if number not in out]


def _hear_reserve(told: dict[str, Any], body: dict[str, Any]) -> None:
    """A reserve holds a seat: who stands aside from which entry is told anew."""
    told["open"] = {**told["open"], "aside": body["aside"]}
    _seat(told)


def _hear_mark(told: dict[str, Any], body: dict[str, Any]) -> None:
    entry = told["marks"].setdefault(str(body["entry"]), {})
    cell = (body["aspect"], body["seat"])
    entry.setdefault(body["sub"], {})[cell] = (body["state"], body["value"])


def _hear_withdrawal(told: dict[str, Any], body: dict[str, Any]) -> None:
    entry = told["marks"].get(str(body["entry"]), {})
    entry.get(body["sub"], {}).pop((body["aspect"], body["seat"]), None)


def _hear_signature(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["signed"] |= {(str(entry), sub) for _pk, entry, sub, _v in body["sheets"]}


def _hear_void(told: dict[str, Any], body: dict[str, Any]) -> None:
    if body["keeps_seats"]:
        return
    told["signed"] -= {(str(entry), sub) for _pk, entry, sub, _v in body["sheets"]}


def _hear_penalty(told: dict[str, Any], body: dict[str, Any]) -> None:
    entry = told["penalties"].setdefault(str(body["entry"]), [])
    entry.append({name: body[name] for name in ("penalty", "points", "percent")})


def _hear_pardon(told: dict[str, Any], body: dict[str, Any]) -> None:
    entry = str(body["entry"])
    told["penalties"][entry] = [
        penalty
        for penalty in told["penalties"].get(entry, [])
        if penalty["penalty"] != body["penalty"]
    ]


def _hear_decision(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["decisions"].update({str(entry): n for entry, n in body["order"].items()})


def _hear_undecided(told: dict[str, Any], body: dict[str, Any]) -> None:
    for entry in body["entries"]:
        told["decisions"].pop(str(entry), None)


def _hear_verification(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["verified"] = body


def _hear_reopening(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["verified"] = None


def _hear_override(told: dict[str, Any], body: dict[str, Any]) -> None:
    told["overrides"].setdefault(str(body["entry"]), {})[body["name"]] = body["value"]


LISTENERS = {
    "scheme-freeze": _hear_scheme,
    "scheme-version": _hear_version,
    "marking-open": _hear_open,
    "reserve-seated": _hear_reserve,
    "mark": _hear_mark,
    "mark-withdraw": _hear_withdrawal,
    "sign": _hear_signature,
    "signatures-void": _hear_void,
    "penalty": _hear_penalty,
    "penalty-withdraw": _hear_pardon,
    "tie-decision": _hear_decision,
    "tie-decision-withdrawn": _hear_undecided,
    "verify": _hear_verification,
    "results-reopen": _hear_reopening,
    "override": _hear_override,
}
