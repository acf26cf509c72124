"""Two teams that mark one sheet, each on its own: what they earn together.

* the second team's judges have their seat numbers plus 100, its common word seat 100;
* either team in conflict, words that differ, or points further apart than the stated
  tolerance (in points, or in percent of the maximum): a conflict;
* else the mean of the exact points, half up to the stated places; times likewise.
An imported value is one value, whoever marks.
"""

from typing import Any

from scoring.shadow.marks import CONFLICT, EACH_JUDGE, OPEN, aspect_result, exact_points
from scoring.shadow.ratio import (
    NONE,
    Pair,
    is_less,
    minus,
    over,
    pair_of,
    plus,
    stage,
    times,
)

TEAMS = (0, 100)
Cells = dict[tuple[str, int], tuple[str, str]]


def is_paired(sub: dict[str, Any], aspect: dict[str, Any]) -> bool:
    return bool(sub.get("dual")) and aspect["kind"] != "imported"


def seats_wanted(
    sub: dict[str, Any], aspect: dict[str, Any], seats: list[int]
) -> list[list[int]]:
    """The seats that have to mark an aspect, team by team."""
    each = aspect["kind"] in EACH_JUDGE
    if not is_paired(sub, aspect):
        return [[n for n in seats if n < TEAMS[1]] if each else [0]]
    ours = [n for n in seats if n < TEAMS[1]]
    theirs = [n for n in seats if n >= TEAMS[1]]
    return [ours, theirs] if each else [[first] for first in TEAMS]


def team_words(
    aspect: dict[str, Any], wanted: list[list[int]], cells: Cells
) -> list[list[tuple[str, str]]]:
    """What every team has entered for an aspect."""
    code = aspect["code"]
    return [
        [cells[code, seat] for seat in team if (code, seat) in cells] for team in wanted
    ]


def paired_result(
    sub: dict[str, Any],
    aspect: dict[str, Any],
    wanted: list[list[int]],
    given: list[list[tuple[str, str]]],
) -> tuple[str, Pair]:
    """State and rounded points of an aspect that two teams mark."""
    found = [
        aspect_result(aspect, marks, len(team), None)[0]
        for team, marks in zip(wanted, given, strict=True)
    ]
    if CONFLICT in found:
        return CONFLICT, NONE
    if OPEN in found:
        return OPEN, NONE
    if found[0] != found[1]:
        return CONFLICT, NONE
    if found[0] != "scored":
        return found[0], NONE
    ours, theirs = (
        exact_points(aspect, [pair_of(value) or NONE for _word, value in marks])
        for marks in given
    )
    apart = minus(ours, theirs)
    if is_less(_allowed(sub["dual"], aspect), (abs(apart[0]), apart[1])):
        return CONFLICT, NONE
    mean = over(plus(ours, theirs), (2, 1))
    return "scored", stage(mean, sub["dual"].get("places", 2))


def seconds_of(given: list[list[tuple[str, str]]]) -> Pair:
    """The time used; of two teams the mean of both."""
    total = NONE
    for marks in given:
        total = plus(total, pair_of(marks[0][1]) or NONE)
    return over(total, (len(given), 1))


def _allowed(dual: dict[str, Any], aspect: dict[str, Any]) -> Pair:
    tolerance = pair_of(dual["tolerance"]) or NONE
    if dual.get("unit", "points") == "percent":
        maximum = pair_of(aspect["maximum"]) or NONE
        return over(times(maximum, tolerance), (100, 1))
    return tolerance
