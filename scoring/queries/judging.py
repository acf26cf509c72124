"""Lists for the tablet: sheets with what is owed, sheets to sign, receipts, calls."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from competitions.enums import EntryState, EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from people.models import User
from scoring.core.marking import AspectState, is_per_judge
from scoring.enums import SheetState, SignerRole
from scoring.models import JudgeCall, Mark, PanelSeat, Sheet, Signature
from scoring.queries.points import aspect_outcomes
from scoring.queries.schemes import Plan, plan_of
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
    return rows.select_related("entry", "sub_criterion").order_by(
        "sub_criterion__criterion__position",
        "sub_criterion__position",
        "entry__code",
        "pk",
    )


def sheet_rows(user: User, skill: Skill) -> list[SheetRow]:
    """The sheets of the judge's panels, or all for who leads; a few queries."""
    panels = _own_seats(user, skill)
    leads = bool(LEADING & event_roles_of(user, skill))
    sheets = live_sheets(skill)
    if not leads:
        sheets = sheets.filter(sub_criterion__panel__in=list(panels))
    return _rows(user, skill, list(sheets), panels)


def waiting_rows(user: User, skill: Skill, role: str) -> list[SheetRow]:
    """The sheets that ``user`` can sign now in this role."""
    if role not in WAITS_FOR:
        return []
    panels = _own_seats(user, skill)
    sheets = live_sheets(skill).filter(state=WAITS_FOR[SignerRole(role)], conflicts=0)
    if role == SignerRole.JUDGE:
        mine = [
            sheet
            for sheet in sheets
            if panels.get(sheet.sub_criterion.panel) in sheet.seats
            and user.pk not in sheet.signers
        ]
        return _rows(user, skill, mine, panels)
    return _rows(user, skill, list(sheets), panels)


def receipt_of(signature: Signature) -> Receipt:
    """What a signer takes home: counts, sequence, hash, and who is still to sign."""
    skill = signature.skill
    rows = Sheet.objects.filter(signatures=signature).select_related(
        "entry", "sub_criterion"
    )
    sheets = list(rows.order_by("entry__code", "sub_criterion__code"))
    panels = _own_seats(signature.signer, skill)
    shown = _rows(signature.signer, skill, sheets, panels)
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


def _own_seats(user: User, skill: Skill) -> dict[str, int]:
    rows = PanelSeat.objects.filter(skill=skill, judge=user, left_at__isnull=True)
    return dict(rows.values_list("panel", "number"))


def _rows(
    user: User, skill: Skill, sheets: Collection[Sheet], panels: dict[str, int]
) -> list[SheetRow]:
    plan = plan_of(skill)
    if plan is None:
        return []
    filled = _filled(sheets, panels)
    return [
        _row(user, sheet, plan, panels.get(sheet.sub_criterion.panel), filled)
        for sheet in sheets
    ]


def _row(
    user: User,
    sheet: Sheet,
    plan: Plan,
    own: int | None,
    filled: dict[tuple[int, int], int],
) -> SheetRow:
    sub = sheet.sub_criterion
    aspects = plan.subs[sub.code].aspects
    of_group = sum(not is_per_judge(aspect.kind) for aspect in aspects)
    takes_part = own is not None and own in sheet.seats
    my_filled = filled[sheet.pk, 0] + (filled[sheet.pk, own] if own else 0)
    return SheetRow(
        id=sheet.pk,
        code=sheet.entry.code,
        sub_code=sub.code,
        sub_name=sub.name,
        day=sub.day,
        panel=sub.panel,
        state=sheet.state,
        cells=sheet.cells,
        filled=sheet.filled,
        conflicts=sheet.conflicts,
        my_cells=len(aspects) if takes_part else of_group if own is None else 0,
        my_filled=my_filled,
        signed_by_me=user.pk in sheet.signers,
        is_recused=own is not None and not takes_part,
    )


def _filled(
    sheets: Collection[Sheet], panels: dict[str, int]
) -> dict[tuple[int, int], int]:
    """How many cells are filled, by sheet and seat, for the group and the own seats."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    seats = [0, *panels.values()]
    rows = Mark.objects.filter(sheet__in=[s.pk for s in sheets], seat__in=seats)
    counted = rows.values_list("sheet_id", "seat").annotate(count=Count("pk"))
    for sheet, seat, count in counted.order_by():
        found[sheet, seat] = count
    return found


def _still_to_sign(skill: Skill, sheets: Collection[Sheet]) -> tuple[str, ...]:
    seats = PanelSeat.objects.filter(skill=skill, left_at__isnull=True)
    rows = list(seats.select_related("judge").order_by("panel", "number"))
    names = [
        str(seat.judge)
        for seat in rows
        for sheet in sheets
        if seat.panel == sheet.sub_criterion.panel
        and seat.number in sheet.seats
        and seat.judge_id not in sheet.signers
    ]
    return tuple(dict.fromkeys(names))
