"""A sheet as one judge may see it, and the digest of what is signed.

Values of the others appear only when all seats of the panel have entered the aspect;
before that a judge knows that they have, never what.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from ledger.core.chain import canonical
from people.models import User
from scoring.core.calculation import is_deduction
from scoring.core.dual import SECOND, group_of, groups_of
from scoring.core.marking import AspectPoints, AspectState, is_per_judge
from scoring.core.rounding import from_scaled, to_scaled
from scoring.core.scheme import Aspect, SubCriterion
from scoring.core.teams import OwnSeat, SeatState, seat_text
from scoring.enums import SheetState
from scoring.models import Mark, PanelSeat, Sheet, Signature
from scoring.queries.points import aspect_outcomes, cell_seats, team_outcomes
from scoring.queries.schemes import Plan, plan_by_digest, state_of
from scoring.queries.seating import (
    Holders,
    holders_of,
    own_seats,
    panels_of,
    seat_on,
)

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
    contradicts: int | None = None  # the event it replaced unseen, to be confirmed


@dataclass(frozen=True, slots=True)
class OtherMark:
    """What may be known of another seat's mark."""

    seat: int
    is_in: bool
    state: str | None = None
    value: str | None = None
    label: str = ""  # team and number, where two teams mark the sheet


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
    apart: bool = False  # each of two teams agrees with itself, not with the other
    # Where one tablet serves the panel: every seat's mark, open to all who sit there.
    each: tuple[tuple[int, MarkView | None], ...] = ()


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its aspects; ``signed`` holds role, name and time."""

    sheet: Sheet
    sub: SubCriterion
    panel: str  # of the viewer's team
    seat: int | None
    seats: tuple[SeatView, ...]
    cells: int
    filled: int
    conflicts: int
    state: str
    is_read_only: bool
    signed: tuple[tuple[str, str, datetime], ...]
    aspects: tuple[AspectView, ...]
    is_group: bool = False  # one person enters for all seats, on one tablet


def seats_of(skill: Skill, panel: str) -> list[SeatView]:
    """The seats of a panel in order of their numbers."""
    rows = PanelSeat.objects.filter(
        skill=skill, panel=panel, left_at__isnull=True, entry__isnull=True
    )
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
    skill = sheets[0].skill
    state = state_of(skill)
    if state is None:
        raise ValueError("a skill without a scheme has no sheets")
    plan = plan_by_digest(state.scheme.digest)
    holders = holders_of(skill)
    held = own_seats(user, skill)
    groups = frozenset(state.group_panels)
    leads = bool(groups) and EventRole.CHIEF_JUDGE in event_roles_of(user, skill)
    cells = cells_of(sheets)
    signed = _signed(sheets)
    return [
        _sheet_view(
            sheet,
            user,
            plan,
            _seating(sheet, holders, seat_on(sheet, user, held), groups, leads),
            cells[sheet.pk],
            signed[sheet.pk],
        )
        for sheet in sheets
    ]


@dataclass(frozen=True, slots=True)
class _Seating:
    """Who sits at a sheet, the viewer's seat (None to look), and whether one types."""

    holders: Holders
    own: OwnSeat
    mine: int | None
    is_group: bool


def _seating(
    sheet: Sheet, holders: Holders, own: OwnSeat, groups: frozenset[str], leads: bool
) -> _Seating:
    """A chief judge types for a panel on one tablet, beginning with its first seat."""
    letter = panels_of(sheet)[1 if own.seat >= SECOND else 0]
    mine = own.seat if own.marks else None
    is_group = letter in groups
    if is_group and mine is None and own.state is SeatState.NONE and leads:
        first = [seat for seat in sheet.seats if seat < SECOND]
        mine = min(first, default=None)
    return _Seating(holders, own, mine, is_group and mine is not None)


def cells_of(sheets: Collection[Sheet]) -> dict[int, dict[tuple[str, int], Mark]]:
    """The current marks of the sheets by cell (aspect code and seat)."""
    found: dict[int, dict[tuple[str, int], Mark]] = defaultdict(dict)
    ids = [sheet.pk for sheet in sheets]
    rows = Mark.objects.filter(sheet__in=ids)
    for mark in rows.select_related("judge", "entered_by"):
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
    seating: _Seating,
    cells: Mapping[tuple[str, int], Mark],
    signed: Sequence[tuple[str, str, datetime]],
) -> SheetView:
    sub = plan.subs[sheet.sub_criterion.code]
    holders, own, mine = seating.holders, seating.own, seating.mine
    editable = sheet.state in UNSIGNED and not sheet.signers and mine is not None
    panels = panels_of(sheet)
    sight = _Sight(plan, sub, sheet.seats, mine, cells, user, seating.is_group)
    return SheetView(
        sheet=sheet,
        sub=sub,
        panel=panels[1 if own.seat >= SECOND else 0],
        seat=mine,
        seats=tuple(
            SeatView(seat, holder, holders.names[holder])
            for seat, holder in sorted(holders.of(sheet).items())
            if mine is None or group_of(seat) == group_of(mine)
        ),
        cells=sheet.cells,
        filled=sheet.filled,
        conflicts=sheet.conflicts,
        state=sheet.state,
        is_read_only=not editable,
        signed=tuple(signed),
        aspects=tuple(
            _aspect_view(aspect, number, sight)
            for number, aspect in enumerate(sub.aspects, start=1)
        ),
        is_group=seating.is_group,
    )


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one viewer looks at a sheet with; ``mine`` is their seat, None to look."""

    plan: Plan
    sub: SubCriterion
    seats: Sequence[int]
    mine: int | None
    cells: Mapping[tuple[str, int], Mark]
    user: User
    is_group: bool = False


def _aspect_view(aspect: Aspect, number: int, sight: _Sight) -> AspectView:
    """One aspect; a judge sees the points of both teams only where they agree."""
    per_judge, mine = is_per_judge(aspect.kind), sight.mine
    group = 0 if mine is None else group_of(mine)
    if group not in groups_of(sight.sub, aspect):
        group, mine = 0, None  # imported for both: the second team looks at it
    entered = None if mine is None else mine if per_judge else group
    looked_at = mine if per_judge else group
    outcomes = aspect_outcomes(sight.plan, sight.sub, sight.seats, sight.cells)
    outcome = outcomes[aspect.code]
    row = None if looked_at is None else sight.cells.get((aspect.code, looked_at))
    return AspectView(
        aspect=aspect,
        number=number,
        seat=entered,
        state=outcome.state.value,
        own=None if row is None else _mark_view(row, sight.user),
        others=_others(aspect, sight),
        each=_each(aspect, sight) if sight.is_group and mine is not None else (),
        points=_points_text(outcome),
        remark_required=is_deduction(aspect),
        apart=outcome.state is AspectState.CONFLICT and _are_apart(aspect, sight),
    )


def _each(aspect: Aspect, sight: _Sight) -> tuple[tuple[int, MarkView | None], ...]:
    """Every seat of one's team with its mark: the judges have shown them already."""
    if sight.mine is None or not is_per_judge(aspect.kind):
        return ()
    found = []
    for seat in cell_seats(aspect, sight.seats, group_of(sight.mine)):
        row = sight.cells.get((aspect.code, seat))
        found.append((seat, None if row is None else _mark_view(row, sight.user)))
    return tuple(found)


def _are_apart(aspect: Aspect, sight: _Sight) -> bool:
    """No team is in conflict with itself: the two lie too far apart."""
    teams = team_outcomes(sight.plan, sight.sub, aspect, sight.seats, sight.cells)
    states = {outcome.state for outcome in teams.values()}
    return len(teams) > 1 and AspectState.CONFLICT not in states


def _others(aspect: Aspect, sight: _Sight) -> tuple[OtherMark, ...]:
    """The other seats of one's own team; whoever only looks sees both teams.

    Values appear when all of a team have entered; never those of the other team.
    """
    groups = groups_of(sight.sub, aspect)
    if sight.mine is not None:
        groups = tuple(group for group in groups if group == group_of(sight.mine))
    elif not is_per_judge(aspect.kind):
        groups = groups[1:]  # the first team's common value stands in the row itself
    if sight.mine is not None and not is_per_judge(aspect.kind):
        return ()
    found = []
    for group in groups:
        seats = cell_seats(aspect, sight.seats, group)
        all_in = all((aspect.code, seat) in sight.cells for seat in seats)
        for seat in seats:
            row = sight.cells.get((aspect.code, seat))
            if seat == sight.mine:
                continue
            label = _label(sight.sub, seat)
            if row is None or not all_in:
                found.append(OtherMark(seat, row is not None, label=label))
            else:
                found.append(OtherMark(seat, True, row.state, row.value, label))
    return tuple(found)


def _label(sub: SubCriterion, seat: int) -> str:
    """A seat as people say it where two teams mark: B2; the team alone for its group."""
    if sub.dual is None:
        return ""
    if not seat % SECOND:
        return sub.dual.panel if seat else sub.panel
    return seat_text(seat, sub.panel, sub.dual.panel)


def _mark_view(row: Mark, user: User) -> MarkView:
    typist = row.entered_by or row.judge
    return MarkView(
        state=row.state,
        value=row.value,
        remark=row.remark,
        seq=row.seq,
        marked_at=row.marked_at,
        by=str(typist),
        by_me=typist.pk == user.pk,
        contradicts=row.contradicts,
    )


def _points_text(outcome: AspectPoints) -> str | None:
    if outcome.state is not AspectState.SCORED or outcome.points is None:
        return None
    return str(from_scaled(to_scaled(outcome.points)))
