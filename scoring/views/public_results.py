"""Published results as read-only JSON for everybody, under ``/api/results``."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from people.policy import policy
from scoring.queries.public_results import (
    event_detail,
    event_value,
    published_competitions,
    result_values,
)

LIMIT, MOST = 20, 500


@require_GET
@policy("scoring.public_results")
def result_events(request: HttpRequest) -> HttpResponse:
    rows = published_competitions(timezone.now())
    return _listed(request, "events", [event_value(row) for row in rows])


@require_GET
@policy("scoring.public_results")
def result_event(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(event_detail(_competition(str(pk))))


@require_GET
@policy("scoring.public_results")
def public_results(request: HttpRequest) -> HttpResponse:
    """Results of one event; without ``event`` the shape's error, not all of them."""
    event = request.GET.get("event", "")
    if not event:
        return _answer({"code": "event", "error": "event is required"}, status=400)
    return _listed(request, "results", result_values(_competition(event)))


def _competition(key: str) -> Any:
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    found = published_competitions(timezone.now()).filter(pk=int(key)).first()
    if found is None:
        raise Http404
    return found


def _listed(request: HttpRequest, name: str, rows: list[Any]) -> HttpResponse:
    offset = _number(request, "offset", 0)
    limit = _number(request, "limit", LIMIT)
    if offset is None or limit is None:
        text = "offset and limit are whole numbers from 0"
        return _answer({"code": "paging", "error": text}, status=400)
    page = rows[offset : offset + min(limit, MOST)]
    return _answer({name: page, "total_count": len(rows)})


def _number(request: HttpRequest, name: str, default: int) -> int | None:
    text = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    return int(text)


def _answer(value: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = JsonResponse(
        value, status=status, json_dumps_params={"ensure_ascii": False}
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
