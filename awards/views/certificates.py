"""Issue certificates of a release, list them, print one or all."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from awards import access, certificates
from awards.actions.certificates import issue_certificates, revoke_certificate
from awards.certificates import CertificateText, Printing
from awards.enums import CertificateState
from awards.errors import AwardsError
from awards.forms import RevokeForm
from awards.models import Certificate
from awards.tables import CertificateTable
from awards.views import frame
from competitions.enums import Origin
from competitions.navigation import office_context
from people.access import bureaus_for
from people.pdf import pdf_problem
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring.models import Release

PDF = "application/pdf"


@policy("awards.certificates")
@require_GET
def bureau_certificates(request: HttpRequest) -> HttpResponse:
    return frame.page(
        request,
        "bureau_certificates.html",
        bureau=access.bureau_of(request.user),
        current="bureau_certificates",
        rows=_rows(access.releases_for(request.user)),
        pdf_problem=pdf_problem(),
    )


@policy("awards.certificates")
@require_GET
def organize_certificates(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.own_competition_for(request.user, code)
    releases = access.releases_for(request.user).filter(competition=competition)
    context = office_context(request.user, competition, "organize_certificates")
    context |= {"rows": _rows(releases), "pdf_problem": pdf_problem()}
    return render(request, "awards/bureau_certificates.html", context)


def _rows(releases: QuerySet[Release]) -> list[dict[str, object]]:
    counted = releases.annotate(
        issued=Count("certificates", distinct=True),
        current=Count(
            "skills", filter=Q(skills__superseded_by__isnull=True), distinct=True
        ),
    )
    return [
        {"release": release, "issued": release.issued, "reason": _reason(release)}
        for release in counted
    ]


def _reason(release: Release) -> str:
    """Why no certificate can be issued here, or an empty string."""
    if release.competition.is_rehearsal:
        return _("演练，不产生证书")
    if release.competition.origin != Origin.OWN:
        return _("由原赛事的主办单位颁发")
    if not release.current:  # type: ignore[attr-defined]
        return _("已被后来的版本取代")
    return ""


@policy("awards.certificates")
@require_GET
def release_certificates(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_for(request.user, number)
    rows = access.certificates_for(request.user).filter(release=release)
    table = CertificateTable(rows, request=request)
    RequestConfig(request).configure(table)
    competition = release.competition
    context = {
        "release": release,
        "table": table,
        "has_bilingual": bool(competition.name_en),
        "pdf_problem": pdf_problem(),
        "back": reverse("bureau_certificates"),
    }
    if bureaus_for(request.user):
        return frame.page(
            request,
            "bureau_release_certificates.html",
            bureau=access.bureau_of(request.user),
            current="bureau_certificates",
            **context,
        )
    context |= office_context(request.user, competition, "organize_certificates")
    context["back"] = reverse("organize_certificates", args=[competition.code])
    return render(request, "awards/bureau_release_certificates.html", context)


@policy("awards.certificates")
@require_POST
def issue_release_certificates(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_for(request.user, number)
    issued = frame.attempt(
        request,
        lambda: issue_certificates(release, by=request.user, at=timezone.now()),
    )
    if issued:
        messages.success(request, _("制作了 %(n)d 张证书。") % {"n": len(issued)})
    elif issued is not None:
        messages.success(request, _("没有要补制的证书。"))
    return redirect("release_certificates", number=release.number)


@policy("awards.certificates")
@require_GET
def certificates_pdf(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_for(request.user, number)
    rows = access.certificates_for(request.user).filter(
        release=release, state=CertificateState.VALID
    )
    return _pdf(request, rows, f"获奖证书-{release.number}.pdf")


@policy("awards.certificates")
@require_GET
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.certificate_for(request.user, pk)
    if row.state != CertificateState.VALID:
        text = _("%(number)s已不是有效证书，不能再打印。") % {"number": row.number}
        messages.error(request, text)
        return redirect("release_certificates", number=row.release.number)
    return _pdf(request, [row], f"{row.number}.pdf")


@policy("awards.certificates")
@require_POST
def certificate_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.certificate_for(request.user, pk)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明撤销的原因和依据。"))
    elif frame.attempt(
        request,
        lambda: revoke_certificate(
            row,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("已撤销 %(n)s。") % {"n": row.number})
    return redirect("release_certificates", number=row.release.number)


def _pdf(request: HttpRequest, rows: Iterable[Certificate], name: str) -> HttpResponse:
    bilingual = request.GET.get("lang") == "bi"
    printings = [_printing(request, row, bilingual) for row in rows]
    if not printings:
        raise Http404
    try:
        pdf = certificates.render_certificates(printings, title=name)
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect(request.META.get("HTTP_REFERER") or "bureau_certificates")
    return download(pdf, filename=name, content_type=PDF)


def _printing(request: HttpRequest, row: Certificate, bilingual: bool) -> Printing:
    path = reverse("verify_certificate", args=[row.token])
    text = CertificateText.of_content(row.content)
    return Printing(text, row.digest, request.build_absolute_uri(path), bilingual)
