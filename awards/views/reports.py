"""定期报告: freeze a period's figures, see them beside today's; check a proof."""

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards import access
from awards.actions.reports import make_report
from awards.errors import AwardsError
from awards.queries.reports import compared, figures_of, period_of_report
from awards.report_forms import ProofForm, ReportForm, period_words
from awards.views import frame
from people.models import Organization
from people.policy import policy

SHORTEST = 8  # characters of a hash that are worth comparing


@policy("awards.reports")
@require_http_methods(["GET", "POST"])
def bureau_reports(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    now = timezone.now()
    form = _form(request, timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            report = make_report(bureau, period=form.chosen, by=request.user, at=now)
            messages.success(request, _("已定稿。此后的更正只在对照栏里显示。"))
            return redirect("bureau_report", report.pk)
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
    return _page(request, bureau, form=form, proof=ProofForm())


@policy("awards.reports")
@require_GET
def bureau_check_proof(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    proof = ProofForm(request.GET)
    context: dict[str, Any] = {"proof": proof}
    if proof.is_valid():
        context |= {"asked": True, "proved": _proved(request, proof)}
    form = _form(request, timezone.localdate())
    return _page(request, bureau, form=form, **context)


def _proved(request: HttpRequest, proof: ProofForm) -> object:
    """The certificate with this number and hash, or nothing."""
    values = proof.cleaned_data
    text = values["digest"].replace("-", "").replace(" ", "").lower()
    rows = access.staff_certificates_for(request.user)
    kept = rows.filter(number=values["number"].strip()).first()
    fits = kept is not None and len(text) >= SHORTEST and kept.digest.startswith(text)
    return kept if fits else None


@policy("awards.reports")
@require_GET
def bureau_report(request: HttpRequest, pk: int) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    report = access.report_for(request.user, pk)
    lines = compared(report, figures_of(bureau, period_of_report(report)))
    sections = [
        {"title": title, "lines": list(group)}
        for title, group in groupby(lines, key=lambda line: line.section)
    ]
    return frame.page(
        request,
        "bureau_report.html",
        bureau=bureau,
        current="bureau_simulator",
        report=report,
        period=period_words(period_of_report(report)),
        sections=sections,
        drifted=sum(line.has_drifted for line in lines),
    )


def _form(request: HttpRequest, today: date) -> ReportForm:
    made = {period_of_report(row).code for row in access.reports_for(request.user)}
    posted = request.POST if request.method == "POST" else None
    return ReportForm(posted, today=today, made=made)


def _page(
    request: HttpRequest, bureau: Organization, *, form: ReportForm, **context: Any
) -> HttpResponse:
    rows = [
        {"report": row, "period": period_words(period_of_report(row))}
        for row in access.reports_for(request.user)
    ]
    return frame.page(
        request,
        "bureau_reports.html",
        bureau=bureau,
        current="bureau_simulator",
        status=422 if form.is_bound and form.errors else 200,
        form=form,
        rows=rows,
        **context,
    )
