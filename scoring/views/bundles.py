"""Files of a release: the results bundle, the program that checks it, the name table."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from competitions.access import competition_for
from people.policy import policy
from scoring import access
from scoring.actions.bundles import take_names
from scoring.bundle import BundleRefused, bundle_of
from scoring.shadow.single_file import verifier


@require_GET
@policy("scoring.view_results")
def bundle(request: HttpRequest, number: str) -> HttpResponse:
    release = access.release_for(request.user, number, timezone.now())
    try:
        content = bundle_of(release)
    except BundleRefused as refused:
        raise Http404(refused.message) from refused
    return _file(content, f"{release.number}.zip", "application/zip")


@require_GET
@policy("scoring.view_results")
def program(request: HttpRequest, number: str) -> HttpResponse:
    access.release_for(request.user, number, timezone.now())
    return _file(verifier().encode(), "verify_bundle.py", "text/x-python")


@require_POST
@policy("scoring.take_names")
def names(request: HttpRequest, number: str) -> HttpResponse:
    """Only organizers take the names, and that they did stands in the ledger."""
    at = timezone.now()
    release = access.release_for(request.user, number, at)
    competition_for(request.user, release.competition.code)
    content = take_names(release, by=request.user, at=at)
    return _file(content, f"{release.number}-names.json", "application/json")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
