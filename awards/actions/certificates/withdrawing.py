"""Revoke a certificate by two people: one asks, another agrees or declines.

A revoked certificate is never valid again; its verification page says so at once.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from awards.enums import CertificateState, CertificateWithdrawalState
from awards.errors import CertificatesRefused
from awards.models import Certificate, CertificateWithdrawal
from ledger.actions import ChainRef, EventDraft, append, lock_chains
from ledger.core.chain import competition_chain
from people.models import User

ASKED = CertificateWithdrawalState.ASKED


@transaction.atomic
def ask_revocation(
    certificate: Certificate, *, reason: str, by: User, at: datetime
) -> CertificateWithdrawal:
    """Ask that a valid certificate be revoked; it stays valid until another agrees.

    Raises CertificatesRefused when it is not valid, when no reason is given, and when
    somebody has asked already.
    """
    chain = _lock(certificate, at=at)
    certificate.refresh_from_db(fields=["state"])
    _require_valid(certificate)
    if not reason.strip():
        raise CertificatesRefused("reason-missing", _("请写明撤销的原因和依据。"))
    if certificate.withdrawals.filter(state=ASKED).exists():
        text = _("这张证书的撤销已经有人提出，等待另一人复核。")
        raise CertificatesRefused("already-asked", text)
    row = CertificateWithdrawal.objects.create(
        certificate=certificate, reason=reason.strip(), asked_by=by, asked_at=at
    )
    body = {"number": certificate.number, "reason": row.reason}
    drafts = [EventDraft("certificate-revocation-asked", body)]
    append(chain, drafts, actor=by.actor, at=at)
    return row


@transaction.atomic
def agree_revocation(
    withdrawal: CertificateWithdrawal, *, by: User, at: datetime
) -> Certificate:
    """Revoke what another person asked to be revoked.

    Raises CertificatesRefused for the person who asked, and when it was decided or the
    certificate ceased to be valid meanwhile.
    """
    certificate = withdrawal.certificate
    chain = _lock(certificate, at=at)
    _require_open(withdrawal, by=by)
    certificate.refresh_from_db(fields=["state"])
    _require_valid(certificate)
    certificate.state = CertificateState.REVOKED
    certificate.state_reason = withdrawal.reason
    certificate.state_changed_at = at
    certificate.save(update_fields=["state", "state_reason", "state_changed_at"])
    _decide(withdrawal, CertificateWithdrawalState.AGREED, "", by=by, at=at)
    body = {
        "number": certificate.number,
        "reason": withdrawal.reason,
        "asked_by": withdrawal.asked_by.actor,
    }
    append(chain, [EventDraft("certificate-revoked", body)], actor=by.actor, at=at)
    return certificate


@transaction.atomic
def decline_revocation(
    withdrawal: CertificateWithdrawal, *, reason: str, by: User, at: datetime
) -> CertificateWithdrawal:
    """Leave the certificate valid and say why; who asked may take it back this way."""
    chain = _lock(withdrawal.certificate, at=at)
    _require_open(withdrawal, by=None)
    if not reason.strip():
        raise CertificatesRefused("reason-missing", _("请写明不同意撤销的理由。"))
    _decide(
        withdrawal, CertificateWithdrawalState.DECLINED, reason.strip(), by=by, at=at
    )
    body = {
        "number": withdrawal.certificate.number,
        "reason": withdrawal.decision_reason,
    }
    drafts = [EventDraft("certificate-revocation-declined", body)]
    append(chain, drafts, actor=by.actor, at=at)
    return withdrawal


def _lock(certificate: Certificate, *, at: datetime) -> ChainRef:
    name = competition_chain(certificate.release.competition_id)
    lock_chains([name], at=at)
    return name


def _require_valid(certificate: Certificate) -> None:
    if certificate.state != CertificateState.VALID:
        raise CertificatesRefused("not-valid", _("这张证书已经不是有效状态。"))


def _require_open(withdrawal: CertificateWithdrawal, *, by: User | None) -> None:
    withdrawal.refresh_from_db(fields=["state"])
    if withdrawal.state != ASKED:
        raise CertificatesRefused("decided", _("这项撤销已经有了结论。"))
    if by is not None and withdrawal.asked_by_id == by.pk:
        text = _("撤销由两个人办理：请由提出人以外的人复核。")
        raise CertificatesRefused("same-person", text)


def _decide(
    withdrawal: CertificateWithdrawal,
    state: CertificateWithdrawalState,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> None:
    withdrawal.state = state
    withdrawal.decision_reason = reason
    withdrawal.decided_by, withdrawal.decided_at = by, at
    withdrawal.save()
