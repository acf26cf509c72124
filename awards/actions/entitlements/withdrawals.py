"""撤销 and 替代 of an entitlement: one person asks, an approver who is another agrees.

Once agreed, what the grant put into the person's file is withdrawn with the evidence.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import approves, bureau_of
from awards.actions.decisions import refresh_people
from awards.actions.entitlements.basis import settle_open
from awards.actions.entitlements.moving import (
    WITHDRAWN,
    Move,
    begin,
    locked_rows,
    new_batch,
    record,
    take,
)
from awards.actions.entitlements.register_facts import take_back_facts
from awards.actions.following import proposal, replaces
from awards.enums import BasisChoice, WithdrawalKind, WithdrawalState
from awards.errors import EntitlementRefused
from awards.models import Entitlement, Withdrawal
from ledger.actions import EventDraft, lock_chains
from ledger.core.chain import bureau_chain, competition_chain, installation_chain
from people.models import Organization, Person, User


@transaction.atomic
def ask_withdrawal(
    entitlement: Entitlement, *, kind: str, reason: str, by: User, at: datetime
) -> Withdrawal:
    """Ask for an entitlement to be revoked or superseded; nothing else changes yet.

    Until it is answered no step is taken.  Raises EntitlementRefused: no reason, asked
    already, or withdrawn already.
    """
    if kind not in WithdrawalKind.values:
        raise EntitlementRefused("kind", _("只能提请撤销或替代。"))
    if not reason.strip():
        raise EntitlementRefused("reason", _("请写明撤销的理由和依据。"))
    bureau, chain = begin(by, at)
    row = locked_rows([entitlement])[0]
    if row.state in WITHDRAWN:
        raise EntitlementRefused("step", _("这一项已经撤销或被替代。"))
    if row.withdrawals.filter(state=WithdrawalState.ASKED).exists():
        raise EntitlementRefused("withdrawal", _("已有人提请撤销，正等待复核。"))
    asked = Withdrawal.objects.create(
        entitlement=row,
        bureau=bureau,
        kind=kind,
        reason=reason.strip()[:300],
        asked_by=by,
        asked_at=at,
    )
    record(chain, [_event("withdrawal-asked", asked)], by=by, at=at)
    return asked


def _event(type_: str, row: Withdrawal) -> EventDraft:
    body = {
        "withdrawal": row.pk,
        "entitlement": row.entitlement_id,
        "kind": row.kind,
        "reason": row.answer_reason or row.reason,
    }
    return EventDraft(type_, body)


@transaction.atomic
def agree_withdrawal(withdrawal: Withdrawal, *, by: User, at: datetime) -> Entitlement:
    """Carry a withdrawal out; ``by`` is an approver and not who asked for it.

    The caller has just proved who ``by`` is.  Titles and grades the grant gave are
    withdrawn, whatever was decided about the person is decided anew, and where the line
    entitles to something else by now that is proposed.
    """
    bureau = bureau_of(by)
    chain = bureau_chain(bureau.pk)
    about = competition_chain(withdrawal.entitlement.release.competition_id)
    locked = lock_chains([chain, about, installation_chain()], at=at)[chain]
    _require_second(withdrawal, bureau, by=by, at=at)
    asked = _asked(withdrawal)
    row = locked_rows([asked.entitlement])[0]
    move = Move(asked.kind, by, at, reason=asked.reason, batch=new_batch())
    moved = take([row], move)
    people = take_back_facts([row], reason=asked.reason, by=by, at=at)
    settle_open(row, BasisChoice.WITHDRAWN, reason=asked.reason, by=by, at=at)
    _answer(asked, WithdrawalState.AGREED, "", by=by, at=at)
    record(locked, [_event("withdrawal-agreed", asked), *moved], by=by, at=at)
    _propose_anew(row, at=at)
    _decide_anew(people, by=by, at=at)
    return row


def _propose_anew(row: Entitlement, *, at: datetime) -> None:
    """Propose what the line entitles to by now, where that is something else."""
    decision = row.decision
    taken = Entitlement.objects.filter(decision=decision).exclude(state__in=WITHDRAWN)
    if replaces(decision, row) and not taken.exists():
        proposal(decision, at=at).save()


def _decide_anew(people: list[Person], *, by: User, at: datetime) -> None:
    if people:
        refresh_people(people, by=by.actor, at=at)


@transaction.atomic
def decline_withdrawal(
    withdrawal: Withdrawal, *, reason: str, by: User, at: datetime
) -> Withdrawal:
    """Say no to a withdrawal, with the reason; the entitlement goes on as before.

    Who asked may take it back the same way.
    """
    if not reason.strip():
        raise EntitlementRefused("reason", _("请写明不同意的理由。"))
    bureau, chain = begin(by, at)
    asked = _asked(withdrawal)
    own = asked.asked_by_id == by.pk
    if not own and not approves(by, bureau, at=at):
        raise EntitlementRefused("approver", _("复核须由审批人办理。"))
    _answer(asked, WithdrawalState.DECLINED, reason.strip(), by=by, at=at)
    record(chain, [_event("withdrawal-declined", asked)], by=by, at=at)
    return asked


def _require_second(
    withdrawal: Withdrawal, bureau: Organization, *, by: User, at: datetime
) -> None:
    """Refuse whoever may not be the second of the two."""
    if not approves(by, bureau, at=at):
        raise EntitlementRefused("approver", _("复核须由审批人办理。"))
    if withdrawal.asked_by_id == by.pk:
        text = _("不能同意自己提请的撤销，请由另一位审批人复核。")
        raise EntitlementRefused("own", text)


def _asked(withdrawal: Withdrawal) -> Withdrawal:
    rows = Withdrawal.objects.select_for_update(of=("self",))
    row = rows.select_related("entitlement").get(pk=withdrawal.pk)
    if row.state != WithdrawalState.ASKED:
        raise EntitlementRefused("answered", _("这次提请已经复核过了。"))
    return row


def _answer(
    row: Withdrawal, state: WithdrawalState, reason: str, *, by: User, at: datetime
) -> None:
    row.state, row.answer_reason = state, reason[:300]
    row.answered_by, row.answered_at = by, at
    row.save(update_fields=["state", "answer_reason", "answered_by", "answered_at"])
