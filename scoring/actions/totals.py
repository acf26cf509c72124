"""From current marks to the stored totals of sheets and the results of entries.

Always recomputed from what is there, never by adding a difference: floors, trims and
stage rounding would break it.  Callers hold the lock of the skill's chain.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from competitions.enums import EntryState
from competitions.models import Entry, Skill
from scoring.core.marking import (
    AspectPoints,
    AspectState,
    Mark,
    MarkState,
    is_per_judge,
    score_aspect,
)
from scoring.core.results import (
    EntrySheets,
    Placing,
    StoredSub,
    Tally,
    placings,
    stored,
    tally,
)
from scoring.core.rounding import from_scaled, plain_text, to_scaled
from scoring.core.scheme import SubCriterion
from scoring.core.totals import EntryTotal, StandingState, sub_total
from scoring.core.visibility import PublicFrom, counts_in_public
from scoring.enums import ResultState, SheetState
from scoring.models import Mark as MarkRow
from scoring.models import Result, Sheet, SkillState
from scoring.queries.schemes import Plan

AWAY = {
    EntryState.ABSENT: StandingState.ABSENT,
    EntryState.CANCELLED: StandingState.DISQUALIFIED,
}
SHEET_FIELDS = (
    "state",
    "version",
    "seats",
    "signers",
    "cells",
    "filled",
    "aspects",
    "settled",
    "conflicts",
    "points_scaled",
    "kinds_scaled",
    "states",
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
Cells = Mapping[tuple[str, int], MarkRow]


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """A sheet's totals in their stored form, and how many cells are filled."""

    sub: StoredSub
    cells: int
    filled: int
    outcomes: Mapping[str, AspectPoints]

    @property
    def is_complete(self) -> bool:
        return self.sub.settled == self.sub.aspects


def aspect_outcomes(
    plan: Plan, sub: SubCriterion, seats: Collection[int], cells: Cells
) -> dict[str, AspectPoints]:
    """What every aspect of a sheet has earned from the marks of its seats."""
    found = {}
    for aspect in sub.aspects:
        wanted = sorted(seats) if is_per_judge(aspect.kind) else [0]
        marks = [
            core_mark(cells[aspect.code, seat])
            for seat in wanted
            if (aspect.code, seat) in cells
        ]
        found[aspect.code] = score_aspect(
            aspect, marks, judges=len(wanted), places=plan.scheme.rounding.aspect
        )
    return found


def core_mark(row: MarkRow) -> Mark:
    """A stored mark as the core knows it."""
    value = Decimal(row.value) if row.value else None
    return Mark(str(row.seat), MarkState(row.state), value)


def sheet_total(
    plan: Plan, sub_code: str, seats: Collection[int], cells: Cells
) -> SheetTotal:
    """The totals of one sheet from its current marks."""
    sub = plan.subs[sub_code]
    outcomes = aspect_outcomes(plan, sub, seats, cells)
    wanted = {
        (aspect.code, seat)
        for aspect in sub.aspects
        for seat in (seats if is_per_judge(aspect.kind) else (0,))
    }
    return SheetTotal(
        sub=stored(sub_total(sub, outcomes, rounding=plan.scheme.rounding)),
        cells=len(wanted),
        filled=len(wanted & set(cells)),
        outcomes=outcomes,
    )


def apply_total(sheet: Sheet, total: SheetTotal) -> None:
    """Write the totals into the row; an unsigned sheet is complete or open by them."""
    sheet.cells, sheet.filled = total.cells, total.filled
    sheet.aspects, sheet.settled = total.sub.aspects, total.sub.settled
    sheet.conflicts = total.sub.conflicts
    sheet.points_scaled = total.sub.points
    sheet.kinds_scaled = dict(total.sub.kinds)
    sheet.states = list(total.sub.states)
    if sheet.state in (SheetState.OPEN, SheetState.COMPLETE):
        sheet.state = SheetState.COMPLETE if total.is_complete else SheetState.OPEN


def save_sheets(sheets: Collection[Sheet]) -> None:
    """Store all changed sheets in one statement."""
    if sheets:
        Sheet.objects.bulk_create(
            sheets,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=SHEET_FIELDS,
        )


def stored_sub(sheet: Sheet) -> StoredSub:
    """A sheet's row as the core's stored sub-total."""
    return StoredSub(
        code=sheet.sub_criterion.code,
        points=sheet.points_scaled,
        kinds=tuple(sorted(sheet.kinds_scaled.items())),
        states=tuple(sheet.states),
        aspects=sheet.aspects,
        settled=sheet.settled,
        conflicts=sheet.conflicts,
    )


def entry_sheets(
    entry: Entry, sheets: Iterable[Sheet], public_from: PublicFrom
) -> EntrySheets:
    """An entry with its sheets as the core takes them."""
    rows = list(sheets)
    return EntrySheets(
        entry=str(entry.pk),
        order=entry.pk,
        is_guest=entry.is_guest,
        away=AWAY.get(EntryState(entry.state)),
        subs={sheet.sub_criterion.code: stored_sub(sheet) for sheet in rows},
        public=frozenset(
            sheet.sub_criterion.code
            for sheet in rows
            if counts_in_public(sheet.state, public_from)
        ),
    )


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
    rows = list(
        Result.objects.select_for_update(of=("self",))
        .filter(skill=skill)
        .select_related("entry")
        .order_by("pk")
    )
    before = {row.pk: _stored_values(row) for row in rows}
    public_from = PublicFrom(skill.competition.public_from)
    for row in rows:
        if row.entry_id in sheets:
            values = entry_sheets(row.entry, sheets[row.entry_id], public_from)
            _tally_row(row, plan, values, sheets[row.entry_id], state)
    _place_rows(rows, plan, state)
    changed = [row for row in rows if _stored_values(row) != before[row.pk]]
    for row in changed:
        row.computed_at = at
    save_results(changed)


def save_results(rows: Collection[Result]) -> None:
    """Store all changed results in one statement."""
    if rows:
        Result.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=RESULT_FIELDS,
        )


def _stored_values(row: Result) -> tuple[object, ...]:
    names = (name for name in RESULT_FIELDS if name != "computed_at")
    return tuple(getattr(row, name) for name in names)


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


def tally_of(row: Result) -> Tally:
    """A stored result as the core ranks it."""
    return Tally(
        str(row.entry_id),
        row.points_scaled,
        tuple(row.tie_scaled),
        StandingState(row.standing),
        row.entry_id,
    )


def public_tally_of(row: Result) -> Tally:
    """What the public may know of a result; equal points share a place there."""
    return Tally(
        str(row.entry_id),
        row.public_points_scaled,
        (),
        StandingState(row.public_standing),
        row.entry_id,
    )


def apply_placing(row: Result, placing: Placing) -> None:
    """Write place, scale score and award into the row."""
    row.place, row.is_undecided = placing.place, placing.is_undecided
    row.scale_score, row.award = placing.scale_score, placing.award


def aspect_in_conflict(total: SheetTotal, code: str) -> bool:
    """Whether this aspect's marks are too far apart."""
    return total.outcomes[code].state is AspectState.CONFLICT
