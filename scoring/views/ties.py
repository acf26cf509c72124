"""The chief judge puts equal entries in order, with a reason, and takes it back."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions.models import Skill
from people.policy import policy
from scoring import access
from scoring.actions.results import decide_tie, withdraw_decision
from scoring.enums import ResultState
from scoring.errors import ScoringError
from scoring.forms import id_in
from scoring.queries.results import ResultRow, result_rows, result_state_of
from scoring.queries.ties import decisions_of


@policy("scoring.lead_judging")
def chief_ties(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_chief(request.user, pk, at)
    groups = _groups(result_rows(skill))
    if request.method == "POST":
        try:
            done = _take(request, skill, groups, at)
        except ScoringError as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, done)
        return redirect("chief_ties", pk=pk)
    context = {
        "skill": skill,
        "groups": groups,
        "decisions": decisions_of(skill),
        "is_open": result_state_of(skill) == ResultState.PROVISIONAL,
        "nav": [],
        "role_label": _("裁判长"),
        "rehearsal": skill.competition.is_rehearsal,
    }
    return render(request, "scoring/chief_ties.html", context)


def _take(request: HttpRequest, skill: Skill, groups: Any, at: Any) -> str:
    """Decide, or withdraw a decision; return what to say."""
    given = {"reason": request.POST.get("reason", ""), "by": request.user, "at": at}
    if "withdraw" in request.POST:
        decision = id_in(request.POST["withdraw"])
        withdraw_decision(skill, decision=decision, **given)
        return _("裁定已撤回，名次重新待裁定。")
    decide_tie(skill, entries=_ordered(request, groups), **given)
    return _("名次已裁定。")


def _groups(rows: list[ResultRow]) -> list[dict[str, Any]]:
    """Entries that wait for a decision, by the place they share."""
    waiting = [row for row in rows if row.is_undecided]
    return [
        {"place": place, "rows": list(found)}
        for place, found in groupby(waiting, key=lambda row: row.place)
    ]


def _ordered(request: HttpRequest, groups: list[dict[str, Any]]) -> list[int]:
    """The entries of the posted place in the order given; nothing if it is no order."""
    rows: list[ResultRow] = next(
        (g["rows"] for g in groups if str(g["place"]) == request.POST.get("place")), []
    )
    wanted = {
        row.entry_id: request.POST.get(f"order-{row.entry_id}", "") for row in rows
    }
    if sorted(wanted.values()) != [str(n) for n in range(1, len(rows) + 1)]:
        return []
    return sorted(wanted, key=lambda entry: int(wanted[entry]))
