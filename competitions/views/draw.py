"""The draw of one skill: levels, commitments, workstation numbers, decode."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.core import draw as lots
from competitions.enums import EventRole
from competitions.errors import CompetitionError
from competitions.forms import DrawForm
from competitions.models import Skill
from competitions.navigation import office_context
from competitions.permissions import VIEWERS
from people.policy import policy

KINDS = {
    lots.CodeKind.BIB: gettext_lazy("参赛号"),
    lots.CodeKind.WORKSTATION: gettext_lazy("工位号"),
    lots.CodeKind.REVIEW: gettext_lazy("评审号"),
}
DRAWING = ("organizer", EventRole.DRAW_OFFICER)


@policy("competitions.organize")
def organize_draw(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=VIEWERS)
    return _page(request, skill, DrawForm())


def _page(request: HttpRequest, skill: Skill, form: DrawForm) -> HttpResponse:
    draws = {draw.level: draw for draw in queries.draws_of(skill)}
    levels = [
        {
            "level": level,
            "kind": KINDS[lots.kind_of_level(level, skill.draw_levels)],
            "draw": draws.get(level),
            "is_next": level == len(draws) + 1,
        }
        for level in range(1, skill.draw_levels + 1)
    ]
    roles = queries.event_roles_of(request.user, skill)
    is_organizer = access.may_edit(request.user, skill.competition)
    entries = list(queries.entries_taking_part(skill))
    context = {
        "skill": skill,
        "levels": levels,
        "form": form,
        "entries": entries,
        "uncoded": sum(not entry.code for entry in entries),
        "shows_names": skill.draw_levels == 0 or skill.decoded_at is not None,
        "is_officer": EventRole.DRAW_OFFICER in roles,
        "is_organizer": is_organizer,
        "is_complete": len(draws) == skill.draw_levels,
    }
    context |= office_context(request.user, skill.competition, "organize_competition")
    return render(request, "competitions/organize_draw.html", context)


@require_POST
@policy("competitions.draw")
def organize_draw_level(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    form = DrawForm(request.POST)
    if not form.is_valid():
        return _page(request, skill, form)
    try:
        row = actions.draw_codes(
            skill,
            level=level,
            seed=form.cleaned_data["seed"],
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        form.add_error(None, error.message)
        return _page(request, skill, form)
    text = _("已抽签并封存。请把封存值抄到纸面记录：%(value)s")
    messages.success(request, text % {"value": row.commitment[:16]})
    return redirect("organize_draw", pk)


@require_POST
@policy("competitions.draw")
def organize_codes(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    return _do(request, skill, actions.assign_codes, _("工位号已编好。"))


@require_POST
@policy("competitions.draw")
def organize_decode(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    return _do(request, skill, actions.decode, _("已解密，姓名可以与号码对应。"))


def _do(request: HttpRequest, skill: Skill, action: object, done: str) -> HttpResponse:
    try:
        action(skill, by=request.user, at=timezone.now())  # type: ignore[operator]
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("organize_draw", skill.pk)
