"""The printed result list of one skill in a release."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.errors import PdfUnavailable
from people.policy import policy
from people.spreadsheets.uploads import download
from scoring import access
from scoring.errors import ScoringError
from scoring.queries.releases import names_in
from scoring.result_lists import result_list


@require_GET
@policy("scoring.view_results")
def result_list_file(request: HttpRequest, number: str, skill: int) -> HttpResponse:
    at = timezone.now()
    release = access.release_for(request.user, number, at)
    text = json.loads(release.text)
    found = next((row for row in text["skills"] if row["skill"] == skill), None)
    if found is None:
        raise Http404
    try:
        pdf = result_list(release, found, names_in({"skills": [found]}), at=at)
    except (ScoringError, PdfUnavailable) as refused:
        messages.error(request, refused.message)
        return redirect("release", number)
    name = f"{number} {found['name']} 成绩汇总表.pdf"
    return download(pdf, filename=name, content_type="application/pdf")
