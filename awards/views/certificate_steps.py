"""Ask for a revocation, agree to it or decline it; make out a certificate again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import access
from awards.actions.certificates import (
    agree_revocation,
    ask_revocation,
    decline_revocation,
    preview_reissue,
    reissue_certificate,
)
from awards.certificate_forms import ReissueForm, RevokeForm
from awards.enums import CertificateIssue
from awards.models import Certificate
from awards.views import frame
from awards.views.certificates import paper_page
from awards.wording import certificate_field
from people.policy import policy


@policy("awards.certificates")
@require_POST
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a certificate be revoked; another person decides."""
    row = access.certificate_for(request.user, pk)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明撤销的原因和依据。"))
    elif frame.attempt(
        request,
        lambda: ask_revocation(
            row,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    ):
        text = _("已提出撤销 %(n)s，由另一人复核后生效。")
        messages.success(request, text % {"n": row.number})
    return _back(row)


@policy("awards.agree_certificates")
@require_POST
def certificate_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a revocation somebody else asked for, or decline it with a reason."""
    asked = access.revocation_for(request.user, pk)
    at, number = timezone.now(), asked.certificate.number
    if request.POST.get("do") == "decline":
        reason = request.POST.get("reason", "")[:300]
        if frame.attempt(
            request,
            lambda: decline_revocation(asked, reason=reason, by=request.user, at=at),
        ):
            messages.success(request, _("没有同意撤销 %(n)s。") % {"n": number})
    elif frame.attempt(
        request, lambda: agree_revocation(asked, by=request.user, at=at)
    ):
        messages.success(request, _("已撤销 %(n)s。") % {"n": number})
    return _back(asked.certificate)


@policy("awards.certificates")
@require_http_methods(["GET", "POST"])
def certificate_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a new certificate would say otherwise, and make it out."""
    row = access.certificate_for(request.user, pk)
    at = timezone.now()
    changes = preview_reissue(row, at=at)
    first = CertificateIssue.CORRECTED if changes else CertificateIssue.LOST
    form = ReissueForm(request.POST or None, initial={"issue": first})
    if request.method == "POST" and form.is_valid():
        new = frame.attempt(
            request,
            lambda: reissue_certificate(
                row,
                issue=CertificateIssue(form.cleaned_data["issue"]),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            ),
        )
        if new is not None:
            text = _("已制作 %(new)s，代替 %(old)s。")
            messages.success(request, text % {"new": new.number, "old": row.number})
            return _back(row)
    return paper_page(
        request,
        row.release.competition,
        "certificate_reissue.html",
        certificate=row,
        changes=[(certificate_field(name), *both) for name, *both in changes],
        form=form,
    )


def _back(row: Certificate) -> HttpResponse:
    return redirect("release_certificates", number=row.release.number)
