"""更改: asking for the change of one signed mark, approving it, rejecting it, withdrawing.

Nothing here changes a mark.  An approval opens one cell for a while; the approved value
arrives there as any other mark does (``marks``), and ``change_marks`` draws the
consequences.  Two people in two roles, each proving at that moment who they are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import moment, skill_chain
from people.actions import check_secret
from people.models import User
from scoring.actions.change_checks import (
    LONGEST_TEXT,
    Asked,
    Evidence,
    Wanted,
    asked_for,
    locked_sheet,
    mark_at,
    require_reason,
)
from scoring.actions.change_previews import Cell, preview_of
from scoring.core.changes import ChangeState
from scoring.core.changes import deciding_role as role_among
from scoring.enums import Decision, RequestRole
from scoring.errors import ChangeRefused, PinWrong
from scoring.models import ChangeRequest, Sheet
from scoring.queries.changes import (
    deciding_role,
    is_same_person,
    is_shut,
    preview_digest,
    reader_of,
    state_at,
    with_parts,
)
from scoring.signals import announce_sheets


def request_change(
    sheet: Sheet,
    *,
    wanted: Wanted,
    secret: str,
    by: User,
    at: datetime,
    evidence: Evidence | None = None,
) -> ChangeRequest:
    """Ask that one mark of a signed sheet be changed; it waits for another person.

    What it would move is computed and kept with it.  One request for a cell at a time; a
    request whose time has passed is renewed by asking again.  ``secret`` is the PIN or
    password of ``by``, checked before the transaction so that a wrong one stays counted.
    """
    proof = _proof(by, secret, at)
    require_reason(wanted, evidence)
    with transaction.atomic():
        row = locked_sheet(sheet, at)
        asked = asked_for(row, wanted, by)
        change = _new(row, asked, wanted, _make_room(row, asked.cell, at))
        change.preview = preview_of(row, asked.cell, by=by, at=at)
        change.requested_by, change.requested_at = by, at
        change.expires_at = at + timedelta(minutes=settings.CHANGE_APPROVAL_MINUTES)
        if evidence is not None:
            change.evidence_name = evidence.name[-120:]
            change.evidence = evidence.content
            change.evidence_digest = sha256(evidence.content).hexdigest()
        change.save()
        note_change(change, "change-request", _asked(change, proof), by=by, at=at)
    return change


def foresee_change(
    sheet: Sheet, *, wanted: Wanted, by: User, at: datetime
) -> dict[str, Any]:
    """What a change would move, before it is asked for; nothing is recorded.

    Not for judges: they would learn places by trying values.  They see it with their
    request.
    """
    with transaction.atomic():
        row = locked_sheet(sheet, at)
        asked = asked_for(row, wanted, by)
        if asked.role == RequestRole.JUDGE:
            raise ChangeRefused(_("提出申请之后才能看影响。"), "not-your-role")
        return preview_of(row, asked.cell, by=by, at=at)


def foresee_approval(
    change: ChangeRequest, *, by: User, at: datetime
) -> dict[str, Any]:
    """What the request would move now, for who may decide it; nothing is recorded."""
    with transaction.atomic():
        row = _waiting(change, at)
        _require_decider(row, by)
        cell = Cell(row.code, row.seat, row.new_state, row.new_value)
        return preview_of(row.sheet, cell, by=by, at=at)


def approve_change(
    change: ChangeRequest,
    *,
    digest: str,
    secret: str,
    by: User,
    at: datetime,
    text: str = "",
) -> ChangeRequest:
    """Approve a request: its cell is open for the judge of the seat, for a while.

    ``digest`` is that of the preview shown now; if what the change moves is different by
    now, it is refused and has to be looked at again.
    """
    proof = _proof(by, secret, at)
    with transaction.atomic():
        row = _waiting(change, at)
        role = _require_decider(row, by)
        _require_as_it_was(row)
        cell = Cell(row.code, row.seat, row.new_state, row.new_value)
        preview = preview_of(row.sheet, cell, by=by, at=at)
        if preview_digest(preview) != digest:
            raise ChangeRefused(
                _("你看过之后影响有变，请重新核对再批准。"), "preview-changed"
            )
        row.decision, row.decided_by, row.decided_role = Decision.APPROVED, by, role
        row.decided_at, row.decision_text = at, text.strip()[:LONGEST_TEXT]
        row.approved_preview = preview
        row.opened_until = at + timedelta(minutes=settings.CHANGE_OPEN_MINUTES)
        row.save()
        _open_cell(row, row.opened_until)
        body = {
            "role": role,
            "until": moment(row.opened_until),
            "preview": digest,
            "differs": row.preview != preview,
            "confirmed": proof,
        }
        note_change(row, "change-approve", body, by=by, at=at)
        announce_sheets(row.skill_id, [row.sheet_id])
    return row


def reject_change(
    change: ChangeRequest, *, text: str, by: User, at: datetime
) -> ChangeRequest:
    """Reject a request with a reason; the mark stays."""
    if not text.strip():
        raise ChangeRefused(_("请写明不批准的理由。"), "reason-missing")
    with transaction.atomic():
        row = _waiting(change, at)
        role = _require_decider(row, by)
        row.decision, row.decided_by, row.decided_role = Decision.REJECTED, by, role
        row.decided_at, row.decision_text = at, text.strip()[:LONGEST_TEXT]
        row.closed_at = at
        row.save()
        body = {"role": role, "text": _digest(row.decision_text)}
        note_change(row, "change-reject", body, by=by, at=at)
    return row


def withdraw_change(change: ChangeRequest, *, by: User, at: datetime) -> ChangeRequest:
    """Take back one's own request, or shut the cell it opened; it stays on record."""
    with transaction.atomic():
        row = locked_change(change, at)
        if not is_same_person(row.requested_by, by):
            raise ChangeRefused(_("申请只能由提出人撤回。"), "not-yours")
        if row.closed_at is not None:
            raise ChangeRefused(_closed_text(row, at), "not-waiting")
        row.withdrawn_at = row.closed_at = at
        row.save()
        shut_cell(row)
        note_change(row, "change-withdraw", {}, by=by, at=at)
        announce_sheets(row.skill_id, [row.sheet_id])
    return row


def locked_change(change: ChangeRequest, at: datetime) -> ChangeRequest:
    """The request as it stands, with its skill's chain locked."""
    lock_chains([skill_chain(change.skill_id)], at=at)
    return with_parts(ChangeRequest.objects.defer("evidence")).get(pk=change.pk)


def shut_cell(change: ChangeRequest) -> None:
    """Take the cell of a request off its sheet's opened ones."""
    sheet = change.sheet
    sheet.unlocked = [c for c in sheet.unlocked if c["change"] != change.pk]
    sheet.save(update_fields=["unlocked"])


def note_change(
    change: ChangeRequest,
    kind: str,
    more: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> None:
    """Append one event of a request to its skill's chain: the cell, and ``more``."""
    body = {
        "change": change.pk,
        "sheet": change.sheet_id,
        "entry": change.sheet.entry_id,
        "sub": change.sheet.sub_criterion.code,
        "aspect": change.code,
        "seat": change.seat,
        **more,
    }
    chain = skill_chain(change.skill_id)
    append(chain, [EventDraft(kind, body)], actor=by.actor, at=at)


def _new(
    sheet: Sheet, asked: Asked, wanted: Wanted, renewed: ChangeRequest | None
) -> ChangeRequest:
    """A request with its cell, its old and its new value, not stored yet."""
    cell, old = asked.cell, asked.old
    return ChangeRequest(
        skill=sheet.skill,
        sheet=sheet,
        version=sheet.version,
        code=cell.aspect,
        seat=cell.seat,
        old_state="" if old is None else old.state,
        old_value="" if old is None else old.value,
        old_seq=None if old is None else old.seq,
        new_state=cell.state,
        new_value=cell.value,
        reason=wanted.reason,
        text=wanted.text.strip(),
        reference=wanted.reference,
        requested_role=asked.role,
        renews=renewed,
    )


def _asked(change: ChangeRequest, proof: str) -> dict[str, Any]:
    """What the event tells of a request; words and files as digests only."""
    return {
        "role": change.requested_role,
        "old": [change.old_state, change.old_value],
        "new": [change.new_state, change.new_value],
        "reason": change.reason,
        "text": _digest(change.text),
        "reference": change.reference,
        "evidence": change.evidence_digest,
        "preview": preview_digest(change.preview),
        "version": change.version,
        "renews": change.renews_id,
        "confirmed": proof,
    }


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _proof(user: User, secret: str, at: datetime) -> str:
    proof = check_secret(user, secret=secret, at=at)
    if not proof:
        message = _("PIN 或口令不对，或试错太多被暂停 15 分钟。请再试或找赛务。")
        raise PinWrong(message)
    return proof


def _make_room(sheet: Sheet, cell: Cell, at: datetime) -> ChangeRequest | None:
    """Close a request for this cell whose time has passed; refuse beside a live one."""
    rows = ChangeRequest.objects.filter(sheet=sheet, code=cell.aspect, seat=cell.seat)
    found = rows.filter(closed_at__isnull=True).defer("evidence").first()
    if found is None:
        return None
    if state_at(found, at) in (ChangeState.WAITING, ChangeState.OPENED):
        raise ChangeRefused(_("这一格已有更改申请在办，请先办完。"), "cell-busy")
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    found.sheet = sheet
    shut_cell(found)
    return found


def _waiting(change: ChangeRequest, at: datetime) -> ChangeRequest:
    row = locked_change(change, at)
    if state_at(row, at) is ChangeState.WAITING:
        return row
    raise ChangeRefused(_closed_text(row, at), "not-waiting")


def _closed_text(change: ChangeRequest, at: datetime) -> str:
    texts = {
        ChangeState.EXPIRED: _("申请逾时未批，请提出人重新申请。"),
        ChangeState.WITHDRAWN: _("申请已经撤回。"),
        ChangeState.REJECTED: _("申请已经被拒绝。"),
        ChangeState.OPENED: _("申请已经批准，格子已打开。"),
        ChangeState.LAPSED: _("打开的格子逾时未改，请重新申请。"),
        ChangeState.DONE: _("更改已经完成。"),
    }
    return texts.get(state_at(change, at), _("申请已经办完，请刷新页面。"))


def _require_decider(change: ChangeRequest, by: User) -> str:
    if is_same_person(change.requested_by, by):
        raise ChangeRefused(_("不能批准自己的申请，须由另一人办理。"), "same-person")
    reader = reader_of(change.skill, by)
    if role_among(change.requested_role, reader.roles_at(change.sheet)) is None:
        raise ChangeRefused(
            _("这项申请由另一种身份的人批准：裁判长、监督仲裁或成绩管理员。"),
            "not-your-role",
        )
    role = deciding_role(change, reader)
    if role is None:
        raise ChangeRefused(
            _("你与这名选手有关联，须回避，不能批准。"), "conflict-of-interest"
        )
    return role


def _require_as_it_was(change: ChangeRequest) -> None:
    """The cell still holds what the request says, on a sheet that is still shut."""
    cell = Cell(change.code, change.seat, "", "")
    mark = mark_at(change.sheet, cell)
    now = ("", "") if mark is None else (mark.state, mark.value)
    if now != (change.old_state, change.old_value) or not is_shut(change.sheet):
        raise ChangeRefused(
            _("这一格已经不是申请时的样子，请拒绝后重新申请。"), "stale"
        )


def _open_cell(change: ChangeRequest, until: datetime) -> None:
    sheet = change.sheet
    cell = {
        "change": change.pk,
        "aspect": change.code,
        "seat": change.seat,
        "state": change.new_state,
        "value": change.new_value,
        "until": until.isoformat(),
    }
    sheet.unlocked = [*sheet.unlocked, cell]
    sheet.save(update_fields=["unlocked"])
