"""What a correction changes, as a preview before publishing and between releases."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.queries.corrections import correction_of, corrections_in
from scoring.queries.results import publish_blockers


@require_GET
@policy("scoring.view_results")
def organize_correction(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_results(request.user, pk, timezone.now())
    found = correction_of(skill)
    context = {
        "release": None,
        "skill": skill,
        "corrections": [found] if found else [],
        "blockers": publish_blockers(skill) if found else [],
        **office_context(request.user, skill.competition, "organize_release"),
    }
    return render(request, "scoring/corrections.html", context)


@require_GET
@policy("scoring.view_results")
def release_changes(request: HttpRequest, number: str) -> HttpResponse:
    shown = access.release_for(request.user, number, timezone.now())
    context = {
        "release": shown,
        "skill": None,
        "corrections": corrections_in(shown),
        "blockers": [],
        **office_context(request.user, shown.competition, "organize_release"),
    }
    return render(request, "scoring/corrections.html", context)
