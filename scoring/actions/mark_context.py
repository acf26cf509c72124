"""What a checked mark says beside its value: whose seat, what it replaces unseen.

A mark is never refused here: every one is kept; what contradicts another is said.
"""

from dataclasses import replace

from scoring.actions.mark_desk import CheckedMark, Desk
from scoring.core.dual import SECOND, group_of
from scoring.models import Sheet
from scoring.queries.hot import Entered
from scoring.queries.points import aspect_in_conflict


def in_context(desk: Desk, mark: CheckedMark) -> CheckedMark:
    """Add the seat's holder, a contradiction, and whether it settles a conflict."""
    sheet, code, seat = mark.sheet, mark.aspect.code, mark.seat
    cell = desk.cells[sheet.pk].get((code, seat))
    holder = mark.judge or _holder(desk, sheet, seat)
    settles = (
        cell is not None
        and sheet.conflicts > 0
        and aspect_in_conflict(desk.total(sheet), code)
    )
    return replace(
        mark,
        judge=None if holder == desk.user else holder,
        contradicts=_contradicted(desk, mark, cell),
        settles=settles,
    )


def _holder(desk: Desk, sheet: Sheet, seat: int) -> int | None:
    """Who holds a judge's seat on this sheet, where one types for all."""
    if not desk.holders or seat == group_of(seat):
        return None
    sub = sheet.sub_criterion
    letter = sub.second_panel if seat >= SECOND else sub.panel
    found: int | None = sheet.stand_ins.get(
        str(seat), desk.holders.get((letter, seat % SECOND))
    )
    return found


def _contradicted(desk: Desk, mark: CheckedMark, cell: Entered | None) -> int | None:
    """The event that this one replaces though its author had not seen it.

    What one device says twice before it heard an answer contradicts nothing new.
    """
    seen = mark.event.over
    if cell is None or seen is None or cell.seq <= seen:
        return None
    if cell.device == desk.device:
        return cell.contradicts
    if (cell.state, cell.value) == (mark.event.state, mark.value):
        return None
    return cell.seq
