"""公示: open for n working days, close by hand when they have passed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.errors import CompetitionError
from competitions.forms import PublicityForm
from competitions.models import Competition
from competitions.navigation import office_context
from competitions.permissions import VIEWERS
from people.core.calendar import add_working_days
from people.policy import policy


@policy("competitions.organize")
def organize_publicity(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=VIEWERS)
    return _page(request, competition, _form(competition))


def _form(competition: Competition, data: Any = None) -> PublicityForm:
    at = timezone.now()
    return PublicityForm(data, actions.skills_to_announce(competition, at))


def _page(
    request: HttpRequest, competition: Competition, form: PublicityForm
) -> HttpResponse:
    now = timezone.now()
    names = {skill.pk: skill.name for skill in competition.skills.all()}
    notices: list[dict[str, Any]] = [
        {
            "notice": notice,
            "skills": [names[pk] for pk in notice.skills if pk in names],
            "may_close": actions.may_close(notice, now),
            "unknown_years": add_working_days(
                queries.local_day(competition, notice.opened_at), notice.working_days
            ).unknown_years,
        }
        for notice in queries.notices_of(competition)
    ]
    is_organizer = access.may_edit(request.user, competition)
    context = {
        "form": form,
        "nothing_left": not form.fields["skills"].queryset.exists(),  # type: ignore[attr-defined]
        "notices": notices,
        "objections": list(queries.objections_of(competition)) if is_organizer else [],
        "may_open": is_organizer,
        "today": queries.local_day(competition, now),
    }
    context |= office_context(request.user, competition, "organize_publicity")
    return render(request, "competitions/organize_publicity.html", context)


@require_POST
@policy("competitions.publicity")
def organize_publicity_open(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    form = _form(competition, request.POST)
    if form.is_valid():
        values = form.cleaned_data | {"skills": list(form.cleaned_data["skills"])}
        try:
            notice = actions.open_publicity(
                competition, by=request.user, at=timezone.now(), **values
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            text = _("公示已开始，到 %(day)s 为止。") % {"day": notice.ends_on}
            messages.success(request, text)
            return redirect("organize_publicity", code)
    return _page(request, competition, form)


@require_POST
@policy("competitions.publicity")
def organize_publicity_close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    notice = access.notice_for(request.user, competition, pk)
    try:
        actions.close_publicity(notice, by=request.user, at=timezone.now())
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("公示已结束。"))
    return redirect("organize_publicity", code)


@require_POST
@policy("competitions.publicity")
def organize_publicity_void(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    notice = access.notice_for(request.user, competition, pk)
    try:
        reason = request.POST.get("reason", "")
        actions.void_publicity(
            notice, reason=reason, by=request.user, at=timezone.now()
        )
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("公示已中止，成绩改正并复核后重新公示。"))
    return redirect("organize_publicity", code)
