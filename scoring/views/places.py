"""The page of places and awards: the rule, the tie-break list, recorded overrides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competitions.access import may_edit, skill_for
from competitions.models import Skill
from competitions.navigation import is_open, office_context, roles_in
from people.policy import policy
from scoring import access
from scoring.actions.overrides import (
    confirm_override,
    drop_override,
    propose_override,
)
from scoring.actions.place_rules import choose_place_rules, cite_prizes
from scoring.enums import Overridden
from scoring.errors import ScoringError
from scoring.forms import id_in
from scoring.queries.place_rules import overrides_of, place_rules_of
from scoring.queries.results import result_rows, result_state_of
from scoring.rule_words import FALLBACK_WORDS, tie_choices

TIES = 5  # how many comparisons the page offers
STEPS = {"confirm": confirm_override, "drop": drop_override}


@require_GET
@policy("scoring.view_places")
def organize_places(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for_places(request.user, pk, timezone.now())
    found = place_rules_of(skill)
    rows = [row for row in result_rows(skill) if row.place is not None]
    context = {
        "skill": skill,
        "found": found,
        "ties": _ties(found.scheme) if found else [],
        "fallbacks": FALLBACK_WORDS.items(),
        "overrides": overrides_of(skill),
        "rows": rows,
        "names": Overridden.choices,
        "is_verified": bool(found) and result_state_of(skill) != "provisional",
        "may_edit": may_edit(request.user, skill.competition),
        "results_url": _results_url(request, skill),
        **office_context(request.user, skill.competition, "organize_competition"),
    }
    return render(request, "scoring/organize_places.html", context)


def _results_url(request: HttpRequest, skill: Skill) -> str:
    url = reverse("organize_results", args=[skill.pk])
    return url if is_open(url, roles_in(request.user, skill.competition)) else ""


@require_POST
@policy("scoring.choose_rules")
def organize_choose_rules(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    chosen = (request.POST.get(f"tie-{n}", "") for n in range(TIES))
    try:
        choose_place_rules(
            skill,
            medal_rule=request.POST.get("rule", ""),
            ties=[tie for tie in chosen if tie],
            fallback=request.POST.get("fallback", ""),
            by=request.user,
            at=timezone.now(),
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("名次规则已写入评分方案的新版本。"))
    return redirect("organize_places", pk)


@require_POST
@policy("scoring.choose_rules")
def organize_cite_prizes(request: HttpRequest, pk: int) -> HttpResponse:
    skill = skill_for(request.user, pk)
    try:
        cite_prizes(
            skill,
            preset=request.POST.get("rule", ""),
            document=request.POST.get("document", ""),
            clause=request.POST.get("clause", ""),
            by=request.user,
            at=timezone.now(),
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("奖项已按文件设置。"))
    return redirect("organize_places", pk)


@require_POST
@policy("scoring.override_results")
def organize_override(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_places(request.user, pk, at)
    try:
        _propose(request, skill, at)
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("更正已登记，待第二人确认后生效。"))
    return redirect("organize_places", pk)


@require_POST
@policy("scoring.override_results")
def organize_override_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    at = timezone.now()
    override = access.override_for(request.user, pk, at)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](override, by=request.user, at=at)
    except ScoringError as refused:
        messages.error(request, refused.message)
    return redirect("organize_places", override.skill_id)


def _propose(request: HttpRequest, skill: Skill, at: Any) -> None:
    posted = request.POST
    entry, name = posted.get("entry", ""), posted.get("name", "")
    if not id_in(entry) or name not in Overridden.values:
        raise ScoringError(_("请选择参赛和要更正的内容。"), "override")
    is_back = posted.get("back") == "1"
    propose_override(
        skill,
        entry=id_in(entry),
        name=Overridden(name),
        value=None if is_back else posted.get("value", ""),
        reason=posted.get("reason", ""),
        by=request.user,
        at=at,
    )


def _ties(scheme: Any) -> list[dict[str, Any]]:
    choices = tie_choices(scheme)
    words = dict(choices)
    chosen = [*scheme.ties, *[""] * TIES][: max(TIES, len(scheme.ties))]
    return [
        {
            "number": number + 1,
            "name": f"tie-{number}",
            "value": value,
            "word": words.get(value, value),
            "choices": choices,
        }
        for number, value in enumerate(chosen)
    ]
