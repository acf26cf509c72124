"""Choose and adapt how a competition's certificates look; see a specimen."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import access, certificates
from awards.actions.certificates import choose_design
from awards.certificate_forms import DesignForm
from awards.certificates import CertificateText, Printing, specimen_text
from awards.core.certificate_design import Design, design_of
from awards.errors import AwardsError
from awards.views import frame
from awards.views.certificates import PDF, paper_page
from competitions.models import Competition
from people.pdf import pdf_problem
from people.policy import policy
from people.spreadsheets.uploads import download

NO_DIGEST = "0" * 64


@policy("awards.certificates")
@require_http_methods(["GET", "POST"])
def certificate_design(request: HttpRequest, code: str) -> HttpResponse:
    """Show the design in force or one to begin from; keep what is sent."""
    competition = access.papered_competition_for(request.user, code)
    acting, number = _acting(competition)
    shipped = certificates.shipped_designs()
    chosen = shipped.get(request.GET.get("design", "")) or acting
    if request.method == "POST":
        form = DesignForm(request.POST)
        if form.is_valid():
            chosen = form.design
            if request.POST.get("do") != "preview" and frame.attempt(
                request,
                lambda: choose_design(
                    competition, form.design, by=request.user, at=timezone.now()
                ),
            ):
                messages.success(request, _("样式已保存，今后制作的证书按它印。"))
                return redirect("certificate_design", code=code)
        else:
            chosen = shipped.get(request.POST.get("base", "")) or acting
    else:
        form = DesignForm.of(chosen)
    return paper_page(
        request,
        competition,
        "certificate_design.html",
        papered=competition,
        form=form,
        chosen=chosen,
        acting=acting,
        number=number,
        sheet=_sheet(request, competition, chosen),
        gallery=[
            {"design": design, "sheet": _sheet(request, competition, design)}
            for design in shipped.values()
        ],
        pdf_problem=pdf_problem(),
    )


@policy("awards.certificates")
@require_GET
def certificate_specimen(request: HttpRequest, code: str) -> HttpResponse:
    """Draw a specimen of the design in force, or of a shipped one, as a PDF."""
    competition = access.papered_competition_for(request.user, code)
    named = certificates.shipped_designs().get(request.GET.get("design", ""))
    design = named or _acting(competition)[0]
    printing = _specimen(request, competition, design)
    if request.GET.get("lang") == "bi":
        printing = replace(printing, bilingual=True)
    try:
        pdf = certificates.render_certificates([printing], title=_("样张"))
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect("certificate_design", code=code)
    name = f"证书样张-{design.identifier}.pdf"
    return download(pdf, filename=name, content_type=PDF)


def _acting(competition: Competition) -> tuple[Design, int]:
    """The design in force and its number; 0 while nobody has chosen one."""
    newest = competition.certificate_designs.order_by("-number").first()
    if newest is None:
        return certificates.default_design(competition.tier), 0
    return design_of(newest.content), newest.number


def _specimen(
    request: HttpRequest, competition: Competition, design: Design
) -> Printing:
    text: CertificateText = specimen_text(
        event=competition.name,
        issuer=competition.owner.name,
        issued_on=timezone.localdate(),
        event_en=competition.name_en,
    )
    base = certificates.public_base(request.build_absolute_uri("/"))
    both = design.languages == "zh+en"
    return Printing(text, NO_DIGEST, f"{base}/verify/", both, design, is_specimen=True)


def _sheet(
    request: HttpRequest, competition: Competition, design: Design
) -> dict[str, Any]:
    printing = _specimen(request, competition, design)
    return certificates.sheet_of(printing, on_screen=True)
