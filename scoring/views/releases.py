"""Publishing results as a numbered release, and reading one."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competitions.access import competition_for, may_edit
from competitions.models import Competition
from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.actions.releases import publish_release
from scoring.enums import Standing
from scoring.errors import ScoringError
from scoring.queries.releases import names_in, publishable, releases_of, standing_in


@require_GET
@policy("scoring.view_results")
def organize_release(request: HttpRequest, code: str) -> HttpResponse:
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    skills = publishable(competition)
    context = {
        "skills": skills,
        "may_pick": any(not skill.blockers for skill in skills),
        "releases": releases_of(competition),
        "may_publish": may_edit(request.user, competition),
        **office_context(request.user, competition, "organize_release"),
    }
    return render(request, "scoring/organize_release.html", context)


@require_POST
@policy("scoring.publish_release")
def organize_publish(request: HttpRequest, code: str) -> HttpResponse:
    number = _publish(request, competition_for(request.user, code))
    return redirect("release", number) if number else redirect("organize_release", code)


@require_GET
@policy("scoring.view_results")
def release(request: HttpRequest, number: str) -> HttpResponse:
    shown = access.release_for(request.user, number, timezone.now())
    text = json.loads(shown.text)
    context = {
        "release": shown,
        "digest_words": grouped(shown.digest),
        "skills": _shown(text, names_in(text)),
        "superseded": standing_in(shown),
        "has_bundle": all("chain" in skill for skill in text["skills"]),
        "may_edit": may_edit(request.user, shown.competition),
        **office_context(request.user, shown.competition, "organize_release"),
    }
    return render(request, "scoring/release.html", context)


@require_GET
@policy("scoring.view_results")
def release_text(request: HttpRequest, number: str) -> HttpResponse:
    """The hashed text itself: whoever has it can check number and digest."""
    shown = access.release_for(request.user, number, timezone.now())
    answer = HttpResponse(shown.text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{shown.number}.json"'
    return answer


def _publish(request: HttpRequest, competition: Competition) -> str:
    """Publish what was ticked; return the number, empty when refused."""
    wanted = set(request.POST.getlist("skill"))
    chosen = [s for s in competition.skills.all() if str(s.pk) in wanted]
    try:
        published = publish_release(
            competition,
            skills=chosen,
            by=request.user,
            at=timezone.now(),
            document=request.POST.get("document", "").strip(),
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
        return ""
    text = _("成绩版本 %(number)s 已发布，所列赛项的成绩即为最终。")
    messages.success(request, text % {"number": published.number})
    return published.number


def grouped(digest: str) -> str:
    """The first 32 signs of a digest in groups of four, as printed on paper."""
    return " ".join(digest[start : start + 4] for start in range(0, 32, 4)).upper()


def _shown(text: dict[str, Any], names: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            **skill,
            "entries": [
                {
                    **entry,
                    "names": _("、").join(
                        names.get(member["person"], "—") for member in entry["members"]
                    ),
                    "standing_word": Standing(entry["standing"]).label,
                }
                for entry in skill["entries"]
            ],
        }
        for skill in text["skills"]
    ]
