"""One mark, from a judge to the ledger: the write the whole platform rests on.

Lock order: the chain of the skill (and of the competition, where verified results are
reopened), then sheets, then results.  What is acknowledged here is
committed; a refused event leaves no trace, so the tablet may send it again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import moment, skill_chain
from ledger.models import Chain, Event
from ledger.queries import body_of, events_by_keys
from ledger.statements import upsert
from people.models import User
from scoring.actions.change_marks import fulfil_changes
from scoring.actions.mark_context import in_context
from scoring.actions.mark_desk import CheckedMark, Desk, Refused, check, lay_desk
from scoring.actions.reopening import lock_results
from scoring.actions.totals import apply_total, refresh_results, save_sheets
from scoring.enums import MarkState, ResultState
from scoring.errors import HistoryLost, MarkingRefused, refusal_text
from scoring.marking_events import Answer, MarkEvent, MarkOutcome, SheetSummary
from scoring.models import Mark, Scheme, Sheet
from scoring.queries.hot import Entered
from scoring.queries.points import SheetTotal, aspect_in_conflict
from scoring.queries.schemes import blocking_findings
from scoring.signals import announce_scoreboard, announce_sheets

MARK_FIELDS = (
    "judge",
    "entered_by",
    "state",
    "value",
    "remark",
    "seq",
    "marked_at",
    "device",
    "contradicts",
    "settles",
)
BATCH = 200


@dataclass(frozen=True, slots=True)
class _Way:
    """How marks come in; ``is_final``: the competition's chain is locked as well."""

    device: str
    known_head: tuple[int, str] | None
    is_import: bool
    paper: Mapping[tuple[int, int], int] | None
    is_final: bool = False


class _ReopensResults(Exception):
    """An approved value would reopen verified results: other locks come first."""


def enter_marks(
    skill: Skill,
    *,
    events: Sequence[MarkEvent],
    by: User,
    device: str,
    at: datetime,
    known_head: tuple[int, str] | None = None,
    is_import: bool = False,
    paper: Mapping[tuple[int, int], int] | None = None,
) -> list[MarkOutcome]:
    """Enter 1 to 200 marks of one skill; answer each, in order.

    One refusal does not stop the rest.  The same key with the same content is answered
    from the ledger and changes nothing; with other content it is a conflict.  The number
    of queries depends neither on the batch nor on how many marks there are already.
    ``known_head`` is the last receipt the tablet holds: if the chain does not know it,
    :class:`HistoryLost` is raised and nothing is written.  ``is_import``: a results
    officer enters imported aspects, for which no seat is needed.  ``paper``: one keys in
    any seat's marks from paper; it says whose seat each (sheet, seat) is.
    """
    if not 1 <= len(events) <= BATCH:
        raise ValueError(f"a batch holds 1 to {BATCH} marks")
    if is_import or paper is not None:
        _require_officer(skill, by)
    way = _Way(device, known_head, is_import, paper)
    try:
        return _enter(skill, events, way, by=by, at=at)
    except _ReopensResults:
        return _enter(skill, events, replace(way, is_final=True), by=by, at=at)


@transaction.atomic
def _enter(
    skill: Skill, events: Sequence[MarkEvent], way: _Way, *, by: User, at: datetime
) -> list[MarkOutcome]:
    if way.is_final:
        lock_results(skill, at=at)
    chain = lock_chains([skill_chain(skill.pk)], at=at)[skill_chain(skill.pk)]
    if way.known_head is not None:
        _require_history(chain, way.known_head)
    known = events_by_keys(chain, {event.key for event in events})
    desk = lay_desk(
        skill, events, by=by, at=at, device=way.device, is_import=way.is_import
    )
    desk.paper = way.paper
    checked, outcomes = _check_all(desk, events, known, by=by)
    if not checked:
        return [_finished(outcomes[index], desk, {}) for index in range(len(events))]
    if unready := _freeze_refusal(desk):
        return [
            _refused(event.key, unready) if index in checked else outcomes[index]
            for index, event in enumerate(events)
        ]
    if not way.is_final and _reopens(desk, checked.values()):
        raise _ReopensResults
    written = _write(desk, chain, checked, by=by, device=way.device, at=at)
    totals = _store(desk, list(checked.values()), written, by=by, at=at)
    touched = {mark.sheet.pk for mark in checked.values()}
    announce_scoreboard(skill.pk)
    announce_sheets(skill.pk, touched)
    for index, event in zip(checked, written, strict=True):
        outcomes[index] = _accepted(checked[index], event)
    repeats = _repeats(events, checked, written)
    outcomes |= repeats
    return [_finished(outcomes[index], desk, totals) for index in range(len(events))]


def _reopens(desk: Desk, checked: Iterable[CheckedMark]) -> bool:
    is_open = desk.state is None or desk.state.state == ResultState.PROVISIONAL
    return not is_open and any(mark.change for mark in checked)


def _require_officer(skill: Skill, by: User) -> None:
    if EventRole.RESULTS_OFFICER not in event_roles_of(by, skill):
        raise MarkingRefused(
            _("成绩文件和纸面评分由成绩管理员录入。"), "not-results-officer"
        )


def _require_history(chain: Chain, known_head: tuple[int, str]) -> None:
    seq, digest = known_head
    if not Event.objects.filter(chain=chain, seq=seq, hash=digest).exists():
        raise HistoryLost(
            _(
                "服务器上找不到本机最后一条回执（#%(seq)d），记录可能丢失。立即报告裁判长。"
            )
            % {"seq": seq}
        )


def _check_all(
    desk: Desk, events: Sequence[MarkEvent], known: dict[UUID, Event], *, by: User
) -> tuple[dict[int, CheckedMark], dict[int, MarkOutcome]]:
    """The marks to write and the answers known already, both by index."""
    checked: dict[int, CheckedMark] = {}
    outcomes: dict[int, MarkOutcome] = {}
    seen: set[UUID] = set()
    for index, event in enumerate(events):
        if event.key in known:
            outcomes[index] = _replayed(event, known[event.key], by=by)
        elif event.key not in seen:
            try:
                checked[index] = in_context(desk, check(desk, event))
                seen.add(event.key)
            except Refused as refused:
                outcomes[index] = _refused(event.key, refused)
    return checked, outcomes


def _replayed(event: MarkEvent, stored: Event, *, by: User) -> MarkOutcome:
    """The stored answer, if the key was used by the same judge for the same thing."""
    if (
        body_of(stored).get("request") != event.fingerprint()
        or stored.actor != by.actor
    ):
        code = "key-reused"
        return MarkOutcome(event.key, Answer.CONFLICT, code, refusal_text(code))
    return _receipt(MarkOutcome(event.key, Answer.REPLAYED), stored)


def _repeats(
    events: Sequence[MarkEvent],
    checked: dict[int, CheckedMark],
    written: Sequence[Event],
) -> dict[int, MarkOutcome]:
    """Answers to keys that occur again within the batch."""
    first = {
        checked[index].event.key: (checked[index].event, stored)
        for index, stored in zip(checked, written, strict=True)
    }
    found = {}
    for index, event in enumerate(events):
        if index in checked or event.key not in first:
            continue
        original, stored = first[event.key]
        if original.fingerprint() == event.fingerprint():
            found[index] = _receipt(MarkOutcome(event.key, Answer.REPLAYED), stored)
        else:
            code = "key-reused"
            message = refusal_text(code)
            found[index] = MarkOutcome(event.key, Answer.CONFLICT, code, message)
    return found


def _freeze_refusal(desk: Desk) -> Refused | None:
    """Why the first mark cannot freeze the scheme, if it has to and cannot."""
    if desk.state is None or desk.plan is None or desk.state.scheme.frozen_at:
        return None
    if blocking_findings(desk.skill, desk.plan.scheme):
        return Refused("scheme-not-ready")
    return None


def _write(
    desk: Desk,
    chain: Chain,
    checked: dict[int, CheckedMark],
    *,
    by: User,
    device: str,
    at: datetime,
) -> list[Event]:
    """Append one event per mark; before the first of a skill, its whole scheme."""
    drafts = [_draft(mark, device) for mark in checked.values()]
    frozen = []
    if desk.state is not None and desk.state.scheme.frozen_at is None:
        frozen = [_freeze(desk.state.scheme, at=at)]
    appended = append(chain, [*frozen, *drafts], actor=by.actor, at=at)
    return appended[len(frozen) :]


def _freeze(scheme: Scheme, *, at: datetime) -> EventDraft:
    Scheme.objects.filter(pk=scheme.pk).update(frozen_at=at)
    body = {"version": scheme.version, "digest": scheme.digest, "text": scheme.text}
    return EventDraft("scheme-freeze", body)


def _draft(mark: CheckedMark, device: str) -> EventDraft:
    event = mark.event
    body = {
        "sheet": mark.sheet.pk,
        "entry": mark.sheet.entry_id,
        "sub": mark.sheet.sub_criterion.code,
        "aspect": mark.aspect.code,
        "seat": mark.seat,
        "state": event.state,
        "value": mark.value,
        "remark": event.remark.strip(),
        "request": event.fingerprint(),
        **({} if mark.change is None else {"change": mark.change}),
    }
    if mark.judge is not None:
        body["judge"] = f"user:{mark.judge}"
    if mark.contradicts is not None:
        body["contradicts"] = mark.contradicts
    if mark.settles:
        body["settles"] = True
    return EventDraft(
        "mark-withdraw" if mark.is_withdrawal else "mark",
        body,
        key=event.key,
        device=device,
        device_n=event.device_n,
        client_time=event.client_time,
    )


def _store(
    desk: Desk,
    checked: Collection[CheckedMark],
    written: Sequence[Event],
    *,
    by: User,
    at: datetime,
) -> dict[int, SheetTotal]:
    """Bring marks, sheets and results in line with what was appended."""
    rows: dict[tuple[int, str, int], Mark | None] = {}
    for mark, event in zip(checked, written, strict=True):
        cells = desk.cells[mark.sheet.pk]
        place = (mark.aspect.code, mark.seat)
        row = None if mark.is_withdrawal else _row(mark, event, by=by, at=at)
        rows[mark.sheet.pk, *place] = row
        if row is None:
            cells.pop(place, None)
        else:
            cells[place] = Entered(
                row.seat, row.state, row.value, row.seq, row.device, row.contradicts
            )
    _store_marks(rows)
    sheets: list[Sheet] = list({m.sheet.pk: m.sheet for m in checked}.values())
    totals = {sheet.pk: desk.total(sheet) for sheet in sheets}
    for sheet in sheets:
        apply_total(sheet, totals[sheet.pk])
        sheet.marked_at = at
    through = [each for each in zip(checked, written, strict=True) if each[0].change]
    if through and desk.state is not None:
        fulfil_changes(desk.skill, desk.state, through, by=by, at=at)
    save_sheets(sheets)
    if desk.state is not None and desk.plan is not None:
        owners = desk.of_entry({sheet.entry_id for sheet in sheets})
        refresh_results(desk.skill, desk.state, desk.plan, sheets=owners, at=at)
    return totals


def _row(mark: CheckedMark, event: Event, *, by: User, at: datetime) -> Mark:
    return Mark(
        sheet_id=mark.sheet.pk,
        code=mark.aspect.code,
        seat=mark.seat,
        judge_id=mark.judge or by.pk,
        entered_by=by if mark.judge not in (None, by.pk) else None,
        device=event.device,
        contradicts=mark.contradicts,
        settles=mark.settles,
        state=mark.event.state,
        value=mark.value if mark.event.state == MarkState.VALUE else "",
        remark=mark.event.remark.strip(),
        seq=event.seq,
        marked_at=at,
    )


def _store_marks(rows: dict[tuple[int, str, int], Mark | None]) -> None:
    """Upsert the last word of every touched cell; take withdrawn ones away."""
    upsert(
        [row for row in rows.values() if row is not None],
        unique=("sheet", "code", "seat"),
        update=MARK_FIELDS,
    )
    gone = {place for place, row in rows.items() if row is None}
    if gone:
        found = Mark.objects.filter(sheet__in={sheet for sheet, _code, _seat in gone})
        ids = [m.pk for m in found if (m.sheet_id, m.code, m.seat) in gone]
        Mark.objects.filter(pk__in=ids).delete()


def _refused(key: UUID, refused: Refused) -> MarkOutcome:
    text = refusal_text(refused.code, refused.limit)
    return MarkOutcome(key, Answer.REFUSED, refused.code, text)


def _accepted(mark: CheckedMark, event: Event) -> MarkOutcome:
    return _receipt(MarkOutcome(mark.event.key, Answer.ACCEPTED), event)


def _receipt(outcome: MarkOutcome, event: Event) -> MarkOutcome:
    body = body_of(event)
    return replace(
        outcome,
        seq=event.seq,
        hash=event.hash,
        server_time=moment(event.server_time),
        aspect=str(body["aspect"]),
        sheet=SheetSummary(int(str(body["sheet"])), "", 0, 0, 0),
    )


def _finished(
    outcome: MarkOutcome, desk: Desk, totals: dict[int, SheetTotal]
) -> MarkOutcome:
    """Add to a receipt where its sheet and aspect stand now."""
    if outcome.sheet is None or outcome.sheet.id not in desk.cells:
        return outcome
    sheet = desk.sheets[outcome.sheet.id]
    total = totals.get(sheet.pk) or desk.total(sheet)
    return replace(
        outcome,
        in_conflict=aspect_in_conflict(total, outcome.aspect),
        sheet=SheetSummary(
            sheet.pk, sheet.state, sheet.filled, sheet.cells, sheet.conflicts
        ),
    )
