"""What an event not yet held would give, for its organizer and for the bureau.

The whole plan stands in the address; nothing is stored.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards import access
from awards.core.forecasting import forecast
from awards.planning import Asked, asked_of, choices, told
from awards.queries import documents as stored
from awards.views import frame
from people.access import bureaus_for
from people.policy import policy


@policy("awards.calculate")
@require_GET
def bureau_calculator(request: HttpRequest) -> HttpResponse:
    bureaus = bureaus_for(request.user)
    region = access.bureau_of(request.user).region if bureaus else ""
    today = timezone.localdate()
    asked = asked_of(request.GET, region=region, today=today)
    context = {"asked": asked, "contests": _forecasts(asked), **choices()}
    context["query"] = request.GET.urlencode()
    if bureaus:
        bureau = access.bureau_of(request.user)
        return frame.page(
            request,
            "bureau_calculator.html",
            bureau=bureau,
            current="bureau_simulator",
            tools=True,
            **context,
        )
    url = reverse("organize_home")
    context["nav"] = [{"label": _("我的赛事"), "url": url, "current": False}]
    return render(request, "awards/bureau_calculator.html", context)


@policy("awards.calculate")
@require_GET
def bureau_calculator_json(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request.GET, region="", today=timezone.localdate())
    answer = {"problems": list(asked.problems), "contests": _forecasts(asked)}
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _forecasts(asked: Asked) -> list[dict[str, Any]]:
    if asked.plan is None:
        return []
    books, filled = stored.rulebooks(), stored.fillings()
    return [
        {
            "name": contest.name,
            "entries": contest.entries,
            "team_size": contest.team_size,
            "documents": [
                told(found, books, asked.plan.on.year)
                for found in forecast(asked.plan, contest, books, fillings=filled)
            ],
        }
        for contest in asked.contests
    ]
