"""Both calculations side by side: what is stored, and what the second opinion says.

Here alone the two meet: ``scoring.shadow`` knows nothing of the cores.  Events are read
anew; no stored mark, sheet or result enters the second calculation.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from fractions import Fraction
from typing import Any

from competitions.models import Skill
from ledger.core.chain import competition_chain, skill_chain
from ledger.queries import events_of
from scoring.core import rounding
from scoring.core.results import EntrySheets, Rules, awarded, tally
from scoring.core.rounding import to_scaled
from scoring.core.scheme_text import parse
from scoring.core.totals import StandingState
from scoring.models import Result, Sheet
from scoring.prize_steps import steps_from
from scoring.queries.points import penalties_of, sheet_total
from scoring.queries.rebuilding import MOVED, Difference, Entered, rebuilt_from
from scoring.queries.schemes import plan
from scoring.shadow.compute import compute
from scoring.shadow.generate import competitions, plain_scheme
from scoring.shadow.generate_story import stories
from scoring.shadow.places import in_points
from scoring.shadow.story import skill_of

HEARD = 5  # of so many generated competitions, one is also told by its events


def second_opinion(skill: Skill) -> dict[str, dict[str, Any]]:
    """The result of every entry by the other calculation; empty before any mark."""
    moves = events_of(competition_chain(skill.competition_id)).filter(type=MOVED)
    attendance = {}
    for text in moves.values_list("body", flat=True).iterator():
        body = json.loads(text)
        attendance[str(body["entry"])] = body["to"]
    rows = events_of(skill_chain(skill.pk)).values_list("type", "body").iterator()
    told = skill_of(((kind, json.loads(text)) for kind, text in rows), attendance)
    return {} if told is None else compute(told)


def opinion_differences(skill: Skill) -> list[Difference]:
    """Every stored value of the skill that the second opinion does not confirm."""
    found = second_opinion(skill)
    if not found:
        return []
    sheets: dict[int, dict[str, int]] = {}
    rows = Sheet.objects.filter(skill=skill).values_list(
        "entry_id", "sub_criterion__code", "points_scaled"
    )
    for entry, code, points in rows:
        sheets.setdefault(entry, {})[code] = points
    different = []
    for row in Result.objects.filter(skill=skill).order_by("entry_id"):
        other = found.get(str(row.entry_id))
        mine = _of_row(row, sheets.get(row.entry_id, {}))
        theirs = {} if other is None else _of_opinion(other)
        different += [
            Difference(skill.pk, row.entry_id, name, value, theirs.get(name, ""))
            for name, value in mine.items()
            if value != theirs.get(name, "")
        ]
    return different


def random_differences(count: int, seed: int, *, plant: bool = False) -> list[Any]:
    """Compare both calculations of ``count`` random competitions; nothing is stored.

    Of every fifth both also hear the events, in which the scheme changes half-way.
    ``plant`` makes the first calculation round halves down, to show that it is found.
    """
    different = []
    with _halves_down() if plant else nullcontext():
        for number, skill in enumerate(competitions(count, seed), start=1):
            different += _compared(number, _first_opinion(skill), compute(skill))
        for number, events in enumerate(stories(count // HEARD, seed), start=1):
            told = skill_of(events, {})
            theirs = {} if told is None else compute(told)
            different += _compared(number, _first_heard(events), theirs)
    return different


def _compared(
    number: int,
    mine: Mapping[str, Mapping[str, str]],
    others: Mapping[str, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    theirs = {entry: _of_opinion(row) for entry, row in others.items()}
    return [
        {
            "competition": number,
            "entry": entry,
            "name": name,
            "first": value,
            "second": theirs[entry].get(name, ""),
        }
        for entry, values in mine.items()
        for name, value in values.items()
        if value != theirs[entry].get(name, "")
    ]


def _first_heard(
    events: Iterable[tuple[str, dict[str, Any]]],
) -> dict[str, dict[str, str]]:
    """What the cores make of the events, on the path that rebuilds stored results."""
    return {
        str(entry): {
            **{f"sheet {code}": str(points) for code, points in row.sheets.items()},
            **_criteria((c.letter, to_scaled(c.points)) for c in row.total.criteria),
            "standing": row.tally.state.value,
            "points": str(row.tally.points),
            "ties": ",".join(map(str, row.tally.ties)),
            "place": str(row.placing.place),
            "undecided": str(row.placing.is_undecided),
            "scale": str(row.placing.scale_score),
            "award": row.placing.award,
        }
        for entry, row in rebuilt_from(events, {}).items()
    }


def _first_opinion(skill: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What the cores make of the plain values, on the path that stored results take."""
    found = plan(parse(plain_scheme(skill["scheme"])))
    verified = skill["verified"]
    steps = verified["steps"]
    rules = Rules(
        steps=None if steps is None else steps_from(steps),
        minimum_field=verified["minimum_field"],
        decisions=skill["decisions"],
    )
    entries = [_sheets_of(found, skill, entry) for entry in skill["entries"]]
    totals = [tally(found.scheme, entry) for entry in entries]
    placed = awarded(found.scheme, [mine for _total, mine in totals], rules)
    return {
        mine.entry: {
            **{f"sheet {code}": str(sub.points) for code, sub in entry.subs.items()},
            **_criteria((c.letter, to_scaled(c.points)) for c in total.criteria),
            "standing": mine.state.value,
            "points": str(mine.points),
            "ties": ",".join(map(str, mine.ties)),
            "place": str(placed[mine.entry].place),
            "undecided": str(placed[mine.entry].is_undecided),
            "scale": str(placed[mine.entry].scale_score),
            "award": placed[mine.entry].award,
        }
        for entry, (total, mine) in zip(entries, totals, strict=True)
    }


def _sheets_of(
    found: Any, skill: Mapping[str, Any], entry: Mapping[str, Any]
) -> EntrySheets:
    marks = skill["marks"][entry["entry"]]
    subs = {}
    for code in found.subs:
        cells = {
            cell: Entered(cell[1], state, value)
            for cell, (state, value) in marks[code].items()
        }
        subs[code] = sheet_total(found, code, entry["seats"][code], cells).sub
    taken = [
        (row["percent"] or row["points"], row["percent"] is not None)
        for row in skill["penalties"].get(entry["entry"], [])
    ]
    return EntrySheets(
        entry=entry["entry"],
        order=int(entry["entry"]),
        is_guest=entry["guest"],
        away=StandingState(entry["away"]) if entry["away"] else None,
        subs=subs,
        penalties=penalties_of(taken),
    )


def _of_opinion(row: Mapping[str, Any]) -> dict[str, str]:
    return {
        **{f"sheet {c}": str(sheet["points"]) for c, sheet in row["sheets"].items()},
        **_criteria(row["criteria"].items()),
        "standing": row["standing"],
        "points": str(row["points"]),
        "ties": ",".join(map(str, row["ties"])),
        "place": str(row["place"]),
        "undecided": str(row["undecided"]),
        "scale": str(row["scale"]),
        "award": row["award"],
    }


def _of_row(row: Result, sheets: Mapping[str, int]) -> dict[str, str]:
    points = {m["letter"]: to_scaled(Fraction(str(m["points"]))) for m in row.modules}
    return {
        **{f"sheet {code}": str(points) for code, points in sheets.items()},
        **_criteria(points.items()),
        "standing": row.standing,
        "points": str(row.points_scaled),
        "ties": ",".join(map(str, row.tie_scaled)),
        "place": str(row.place),
        "undecided": str(row.is_undecided),
        "scale": str(row.scale_score),
        "award": row.award,
    }


def _criteria(pairs: Any) -> dict[str, str]:
    return {f"criterion {letter}": in_points(points) for letter, points in pairs}


def plain_differences(found: list[Difference]) -> list[dict[str, Any]]:
    """Differences as plain values, for JSON."""
    return [asdict(difference) for difference in found]


@contextmanager
def _halves_down() -> Iterator[None]:
    """Round exact halves down in the first calculation, for a test of the second."""
    right = rounding.units_half_up

    def wrong(value: Any, places: int) -> Any:
        exact = Fraction(value)
        shifted = exact * 10**places * 2
        if shifted.denominator == 1 and shifted.numerator % 2:
            exact -= Fraction(1, 10**13) * (1 if exact > 0 else -1)
        return right(exact, places)

    rounding.units_half_up = wrong
    try:
        yield
    finally:
        rounding.units_half_up = right
