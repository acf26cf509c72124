"""Lists for the tablet: sheets with what is owed, sheets to sign, receipts, calls."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from competitions.enums import EntryState, EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of, local_day
from people.models import User
from scoring.core.dual import group_of, groups_of
from scoring.core.marking import AspectState, is_per_judge
from scoring.core.teams import OwnSeat, SeatState, competition_day, refused_days
from scoring.enums import SheetState, SignerRole
from scoring.models import JudgeCall, Mark, Sheet, Signature, SkillState
from scoring.queries.points import aspect_outcomes
from scoring.queries.schemes import Plan, plan_by_digest, plan_of, state_of
from scoring.queries.seating import (
    holders_of,
    in_teams,
    own_seats,
    panels_of,
    seat_on,
)
from scoring.queries.sheets import cells_of

AWAY = (EntryState.ABSENT, EntryState.CANCELLED)
LEADING = {EventRole.CHIEF_JUDGE, EventRole.SUPERVISOR}
# The state in which a sheet waits for the signature of a role.
WAITS_FOR = {
    SignerRole.JUDGE: SheetState.COMPLETE,
    SignerRole.CHIEF_JUDGE: SheetState.JUDGE_SIGNED,
    SignerRole.SUPERVISOR: SheetState.CHIEF_SIGNED,
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in a judge's list: what it is, how far it is, what this judge owes."""

    id: int
    code: str
    sub_code: str
    sub_name: str
    day: int | None
    panel: str
    state: str
    cells: int
    filled: int
    conflicts: int
    my_cells: int
    my_filled: int
    signed_by_me: bool
    is_recused: bool
    is_replaced: bool = False  # a reserve holds this judge's seat here
    days: tuple[int, ...] = ()  # when its team marks it, if that is not today


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """An aspect whose marks are too far apart."""

    sheet_id: int
    code: str
    sub_code: str
    number: int
    description: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a signature covers: cells entered by the signer and marks stored."""

    entered: int
    received: int
    seq: int
    hash: str
    signed_at: datetime
    signer: str
    role: str
    sheets: tuple[SheetRow, ...]
    missing: tuple[str, ...]


def live_sheets(skill: Skill) -> QuerySet[Sheet]:
    """The sheets that have to be filled: those of absent entries do not."""
    rows = Sheet.objects.filter(skill=skill).exclude(entry__state__in=AWAY)
    related = ("entry", "sub_criterion", "skill__competition")
    return rows.select_related(*related).order_by(
        "sub_criterion__criterion__position",
        "sub_criterion__position",
        "entry__code",
        "pk",
    )


def sheet_rows(user: User, skill: Skill, at: datetime | None = None) -> list[SheetRow]:
    """The sheets of the judge's panels, or all for who leads; a few queries.

    ``at`` says what day it is; without it every day is fine.
    """
    held = own_seats(user, skill)
    leads = bool(LEADING & event_roles_of(user, skill))
    sheets = live_sheets(skill)
    if not leads:
        sheets = sheets.filter(in_teams(user, skill, held))
    return _rows(user, skill, list(sheets), held, at)


def waiting_rows(user: User, skill: Skill, role: str) -> list[SheetRow]:
    """The sheets that ``user`` can sign now in this role."""
    if role not in WAITS_FOR:
        return []
    held = own_seats(user, skill)
    sheets = live_sheets(skill).filter(state=WAITS_FOR[SignerRole(role)], conflicts=0)
    if role == SignerRole.JUDGE:
        mine = [
            sheet
            for sheet in sheets
            if user.pk not in sheet.signers and seat_on(sheet, user, held).marks
        ]
        return _rows(user, skill, mine, held)
    return _rows(user, skill, list(sheets), held)


def receipt_of(signature: Signature) -> Receipt:
    """What a signer takes home: counts, sequence, hash, and who is still to sign."""
    skill = signature.skill
    rows = Sheet.objects.filter(signatures=signature).select_related(
        "entry", "sub_criterion"
    )
    sheets = list(rows.order_by("entry__code", "sub_criterion__code"))
    held = own_seats(signature.signer, skill)
    shown = _rows(signature.signer, skill, sheets, held)
    is_judge = signature.role == SignerRole.JUDGE
    return Receipt(
        entered=sum(row.my_cells if is_judge else row.cells for row in shown),
        received=sum(row.my_filled if is_judge else row.filled for row in shown),
        seq=signature.seq,
        hash=signature.event_hash,
        signed_at=signature.signed_at,
        signer=str(signature.signer),
        role=signature.role,
        sheets=tuple(shown),
        missing=_still_to_sign(skill, sheets) if is_judge else (),
    )


def calls_open(skill: Skill) -> list[JudgeCall]:
    """Calls that the chief judge has not closed, oldest first."""
    rows = JudgeCall.objects.filter(sheet__skill=skill, closed_at__isnull=True)
    related = ("sheet__entry", "sheet__sub_criterion", "caller")
    return list(rows.select_related(*related).order_by("called_at", "pk"))


def conflicts_open(skill: Skill) -> list[ConflictRow]:
    """Aspects in conflict, in the order of the scheme."""
    plan = plan_of(skill)
    sheets = list(live_sheets(skill).filter(conflicts__gt=0))
    if plan is None or not sheets:
        return []
    cells = cells_of(sheets)
    found = []
    for sheet in sheets:
        sub = plan.subs[sheet.sub_criterion.code]
        outcomes = aspect_outcomes(plan, sub, sheet.seats, cells[sheet.pk])
        found += [
            ConflictRow(
                sheet.pk, sheet.entry.code, sub.code, number, aspect.description
            )
            for number, aspect in enumerate(sub.aspects, start=1)
            if outcomes[aspect.code].state is AspectState.CONFLICT
        ]
    return found


def _rows(
    user: User,
    skill: Skill,
    sheets: Collection[Sheet],
    held: dict[str, int],
    at: datetime | None = None,
) -> list[SheetRow]:
    state = state_of(skill)
    if state is None:
        return []
    plan = plan_by_digest(state.scheme.digest)
    filled = _filled(sheets)
    found = []
    for sheet in sheets:
        own = seat_on(sheet, user, held)
        days = closed_days(state, plan, sheet, own, at) if at else ()
        found.append(_row(user, sheet, plan, own, filled, days))
    return found


def days_now(sheet: Sheet, user: User, at: datetime) -> tuple[int, ...]:
    """The days of the viewer's team for a sheet, if it may not be marked today."""
    state = state_of(sheet.skill)
    if state is None or not state.calendar:
        return ()
    plan = plan_by_digest(state.scheme.digest)
    own = seat_on(sheet, user, own_seats(user, sheet.skill))
    return closed_days(state, plan, sheet, own, at) if own.seat else ()


def closed_days(
    state: SkillState, plan: Plan, sheet: Sheet, own: OwnSeat, at: datetime
) -> tuple[int, ...]:
    """The days on which a seat's team marks this sheet, if today is none of them."""
    letter = panels_of(sheet)[1 if group_of(own.seat) else 0]
    rule = state.calendar.get(letter)
    if not rule:
        return ()
    competition = sheet.skill.competition
    today = competition_day(local_day(competition, at), competition.starts_on)
    code = sheet.sub_criterion.code
    return refused_days(rule, code, plan.subs[code].day, today=today, at=at)


def _row(
    user: User,
    sheet: Sheet,
    plan: Plan,
    own: OwnSeat,
    filled: dict[tuple[int, int], int],
    days: tuple[int, ...],
) -> SheetRow:
    sub = sheet.sub_criterion
    group = group_of(own.seat)
    aspects = [
        aspect
        for aspect in plan.subs[sub.code].aspects
        if group in groups_of(plan.subs[sub.code], aspect)
    ]
    of_group = sum(not is_per_judge(aspect.kind) for aspect in aspects)
    my_cells = len(aspects) if own.marks else 0 if own.seat else of_group
    mine = filled[sheet.pk, own.seat] if own.seat else 0
    return SheetRow(
        id=sheet.pk,
        code=sheet.entry.code,
        sub_code=sub.code,
        sub_name=sub.name,
        day=sub.day,
        panel=sub.second_panel if group else sub.panel,
        state=sheet.state,
        cells=sheet.cells,
        filled=sheet.filled,
        conflicts=sheet.conflicts,
        my_cells=my_cells,
        my_filled=filled[sheet.pk, group] + mine,
        signed_by_me=user.pk in sheet.signers,
        is_recused=own.state is SeatState.ASIDE,
        is_replaced=own.state is SeatState.REPLACED,
        days=days,
    )


def _filled(sheets: Collection[Sheet]) -> dict[tuple[int, int], int]:
    """How many cells are filled, by sheet and seat."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    rows = Mark.objects.filter(sheet__in=[s.pk for s in sheets])
    counted = rows.values_list("sheet_id", "seat").annotate(count=Count("pk"))
    for sheet, seat, count in counted.order_by():
        found[sheet, seat] = count
    return found


def _still_to_sign(skill: Skill, sheets: Collection[Sheet]) -> tuple[str, ...]:
    holders = holders_of(skill)
    owing = [
        (seat, holders.names[user])
        for sheet in sheets
        for seat, user in holders.unsigned(sheet).items()
    ]
    return tuple(dict.fromkeys(name for _seat, name in sorted(owing)))
