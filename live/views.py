"""Pages and snapshots of boards, and the first page of the site.

Everything the public reads here comes from published snapshots alone.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from live import access, listing, presentation, queries
from live.models import Snapshot
from live.words import board_words
from people.policy import policy
from scoring.enums import Audience


@policy("live.home")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    boards = listing.listed(queries.public_summaries(), timezone.localdate())
    return render(request, "live/home.html", {"boards": boards})


@policy("live.watch_board")
@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    boards = listing.listed(queries.public_summaries(), timezone.localdate())
    context = {"boards": boards, "current": "boards"}
    return render(request, "live/boards.html", context)


@policy("live.watch_board")
@require_safe
def phone(request: HttpRequest, board: str) -> HttpResponse:
    return _page(request, board, "live/board.html", {})


@policy("live.watch_board")
@require_safe
def wall(request: HttpRequest, board: str) -> HttpResponse:
    return _page(request, board, "live/wall.html", {"theme": "dark"})


@policy("live.watch_board")
@require_safe
def snapshot(request: HttpRequest, board: str) -> HttpResponse:
    found = access.board_for(_user(request), board, _audience(request))
    response = HttpResponse(found.text, content_type="application/json; charset=utf-8")
    response["Cache-Control"] = _caching(found.audience)
    etag = f'"{found.seq}-{found.digest}"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["ETag"] = etag
    answer["Checked-At"] = found.pulse.isoformat() if found.pulse else ""
    return answer


def _page(
    request: HttpRequest, board: str, template: str, extra: dict[str, Any]
) -> HttpResponse:
    found = access.board_for(_user(request), board, _audience(request))
    message = json.loads(found.text)
    context = {
        "shown": presentation.shown(message),
        "rehearsal": message["rehearsal"],
        "message": message,
        "words": board_words(),
        "query": _query(found),
        **extra,
    }
    response = render(request, template, context)
    response["Cache-Control"] = "no-cache" if _is_public(found) else "no-store"
    return response


def _user(request: HttpRequest) -> Any:
    """A spectators' process knows nobody."""
    return getattr(request, "user", None)


def _audience(request: HttpRequest) -> str:
    return request.GET.get("audience", Audience.PUBLIC.value)


def _is_public(found: Snapshot) -> bool:
    return found.audience == Audience.PUBLIC


def _caching(audience: str) -> str:
    return "public, max-age=1" if audience == Audience.PUBLIC else "no-store"


def _query(found: Snapshot) -> str:
    return "" if _is_public(found) else f"audience={found.audience}"
