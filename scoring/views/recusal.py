"""Standing aside on the tablet: why, who may stand in, one tap to the chief judge."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competitions.errors import CompetitionError
from people.policy import policy
from scoring import access, team_access
from scoring.actions.interests import ask_for_reserve, stand_aside
from scoring.core.teams import SeatState
from scoring.errors import ConflictOfInterest, ScoringError
from scoring.queries.interest import reserves_for


def page(request: HttpRequest, refusal: ConflictOfInterest, pk: int) -> HttpResponse:
    """Say why the sheet stays closed, and which reserves are free to mark it."""
    sheet = team_access.aside_sheet_for(request.user, pk)
    replaced = refusal.code == SeatState.REPLACED
    found = [] if replaced else reserves_for(sheet.skill, [sheet.entry_id])
    context: dict[str, Any] = {
        "refusal": refusal,
        "sheet": sheet,
        "reserves": [str(reserve) for reserve in found],
        "may_ask": not replaced,
    }
    return render(request, "scoring/judge_recused.html", context, status=403)


def taken_over_page(request: HttpRequest, pk: int) -> HttpResponse | None:
    """Say who has the seat now, by which decision; None: it was never theirs."""
    try:
        sheet, taken = team_access.sheet_taken_over(request.user, pk)
    except Http404:
        return None
    context = {"sheet": sheet, "taken": taken}
    return render(request, "scoring/judge_taken_over.html", context, status=403)


@require_POST
@policy("scoring.call_chief")
def ask_reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge who stands aside asks the chief judge for a reserve."""
    sheet = team_access.aside_sheet_for(request.user, pk)
    ask_for_reserve(sheet, by=request.user, at=timezone.now())
    messages.success(request, _("裁判长的屏幕上已经看到。"))
    return redirect("judge_home")


@require_POST
@policy("scoring.call_chief")
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge declares a tie to the entry of a sheet and stands aside."""
    at = timezone.now()
    try:
        sheet = access.seated_sheet_for(request.user, pk, at)
        reason = request.POST.get("reason", "")
        stand_aside(sheet, reason=reason, by=request.user, at=at)
    except ConflictOfInterest as refusal:
        return page(request, refusal, pk)
    except (ScoringError, CompetitionError) as refused:
        messages.error(request, refused.message)
        return redirect("judge_sheet", pk=pk)
    messages.success(request, _("已申报回避，裁判长会安排替补裁判。"))
    return redirect("judge_home")
