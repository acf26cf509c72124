"""Organizers' pages of one skill: sheets and seats, progress, places, freeze."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competitions.access import competition_for, may_edit, skill_for
from competitions.models import Skill
from competitions.navigation import links_of, office_context, roles_in
from people.policy import policy
from scoring import access
from scoring.actions.results import freeze_board, unfreeze_board
from scoring.actions.seats import open_marking
from scoring.enums import Standing
from scoring.errors import ScoringError
from scoring.queries.overview import heat_map, overview
from scoring.queries.results import (
    current_release,
    progress_of,
    result_rows,
    result_state_of,
)
from scoring.queries.schemes import state_of
from scoring.queries.seating import seat_rows

# How a result's state is drawn (components/state.html).
DRAWN = {"publicity": "public", "final": "final"}


@require_GET
@policy("scoring.view_results")
def organize_results(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_results(request.user, pk, timezone.now())
    return render(request, "scoring/organize_results.html", _context(request, skill))


@require_POST
@policy("scoring.open_marking")
def organize_open_marking(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    try:
        count = open_marking(skill, by=request.user, at=timezone.now())
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        text = _("共 %(count)d 张评分表，裁判可以开始评分。")
        messages.success(request, text % {"count": count})
    return redirect("organize_results", pk)


@require_POST
@policy("scoring.freeze_board")
def organize_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    change = freeze_board if request.POST.get("to") == "frozen" else unfreeze_board
    try:
        change(skill, by=request.user, at=timezone.now())
    except ScoringError as refused:
        messages.error(request, refused.message)
    return redirect("organize_results", pk)


@require_GET
@policy("scoring.view_results")
def organize_progress(request: HttpRequest, code: str) -> HttpResponse:
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    may = may_edit(request.user, competition)
    context = {
        "rows": overview(competition),
        "may_edit": may,
        "competition": competition,
    }
    return render(request, "scoring/organize_progress.html", context)


@require_GET
@policy("scoring.view_results")
def organize_heat(request: HttpRequest, code: str) -> HttpResponse:
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    begun = [row for row in overview(competition) if row.is_at_work]
    shown = next(iter(begun), None)
    sheets = heat_map(shown.skill) if shown else None
    context = {"shown": shown, "map": sheets}
    return render(request, "scoring/organize_heat.html", context)


def _context(request: HttpRequest, skill: Skill) -> dict[str, Any]:
    state = state_of(skill)
    may = may_edit(request.user, skill.competition)
    result = result_state_of(skill)
    rows = result_rows(skill)
    progress = progress_of(skill)
    return {
        "skill": skill,
        "links": links_of(skill, roles_in(request.user, skill.competition)),
        "scoring": state,
        "state": _drawn(result, state, progress.filled),
        "state_word": result.label,
        "progress": progress,
        "figures": _figures(progress),
        "letters": [letter for letter, _points in rows[0].modules] if rows else [],
        "rows": [row for row in rows if row.place is not None],
        "apart": [
            (row, Standing(row.standing).label) for row in rows if row.place is None
        ],
        "seats": seat_rows(skill),
        "map": heat_map(skill) if state and state.opened_at else None,
        "release": current_release(skill),
        "may_edit": may,
        **office_context(request.user, skill.competition, "organize_competition"),
    }


def _drawn(result: str, state: Any, filled: int) -> str:
    if result in DRAWN:
        return DRAWN[result]
    if state and state.frozen_at:
        return "frozen"
    return "live" if filled else "none"


def _figures(progress: Any) -> list[dict[str, Any]]:
    return [
        {"label": _("评分表"), "value": progress.sheets},
        {"label": _("评完"), "value": progress.complete},
        {"label": _("裁判已签"), "value": progress.judge_signed},
        {"label": _("裁判长已签"), "value": progress.chief_signed},
        {
            "label": _("分差待议"),
            "value": progress.conflicts,
            "tone": "danger" if progress.conflicts else "",
        },
    ]
