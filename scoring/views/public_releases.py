"""A release for everybody: what it lists, what replaced it, and the files to check it.

No name stands here: the bundle knows blind codes only, and so does this page.
"""

import json
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.policy import policy
from scoring import access
from scoring.bundle import BundleRefused
from scoring.bundle_files import bundle_file
from scoring.models import Release
from scoring.queries.releases import standing_in
from scoring.shadow.single_file import verifier
from scoring.views.releases import grouped


@require_safe
@policy("scoring.public_results")
def public_release(request: HttpRequest, number: str) -> HttpResponse:
    release = access.public_release_for(number, timezone.now())
    text = json.loads(release.text)
    superseded = {link.skill_id: link.superseded_by for link in standing_in(release)}
    context = {
        "release": release,
        "digest_words": grouped(release.digest),
        "skills": [_line(skill, superseded) for skill in text["skills"]],
        "has_bundle": all("chain" in skill for skill in text["skills"]),
        "current": "verify",
    }
    return render(request, "scoring/public_release.html", context)


@require_safe
@policy("scoring.public_results")
def public_bundle(request: HttpRequest, number: str) -> HttpResponseBase:
    release = access.public_release_for(number, timezone.now())
    try:
        path = bundle_file(release)
    except BundleRefused as refused:
        raise Http404(refused.message) from refused
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{release.number}.zip"
    )


@require_safe
@policy("scoring.public_results")
def public_verifier(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(verifier(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verify_bundle.py"'
    return answer


def _line(
    skill: dict[str, Any], superseded: dict[int, Release | None]
) -> dict[str, Any]:
    chain = skill.get("chain")
    return {
        "number": skill["number"],
        "name": skill["name"],
        "entries": len(skill["entries"]),
        "successor": superseded.get(skill["skill"]),
        "head": chain and {"seq": chain["seq"], "words": grouped(chain["hash"])},
    }
