"""Issue certificates of a release, list them, print one or all."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from awards import access, certificates, signing
from awards.actions.certificates import (
    issue_certificates,
    make_file,
    start_certificate_job,
)
from awards.enums import CertificateState, CertificateWithdrawalState
from awards.models import Certificate
from awards.tables import CertificateTable
from awards.views import frame
from competitions.enums import Origin
from competitions.models import Competition
from competitions.navigation import office_context
from people.access import bureaus_for
from people.pdf import pdf_problem
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring.models import Release

PDF = "application/pdf"
AT_ONCE = 100  # more are made in the background
ASKED = CertificateWithdrawalState.ASKED


@policy("awards.certificates")
@require_GET
def bureau_certificates(request: HttpRequest) -> HttpResponse:
    return frame.page(
        request,
        "bureau_certificates.html",
        bureau=access.bureau_of(request.user),
        current="bureau_certificates",
        rows=_rows(request, access.releases_for(request.user)),
        revocations=access.revocations_for(request.user).filter(state=ASKED),
        pdf_problem=pdf_problem(),
    )


@policy("awards.certificates")
@require_GET
def organize_certificates(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.own_competition_for(request.user, code)
    releases = access.releases_for(request.user).filter(competition=competition)
    asked = access.revocations_for(request.user).filter(
        state=ASKED, certificate__release__competition=competition
    )
    context = office_context(request.user, competition, "organize_certificates")
    context |= {"rows": _rows(request, releases), "pdf_problem": pdf_problem()}
    context |= {"designed": competition, "revocations": asked}
    return render(request, "awards/bureau_certificates.html", context)


def _rows(request: HttpRequest, releases: QuerySet[Release]) -> list[dict[str, object]]:
    own = access.certificates_for(request.user).order_by().values("pk")
    whole = access.releases_to_certify_for(request.user).order_by()
    all_of = set(whole.values_list("pk", flat=True))
    counted = releases.annotate(
        issued=Count("certificates", filter=Q(certificates__in=own), distinct=True),
        current=Count(
            "skills", filter=Q(skills__superseded_by__isnull=True), distinct=True
        ),
    )
    return [
        {
            "release": release,
            "issued": release.issued,
            "reason": _reason(release, is_own=release.pk in all_of),
        }
        for release in counted
    ]


def _reason(release: Release, *, is_own: bool) -> str:
    """Why no certificate can be issued here, or an empty string."""
    if release.competition.is_rehearsal:
        return _("演练，不产生证书")
    if release.competition.origin != Origin.OWN or not is_own:
        return _("由原赛事的主办单位颁发")
    if not release.current:  # type: ignore[attr-defined]
        return _("已被后来的版本取代")
    return ""


@policy("awards.certificates")
@require_GET
def release_certificates(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_for(request.user, number)
    rows = access.certificates_for(request.user).filter(release=release)
    table = CertificateTable(rows.select_related("superseded_by"), request=request)
    RequestConfig(request).configure(table)
    asked = access.revocations_for(request.user).filter(
        certificate__release=release, state=ASKED
    )
    context = {
        "release": release,
        "table": table,
        "revocations": asked,
        "has_bilingual": bool(release.competition.name_en),
        "pdf_problem": pdf_problem(),
        "is_few": table.page.paginator.count <= AT_ONCE,
        "is_own_event": access.releases_to_certify_for(request.user)
        .filter(pk=release.pk)
        .exists(),
    }
    return paper_page(
        request, release.competition, "bureau_release_certificates.html", **context
    )


def paper_page(
    request: HttpRequest, competition: Competition, template: str, **context: Any
) -> HttpResponse:
    """Render a page about certificates inside the bureau's or the organizer's frame."""
    if bureaus_for(request.user):
        return frame.page(
            request,
            template,
            bureau=access.bureau_of(request.user),
            current="bureau_certificates",
            back=reverse("bureau_certificates"),
            **context,
        )
    context |= office_context(request.user, competition, "organize_certificates")
    context["back"] = reverse("organize_certificates", args=[competition.code])
    return render(request, f"awards/{template}", context)


@policy("awards.certificates")
@require_POST
def issue_release_certificates(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_to_certify(request.user, number)
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
    """Print all valid certificates of a release while the asker waits, if few."""
    release = access.release_for(request.user, number)
    rows = access.certificates_for(request.user).filter(
        release=release, state=CertificateState.VALID
    )
    count = rows.count()
    if not count:
        raise Http404
    if count > AT_ONCE:
        text = _("超过 %(n)d 张的证书请用后台制作。") % {"n": AT_ONCE}
        messages.error(request, text)
        return redirect("release_certificates", number=number)
    name = f"获奖证书-{release.number}.pdf"
    pdf = frame.attempt(
        request, lambda: _document(request, rows.select_related("design"), name)
    )
    if pdf is None:
        return redirect("release_certificates", number=number)
    return download(pdf, filename=name, content_type=PDF)


@policy("awards.certificates")
@require_GET
def certificate_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.certificate_for(request.user, pk)
    pdf = frame.attempt(
        request,
        lambda: make_file(
            row,
            base=_base(request),
            bilingual=_bilingual(request.GET.get("lang", "")),
            by=request.user.actor,
            at=timezone.now(),
        ),
    )
    if pdf is None:
        return redirect("release_certificates", number=row.release.number)
    return download(pdf, filename=f"{row.number}.pdf", content_type=PDF)


@policy("awards.certificates")
@require_POST
def certificates_batch(request: HttpRequest, number: str) -> HttpResponse:
    """Begin to make all valid certificates of a release in the background."""
    release = access.release_to_certify(request.user, number)
    form = request.POST.get("form", "pdf")
    job = frame.attempt(
        request,
        lambda: start_certificate_job(
            release,
            form="zip" if form == "zip" else "pdf",
            bilingual=_bilingual(request.POST.get("lang", "")),
            base=_base(request),
            by=request.user,
            at=timezone.now(),
        ),
    )
    if job is None:
        return redirect("release_certificates", number=number)
    messages.success(request, _("已开始制作，做好后在这里下载。"))
    return redirect("my_jobs")


def _document(request: HttpRequest, rows: QuerySet[Certificate], title: str) -> bytes:
    seal = signing.signer(at=timezone.now())
    printings = certificates.printings_of(
        rows, base=_base(request), bilingual=_bilingual(request.GET.get("lang", ""))
    )
    pdf = certificates.render_certificates(printings, title=title)
    return seal.sign(pdf) if seal else pdf


def _bilingual(language: str) -> bool | None:
    """What the asker wants; nothing said: what the design asks for."""
    return {"bi": True, "zh": False}.get(language)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/")
