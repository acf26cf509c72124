"""What a batch of marks is checked against: loaded once, whatever the batch's size.

A desk holds the skill's scheme, the judge's seats, the touched sheets with all sheets of
their entries, and the marks of the touched sheets.  Checking writes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of, local_day
from people.models import User
from scoring.core.calculation import is_deduction
from scoring.core.changes import fits
from scoring.core.dual import SECOND, group_of
from scoring.core.marking import MarkRefused, is_per_judge, read_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect, MarkKind
from scoring.core.teams import SeatState, competition_day, own_seat, refused_days
from scoring.enums import MarkState, ResultState, SheetState
from scoring.errors import day_words
from scoring.marking_events import MarkEvent
from scoring.models import Sheet, SkillState, SubCriterion
from scoring.queries import hot
from scoring.queries.hot import Entered
from scoring.queries.points import SheetTotal, sheet_total
from scoring.queries.schemes import Plan, plan_by_digest

LONGEST_REMARK = 300
LONGEST_REMARKS = 2000  # one line for each fault
UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)


class Refused(Exception):
    """A mark that is not accepted: its code and the limit that was broken."""

    def __init__(self, code: str, limit: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.limit = limit


@dataclass(frozen=True, slots=True)
class CheckedMark:
    """An event that fits: the sheet, the aspect, the seat and the canonical value.

    ``value`` is empty for a state without one; ``is_withdrawal`` takes a mark back.
    ``change`` is the approved request through whose opened cell the mark comes.
    """

    event: MarkEvent
    sheet: Sheet
    aspect: Aspect
    seat: int
    value: str = ""
    is_withdrawal: bool = False
    change: int | None = None
    judge: int | None = None  # whose seat it is, where somebody else enters it
    contradicts: int | None = None  # the event it replaces unseen (mark_context)
    settles: bool = False  # entered while the aspect was in conflict


@dataclass(slots=True)
class Desk:
    """Everything a batch needs, as rows by id."""

    skill: Skill
    state: SkillState | None
    plan: Plan | None
    seats: dict[str, int]
    sheets: dict[int, Sheet]
    cells: dict[int, dict[tuple[str, int], Entered]] = field(default_factory=dict)
    is_import: bool = False  # a results officer's file: imported aspects, no seat
    # Keyed in from paper by a results officer: the judge of each (sheet, seat).
    paper: Mapping[tuple[int, int], int] | None = None
    user: int = 0
    at: datetime | None = None
    device: str = ""
    leads: bool = False  # a chief judge, who types in for a panel on one tablet
    holders: dict[tuple[str, int], int] = field(default_factory=dict)
    used: set[int] = field(
        default_factory=set
    )  # opened cells of this batch, by request

    def of_entry(self, entries: Collection[int]) -> dict[int, list[Sheet]]:
        """All sheets of the given entries."""
        found: dict[int, list[Sheet]] = defaultdict(list)
        for sheet in self.sheets.values():
            if sheet.entry_id in entries:
                found[sheet.entry_id].append(sheet)
        return found

    def total(self, sheet: Sheet) -> SheetTotal:
        """The totals of a touched sheet from the marks on the desk."""
        if self.plan is None:
            raise ValueError("a skill without a scheme has no sheets")
        code = sheet.sub_criterion.code
        return sheet_total(self.plan, code, sheet.seats, self.cells[sheet.pk])


def lay_desk(
    skill: Skill,
    events: Iterable[MarkEvent],
    *,
    by: User,
    at: datetime,
    device: str = "",
    is_import: bool = False,
) -> Desk:
    """Load what ``events`` touch: three queries, four the first time a scheme is read.

    The caller holds the lock of the skill's chain, so nothing moves underneath.
    """
    every = list(events)
    wanted = {event.sheet_id for event in every}
    state, seats = hot.state_and_seats(skill, by)
    sheets = hot.sheets_of_entries(skill, wanted)
    desk = Desk(
        skill=skill,
        state=state,
        plan=plan_by_digest(state.scheme.digest) if state else None,
        seats=seats,
        sheets=sheets,
        cells=hot.cells_of(wanted & set(sheets)),
        is_import=is_import,
        user=by.pk,
        at=at,
        device=device,
    )
    if state and state.group_panels and any(event.seat for event in every):
        desk.leads = not seats and EventRole.CHIEF_JUDGE in event_roles_of(by, skill)
        desk.holders = hot.holders_of(skill)
    return desk


def check(desk: Desk, event: MarkEvent) -> CheckedMark:
    """Return the mark that ``event`` stands for, or raise :class:`Refused`.

    A sheet of another skill is answered like one that does not exist.
    """
    sheet = desk.sheets.get(event.sheet_id)
    if sheet is None or desk.plan is None:
        raise Refused("unknown-sheet")
    own = _seat(desk, sheet, event)
    is_closed = desk.state is None or desk.state.state != ResultState.PROVISIONAL
    if is_closed and not sheet.unlocked:
        raise Refused("marking-closed")
    is_shut = sheet.state not in UNSIGNED or sheet.signers or sheet.is_guarded
    if is_shut and not sheet.unlocked:
        raise Refused("sheet-signed")
    aspect = desk.plan.aspects.get(event.aspect)
    if aspect is None or aspect not in desk.plan.subs[sheet.sub_criterion.code].aspects:
        raise Refused("unknown-aspect")
    if desk.is_import and aspect.kind is not MarkKind.IMPORTED:
        raise Refused("not-imported")
    seat = own if is_per_judge(aspect.kind) else group_of(own)
    if aspect.kind is MarkKind.IMPORTED:
        seat = 0
    if event.seat is not None and event.seat != seat:
        raise Refused("not-your-sheet")
    mark = _checked_value(event, sheet, aspect, seat)
    if desk.paper is not None:
        if is_per_judge(aspect.kind) and seat not in sheet.seats:
            raise Refused("not-your-sheet")
        mark = replace(mark, judge=desk.paper.get((sheet.pk, seat)))
    return _approved(desk, mark) if is_closed or is_shut else mark


def _approved(desk: Desk, mark: CheckedMark) -> CheckedMark:
    """A mark on a signed sheet: through an opened cell, in time, with that value."""
    cells = [c for c in mark.sheet.unlocked if fits(c, mark.aspect.code, mark.seat)]
    cell = cells[-1] if cells else None
    if cell is None or cell["change"] in desk.used:
        raise Refused("sheet-signed")
    if desk.at is None or desk.at > datetime.fromisoformat(cell["until"]):
        raise Refused("cell-closed")
    if (mark.event.state, mark.value) != (cell["state"], cell["value"]):
        raise Refused("not-approved-value", cell["value"])
    desk.used.add(cell["change"])
    return replace(mark, change=cell["change"])


REFUSED_SEATS = {
    SeatState.NONE: "not-your-sheet",
    SeatState.ASIDE: "conflict-of-interest",
    SeatState.REPLACED: "replaced",
}


def _seat(desk: Desk, sheet: Sheet, event: MarkEvent) -> int:
    """The judge's own seat, or the one named where one tablet serves a panel.

    A results officer has none, or that of the paper.
    """
    if desk.is_import:
        return 0
    if desk.paper is not None:
        return event.seat or 0
    named, sub = event.seat, sheet.sub_criterion
    letter = sub.second_panel if (named or 0) >= SECOND else sub.panel
    if named is None or desk.state is None or letter not in desk.state.group_panels:
        return _own_seat(desk, sheet)
    return _named_seat(desk, sheet, named, letter)


def _named_seat(desk: Desk, sheet: Sheet, named: int, letter: str) -> int:
    """The seat named on a panel's one tablet, if this person may type for it."""
    if desk.leads:
        _require_day(desk, sheet.sub_criterion, letter)
    elif group_of(_own_seat(desk, sheet)) != group_of(named):
        raise Refused("not-your-sheet")
    if named != group_of(named) and named not in sheet.seats:
        raise Refused("not-your-sheet")
    return named


def _own_seat(desk: Desk, sheet: Sheet) -> int:
    """The seat the judge marks on this sheet, today; or why there is none."""
    sub = sheet.sub_criterion
    own = own_seat(
        desk.user,
        panels=(sub.panel, sub.second_panel),
        held=desk.seats,
        seats=sheet.seats,
        stand_ins=sheet.stand_ins,
    )
    if not own.marks:
        raise Refused(REFUSED_SEATS[own.state])
    if not sheet.unlocked:  # an approved change waits for no day
        _require_day(desk, sub, sub.second_panel if own.seat >= SECOND else sub.panel)
    return own.seat


def _require_day(desk: Desk, sub: SubCriterion, letter: str) -> None:
    """Nothing is asked where no team has days."""
    if desk.state is None or desk.plan is None or desk.at is None:
        return
    rule = desk.state.calendar.get(letter)
    if not rule:
        return
    competition = desk.skill.competition
    today = competition_day(local_day(competition, desk.at), competition.starts_on)
    day = desk.plan.subs[sub.code].day
    if days := refused_days(rule, sub.code, day, today=today, at=desk.at):
        raise Refused("not-your-day", day_words(days))


def _checked_value(
    event: MarkEvent, sheet: Sheet, aspect: Aspect, seat: int
) -> CheckedMark:
    if event.state not in MarkState.values:
        raise Refused("unknown-state")
    _check_length(event.remark, aspect)
    if event.state != MarkState.VALUE:
        return CheckedMark(event, sheet, aspect, seat)
    try:
        value = read_value(aspect, "" if event.value is None else event.value)
    except MarkRefused as refused:
        raise Refused(refused.code, refused.limit) from None
    if value is None:
        return CheckedMark(event, sheet, aspect, seat, is_withdrawal=True)
    if value and is_deduction(aspect) and not event.remark.strip():
        raise Refused("remark-required")
    if aspect.kind is MarkKind.DEDUCTION and len(_lines(event.remark)) < value:
        raise Refused("remark-each", plain_text(value))
    return CheckedMark(event, sheet, aspect, seat, plain_text(value))


def _check_length(remark: str, aspect: Aspect) -> None:
    """A deduction has a line for each fault; everything else has one remark."""
    longest = LONGEST_REMARK
    if aspect.kind is MarkKind.DEDUCTION:
        longest = LONGEST_REMARKS
        if any(len(line) > LONGEST_REMARK for line in _lines(remark)):
            raise Refused("remark-too-long")
    if len(remark) > longest:
        raise Refused("remark-too-long")


def _lines(remark: str) -> list[str]:
    return [line for line in remark.splitlines() if line.strip()]
