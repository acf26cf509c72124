"""The chief judge's desk and the results officer's check before results are verified.

Both show first what stands in the way, each with the place where it is put right.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.actions import calls
from scoring.actions.results import verify_results
from scoring.enums import SignerRole, Standing
from scoring.errors import ScoringError
from scoring.queries import judging
from scoring.queries.results import verification_of
from scoring.queries.ties import has_ties
from scoring.queries.waiting import waiting_of
from scoring.views import desk
from scoring.views import device_gate as gate
from scoring.views.judge import page_facts


@never_cache
@require_GET
@gate.on_tablet
@policy("scoring.lead_judging")
def chief_skill(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_chief(request.user, pk, at)
    roles = access.judging_roles(request.user, skill, at)
    is_chief = SignerRole.CHIEF_JUDGE in roles
    role = SignerRole.CHIEF_JUDGE if is_chief else SignerRole.SUPERVISOR
    context = {
        "skill": skill,
        "role": role,
        "has_ties": is_chief and has_ties(skill),
        "waits": waiting_of(skill, request.user, at),
        "calls": judging.calls_open(skill),
        "waiting": judging.waiting_rows(request.user, skill, role),
        "groups": desk.groups_of(
            [desk.as_a_whole(row) for row in judging.sheet_rows(request.user, skill)]
        ),
        "review_url": reverse("judge_review", args=[skill.pk]),
        "rehearsal": skill.competition.is_rehearsal,
        "facts": page_facts(request),
        "facts_id": "judge-page",
    }
    return render(request, "scoring/chief_skill.html", context)


@require_POST
@policy("scoring.lead_judging")
def close_call(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    call = access.call_for(request.user, pk, at)
    calls.close_call(call, by=request.user, at=at)
    return redirect("chief_skill", pk=call.sheet.skill_id)


@sensitive_post_parameters("password")
@never_cache
@policy("scoring.verify_results")
def verify_skill(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_results(request.user, pk, at)
    error = _verify(request, skill, at) if request.method == "POST" else None
    if error == "":
        messages.success(request, _("成绩已复核。下一步由赛务公示或发布。"))
        return redirect("verify_skill", pk=pk)
    check = verification_of(skill, at)
    context = {
        "skill": skill,
        "check": check,
        "rows": [
            {
                "place": row.place,
                "code": row.code,
                "points": row.points,
                "award": row.award,
                "standing": ""
                if row.standing == Standing.RANKED
                else Standing(row.standing).label,
            }
            for row in check.results
        ],
        "error": error,
        **office_context(request.user, skill.competition),
    }
    status = 400 if error else 200
    return render(request, "scoring/verify_skill.html", context, status=status)


def _verify(request: HttpRequest, skill: Any, at: Any) -> str:
    """Verify under a password given now; return why not, or an empty text."""
    user = authenticate(
        request,
        username=request.user.get_username(),
        password=request.POST.get("password", ""),
    )
    if user is None or user.pk != request.user.pk:
        return _("口令不对。复核要求重新输入你的登录口令。")
    try:
        note = request.POST.get("note", "").strip()
        verify_results(skill, note=note, by=request.user, at=at)
    except ScoringError as refusal:
        return str(refusal)
    return ""
