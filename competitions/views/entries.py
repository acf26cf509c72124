"""Lists of entries with filters in the address, and their review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from competitions import access, actions, queries
from competitions.errors import CompetitionError
from competitions.exports import entries_csv
from competitions.forms import EntryFilterForm
from competitions.models import Competition, Skill
from competitions.navigation import office_context
from competitions.permissions import VIEWERS
from competitions.tables import PER_PAGE, entry_table
from people.policy import policy


@policy("competitions.organize")
def organize_all_entries(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=VIEWERS)
    return _list(request, competition, None)


@policy("competitions.organize")
def organize_entries(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=VIEWERS)
    return _list(request, skill.competition, skill)


def _list(
    request: HttpRequest, competition: Competition, skill: Skill | None
) -> HttpResponse:
    form = EntryFilterForm(request.GET, competition)
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    rows = queries.entries_matching(
        competition,
        text=chosen.get("q", ""),
        state=chosen.get("state", ""),
        skill=skill or chosen.get("skill"),
        delegation=chosen.get("delegation"),
    )
    if request.GET.get("export") == "csv":
        return _download(entries_csv(rows), f"entries-{competition.code}.csv")
    may_review = access.may_edit(request.user, competition)
    table = entry_table(rows, with_skill=skill is None, with_review=may_review)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "table": table,
        "form": form,
        "skill": skill,
        "counts": queries.entry_counts(competition, skill),
        "delegations": queries.delegations_in(competition),
        "may_review": may_review,
    }
    context |= office_context(request.user, competition, "organize_all_entries")
    return render(request, "competitions/organize_entries.html", context)


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


DECISIONS: dict[str, Any] = {
    "accept": actions.accept_entry,
    "return": actions.return_entry,
    "reject": actions.reject_entry,
}


@require_POST
@policy("competitions.review_entries")
def organize_entry_review(request: HttpRequest, pk: int) -> HttpResponse:
    entry = access.entry_for(request.user, pk)
    decide = DECISIONS.get(request.POST.get("decision", ""))
    try:
        if decide is not None:
            reason = request.POST.get("reason", "")
            decide(entry, reason=reason, by=request.user, at=timezone.now())
            state = entry.get_state_display()
            messages.success(
                request,
                _("%(entry)s：%(state)s") % {"entry": entry.key, "state": state},
            )
    except CompetitionError as error:
        messages.error(request, error.message)
    return _back(request, entry.skill.competition)


@require_POST
@policy("competitions.review_entries")
def organize_accept_all(request: HttpRequest, code: str) -> HttpResponse:
    """Accept every waiting entry without findings; the others stay, and are counted."""
    competition = access.competition_for(request.user, code)
    accepted, left = actions.accept_clear_entries(
        competition, by=request.user, at=timezone.now()
    )
    text = _("通过 %(accepted)s 个；有审核发现、需要逐个办理的 %(left)s 个。")
    messages.success(request, text % {"accepted": accepted, "left": left})
    return _back(request, competition)


def _back(request: HttpRequest, competition: Competition) -> HttpResponse:
    url = request.POST.get("next", "")
    if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return redirect(url)
    return redirect("organize_all_entries", competition.code)
