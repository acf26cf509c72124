"""Who still has to sign, as a list, for those who lead or watch a skill."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from competitions.navigation import office_context
from people.policy import policy
from scoring import access
from scoring.enums import SignerRole
from scoring.queries.devices import unsent_devices
from scoring.queries.signatures import due_rows, state_counts


@never_cache
@require_GET
@policy("scoring.print_sheets")
def signatures_due(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_places(request.user, pk, timezone.now())
    context = {
        "skill": skill,
        "rows": [
            {
                "role": SignerRole(row.role).label,
                "name": row.name,
                "count": len(row.sheets),
                "groups": _groups(row.sheets),
            }
            for row in due_rows(skill)
        ],
        "states": state_counts(skill),
        "unsent": unsent_devices(skill),
        **office_context(request.user, skill.competition),
    }
    return render(request, "scoring/signatures_due.html", context)


def _groups(sheets: Sequence[Any]) -> list[dict[str, Any]]:
    """Sheets by sub-criterion, in the order they come."""
    return [
        {
            "sub": code,
            "sheets": [{"pk": sheet.pk, "code": sheet.entry.code} for sheet in rows],
        }
        for code, rows in groupby(sheets, key=lambda sheet: sheet.sub_criterion.code)
    ]
