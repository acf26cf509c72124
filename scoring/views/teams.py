"""评分组: who marks what on which day; conflicts, reserves, catching up, trainees."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from competitions.enums import EventRole
from competitions.errors import CompetitionError
from competitions.models import Skill
from competitions.navigation import office_context
from competitions.queries import conflict_word
from people.policy import policy
from scoring import access, team_access
from scoring.actions.interests import take_back_tie
from scoring.actions.teams import (
    arrange_team,
    grant_catch_up,
    review_interests,
    seat_reserve,
)
from scoring.errors import ScoringError, day_words
from scoring.queries.interest import declared_ties
from scoring.queries.teams import Team, Teams, appointed_for_teams, teams_of
from scoring.queries.trainees import trainee_rows
from scoring.views.desk import panel_colour
from scoring.views.team_forms import (
    CatchUpForm,
    ReserveForm,
    TeamForm,
    TieBackForm,
)


@never_cache
@require_GET
@policy("scoring.watch_teams")
def marking_teams(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = team_access.skill_for_teams(request.user, pk, at)
    return _page(request, skill, at)


@require_POST
@policy("scoring.arrange_teams")
def arrange(request: HttpRequest, pk: int, letter: str) -> HttpResponse:
    """Save one team; a letter the scheme does not name makes a new one."""
    at = timezone.now()
    skill = team_access.skill_to_arrange(request.user, pk, at)
    found = teams_of(skill, at)
    teams = {team.letter: team for team in found.teams}
    team = teams.get(letter, _blank(letter))
    form = TeamForm(team, appointed_for_teams(skill), found.days, request.POST)
    if not form.is_valid():
        return _page(request, skill, at, {letter: form}, status=400)
    try:
        arrange_team(skill, letter, facts=form.facts(), by=request.user, at=at)
    except ScoringError as refused:
        form.add_error(None, refused.message)
        return _page(request, skill, at, {letter: form}, status=400)
    messages.success(request, _("%(letter)s 组已保存。") % {"letter": letter})
    return redirect("marking_teams", pk=pk)


@require_POST
@policy("scoring.seat_reserve")
def reserve(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_led(request.user, pk, at)
    form = ReserveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选席位和替补裁判，并写明原因。"))
        return redirect("marking_teams", pk=pk)
    given = form.cleaned_data
    try:
        seat_reserve(
            skill,
            panel=given["seat"][0],
            number=int(given["seat"][1:]),
            reserve=team_access.reserve_for(skill, given["reserve"]),
            entry=team_access.entry_of_skill(skill, given["entry"]),
            reason=given["reason"].strip(),
            by=request.user,
            at=at,
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        text = _("替补裁判已上场，原来的评分保留，其余由替补评。")
        messages.success(request, text)
    return redirect("marking_teams", pk=pk)


@require_POST
@policy("scoring.seat_reserve")
def catch_up(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_led(request.user, pk, at)
    form = CatchUpForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明补评的原因和期限。"))
        return redirect("marking_teams", pk=pk)
    given = form.cleaned_data
    try:
        grant_catch_up(
            team_access.team_for(skill, given["letter"]),
            sub=given["sub"],
            reason=given["reason"].strip(),
            until=form.until(at),
            by=request.user,
            at=at,
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("补评许可已记录。"))
    return redirect("marking_teams", pk=pk)


@require_POST
@policy("scoring.seat_reserve")
def tie_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The chief judge takes back a tie that was declared by mistake."""
    at = timezone.now()
    skill = access.skill_led(request.user, pk, at)
    form = TieBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明为什么撤回申报。"))
        return redirect("marking_teams", pk=pk)
    tie = team_access.tie_of_skill(skill, form.cleaned_data["tie"])
    reason = form.cleaned_data["reason"]
    try:
        take_back_tie(skill, tie, reason=reason, by=request.user, at=at)
    except (ScoringError, CompetitionError) as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("回避申报已撤回，席位已重新核对。"))
    return redirect("marking_teams", pk=pk)


@require_POST
@policy("scoring.arrange_teams")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute anew who stands aside; what changed is said."""
    at = timezone.now()
    skill = team_access.skill_to_arrange(request.user, pk, at)
    changed = review_interests(skill, by=request.user, at=at)
    text = _("已重新核对回避，%(count)d 张评分表的席位有变动。") % {"count": changed}
    messages.success(request, text)
    return redirect("marking_teams", pk=pk)


def _blank(letter: str) -> Team:
    if not ("A" <= letter <= "Z" and len(letter) == 1):
        raise Http404
    return Team(letter, "", (), False, 0, None, False, None, (), (), (), ())


def _page(
    request: HttpRequest,
    skill: Skill,
    at: datetime,
    forms: dict[str, TeamForm] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    found = teams_of(skill, at)
    may = team_access.may_arrange(request.user, skill, at)
    people = appointed_for_teams(skill) if may else []
    chief = EventRole.CHIEF_JUDGE in access.judging_roles(request.user, skill, at)
    shown = forms or {}
    context = {
        "skill": skill,
        "found": found,
        "days": range(1, found.days + 1),
        "matrix": [_matrix_row(team, found) for team in found.teams],
        "conflicts": [_conflict(row) for row in found.conflicts],
        "teams": [
            {
                "team": team,
                "colour": panel_colour(team.letter),
                "form": shown.get(team.letter)
                or (TeamForm(team, people, found.days) if may else None),
                "is_wrong": team.letter in shown,
            }
            for team in found.teams
        ],
        "may_arrange": may,
        "is_chief": chief,
        "catch_up": CatchUpForm() if chief else None,
        "uncovered": _uncovered(found),
        "ties": [] if not (may or chief) else declared_ties(skill),
        "trainees": trainee_rows(skill),
    }
    context |= office_context(request.user, skill.competition)
    if access.LEADING & access.judging_roles(request.user, skill, at):
        context["desk"] = skill.pk
    return render(request, "scoring/marking_teams.html", context, status=status)


def _matrix_row(team: Team, found: Teams) -> dict[str, Any]:
    return {
        "team": team,
        "colour": panel_colour(team.letter),
        "cells": [
            {"day": day, "subs": team.subs_on(day), "is_today": day == found.today}
            for day in range(1, found.days + 1)
        ],
    }


def _conflict(row: Any) -> dict[str, Any]:
    words = _("、").join(conflict_word(reason) for reason in row.reasons)
    return {"row": row, "reasons": words, "seat": f"{row.panel}{row.number}"}


def _uncovered(found: Teams) -> str:
    return _("、").join(f"{code}（{day_words([day])}）" for code, day in found.unmarked)
