"""Judge statistics: a light page while marking, the report, its PDF, opening the names."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from competitions.enums import EventRole
from competitions.models import Skill
from competitions.navigation import office_context
from people.errors import PdfUnavailable
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring import access
from scoring.actions.statistics import open_statistics
from scoring.errors import ScoringError
from scoring.queries.statistics import statistics_of
from scoring.statistics_report import statistics_report
from scoring.views.judge import page_facts
from scoring.views.statistics_rows import page_of


@never_cache
@require_GET
@policy("scoring.lead_judging")
def chief_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """Hints for the chief judge and the supervisor while marking goes on."""
    at = timezone.now()
    skill = access.skill_for_chief(request.user, pk, at)
    context = {
        **_context(request, skill, at),
        "rehearsal": skill.competition.is_rehearsal,
        "facts": page_facts(request),
        "facts_id": "judge-page",
    }
    return render(request, "scoring/chief_statistics.html", context)


@never_cache
@require_GET
@policy("scoring.see_statistics")
def organize_statistics(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a skill; organizers read it once the results are released."""
    at = timezone.now()
    skill = access.skill_for_statistics(request.user, pk, at)
    return _report(request, skill, at)


@require_GET
@policy("scoring.see_statistics")
def organize_statistics_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same report as PDF."""
    at = timezone.now()
    skill = access.skill_for_statistics(request.user, pk, at)
    found = None
    if access.sees_statistics(request.user, skill, at):
        found = statistics_of(skill)
    if found is None:
        return redirect("organize_statistics", pk)
    try:
        pdf = statistics_report(skill, page_of(found), at=at)
    except (ScoringError, PdfUnavailable) as refused:
        messages.error(request, refused.message)
        return redirect("organize_statistics", pk)
    name = f"{skill.competition.code} {skill.number} {_('裁判统计')}.pdf"
    return download(pdf, filename=name, content_type="application/pdf")


@sensitive_post_parameters("pin")
@require_POST
@policy("scoring.open_statistics")
def open_names(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_to_open(request.user, pk, at)
    try:
        open_statistics(
            skill,
            reason=request.POST.get("reason", ""),
            pin=request.POST.get("pin", ""),
            by=request.user,
            at=at,
        )
    except ScoringError as refused:
        return _report(request, skill, at, error=str(refused))
    messages.success(request, _("裁判姓名已打开，理由已留痕。"))
    return redirect("organize_statistics", pk)


def _report(
    request: HttpRequest, skill: Skill, at: datetime, error: str = ""
) -> HttpResponse:
    context = {
        **_context(request, skill, at),
        "error": error,
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    status = 400 if error else 200
    return render(request, "scoring/organize_statistics.html", context, status=status)


def _context(request: HttpRequest, skill: Skill, at: datetime) -> dict[str, Any]:
    may_look = access.sees_statistics(request.user, skill, at)
    found = statistics_of(skill) if may_look else None
    if may_look and found is None:
        raise Http404
    roles = access.judging_roles(request.user, skill, at)
    return {
        "skill": skill,
        "page": page_of(found) if found is not None else None,
        "may_open": EventRole.SUPERVISOR.value in roles,
        "leads": bool(access.LEADING & roles),
    }
