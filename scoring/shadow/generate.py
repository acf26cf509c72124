"""Small random competitions, as plain values, for comparing two calculations.

The same seed always gives the same competitions.  Ties, absences, conflicts, missing
marks, halves at every rounding stage and all kinds of mark are made likely on purpose.
"""

import json
from random import Random
from typing import Any

from scoring.shadow.places import EDITIONS, PRESETS

STATES = ("absent", "unfinished", "disqualified", "not-applicable", "not-scored")
TIES = ("criterion:A", "criterion:B", "sub:A1", "sub:B1", "kind:judgement", "time")
STEPS = [
    {"award": "一等奖", "from": None, "to": 1, "share": "", "rounding": "down"},
    {"award": "二等奖", "from": None, "to": None, "share": "1/2", "rounding": "up"},
    {"award": "三等奖", "from": 3, "to": 5, "share": "", "rounding": "down"},
]
TOLERANCES = (
    ("0", "points"),
    ("0.5", "points"),
    ("1.25", "points"),
    ("33.3", "percent"),
    ("100", "percent"),
)


def competitions(count: int, seed: int) -> Any:
    """Yield ``count`` competitions as :func:`scoring.shadow.compute.compute` takes."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    for _number in range(count):
        yield _competition(chance)


def _competition(chance: Random) -> dict[str, Any]:
    scheme = _scheme(chance)
    entries = [_entry(chance, str(n), scheme) for n in range(1, chance.randint(2, 6))]
    marks = {row["entry"]: _marks(chance, scheme, row) for row in entries}
    for row in entries[1:]:
        if not chance.randrange(5):  # equals are to be likely
            before = entries[entries.index(row) - 1]
            row["seats"], marks[row["entry"]] = before["seats"], marks[before["entry"]]
    order = [row["entry"] for row in entries]
    decided = chance.sample(order, chance.randint(0, len(order)))
    return {
        "scheme": scheme,
        "entries": entries,
        "marks": marks,
        "penalties": {e: [_penalty(chance)] for e in order if not chance.randrange(5)},
        "decisions": {entry: n for n, entry in enumerate(decided, start=1)},
        "verified": {
            "steps": STEPS if not chance.randrange(5) else None,
            "minimum_field": chance.choice((0, 0, 0, 3)),
        },
    }


def _scheme(chance: Random) -> dict[str, Any]:
    letters = "AB" if chance.randrange(3) else "A"
    places = chance.choice
    weighted = {"A": "0.3", "B": "0.7"} if len(letters) == 2 else {}
    weights = weighted if not chance.randrange(2) else {}
    return {
        "title": "随机",
        "criteria": [
            {
                "letter": letter,
                "name": letter,
                "weight": weights.get(letter),
                "sub_criteria": [
                    _sub(chance, f"{letter}{number}")
                    for number in range(1, chance.randint(2, 3))
                ],
            }
            for letter in letters
        ],
        "rounding": {
            "aspect": places((0, 1, 2, 2, 3)),
            "sub_criterion": places((None, None, 1, 2)),
            "criterion": places((None, 1, 2)),
            "total": places((None, 0, 1, 2, 2)),
        },
        "ties": chance.sample(TIES, chance.randint(0, 3)),
        "fallback": places(("shared", "chief-judge", "re-match")),
        "medal_rule": places((*EDITIONS, *EDITIONS, *PRESETS)),
    }


def _sub(chance: Random, code: str) -> dict[str, Any]:
    aspects = [
        _aspect(chance, f"{code}.X{number}")
        for number in range(1, chance.randint(2, 4))
    ]
    sub: dict[str, Any] = {"code": code, "name": code, "aspects": aspects}
    if not chance.randrange(5):
        tolerance, unit = chance.choice(TOLERANCES)
        places = chance.choice((0, 1, 2, 3))
        given = {"panel": "B", "tolerance": tolerance, "unit": unit, "places": places}
        sub["dual"] = given
    return sub


def _aspect(chance: Random, code: str) -> dict[str, Any]:
    kind, calculation, maximum = chance.choice(KINDS)
    maximum = maximum or chance.choice(("0.5", "1", "1.25", "2", "10", "33.3"))
    aspect = {
        "code": code,
        "kind": kind,
        "maximum": maximum,
        "description": code,
        "trim": chance.choice((0, 0, 1, 2)) if kind == "panel" else 0,
        "scale": chance.choice((None, "10", "7"))
        if kind in ("panel", "imported")
        else None,
        "calculation": {"kind": calculation[0], "parameters": calculation[1:]},
    }
    return {name: value for name, value in aspect.items() if value is not None}


def _entry(chance: Random, entry: str, scheme: dict[str, Any]) -> dict[str, Any]:
    judges = chance.choice((3, 3, 5, 7, 2))
    seats = list(range(1, judges + 1))
    return {
        "entry": entry,
        "guest": not chance.randrange(15),
        "away": chance.choice(("absent", "disqualified"))
        if not chance.randrange(20)
        else "",
        "seats": {
            sub["code"]: [*seats, *(100 + n for n in seats)] if "dual" in sub else seats
            for criterion in scheme["criteria"]
            for sub in criterion["sub_criteria"]
        },
    }


def _marks(chance: Random, scheme: dict[str, Any], entry: dict[str, Any]) -> Any:
    gone = not chance.randrange(25)
    return {
        sub["code"]: {
            cell: mark
            for aspect in sub["aspects"]
            for cell, mark in _cells(
                chance, aspect, _seats(sub, aspect, entry["seats"][sub["code"]]), gone
            )
        }
        for criterion in scheme["criteria"]
        for sub in criterion["sub_criteria"]
    }


def _seats(sub: dict[str, Any], aspect: dict[str, Any], seats: list[int]) -> list[int]:
    """Whose marks an aspect asks for: every judge's, or one of each team."""
    if aspect["kind"] in ("judgement", "panel"):
        return seats
    return [0, 100] if "dual" in sub and aspect["kind"] != "imported" else [0]


def _cells(chance: Random, aspect: dict[str, Any], seats: list[int], gone: bool) -> Any:
    level = chance.randint(0, 2)
    state = "value"
    if gone or not chance.randrange(40):
        state = "absent" if gone else chance.choice(STATES)
    for seat in seats:
        if chance.randrange(300):
            value = _value(chance, aspect, level) if state == "value" else ""
            yield (aspect["code"], seat), (state, value)


def _value(chance: Random, aspect: dict[str, Any], level: int) -> str:
    if aspect["kind"] == "judgement":
        far = not chance.randrange(120)
        return str(3 - level if far else level + chance.randint(0, 1))
    if aspect["kind"] in ("panel", "imported"):
        top = aspect.get("scale") or aspect["maximum"]
        return _up_to(chance, top)
    return str(chance.choice(VALUES[aspect["calculation"]["kind"]](chance, aspect)))


def _up_to(chance: Random, top: str) -> str:
    """A number of hundredths, at most ``top``."""
    whole, _point, decimals = top.partition(".")
    hundredths = int(whole + (decimals + "00")[:2])
    drawn = chance.randint(0, hundredths)
    return f"{drawn // 100}.{drawn % 100:02}"


def _penalty(chance: Random) -> dict[str, Any]:
    if chance.randrange(2):
        return {"points": chance.choice(("1", "0.5", "2.25")), "percent": None}
    return {"points": None, "percent": chance.choice(("5", "12.5", "10"))}


def plain_scheme(scheme: dict[str, Any]) -> str:
    """The scheme as the text that is frozen in the ledger."""
    return json.dumps(scheme, ensure_ascii=False)


KINDS: list[tuple[str, list[Any], str]] = [
    ("judgement", ["PASS_FAIL"], ""),
    ("judgement", ["PASS_FAIL"], ""),
    ("panel", ["PASS_FAIL"], ""),
    ("imported", ["PASS_FAIL"], ""),
    ("measurement", ["PASS_FAIL"], ""),
    ("measurement", ["DIRECT"], ""),
    ("measurement", ["RANGED_SCORE"], ""),
    ("measurement", ["NUMBER_COMPLETED", ["NUM_POSSIBLE", "7#x~x#"]], ""),
    (
        "measurement",
        [
            "CHOICE",
            ["CHOICE1_LABEL", "#x~x#好"],
            ["CHOICE2_LABEL", "中"],
            ["CHOICE2_DEDUCTION", "0.375"],
            ["CHOICE3_LABEL", "差"],
            ["CHOICE3_DEDUCTION", "1.5"],
        ],
        "",
    ),
    (
        "measurement",
        [
            "CHOICE",
            ["CHOICE1_LABEL", "好"],
            ["CHOICE2_LABEL", "差"],
            ["CHOICE2_DEDUCTION", "37.5"],
            ["DEDUCTION_TYPE", "Percent"],
        ],
        "",
    ),
    (
        "measurement",
        [
            "REGULAR_DIFFERENCE_DEDUCTION",
            ["TARGET_VALUE", "20"],
            ["DIFFERENCE", "0.5"],
            ["DEDUCTION", "0.125"],
        ],
        "",
    ),
    (
        "measurement",
        [
            "REGULAR_DIFFERENCE_DEDUCTION",
            ["TARGET_VALUE", "20"],
            ["DIFFERENCE", "2.5"],
            ["DIFFERENCE_TYPE", "PERCENT"],
            ["DEDUCTION", "12.5"],
            ["DEDUCTION_TYPE", "PERCENT"],
        ],
        "",
    ),
    ("deduction", ["COUNT_DEDUCTION", ["UNIT", "0.125"], ["CAP", "0.5"]], "0"),
    ("deduction", ["COUNT_DEDUCTION", ["UNIT", "0.5"]], "0"),
    (
        "time",
        [
            "TIME_BANDS",
            ["BAND1_TO", "60"],
            ["BAND1_POINTS", "1"],
            ["BAND2_TO", "90.5"],
            ["BAND2_POINTS", "0.375"],
        ],
        "1",
    ),
    ("time", ["TIME_LINEAR", ["FULL", "60"], ["ZERO", "97"]], ""),
    ("time", ["TIME_ONLY"], "0"),
]
VALUES: dict[str, Any] = {
    "PASS_FAIL": lambda chance, aspect: (0, 1),
    "DIRECT": lambda chance, aspect: (_up_to(chance, aspect["maximum"]),),
    "RANGED_SCORE": lambda chance, aspect: (_up_to(chance, aspect["maximum"]),),
    "NUMBER_COMPLETED": lambda chance, aspect: range(8),
    "CHOICE": lambda chance, aspect: (1, 2),
    "REGULAR_DIFFERENCE_DEDUCTION": lambda chance, aspect: (
        "20",
        "20.25",
        "19.5",
        "21",
        "18.75",
    ),
    "COUNT_DEDUCTION": lambda chance, aspect: range(6),
    "TIME_BANDS": lambda chance, aspect: ("59.9", "60", "75.25", "90.5", "91"),
    "TIME_LINEAR": lambda chance, aspect: ("50", "60", "71.3", "80", "96.9", "100"),
    "TIME_ONLY": lambda chance, aspect: ("61.2", "61.3"),
}
