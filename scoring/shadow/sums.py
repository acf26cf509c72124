"""Aspects to sheets, sheets to criteria, criteria to the total of one entry.

A sheet's points, and its points by kind of mark, are kept in millionths.  A criterion is
the sum of its sheets, never below 0, rounded as stated; its weight comes after that
rounding; penalties are taken from the exact weighted sum, which never falls below 0; the
total is rounded last.
"""

from typing import Any

from scoring.shadow.marks import CONFLICT, OPEN, aspect_result
from scoring.shadow.pairs import (
    is_paired,
    paired_result,
    seats_wanted,
    seconds_of,
    team_words,
)
from scoring.shadow.ratio import (
    MILLION,
    NONE,
    Pair,
    millionths,
    minus,
    over,
    pair_of,
    plus,
    stage,
    times,
)

NO_TIME = -(10**15)  # a thousand million seconds, in millionths
GRAVEST = ("disqualified", "unfinished", "absent")
Marks = dict[tuple[str, int], tuple[str, str]]


def sheet_of(
    sub: dict[str, Any], seats: list[int], marks: Marks, rounding: dict[str, Any]
) -> dict[str, Any]:
    """One sheet: its points in millionths, by kind, the words said, the seconds."""
    total = NONE
    kinds: dict[str, Pair] = {}
    words: set[str] = set()
    aspects: dict[str, tuple[str, int]] = {}
    seconds: Pair | None = None
    settled = 0
    for aspect in sub["aspects"]:
        wanted = seats_wanted(sub, aspect, seats)
        given = team_words(aspect, wanted, marks)
        if is_paired(sub, aspect):
            state, points = paired_result(sub, aspect, wanted, given)
        else:
            places = rounding.get("aspect", 2)
            state, points = aspect_result(aspect, given[0], len(wanted[0]), places)
        aspects[aspect["code"]] = (state, millionths(points))
        if state in (OPEN, CONFLICT):
            continue
        settled += 1
        words.add(state)
        kinds[aspect["kind"]] = plus(kinds.get(aspect["kind"], NONE), points)
        total = plus(total, points)
        if aspect["kind"] == "time" and state == "scored":
            seconds = plus(seconds or NONE, seconds_of(given))
    return {
        "points": millionths(stage(total, rounding.get("sub_criterion"))),
        "kinds": {kind: millionths(points) for kind, points in kinds.items()},
        "words": words,
        "settled": settled,
        "aspects": aspects,
        "timed": sum(
            aspect["kind"] == "time" and aspects[aspect["code"]][0] == "scored"
            for aspect in sub["aspects"]
        ),
        "seconds": None if seconds is None else millionths(seconds),
    }


def entry_of(
    scheme: dict[str, Any],
    sheets: dict[str, dict[str, Any]],
    entry: dict[str, Any],
    penalties: list[dict[str, Any]],
) -> dict[str, Any]:
    """Criteria, total, standing and tie-breakers of one entry."""
    rounding = scheme.get("rounding", {})
    criteria: dict[str, Pair] = {}
    earned = NONE
    for criterion in scheme["criteria"]:
        points = sum(sheets[sub["code"]]["points"] for sub in criterion["sub_criteria"])
        exact: Pair = (max(points, 0), MILLION)
        kept = stage(exact, rounding.get("criterion", 2))
        criteria[criterion["letter"]] = kept
        weight = pair_of(criterion.get("weight")) or (1, 1)
        earned = plus(earned, times(kept, weight))
    left = minus(earned, _deducted(earned, penalties))
    total = stage(left if left[0] > 0 else NONE, rounding.get("total", 2))
    return {
        "standing": _standing(sheets, entry),
        "points": millionths(total),
        "criteria": {letter: millionths(found) for letter, found in criteria.items()},
        "ties": [_tie(scheme, tie, criteria, sheets) for tie in scheme["ties"]],
    }


def _deducted(earned: Pair, penalties: list[dict[str, Any]]) -> Pair:
    taken = NONE
    for penalty in penalties:
        points = pair_of(penalty.get("points"))
        if points is None:
            share = pair_of(penalty.get("percent")) or NONE
            points = over(times(earned, share), (100, 1))
        taken = plus(taken, points)
    return taken


def _standing(sheets: dict[str, dict[str, Any]], entry: dict[str, Any]) -> str:
    """What attendance says; else the gravest word on any sheet; else ranked."""
    if entry.get("away"):
        return str(entry["away"])
    words: set[str] = set()
    for sheet in sheets.values():
        words |= sheet["words"]
    for word in GRAVEST:
        if word in words:
            return word
    if not words:
        return "not-scored"
    return "guest" if entry.get("guest") else "ranked"


def _tie(
    scheme: dict[str, Any],
    tie: str,
    criteria: dict[str, Pair],
    sheets: dict[str, dict[str, Any]],
) -> int:
    """A tie-breaker in millionths, better when larger."""
    family, _colon, name = tie.partition(":")
    if family == "criterion":
        return millionths(criteria.get(name, NONE))
    if family == "sub":
        return int(sheets[name]["points"]) if name in sheets else 0
    if family == "kind":
        return sum(sheet["kinds"].get(name, 0) for sheet in sheets.values())
    asked = sum(
        aspect["kind"] == "time"
        for criterion in scheme["criteria"]
        for sub in criterion["sub_criteria"]
        for aspect in sub["aspects"]
    )
    if not asked or sum(sheet["timed"] for sheet in sheets.values()) < asked:
        return NO_TIME
    return -sum(sheet["seconds"] or 0 for sheet in sheets.values())
