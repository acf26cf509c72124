"""The draw of one skill: levels, printed commitments, workstation numbers, decode."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.core import draw as lots
from competitions.enums import EventRole
from competitions.errors import CompetitionError
from competitions.forms import DrawForm, OfficerForm
from competitions.models import Skill
from competitions.navigation import office_context
from competitions.permissions import VIEWERS
from competitions.seal_sheets import in_groups, seal_sheet
from competitions.words import code_kind_word
from people.errors import PdfUnavailable
from people.policy import policy

DRAWING = ("organizer", EventRole.DRAW_OFFICER)


@policy("competitions.organize")
def organize_draw(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=VIEWERS)
    return _page(request, skill, DrawForm())


def _page(request: HttpRequest, skill: Skill, form: DrawForm) -> HttpResponse:
    levels = _levels(skill)
    drawn = [line for line in levels if line["draw"] is not None]
    closed = [line for line in drawn if line["draw"].opened_at is None]
    entries = list(queries.entries_taking_part(skill))
    is_complete = bool(levels) and len(drawn) == len(levels)
    roles = queries.event_roles_of(request.user, skill)
    is_organizer = access.may_edit(request.user, skill.competition)
    context = {
        "skill": skill,
        "levels": levels,
        "form": form,
        "entries": entries,
        "uncoded": sum(not entry.code for entry in entries),
        "shows_names": skill.draw_levels == 0 or skill.decoded_at is not None,
        "is_officer": EventRole.DRAW_OFFICER in roles,
        "is_supervisor": EventRole.SUPERVISOR in roles,
        "is_organizer": is_organizer,
        "may_propose": is_organizer or EventRole.SUPERVISOR in roles,
        "is_keeper": bool(closed) and closed[-1]["keeper"] == request.user,
        "officer_form": OfficerForm(None, queries.spare_officers(skill)),
        "is_complete": is_complete,
        "next_level": closed[-1] if is_complete and closed else None,
        "waiting": actions.decode_blockers(skill, timezone.now())
        if is_complete and closed
        else [],
        **_chains(skill, levels),
    }
    context |= office_context(request.user, skill.competition, "organize_competition")
    return render(request, "competitions/organize_draw.html", context)


def _levels(skill: Skill) -> list[dict[str, Any]]:
    draws = {draw.level: draw for draw in queries.draws_of(skill)}
    keepers, proposed = queries.keepers_of(skill), queries.proposed_officers(skill)
    return [
        {
            "level": level,
            "kind": code_kind_word(lots.kind_of_level(level, skill.draw_levels)),
            "draw": draws.get(level),
            "keeper": keepers.get(level),
            "proposed": proposed.get(level),
            "groups": in_groups(draws[level].commitment) if level in draws else [],
            "is_next": level == len(draws) + 1,
        }
        for level in range(1, skill.draw_levels + 1)
    ]


def _chains(skill: Skill, levels: list[dict[str, Any]]) -> dict[str, Any]:
    """What the opened levels tell, with a heading for each column."""
    rows = queries.code_chains(skill)
    width = len(rows[0]) if rows else 0
    kinds = [line["kind"] for line in reversed(levels)][:width]
    return {"chains": rows if width > 1 else [], "chain_kinds": kinds}


@require_POST
@policy("competitions.draw")
def organize_draw_level(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    form = DrawForm(request.POST)
    if not form.is_valid():
        return _page(request, skill, form)
    try:
        actions.draw_codes(
            skill,
            level=level,
            seed=form.cleaned_data["seed"],
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        form.add_error(None, error.message)
        return _page(request, skill, form)
    messages.success(request, _("已抽签并封存。请现在打印封存单，签名封存。"))
    return redirect("organize_draw", pk)


@require_POST
@policy("competitions.draw")
def organize_seal_sheet(request: HttpRequest, pk: int, level: int) -> HttpResponse:
    """Print a level's commitment; every copy is counted and recorded."""
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    draw = queries.draws_of(skill).filter(level=level).first()
    if draw is None:
        messages.error(request, _("这一次还没有抽签，没有封存值可以打印。"))
        return redirect("organize_draw", pk)
    at = timezone.now()
    entries = len(queries.drawn_codes(draw))
    try:
        content = seal_sheet(draw, copy=draw.copies + 1, entries=entries, at=at)
    except (CompetitionError, PdfUnavailable) as error:
        messages.error(request, error.message)
        return redirect("organize_draw", pk)
    actions.record_printed(draw, by=request.user, at=at)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"seal-{skill.number}-{level}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@policy("competitions.draw")
def organize_codes(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    try:
        actions.assign_codes(skill, by=request.user, at=timezone.now())
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("工位号已编好。"))
    return redirect("organize_draw", skill.pk)


@sensitive_post_parameters("secret")
@require_POST
@policy("competitions.draw")
def organize_decode(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer of the last closed level asks to open it."""
    skill = access.skill_for(request.user, pk, roles=DRAWING)
    done = _("已提出解密，请监督仲裁用自己的账号和 PIN 确认。")
    return _decode(request, skill, actions.ask_decode, done)


@sensitive_post_parameters("secret")
@require_POST
@policy("competitions.witness_decode")
def organize_decode_open(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor opens the level its officer asked for."""
    skill = access.skill_for(request.user, pk, roles=(EventRole.SUPERVISOR,))
    return _decode(request, skill, actions.open_level, _("这一级已解密。"))


def _decode(request: HttpRequest, skill: Skill, action: Any, done: str) -> HttpResponse:
    try:
        action(
            skill,
            secret=request.POST.get("secret", ""),
            by=request.user,
            at=timezone.now(),
        )
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("organize_draw", skill.pk)
