"""Signing a set of sheets: judges, then the chief judge, then the supervisor.

A signature covers exactly what was shown: its digest is checked again under the lock.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.queries import event_roles_of
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import skill_chain
from ledger.models import Event
from people.actions import check_pin
from people.models import User
from scoring.actions.totals import refresh_results, save_sheets
from scoring.enums import SheetState, SignerRole
from scoring.errors import (
    AlreadySigned,
    ContentChanged,
    PinWrong,
    SheetIncomplete,
    SigningRefused,
)
from scoring.models import Mark, Sheet, Signature
from scoring.queries.devices import unsent_devices, unsent_words
from scoring.queries.judging import WAITS_FOR
from scoring.queries.schemes import plan_by_digest, state_of
from scoring.queries.seating import holders_of, own_seats, seat_on
from scoring.queries.sheets import signing_digest
from scoring.signals import announce_scoreboard, announce_sheets

NEXT = {
    SignerRole.JUDGE: SheetState.JUDGE_SIGNED,
    SignerRole.CHIEF_JUDGE: SheetState.CHIEF_SIGNED,
    SignerRole.SUPERVISOR: SheetState.SUPERVISED,
}
EVENT_ROLES = {
    SignerRole.CHIEF_JUDGE: EventRole.CHIEF_JUDGE,
    SignerRole.SUPERVISOR: EventRole.SUPERVISOR,
}


def sign_sheets(
    skill: Skill,
    *,
    sheets: Sequence[Sheet],
    role: str,
    pin: str,
    digest: str,
    by: User,
    at: datetime,
    device: str = "",
) -> Signature:
    """Sign ``sheets`` in ``role`` with one PIN; all of them or none.

    ``digest`` is what the page showed; if a cell has changed since, `ContentChanged`.
    A sheet is judge-signed once every seat that marks it has signed.  The PIN is checked
    before the transaction, so that a wrong one stays counted; failures count on the
    ``device`` on which it was typed.  The one-time PIN of a sealed slip signs nothing.
    """
    scope = f"competition:{skill.competition_id}"
    if not check_pin(by, pin=pin, at=at, device=device, scope=scope):
        raise PinWrong(_("PIN 不对，或试错太多被暂停 15 分钟。请再试或找裁判长。"))
    if by.pin_is_temporary:
        raise SigningRefused(
            _("密封条上的一次性 PIN 不能签名，请先换成自己的 PIN。"), "pin-temporary"
        )
    with transaction.atomic():
        return _sign(skill, sheets, SignerRole(role), digest, by=by, at=at)


def _sign(
    skill: Skill,
    sheets: Sequence[Sheet],
    role: SignerRole,
    digest: str,
    *,
    by: User,
    at: datetime,
) -> Signature:
    lock_chains([skill_chain(skill.pk)], at=at)
    every = rows_of(skill, [sheet.pk for sheet in sheets])
    wanted = {sheet.pk for sheet in sheets}
    chosen = [sheet for sheet in every if sheet.pk in wanted]
    _require_signable(skill, chosen, role, by=by)
    _require_one_role(skill, chosen, role, by=by)
    _require_sent(skill, wanted)
    _require_confirmed(chosen)
    if signing_digest(skill, chosen, role) != digest:
        raise ContentChanged(_("内容在你看过之后有变动，请重新核对再签。"))
    event = _append(skill, chosen, role, digest, by=by, at=at)
    signature = Signature.objects.create(
        skill=skill,
        signer=by,
        role=role,
        digest=digest,
        seq=event.seq,
        event_hash=event.hash,
        signed_at=at,
    )
    signature.sheets.set(chosen)
    _advance(skill, chosen, role, by=by)
    save_sheets(chosen)
    refresh_signed(skill, every, at=at)
    announce_scoreboard(skill.pk)
    announce_sheets(skill.pk, wanted)
    return signature


def rows_of(skill: Skill, ids: Collection[int]) -> list[Sheet]:
    """All sheets of the entries whose sheets are signed, locked in order."""
    entries = Sheet.objects.filter(pk__in=ids, skill=skill).values("entry_id")
    rows = Sheet.objects.select_for_update(of=("self",)).filter(
        skill=skill, entry_id__in=entries
    )
    return list(rows.select_related("sub_criterion", "entry").order_by("pk"))


def _require_signable(
    skill: Skill, sheets: Collection[Sheet], role: SignerRole, *, by: User
) -> None:
    if not sheets:
        raise SigningRefused(_("没有选中要签的评分表。"), "no-sheets")
    if role is SignerRole.JUDGE:
        _require_seat(skill, sheets, by)
    elif EVENT_ROLES[role] not in event_roles_of(by, skill):
        raise SigningRefused(_("你没有这个签名身份。"), "not-your-role")
    for sheet in sheets:
        place = f"{sheet.entry.code} {sheet.sub_criterion.code}"
        if role is SignerRole.JUDGE and by.pk in sheet.signers:
            raise AlreadySigned(_("%(place)s 你已经签过。") % {"place": place})
        if sheet.state != WAITS_FOR[role]:
            _refuse_state(sheet, role, place)
        if sheet.conflicts or sheet.filled < sheet.cells:
            raise SheetIncomplete(
                _("%(place)s 还没评完，或有分差待议，不能签名。") % {"place": place}
            )


def _require_one_role(
    skill: Skill, sheets: Collection[Sheet], role: SignerRole, *, by: User
) -> None:
    """Nobody is two of judge, chief judge and supervisor in one skill, ever.

    Appointments refuse it already; here what the person has done counts too.
    """
    held = {str(held) for held in event_roles_of(by, skill)}
    given = Signature.objects.filter(
        skill=skill, signer=by, void_at__isnull=True, on_paper__isnull=True
    )
    others = (held | set(given.values_list("role", flat=True))) & set(SignerRole.values)
    marked = role is not SignerRole.JUDGE and Mark.objects.filter(
        sheet__in=[sheet.pk for sheet in sheets], judge=by
    )
    if others - {role.value} or (marked and marked.exists()):
        raise SigningRefused(
            _("同一赛项内，裁判员、裁判长、监督仲裁不能由一人兼任，不能以此身份签名。"),
            "two-roles",
        )


def _require_sent(skill: Skill, sheets: Collection[int]) -> None:
    """No signature while a tablet says that it holds marks of these sheets."""
    if waiting := unsent_devices(skill, sheets):
        text = _("%(devices)s。等它联网上传后再签；设备坏了，请赛务停用这台设备。")
        raise SigningRefused(text % {"devices": unsent_words(waiting)}, "device-unsent")


def _refuse_state(sheet: Sheet, role: SignerRole, place: str) -> None:
    order = list(SheetState)
    if order.index(SheetState(sheet.state)) > order.index(WAITS_FOR[role]):
        raise AlreadySigned(_("%(place)s 已经签过。") % {"place": place})
    raise SheetIncomplete(
        _("%(place)s 还没到这一步：%(state)s。")
        % {"place": place, "state": sheet.get_state_display()}
    )


def _require_confirmed(sheets: Collection[Sheet]) -> None:
    """Nothing is signed while two devices contradict each other in a cell."""
    rows = Mark.objects.filter(sheet__in=sheets, contradicts__isnull=False)
    places = {
        f"{mark.sheet.entry.code} {mark.code}"
        for mark in rows.select_related("sheet__entry").order_by("pk")
    }
    if places:
        raise SheetIncomplete(
            _("%(places)s 在两台设备上录入得不一样，请在评分表上确认哪个算数。")
            % {"places": _("、").join(sorted(places))},
            "contradiction",
        )


def _require_seat(skill: Skill, sheets: Collection[Sheet], by: User) -> None:
    held = own_seats(by, skill)
    for sheet in sheets:
        if not seat_on(sheet, by, held).marks:
            raise SigningRefused(
                _("%(code)s 不由你评，不能签名。") % {"code": sheet.entry.code},
                "not-your-sheet",
            )


def _append(
    skill: Skill,
    sheets: Collection[Sheet],
    role: SignerRole,
    digest: str,
    *,
    by: User,
    at: datetime,
) -> Event:
    body = {
        "role": str(role),
        "digest": digest,
        "sheets": [
            [sheet.pk, sheet.entry_id, sheet.sub_criterion.code, sheet.version]
            for sheet in sheets
        ],
    }
    draft = EventDraft("sign", body)
    return append(skill_chain(skill.pk), [draft], actor=by.actor, at=at)[0]


def _advance(
    skill: Skill, sheets: Collection[Sheet], role: SignerRole, *, by: User
) -> None:
    if role is not SignerRole.JUDGE:
        for sheet in sheets:
            sheet.state = NEXT[role]
        return
    holders = holders_of(skill)
    for sheet in sheets:
        sheet.signers = [*sheet.signers, by.pk]
        if not holders.unsigned(sheet):
            sheet.state = SheetState.JUDGE_SIGNED


def lock_sheets(skill: Skill) -> int:
    """Close every signed sheet for good, when the results are verified (复核).

    The chain is locked.  A sheet that must change later is reopened by an approved
    request, with its next version.
    """
    signed = (SheetState.CHIEF_SIGNED, SheetState.SUPERVISED)
    rows = Sheet.objects.filter(skill=skill, state__in=signed)
    return rows.update(state=SheetState.LOCKED)


def refresh_signed(skill: Skill, sheets: Collection[Sheet], *, at: datetime) -> None:
    """Bring the results of the signed entries in line; the chain is locked."""
    state = state_of(skill)
    if state is None:
        return
    by_entry: dict[int, list[Sheet]] = {}
    for sheet in sheets:
        by_entry.setdefault(sheet.entry_id, []).append(sheet)
    plan = plan_by_digest(state.scheme.digest)
    refresh_results(skill, state, plan, sheets=by_entry, at=at)
