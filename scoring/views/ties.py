"""The chief judge puts equal entries in order, with a reason."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people.policy import policy
from scoring import access
from scoring.actions.results import decide_tie
from scoring.errors import ScoringError
from scoring.queries.results import ResultRow, result_rows


@policy("scoring.lead_judging")
def chief_ties(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_chief(request.user, pk, at)
    groups = _groups(result_rows(skill))
    if request.method == "POST":
        try:
            decide_tie(
                skill,
                entries=_ordered(request, groups),
                reason=request.POST.get("reason", ""),
                by=request.user,
                at=at,
            )
        except ScoringError as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("名次已裁定。"))
        return redirect("chief_ties", pk=pk)
    context = {
        "skill": skill,
        "groups": groups,
        "nav": [],
        "role_label": _("裁判长"),
        "rehearsal": skill.competition.is_rehearsal,
    }
    return render(request, "scoring/chief_ties.html", context)


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
