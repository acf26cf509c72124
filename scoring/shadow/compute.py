"""A whole skill from plain values: every sheet, total, place and award once more.

``{"scheme", "entries": [{"entry", "guest", "away", "seats": {sub: [numbers]}}],
"marks": {entry: {sub: {(aspect, seat): (state, value)}}}, "penalties": {entry: [...]},
"decisions": {entry: number}, "overrides": {entry: {name: value}}, "verified":
nothing or {"steps", "minimum_field"}}``; entries by their opaque ids, as text.
"""

from typing import Any

from scoring.shadow.places import (
    EDITIONS,
    PRESETS,
    field_of,
    last_unshared,
    medals_of,
    positions_of,
    prizes_of,
    ranking,
    scale_of,
)
from scoring.shadow.sums import entry_of, sheet_of


def compute(skill: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The result of every entry, by its id."""
    rows = [_summed(skill, entry) for entry in skill["entries"]]
    _place(skill, rows)
    if skill.get("verified"):
        _award(skill, rows)
        for row in rows:  # what was decided stands in verified results only
            _override(row, skill.get("overrides", {}).get(row["entry"], {}))
    return {row["entry"]: row for row in rows}


def _summed(skill: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    scheme = skill["scheme"]
    marks = skill["marks"].get(entry["entry"], {})
    sheets = {
        sub["code"]: sheet_of(
            sub,
            entry["seats"].get(sub["code"], []),
            marks.get(sub["code"], {}),
            scheme.get("rounding", {}),
        )
        for criterion in scheme["criteria"]
        for sub in criterion["sub_criteria"]
    }
    penalties = skill.get("penalties", {}).get(entry["entry"], [])
    return {
        "entry": entry["entry"],
        "sheets": sheets,
        **entry_of(scheme, sheets, entry, penalties),
        "place": None,
        "undecided": False,
        "scale": None,
        "award": "",
    }


def _place(skill: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Without shared medal places the equal ones there wait, as far as medals go."""
    scheme = skill["scheme"]
    may_share = scheme.get("fallback", "shared") == "shared"
    waiting = last_unshared(scheme.get("medal_rule", ""), field_of(rows))
    decisions = skill.get("decisions", {})
    found = ranking(rows, shared=may_share and not waiting, decisions=decisions)
    for row in rows:
        if row["entry"] in found:
            mine = found[row["entry"]]
            row["place"] = mine["place"]
            row["undecided"] = mine["undecided"] and (
                not may_share or mine["place"] <= waiting
            )


def _award(skill: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Scale scores, the edition's places, then medals or prizes of verified results."""
    verified, rule = skill["verified"], skill["scheme"].get("medal_rule", "")
    ranked = [row for row in rows if row["place"] is not None]
    scores: list[int] = []
    if rule in EDITIONS:
        scores = scale_of([row["points"] for row in ranked], EDITIONS[rule][1])
        places = positions_of(scores, rule)
        for row, score, place in zip(ranked, scores, places, strict=True):
            row["scale"], row["place"] = score, place
    field = field_of(rows)
    if field < (verified.get("minimum_field") or 0):
        return
    steps = verified.get("steps")
    if steps is None and rule in EDITIONS:
        awards = medals_of(scores, rule)
    else:
        given = PRESETS.get(rule, []) if steps is None else steps
        awards = prizes_of([row["place"] for row in ranked], given, field)
    for row, award in zip(ranked, awards, strict=True):
        row["award"] = award


def _override(row: dict[str, Any], values: dict[str, Any]) -> None:
    """What a person decided and recorded stands above what was calculated."""
    if values.get("place") is not None:
        row["place"], row["undecided"] = int(values["place"]), False
    if values.get("award") is not None:
        row["award"] = values["award"]
