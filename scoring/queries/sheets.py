"""A sheet as one judge may see it, and the digest of what is signed.

Values of the others appear only when all seats of the panel have entered the aspect;
before that a judge knows that they have, never what.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from competitions.models import Skill
from ledger.core.chain import canonical
from people.models import User
from scoring.core.calculation import is_deduction
from scoring.core.marking import AspectPoints, AspectState, is_per_judge
from scoring.core.rounding import from_scaled, to_scaled
from scoring.core.scheme import Aspect, SubCriterion
from scoring.enums import SheetState
from scoring.models import Mark, PanelSeat, Sheet, Signature
from scoring.queries.points import aspect_outcomes
from scoring.queries.schemes import Plan, plan_of

UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat of a panel and who holds it."""

    number: int
    user_id: int
    name: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark the viewer entered, or that the group agreed on."""

    state: str
    value: str
    remark: str
    seq: int
    marked_at: datetime
    by: str
    by_me: bool


@dataclass(frozen=True, slots=True)
class OtherMark:
    """What may be known of another seat's mark."""

    seat: int
    is_in: bool
    state: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class AspectView:
    """One aspect of a sheet; ``seat`` is the one the viewer enters, None to look."""

    aspect: Aspect
    number: int
    seat: int | None
    state: str
    own: MarkView | None
    others: tuple[OtherMark, ...]
    points: str | None
    remark_required: bool


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its aspects; ``signed`` holds role, name and time."""

    sheet: Sheet
    sub: SubCriterion
    panel: str
    seat: int | None
    seats: tuple[SeatView, ...]
    cells: int
    filled: int
    conflicts: int
    state: str
    is_read_only: bool
    signed: tuple[tuple[str, str, datetime], ...]
    aspects: tuple[AspectView, ...]


def seats_of(skill: Skill, panel: str) -> list[SeatView]:
    """The seats of a panel in order of their numbers."""
    rows = PanelSeat.objects.filter(skill=skill, panel=panel, left_at__isnull=True)
    return [
        SeatView(row.number, row.judge_id, str(row.judge))
        for row in rows.select_related("judge").order_by("number")
    ]


def sheet_view(sheet: Sheet, user: User) -> SheetView:
    """One sheet as ``user`` may see it."""
    return sheet_views([sheet], user)[0]


def sheet_views(sheets: Sequence[Sheet], user: User) -> list[SheetView]:
    """Sheets of one skill as ``user`` may see them; a fixed number of queries.

    The sheets come from access.py, with skill, entry and sub-criterion.
    """
    if not sheets:
        return []
    plan = plan_of(sheets[0].skill)
    if plan is None:
        raise ValueError("a skill without a scheme has no sheets")
    seats = _seats_by_panel(sheets[0].skill)
    cells = cells_of(sheets)
    signed = _signed(sheets)
    return [
        _sheet_view(
            sheet,
            user,
            plan,
            seats[sheet.sub_criterion.panel],
            cells[sheet.pk],
            signed[sheet.pk],
        )
        for sheet in sheets
    ]


def cells_of(sheets: Collection[Sheet]) -> dict[int, dict[tuple[str, int], Mark]]:
    """The current marks of the sheets by cell (aspect code and seat)."""
    found: dict[int, dict[tuple[str, int], Mark]] = defaultdict(dict)
    ids = [sheet.pk for sheet in sheets]
    for mark in Mark.objects.filter(sheet__in=ids).select_related("judge"):
        found[mark.sheet_id][mark.code, mark.seat] = mark
    return found


def signing_digest(skill: Skill, sheets: Sequence[Sheet], role: str) -> str:
    """64 hex digits over role, sheets, versions and every cell, as shown."""
    cells: dict[int, list[list[object]]] = defaultdict(list)
    marks = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).values_list(
        "sheet_id", "code", "seat", "state", "value", "remark"
    )
    for sheet_id, *cell in sorted(marks):
        cells[sheet_id].append(cell)
    rows = [
        [sheet.pk, sheet.version, cells[sheet.pk]]
        for sheet in sorted(sheets, key=lambda sheet: sheet.pk)
    ]
    text = canonical([skill.pk, str(role), rows])
    return hashlib.sha256(text.encode()).hexdigest()


def _seats_by_panel(skill: Skill) -> dict[str, list[SeatView]]:
    found: dict[str, list[SeatView]] = defaultdict(list)
    rows = PanelSeat.objects.filter(skill=skill, left_at__isnull=True)
    for row in rows.select_related("judge").order_by("panel", "number"):
        found[row.panel].append(SeatView(row.number, row.judge_id, str(row.judge)))
    return found


def _signed(
    sheets: Collection[Sheet],
) -> dict[int, list[tuple[str, str, datetime]]]:
    found: dict[int, list[tuple[str, str, datetime]]] = defaultdict(list)
    links = Signature.sheets.through.objects.filter(
        sheet__in=[sheet.pk for sheet in sheets], signature__void_at__isnull=True
    ).select_related("signature__signer")
    for link in links.order_by("signature__seq"):
        given = link.signature
        found[link.sheet_id].append((given.role, str(given.signer), given.signed_at))
    return found


def _sheet_view(
    sheet: Sheet,
    user: User,
    plan: Plan,
    seats: Sequence[SeatView],
    cells: Mapping[tuple[str, int], Mark],
    signed: Sequence[tuple[str, str, datetime]],
) -> SheetView:
    sub = plan.subs[sheet.sub_criterion.code]
    own = next((seat.number for seat in seats if seat.user_id == user.pk), None)
    mine = own if own in sheet.seats else None
    outcomes = aspect_outcomes(plan, sub, sheet.seats, cells)
    editable = sheet.state in UNSIGNED and not sheet.signers and mine is not None
    return SheetView(
        sheet=sheet,
        sub=sub,
        panel=sheet.sub_criterion.panel,
        seat=mine,
        seats=tuple(seat for seat in seats if seat.number in sheet.seats),
        cells=sheet.cells,
        filled=sheet.filled,
        conflicts=sheet.conflicts,
        state=sheet.state,
        is_read_only=not editable,
        signed=tuple(signed),
        aspects=tuple(
            _aspect_view(aspect, number, mine, sheet.seats, cells, outcomes, user)
            for number, aspect in enumerate(sub.aspects, start=1)
        ),
    )


def _aspect_view(
    aspect: Aspect,
    number: int,
    mine: int | None,
    seats: Sequence[int],
    cells: Mapping[tuple[str, int], Mark],
    outcomes: Mapping[str, AspectPoints],
    user: User,
) -> AspectView:
    per_judge = is_per_judge(aspect.kind)
    entered = (mine if per_judge else 0) if mine is not None else None
    looked_at = 0 if not per_judge else mine
    outcome = outcomes[aspect.code]
    row = None if looked_at is None else cells.get((aspect.code, looked_at))
    return AspectView(
        aspect=aspect,
        number=number,
        seat=entered,
        state=outcome.state.value,
        own=None if row is None else _mark_view(row, user),
        others=_others(aspect, mine, seats, cells) if per_judge else (),
        points=_points_text(outcome),
        remark_required=is_deduction(aspect),
    )


def _others(
    aspect: Aspect,
    mine: int | None,
    seats: Sequence[int],
    cells: Mapping[tuple[str, int], Mark],
) -> tuple[OtherMark, ...]:
    all_in = all((aspect.code, seat) in cells for seat in seats)
    found = []
    for seat in sorted(seats):
        row = cells.get((aspect.code, seat))
        if seat == mine:
            continue
        if row is None or not all_in:
            found.append(OtherMark(seat, row is not None))
        else:
            found.append(OtherMark(seat, True, row.state, row.value))
    return tuple(found)


def _mark_view(row: Mark, user: User) -> MarkView:
    return MarkView(
        state=row.state,
        value=row.value,
        remark=row.remark,
        seq=row.seq,
        marked_at=row.marked_at,
        by=str(row.judge),
        by_me=row.judge_id == user.pk,
    )


def _points_text(outcome: AspectPoints) -> str | None:
    if outcome.state is not AspectState.SCORED or outcome.points is None:
        return None
    return str(from_scaled(to_scaled(outcome.points)))
