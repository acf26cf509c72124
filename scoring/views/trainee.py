"""The trainee's pages: the sheets to practise on, and one of them."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.policy import policy
from scoring import team_access
from scoring.actions.trainees import Practised, enter_trainee_marks
from scoring.core.marking import clock_text
from scoring.core.scheme import Aspect, MarkKind
from scoring.enums import MarkState
from scoring.errors import ConflictOfInterest, ScoringError
from scoring.models import Sheet, TraineeMark
from scoring.queries.schemes import plan_of
from scoring.queries.trainees import own_practice, practise_rows, practised
from scoring.views.sheet_parts import choices_shown, control_of, points_text

LONGEST_VALUE = 64


@never_cache
@require_GET
@policy("scoring.practise")
def practise_list(request: HttpRequest, pk: int) -> HttpResponse:
    skill = team_access.skill_to_practise(request.user, pk)
    context = {"skill": skill, "rows": practise_rows(request.user, skill)}
    return render(request, "scoring/practise_list.html", context | _around(skill))


@never_cache
@policy("scoring.practise")
def practise(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        sheet = team_access.sheet_to_practise(request.user, pk)
    except ConflictOfInterest as refusal:
        context = {"refusal": refusal, "reserves": [], "may_ask": False}
        return render(request, "scoring/judge_recused.html", context, status=403)
    refused: dict[str, str] = {}
    if request.method == "POST":
        try:
            refused = enter_trainee_marks(
                sheet,
                marks=_given(request, sheet),
                by=request.user,
                at=timezone.now(),
            )
        except ScoringError as error:
            messages.error(request, error.message)
            return redirect("practise", pk=pk)
        if not refused:
            messages.success(request, _("见习评分已记录，不计入成绩。"))
            return redirect("practise", pk=pk)
    rows = [
        _row(number, aspect, own_practice(request.user, sheet), refused)
        for number, aspect in enumerate(_aspects(sheet), start=1)
    ]
    context = {"sheet": sheet, "rows": rows, "states": MarkState.choices[1:]}
    status = 400 if refused else 200
    around = _around(sheet.skill)
    return render(request, "scoring/practise.html", context | around, status=status)


def _aspects(sheet: Sheet) -> list[Aspect]:
    plan = plan_of(sheet.skill)
    if plan is None:
        return []
    return list(filter(practised, plan.subs[sheet.sub_criterion.code].aspects))


def _given(request: HttpRequest, sheet: Sheet) -> dict[str, Practised]:
    found = {}
    for aspect in _aspects(sheet):
        value = request.POST.get(f"value-{aspect.code}", "")[: LONGEST_VALUE + 1]
        state = request.POST.get(f"state-{aspect.code}", "") or MarkState.VALUE
        found[aspect.code] = Practised(state, "" if state != "value" else value)
    return found


def _row(
    number: int,
    aspect: Aspect,
    known: Any,
    refused: dict[str, str],
) -> dict[str, Any]:
    mark = known.get(aspect.code)
    return {
        "number": number,
        "aspect": aspect,
        "control": control_of(aspect),
        "choices": choices_shown(aspect),
        "maximum": points_text(aspect.maximum),
        "value": _shown(aspect, mark),
        "state": "" if mark is None or mark.state == MarkState.VALUE else mark.state,
        "refused": refused.get(aspect.code, ""),
    }


def _shown(aspect: Aspect, mark: TraineeMark | None) -> str:
    if mark is None or not mark.value:
        return ""
    if aspect.kind is MarkKind.TIME:
        return clock_text(Decimal(mark.value))
    return mark.value


def _around(skill: Any) -> dict[str, Any]:
    return {
        "nav": [{"label": _("评分"), "url": reverse("judge_home"), "current": False}],
        "role_label": _("见习裁判"),
        "rehearsal": skill.competition.is_rehearsal,
    }
