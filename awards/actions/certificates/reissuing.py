"""Make out a certificate again: lost, or misprinted and put right in the registers.

The old one is superseded by the new, which has a number and a token of its own and
names the one it replaces.
"""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from awards.actions.certificates.designs import design_in_force
from awards.actions.certificates.issuing import (
    make_row,
    next_number,
    text_of,
    winner_of,
)
from awards.certificates import CertificateText, refuse_missing_characters
from awards.enums import CertificateIssue, CertificateState, CertificateWithdrawalState
from awards.errors import CertificatesRefused
from awards.models import Certificate, CertificateDesign
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import competition_chain
from people.models import Organization, User

REISSUED = {CertificateIssue.LOST: "补发", CertificateIssue.CORRECTED: "换发"}
NOT_COMPARED = ("number", "issued_on", "design", "design_digest", "replaces", "release")


@transaction.atomic
def reissue_certificate(
    certificate: Certificate,
    *,
    issue: CertificateIssue,
    reason: str,
    by: User,
    at: datetime,
) -> Certificate:
    """Make out a valid certificate again and supersede it; return the new one.

    LOST prints the same text again; CORRECTED prints what the registers say now, and is
    refused when that is no different.  Raises CertificatesRefused also without a reason,
    for one that is not valid or about to be revoked, and for a name no font can print.
    """
    chain = competition_chain(certificate.release.competition_id)
    lock_chains([chain], at=at)
    certificate.refresh_from_db(fields=["state"])
    _require(certificate, issue=issue, reason=reason)
    competition = certificate.release.competition
    design = certificate.design or design_in_force(competition, by=by, at=at)
    if issue == CertificateIssue.CORRECTED:
        design = design_in_force(competition, by=by, at=at)
    text = _new_text(certificate, design, issue=issue, at=at)
    if issue == CertificateIssue.CORRECTED and not _changes(certificate, text, design):
        message = _(
            "登记的内容和原证书没有不同，不用换发。请先更正人员或赛事资料，或选补发。"
        )
        raise CertificatesRefused("nothing-changed", message)
    refuse_missing_characters([text])
    winner = winner_of(certificate)
    if winner is None:
        raise CertificatesRefused("not-in-release", _("成绩版本里没有这项获奖。"))
    text = replace(text, number=next_number(competition, certificate.skill))
    new = make_row(winner, text, certificate.release, design, by=by, at=at, issue=issue)
    _replace(certificate, new, reason=f"{REISSUED[issue]}：{reason.strip()}", at=at)
    body = {
        "number": new.number,
        "replaces": certificate.number,
        "issue": issue.value,
        "digest": new.digest,
        "reason": reason.strip(),
    }
    append(chain, [EventDraft("certificate-reissued", body)], actor=by.actor, at=at)
    return new


def _replace(
    certificate: Certificate, new: Certificate, *, reason: str, at: datetime
) -> None:
    """Put ``new`` in the place of a valid certificate: one of them is valid at a time."""
    certificate.state = CertificateState.SUPERSEDED
    certificate.state_reason = reason[:300]
    certificate.state_changed_at = at
    certificate.save(update_fields=["state", "state_reason", "state_changed_at"])
    new.save()
    certificate.superseded_by = new
    certificate.save(update_fields=["superseded_by"])


def preview_reissue(
    certificate: Certificate, *, at: datetime
) -> list[tuple[str, str, str]]:
    """Return what a corrected certificate would say otherwise: field, before, after."""
    design = certificate.design
    if design is None or winner_of(certificate) is None:
        return []
    text = _new_text(certificate, design, issue=CertificateIssue.CORRECTED, at=at)
    return _changed_fields(certificate, text)


def _require(certificate: Certificate, *, issue: CertificateIssue, reason: str) -> None:
    if certificate.state != CertificateState.VALID:
        text = _("这张证书已经不是有效状态，不能补发或换发。")
        raise CertificatesRefused("not-valid", text)
    if issue not in REISSUED:
        raise CertificatesRefused("not-a-reissue", _("请选补发或换发。"))
    if not reason.strip():
        raise CertificatesRefused("reason-missing", _("请写明补发或换发的原因。"))
    asked = certificate.withdrawals.filter(state=CertificateWithdrawalState.ASKED)
    if asked.exists():
        text = _("这张证书正在办理撤销，有了结论再补发。")
        raise CertificatesRefused("already-asked", text)


def _new_text(
    certificate: Certificate,
    design: CertificateDesign,
    *,
    issue: CertificateIssue,
    at: datetime,
) -> CertificateText:
    old = CertificateText.of_content(certificate.content)
    winner = winner_of(certificate)
    if issue == CertificateIssue.LOST or winner is None:
        return replace(old, replaces=certificate.number)
    units = Organization.objects.filter(pk=winner.organization or 0)
    unit = units.first() or winner.person.organization
    with override(settings.LANGUAGE_CODE):
        text = text_of(winner, certificate.release, design, unit=unit, at=at)
    return replace(text, replaces=certificate.number)


def _changes(
    certificate: Certificate, text: CertificateText, design: CertificateDesign
) -> bool:
    is_redesigned = certificate.design_id != design.pk
    return is_redesigned or bool(_changed_fields(certificate, text))


def _changed_fields(
    certificate: Certificate, text: CertificateText
) -> list[tuple[str, str, str]]:
    old = CertificateText.of_content(certificate.content)
    fields = [name for name in text.__dataclass_fields__ if name not in NOT_COMPARED]
    values = [(name, getattr(old, name), getattr(text, name)) for name in fields]
    return [
        (name, str(before or ""), str(after or ""))
        for name, before, after in values
        if before != after
    ]
