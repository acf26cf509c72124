"""Results rebuilt from the ledger alone, and how they differ from those stored.

Reads events in order: the frozen scheme, who marks what, marks, signatures, decisions,
the verification with the rules it applied; before it, attendance from the competition's
chain.  No stored mark, sheet or result takes part.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from competitions.enums import EntryState
from competitions.models import Skill
from ledger.core.chain import competition_chain, skill_chain
from ledger.queries import events_of
from scoring.core.dual import sheet_seats
from scoring.core.results import (
    EntrySheets,
    Placing,
    Rules,
    Tally,
    awarded,
    overridden,
    placings,
    tally,
)
from scoring.core.rounding import from_scaled, plain_text, to_scaled
from scoring.core.scheme_text import parse
from scoring.core.totals import EntryTotal
from scoring.models import Result, Sheet
from scoring.prize_steps import steps_from
from scoring.queries.points import AWAY, penalties_of, sheet_total
from scoring.queries.schemes import Plan, plan

MOVED = "entry-moved"


@dataclass(frozen=True, slots=True)
class Entered:
    """A mark as its event tells it."""

    seat: int
    state: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored value that is not what the events lead to."""

    skill: int
    entry: int
    name: str
    stored: str
    rebuilt: str


@dataclass(slots=True)
class Story:
    """What the events of a skill have told so far."""

    plan: Plan | None = None
    entries: list[int] = field(default_factory=list)
    guests: set[int] = field(default_factory=set)
    seats: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    signed: set[tuple[int, str]] = field(default_factory=set)
    cells: dict[tuple[int, str], dict[tuple[str, int], Entered]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    opened: dict[str, Any] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)
    verified: dict[str, Any] | None = None
    overrides: dict[int, dict[str, str | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    attendance: dict[int, str] = field(default_factory=dict)
    penalties: dict[int, dict[int, tuple[str, bool]]] = field(
        default_factory=lambda: defaultdict(dict)
    )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One entry's result as the events lead to it."""

    total: EntryTotal
    tally: Tally
    placing: Placing
    sheets: dict[str, int]  # points by sub-criterion


def rebuild(skill: Skill) -> dict[int, Rebuilt]:
    """The result of every entry, from events alone; empty before the first mark."""
    attendance = {}
    moves = events_of(competition_chain(skill.competition_id)).filter(type=MOVED)
    for text in moves.values_list("body", flat=True).iterator():
        body = json.loads(text)
        attendance[body["entry"]] = body["to"]
    rows = events_of(skill_chain(skill.pk)).values_list("type", "body").iterator()
    return rebuilt_from(((kind, json.loads(text)) for kind, text in rows), attendance)


def rebuilt_from(
    events: Iterable[tuple[str, dict[str, Any]]], attendance: dict[int, str]
) -> dict[int, Rebuilt]:
    """The result of every entry, from the events (type, body) of one skill's chain.

    ``attendance`` are the states of entries until a verification says what it took.
    """
    story = Story(attendance=attendance)
    for kind, body in events:
        _hear(story, kind, body)
    return _tell(story)


def decided_values(skill: Skill) -> dict[int, dict[str, str | None]]:
    """The confirmed overrides of every entry, the newest of each; None goes back."""
    found: dict[int, dict[str, str | None]] = defaultdict(dict)
    events = events_of(skill_chain(skill.pk)).filter(type="override")
    for text in events.values_list("body", flat=True):
        body = json.loads(text)
        found[body["entry"]][body["name"]] = body["value"]
    return found


def differences(skill: Skill) -> list[Difference]:
    """Every stored value of the skill that differs from its rebuilding."""
    rebuilt = rebuild(skill)
    if not rebuilt:
        return []
    found: list[Difference] = []
    for row in Result.objects.filter(skill=skill).order_by("entry_id"):
        told = _result_values(rebuilt[row.entry_id]) if row.entry_id in rebuilt else {}
        found += _compared(skill.pk, row.entry_id, _stored_values(row), told)
    points = Sheet.objects.filter(skill=skill).values_list(
        "entry_id", "sub_criterion__code", "points_scaled"
    )
    for entry, code, stored in points.order_by("entry_id", "pk"):
        points_told = rebuilt[entry].sheets if entry in rebuilt else {}
        if points_told.get(code) != stored:
            name, value = f"sheet {code}", str(points_told.get(code, ""))
            found.append(Difference(skill.pk, entry, name, str(stored), value))
    return found


def _hear(story: Story, kind: str, body: dict[str, Any]) -> None:
    if kind == "scheme-freeze":
        story.plan = plan(parse(body["text"]))
        _seat(story)
    elif kind == "scheme-version":
        _change_plan(story, plan(parse(body["text"])))
    elif kind == "marking-open":
        story.entries = body["entries"]
        story.guests = set(body["guests"])
        story.opened = body
        _seat(story)
    elif kind == "reserve-seated":
        story.opened = {**story.opened, "aside": body["aside"]}
        _seat(story)
    elif kind in ("mark", "mark-withdraw"):
        cells = story.cells[body["entry"], body["sub"]]
        cell = (body["aspect"], body["seat"])
        if kind == "mark":
            cells[cell] = Entered(body["seat"], body["state"], body["value"])
        else:
            cells.pop(cell, None)
    elif kind == "sign":
        story.signed |= {(entry, sub) for _pk, entry, sub, _v in body["sheets"]}
    elif kind == "signatures-void" and not body["keeps_seats"]:
        story.signed -= {(entry, sub) for _pk, entry, sub, _v in body["sheets"]}
    elif kind == "tie-decision":
        story.decisions |= body["order"]
    elif kind == "tie-decision-withdrawn":
        for entry in body["entries"]:
            story.decisions.pop(str(entry), None)
    elif kind == "penalty":
        taken = (body["percent"] or body["points"], body["percent"] is not None)
        story.penalties[body["entry"]][body["penalty"]] = taken
    elif kind == "penalty-withdraw":
        del story.penalties[body["entry"]][body["penalty"]]
    elif kind == "verify":
        story.verified = body
    elif kind == "results-reopen":
        story.verified = None
    elif kind == "override":
        story.overrides[body["entry"]][body["name"]] = body["value"]


def _change_plan(story: Story, found: Plan) -> None:
    """A new version: what it no longer has is as if it had never been entered."""
    story.plan = found
    story.signed = {pair for pair in story.signed if pair[1] in found.subs}
    for (_entry, sub), cells in story.cells.items():
        kept = {a.code for a in found.subs[sub].aspects} if sub in found.subs else ()
        for cell in [cell for cell in cells if cell[0] not in kept]:
            del cells[cell]
    _seat(story)


def _seat(story: Story) -> None:
    """Who marks each sheet; a signed sheet keeps the seats it was signed with."""
    if story.plan is None:
        return
    panels = story.opened.get("panels", {})
    for entry in story.entries:
        away = story.opened["aside"].get(str(entry), {})
        for sub in story.plan.subs.values():
            if (entry, sub.code) not in story.signed:
                story.seats[entry, sub.code] = sheet_seats(sub, panels, away)


def _tell(story: Story) -> dict[int, Rebuilt]:
    if story.plan is None:
        return {}
    found = {entry: _entry(story, story.plan, entry) for entry in story.entries}
    tallies = [mine for _total, mine, _sheets in found.values()]
    verified = story.verified or {}
    steps = verified.get("steps")
    rules = Rules(
        steps=None if steps is None else steps_from(steps),
        minimum_field=verified.get("minimum_field", 0),
        decisions=story.decisions,
    )
    placed = (
        placings(story.plan.scheme, tallies, decisions=story.decisions)
        if story.verified is None  # awards and overrides stand only in verified results
        else awarded(story.plan.scheme, tallies, rules)
    )
    decided = {} if story.verified is None else story.overrides
    return {
        entry: Rebuilt(
            total,
            mine,
            overridden(placed[mine.entry], decided.get(entry, {})),
            sheets,
        )
        for entry, (total, mine, sheets) in found.items()
    }


def _entry(
    story: Story, found: Plan, entry: int
) -> tuple[EntryTotal, Tally, dict[str, int]]:
    subs = {
        code: sheet_total(
            found, code, story.seats[entry, code], story.cells[entry, code]
        ).sub
        for code in found.subs
    }
    moved = story.attendance.get(entry, EntryState.ACCEPTED)
    if story.verified is not None:
        moved = story.verified["away"].get(str(entry), EntryState.ACCEPTED)
    sheets = EntrySheets(
        entry=str(entry),
        order=entry,
        is_guest=entry in story.guests,
        away=AWAY.get(EntryState(moved)),
        subs=subs,
        penalties=penalties_of(story.penalties[entry].values()),
    )
    total, mine = tally(found.scheme, sheets)
    return total, mine, {code: sub.points for code, sub in subs.items()}


def _stored_values(row: Result) -> dict[str, str]:
    return {
        "standing": row.standing,
        "points": str(row.points_scaled),
        "ties": ",".join(map(str, row.tie_scaled)),
        "place": str(row.place),
        "undecided": str(row.is_undecided),
        "scale": str(row.scale_score),
        "award": row.award,
        "modules": ",".join(f"{m['letter']}={m['points']}" for m in row.modules),
    }


def _result_values(found: Rebuilt) -> dict[str, str]:
    placing = found.placing
    return {
        "standing": found.tally.state.value,
        "points": str(found.tally.points),
        "ties": ",".join(map(str, found.tally.ties)),
        "place": str(placing.place),
        "undecided": str(placing.is_undecided),
        "scale": str(placing.scale_score),
        "award": placing.award,
        "modules": ",".join(
            f"{c.letter}={plain_text(from_scaled(to_scaled(c.points)))}"
            for c in found.total.criteria
        ),
    }


def _compared(
    skill: int, entry: int, stored: dict[str, str], told: dict[str, str]
) -> Collection[Difference]:
    return [
        Difference(skill, entry, name, value, told.get(name, ""))
        for name, value in stored.items()
        if value != told.get(name, "")
    ]
