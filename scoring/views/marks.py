"""``POST /judge/marks``: the one way by which a mark travels.

The answer is 200 with one result per key, in order, and is sent after the commit: what
it acknowledges is durable.  4xx and 5xx are for the whole request only.
"""

from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.policy import policy
from scoring import access
from scoring.actions.marks import enter_marks
from scoring.errors import DeviceRefused, HistoryLost
from scoring.views import device_gate as gate
from scoring.views.mark_request import (
    MOST_BYTES,
    VERSION,
    Malformed,
    plain_outcome,
    read_request,
)


@require_POST
@policy("scoring.enter_marks")
def enter(request: HttpRequest) -> JsonResponse:
    try:
        if request.content_type != "application/json":
            raise Malformed("content-type", 415)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            raise Malformed("body", 413)
        asked = read_request(request.body)
        skill = access.skill_for_marking(request.user, asked.skill)
        gate.check_marking(request, skill)
        outcomes = enter_marks(
            skill,
            events=asked.events,
            by=request.user,
            device=asked.device,
            at=timezone.now(),
            known_head=asked.head,
        )
    except Malformed as malformed:
        return _refused("malformed", malformed.place, malformed.status)
    except Http404:
        return _refused("not-found", _("找不到这个赛项，或者它不归你评。"), 404)
    except DeviceRefused as shut:
        return _refused(shut.code, shut.message, 403)
    except HistoryLost as lost:
        return _refused(lost.code, lost.message, 409)
    results = [plain_outcome(outcome) for outcome in outcomes]
    return JsonResponse({"v": VERSION, "results": results})


def _refused(code: str, message: str, status: int) -> JsonResponse:
    answer = {"v": VERSION, "code": code, "message": message}
    return JsonResponse(answer, status=status)
