"""Rows of marks, sheets and results as the core's values; nothing is written here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from competitions.enums import EntryState
from competitions.models import Entry
from scoring.core.dual import BOTH, groups_of, merged, team_seats
from scoring.core.marking import (
    AspectPoints,
    AspectState,
    Mark,
    MarkState,
    is_per_judge,
    score_aspect,
)
from scoring.core.results import EntrySheets, StoredSub, Tally, stored
from scoring.core.scheme import Aspect, SubCriterion
from scoring.core.totals import Penalty, StandingState, sub_total
from scoring.core.visibility import PublicFrom, counts_in_public
from scoring.models import Result, Sheet
from scoring.queries.schemes import Plan

MOST_KNOWN = 20_000
AWAY = {
    EntryState.ABSENT: StandingState.ABSENT,
    EntryState.CANCELLED: StandingState.DISQUALIFIED,
}


class Cell(Protocol):
    """What a mark says: a row of the database or of the ledger."""

    @property
    def seat(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def value(self) -> str: ...


Cells = Mapping[tuple[str, int], Cell]


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
    """What every aspect of a sheet has earned from the marks of its seats.

    Where two teams mark it, each earns points on its own; together they are merged.
    """
    found = {}
    judges = sorted(seats)
    for aspect in sub.aspects:
        teams = [
            _team_outcome(plan, aspect, cell_seats(aspect, judges, group), cells)
            for group in groups_of(sub, aspect)
        ]
        found[aspect.code] = teams[0]
        if sub.dual is not None and len(teams) == len(BOTH):
            found[aspect.code] = merged(aspect, teams[0], teams[1], sub.dual)
    return found


def team_outcomes(
    plan: Plan, sub: SubCriterion, aspect: Aspect, seats: Collection[int], cells: Cells
) -> dict[int, AspectPoints]:
    """What each team's marks earn on their own, by the seat of its group."""
    return {
        group: _team_outcome(plan, aspect, cell_seats(aspect, seats, group), cells)
        for group in groups_of(sub, aspect)
    }


def cell_seats(aspect: Aspect, seats: Collection[int], group: int) -> list[int]:
    """The seats whose marks one team needs for an aspect: its judges', or its own."""
    return team_seats(seats, group) if is_per_judge(aspect.kind) else [group]


def _team_outcome(
    plan: Plan, aspect: Aspect, wanted: Sequence[int], cells: Cells
) -> AspectPoints:
    code = aspect.code
    rows = [cells[code, seat] for seat in wanted if (code, seat) in cells]
    marks = (code, len(wanted), tuple([(row.state, row.value) for row in rows]))
    outcome = plan.known.get(marks)
    if outcome is None:
        outcome = score_aspect(
            aspect,
            [core_mark(row) for row in rows],
            judges=len(wanted),
            places=plan.scheme.rounding.aspect,
        )
        if len(plan.known) >= MOST_KNOWN:
            plan.known.clear()
        plan.known[marks] = outcome
    return outcome


def core_mark(row: Cell) -> Mark:
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
        for group in groups_of(sub, aspect)
        for seat in cell_seats(aspect, seats, group)
    }
    return SheetTotal(
        sub=stored(sub_total(sub, outcomes, rounding=plan.scheme.rounding)),
        cells=len(wanted),
        filled=len(wanted & set(cells)),
        outcomes=outcomes,
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
        seconds=sheet.seconds_scaled,
    )


def penalties_of(pairs: Iterable[Sequence[Any]]) -> tuple[Penalty, ...]:
    """Stored pairs of text and is-percent as the core takes them."""
    return tuple(Penalty(Decimal(text), bool(percent)) for text, percent in pairs)


def entry_sheets(
    entry: Entry,
    sheets: Iterable[Sheet],
    public_from: PublicFrom,
    penalties: Iterable[Sequence[Any]] = (),
) -> EntrySheets:
    """An entry with its sheets and penalties as the core takes them."""
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
        penalties=penalties_of(penalties),
    )


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


def aspect_in_conflict(total: SheetTotal, code: str) -> bool:
    """Whether this aspect's marks are too far apart."""
    return total.outcomes[code].state is AspectState.CONFLICT
