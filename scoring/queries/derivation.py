"""How one result came about: every mark, every calculation, every rounding.

Reads the current marks with the ledger events that recorded them, and runs the same
calculation as the stored result, keeping each value before its rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import QuerySet

from competitions.models import Entry
from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.core.dual import groups_of
from scoring.core.marking import AspectPoints
from scoring.core.results import tally
from scoring.core.rounding import from_scaled, to_scaled
from scoring.core.scheme import Aspect, Criterion, Scheme, SubCriterion
from scoring.core.totals import CriterionTotal, EntryTotal, SubTotal, sub_total
from scoring.core.visibility import PublicFrom
from scoring.enums import SheetState, SignerRole
from scoring.models import (
    Mark,
    Override,
    PanelSeat,
    Penalty,
    Result,
    Sheet,
    Signature,
)
from scoring.queries.points import aspect_outcomes, cell_seats, entry_sheets
from scoring.queries.schemes import Plan, plan_by_digest, state_of

CHIEF_SIGNED = {SheetState.CHIEF_SIGNED, SheetState.SUPERVISED, SheetState.LOCKED}


@dataclass(frozen=True, slots=True)
class MarkTrace:
    """One mark: whose seat (0: the group's, entered by ``by_seat``), when, which event."""

    seat: int
    by_seat: int
    state: str
    value: str
    remark: str
    marked_at: datetime
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class AspectTrace:
    """An aspect with its marks and what they earned before and after rounding."""

    aspect: Aspect
    outcome: AspectPoints
    expected: int
    marks: tuple[MarkTrace, ...]


@dataclass(frozen=True, slots=True)
class SignatureTrace:
    """Who signed this sheet, as what, in which event."""

    role: str
    seat: int
    signed_at: datetime
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class SheetTrace:
    """A sheet: its aspects, its sum, who signed it."""

    pk: int
    sub: SubCriterion
    version: int
    state: str
    total: SubTotal
    aspects: tuple[AspectTrace, ...]
    signatures: tuple[SignatureTrace, ...]


@dataclass(frozen=True, slots=True)
class CriterionTrace:
    """A criterion with its sheets."""

    criterion: Criterion
    total: CriterionTotal
    sheets: tuple[SheetTrace, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """Everything about one result; ``confirmed``: the calculation gives what is stored."""

    entry: Entry
    scheme: Scheme
    digest: str
    result: Result
    total: EntryTotal
    earned: Fraction
    ties: tuple[tuple[str, str], ...]
    criteria: tuple[CriterionTrace, ...]
    penalties: tuple[Penalty, ...]
    overrides: tuple[Override, ...]  # those in force or once in force
    confirmed: bool


def derivation_of(entry: Entry) -> Derivation | None:
    """The way to an entry's result; None before its sheets are made."""
    state = state_of(entry.skill)
    result = Result.objects.filter(entry=entry).first()
    if state is None or result is None:
        return None
    plan = plan_by_digest(state.scheme.digest)
    sheets = list(
        Sheet.objects.filter(entry=entry).select_related("sub_criterion").order_by("pk")
    )
    public_from = PublicFrom(entry.skill.competition.public_from)
    values = entry_sheets(entry, sheets, public_from, result.penalties)
    total, mine = tally(plan.scheme, values)
    traces = _traces(plan, entry, sheets)
    agrees = all(
        to_scaled(traces[sheet.sub_criterion.code].total.points) == sheet.points_scaled
        for sheet in sheets
    )
    ties = (str(from_scaled(tie)) for tie in mine.ties)
    return Derivation(
        entry=entry,
        scheme=plan.scheme,
        digest=state.scheme.digest,
        result=result,
        total=total,
        earned=sum((c.weighted for c in total.criteria), Fraction(0)),
        ties=tuple(zip(plan.scheme.ties, ties, strict=True)),
        criteria=_criteria(plan.scheme, total, traces),
        penalties=tuple(Penalty.objects.filter(entry=entry).order_by("pk")),
        overrides=tuple(_overrides(entry)),
        confirmed=agrees and mine.points == result.points_scaled,
    )


def _overrides(entry: Entry) -> QuerySet[Override]:
    rows = Override.objects.filter(entry=entry, confirmed_at__isnull=False)
    people = ("proposed_by__person", "confirmed_by__person")
    return rows.select_related(*people).order_by("pk")


def is_chief_signed(entry: Entry) -> bool:
    """Whether the chief judge has signed every sheet of the entry."""
    states = set(Sheet.objects.filter(entry=entry).values_list("state", flat=True))
    return bool(states) and states <= CHIEF_SIGNED


def _traces(plan: Plan, entry: Entry, sheets: list[Sheet]) -> dict[str, SheetTrace]:
    holders = _holders(entry)
    marks = _marks(entry, sheets, holders)
    signatures = _signatures(entry, holders)
    return {
        sheet.sub_criterion.code: _sheet(
            plan, sheet, marks.get(sheet.pk, []), signatures.get(sheet.pk, [])
        )
        for sheet in sheets
    }


def _criteria(
    scheme: Scheme, total: EntryTotal, traces: Mapping[str, SheetTrace]
) -> tuple[CriterionTrace, ...]:
    return tuple(
        CriterionTrace(
            criterion,
            found,
            tuple(traces[s.code] for s in criterion.sub_criteria if s.code in traces),
        )
        for criterion, found in zip(scheme.criteria, total.criteria, strict=True)
    )


def _marks(
    entry: Entry, sheets: list[Sheet], holders: Mapping[int, int]
) -> dict[int, list[tuple[Mark, str, int]]]:
    """The current marks by sheet, each with its event's hash and who entered it."""
    rows = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    marks = list(rows.order_by("sheet_id", "code", "seat"))
    chain = events_of(skill_chain(entry.skill_id))
    hashes = dict(
        chain.filter(seq__in=[mark.seq for mark in marks]).values_list("seq", "hash")
    )
    found: dict[int, list[tuple[Mark, str, int]]] = {}
    for mark in marks:
        item = (mark, hashes.get(mark.seq, ""), holders.get(mark.judge_id, 0))
        found.setdefault(mark.sheet_id, []).append(item)
    return found


def _holders(entry: Entry) -> dict[int, int]:
    rows = PanelSeat.objects.filter(skill=entry.skill_id).order_by("pk")
    return dict(rows.values_list("judge_id", "number"))


def _signatures(
    entry: Entry, holders: Mapping[int, int]
) -> dict[int, list[SignatureTrace]]:
    rows = Signature.objects.filter(sheets__entry=entry, void_at__isnull=True)
    found: dict[int, list[SignatureTrace]] = {}
    columns = ("sheets", "signer_id", "role", "signed_at", "seq", "event_hash")
    for sheet, signer, role, signed_at, seq, digest in rows.order_by(
        "seq", "sheets"
    ).values_list(*columns):
        seat = holders.get(signer, 0) if role == SignerRole.JUDGE else 0
        trace = SignatureTrace(role, seat, signed_at, seq, digest)
        found.setdefault(sheet, []).append(trace)
    return found


def _cells(marks: list[tuple[Mark, str, int]]) -> Mapping[tuple[str, int], Mark]:
    return {(mark.code, mark.seat): mark for mark, _hash, _seat in marks}


def _expected(sub: SubCriterion, aspect: Aspect, seats: list[int]) -> int:
    """How many marks an aspect needs, of every team that marks it."""
    return sum(
        len(cell_seats(aspect, seats, group)) for group in groups_of(sub, aspect)
    )


def _sheet(
    plan: Plan,
    sheet: Sheet,
    marks: list[tuple[Mark, str, int]],
    signatures: list[SignatureTrace],
) -> SheetTrace:
    sub = plan.subs[sheet.sub_criterion.code]
    outcomes = aspect_outcomes(plan, sub, sheet.seats, _cells(marks))
    by_code: dict[str, list[MarkTrace]] = {}
    for mark, digest, by_seat in marks:
        trace = MarkTrace(
            mark.seat,
            by_seat,
            mark.state,
            mark.value,
            mark.remark,
            mark.marked_at,
            mark.seq,
            digest,
        )
        by_code.setdefault(mark.code, []).append(trace)
    return SheetTrace(
        pk=sheet.pk,
        sub=sub,
        version=sheet.version,
        state=sheet.state,
        total=sub_total(sub, outcomes, rounding=plan.scheme.rounding),
        aspects=tuple(
            AspectTrace(
                aspect,
                outcomes[aspect.code],
                _expected(sub, aspect, sheet.seats),
                tuple(by_code.get(aspect.code, ())),
            )
            for aspect in sub.aspects
        ),
        signatures=tuple(signatures),
    )
