"""From current marks to the stored totals of sheets and the results of entries.

Always recomputed from what is there, never by adding a difference: floors, trims and
stage rounding would break it.  Callers hold the lock of the skill's chain.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from competitions.models import Skill
from ledger.statements import update
from scoring.core.results import EntrySheets, Placing, placings, tally
from scoring.core.rounding import from_scaled, plain_text, to_scaled
from scoring.core.totals import EntryTotal
from scoring.core.visibility import PublicFrom
from scoring.enums import ResultState, SheetState
from scoring.models import Result, Sheet, SkillState
from scoring.queries.hot import results_of_skill
from scoring.queries.points import (
    SheetTotal,
    entry_sheets,
    public_tally_of,
    tally_of,
)
from scoring.queries.schemes import Plan

SHEET_FIELDS = (
    "state",
    "version",
    "seats",
    "stand_ins",
    "signers",
    "cells",
    "filled",
    "aspects",
    "settled",
    "conflicts",
    "points_scaled",
    "kinds_scaled",
    "states",
    "seconds_scaled",
    "is_guarded",
    "unlocked",
    "marked_at",
)
RESULT_FIELDS = (
    "standing",
    "points_scaled",
    "tie_scaled",
    "place",
    "is_undecided",
    "scale_score",
    "public_standing",
    "public_points_scaled",
    "public_place",
    "award",
    "modules",
    "public_modules",
    "computed_at",
)


def apply_total(sheet: Sheet, total: SheetTotal) -> None:
    """Write the totals into the row; an unsigned sheet is complete or open by them."""
    sheet.cells, sheet.filled = total.cells, total.filled
    sheet.aspects, sheet.settled = total.sub.aspects, total.sub.settled
    sheet.conflicts = total.sub.conflicts
    sheet.points_scaled = total.sub.points
    sheet.kinds_scaled = dict(total.sub.kinds)
    sheet.states = list(total.sub.states)
    sheet.seconds_scaled = total.sub.seconds
    if sheet.state in (SheetState.OPEN, SheetState.COMPLETE):
        sheet.state = SheetState.COMPLETE if total.is_complete else SheetState.OPEN


def save_sheets(sheets: Collection[Sheet]) -> None:
    """Store all changed sheets in one statement."""
    update(sheets, SHEET_FIELDS)


def refresh_results(
    skill: Skill,
    state: SkillState,
    plan: Plan,
    *,
    sheets: Mapping[int, list[Sheet]],
    at: datetime,
) -> None:
    """Recompute the entries that own ``sheets`` (all of each), then every place.

    Two statements: one reads the results of the skill, one stores those that changed.
    During a freeze what the public sees stands still.
    """
    rows = results_of_skill(skill, sheets)
    before = {row.pk: _place_of(row) for row in rows}
    public_from = PublicFrom(skill.competition.public_from)
    for row in rows:
        if row.entry_id in sheets:
            mine = sheets[row.entry_id]
            values = entry_sheets(row.entry, mine, public_from, row.penalties)
            _tally_row(row, plan, values, sheets[row.entry_id], state)
    _place_rows(rows, plan, state)
    changed = [
        row
        for row in rows
        if row.entry_id in sheets or _place_of(row) != before[row.pk]
    ]
    for row in changed:
        row.computed_at = at
    save_results(changed)


def save_results(rows: Collection[Result]) -> None:
    """Store all changed results in one statement; what was not read stays."""
    update(rows, RESULT_FIELDS)


def _place_of(row: Result) -> tuple[object, ...]:
    """All that the marks of others can change."""
    return (
        row.place,
        row.is_undecided,
        row.public_place,
        row.scale_score,
        row.award,
    )


def _tally_row(
    row: Result,
    plan: Plan,
    values: EntrySheets,
    sheets: Collection[Sheet],
    state: SkillState,
) -> None:
    total, mine = tally(plan.scheme, values)
    row.standing = mine.state.value
    row.points_scaled, row.tie_scaled = mine.points, list(mine.ties)
    row.modules = module_rows(total, plan, sheets)
    if state.frozen_at is None:
        public, seen = tally(plan.scheme, values, public=True)
        row.public_standing = seen.state.value
        row.public_points_scaled = seen.points
        row.public_modules = module_rows(public, plan, sheets)


def module_rows(
    total: EntryTotal, plan: Plan, sheets: Iterable[Sheet]
) -> list[dict[str, object]]:
    """Points and progress of every criterion of one entry, as stored."""
    by_letter: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        letter = plan.letters[sheet.sub_criterion.code]
        by_letter.setdefault(letter, []).append(sheet)
    return [
        {
            "letter": criterion.letter,
            "points": plain_text(from_scaled(to_scaled(criterion.points))),
            "sheets": len(mine),
            "done": sum(sheet.state != SheetState.OPEN for sheet in mine),
            "filled": sum(sheet.filled for sheet in mine),
            "cells": sum(sheet.cells for sheet in mine),
        }
        for criterion in total.criteria
        for mine in [by_letter.get(criterion.letter, [])]
    ]


def _place_rows(rows: Collection[Result], plan: Plan, state: SkillState) -> None:
    decisions = {entry: int(place) for entry, place in state.decisions.items()}
    full = placings(plan.scheme, [tally_of(row) for row in rows], decisions=decisions)
    for row in rows:
        found = full[str(row.entry_id)]
        row.place, row.is_undecided = found.place, found.is_undecided
        if state.state == ResultState.PROVISIONAL:
            row.award, row.scale_score = "", None
    if state.frozen_at is None:
        seen = placings(
            plan.scheme, [public_tally_of(row) for row in rows], decisions=decisions
        )
        for row in rows:
            row.public_place = seen[str(row.entry_id)].place


def apply_placing(row: Result, placing: Placing) -> None:
    """Write place, scale score and award into the row."""
    row.place, row.is_undecided = placing.place, placing.is_undecided
    row.scale_score, row.award = placing.scale_score, placing.award
