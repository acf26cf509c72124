"""复核 by sample on the desk: rules, the draw, sheet by sheet, sign-off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from competitions.access import appeal_for, competition_for
from competitions.enums import EventRole
from competitions.models import Skill
from competitions.navigation import office_context
from competitions.queries import event_roles_of
from people.policy import policy
from scoring import access
from scoring.actions.verification import (
    Finding,
    check_sheet,
    draw_verification,
    set_verification_rules,
    sign_verification,
)
from scoring.errors import ScoringError, VerificationRefused
from scoring.models import Sheet, VerificationCheck
from scoring.queries import verification as queries
from scoring.queries.overview import overview
from scoring.queries.results import blockers_of
from scoring.queries.schemes import state_of
from scoring.views.verification_parts import (
    CheckForm,
    RulesForm,
    ask_url,
    cell_rows,
    finding_rows,
    in_groups,
    rules_shown,
    work_groups,
)

OFFICER = (EventRole.RESULTS_OFFICER,)


@never_cache
@policy("scoring.verify_results")
def verify_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The worklist of one skill; POST draws it."""
    at = timezone.now()
    skill = access.skill_for_results(request.user, pk, at)
    if request.method == "POST":
        return _do(
            request,
            skill,
            _("已抽样。"),
            draw_verification,
            skill,
            by=request.user,
            at=at,
        )
    return _sample_page(request, skill)


@sensitive_post_parameters("secret")
@require_POST
@policy("scoring.verify_results")
def verify_sign(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    skill = access.skill_for_results(request.user, pk, at)
    draw = queries.draw_of(skill)
    if draw is None:
        messages.error(request, _("还没有抽样。"))
        return redirect("verify_sample", pk)
    return _do(
        request,
        skill,
        _("抽样复核已签名。可以复核成绩了。"),
        sign_verification,
        draw,
        secret=request.POST.get("secret", ""),
        note=request.POST.get("note", ""),
        by=request.user,
        at=at,
    )


@never_cache
@policy("scoring.verify_results")
def verify_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One drawn sheet beside the form that says what was found."""
    at = timezone.now()
    sheet = access.sheet_for_results(request.user, pk, at)
    cells = cell_rows(sheet)
    form = CheckForm(cells, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            check = _check(request, sheet, form.finding(), at)
        except ScoringError as refused:
            form.add_error(None, refused.message)
        else:
            return _after(request, check)
    draw = queries.draw_of(sheet.skill)
    work = queries.worklist_of(draw) if draw else None
    lines = [line for line in work.lines if line.sheet.pk == pk] if work else []
    context = {
        "skill": sheet.skill,
        "sheet": sheet,
        "cells": cells,
        "form": form,
        "line": lines[0] if lines else None,
        "findings": finding_rows(lines[0].findings) if lines else [],
        "is_officer": _is_officer(request, sheet.skill),
        **_desk(request, sheet.skill),
    }
    status = 400 if form.errors else 200
    return render(request, "scoring/verify_sheet.html", context, status=status)


@never_cache
@policy("scoring.set_verification")
def organize_verification(request: HttpRequest, code: str) -> HttpResponse:
    """The rules of a competition, and where its skills stand."""
    competition = competition_for(request.user, code)
    force = queries.rules_in_force(competition)
    posted = request.POST if request.method == "POST" else None
    form = RulesForm(posted, initial=rules_shown(force))
    if posted is not None and form.is_valid():
        try:
            set_verification_rules(
                competition,
                rules=form.rules(),
                is_required=form.cleaned_data["is_required"],
                citation=form.cleaned_data["citation"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except ScoringError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("已保存，对以后的抽样起作用。"))
            return redirect("organize_verification", code)
    rows = [
        (row, None if row.is_verified else queries.draw_of(row.skill))
        for row in overview(competition)
    ]
    context = {"form": form, "force": force, "rows": rows}
    context |= office_context(request.user, competition, "organize_verification")
    status = 400 if form.errors else 200
    page = "scoring/organize_verification.html"
    return render(request, page, context, status=status)


@never_cache
@policy("scoring.correct_appeal")
def appeal_corrections(request: HttpRequest, pk: int) -> HttpResponse:
    """From a granted appeal to the change requests that cite it, sheet by sheet.

    While codes are encrypted nothing leads from the delegation to its code: the officer
    types the code that the supervisors give.
    """
    appeal = appeal_for(request.user, pk, roles=OFFICER)
    skill = appeal.skill
    is_blind = bool(skill.draw_levels) and skill.decoded_at is None
    code = request.GET.get("code", "").strip()
    reference = f"appeal:{appeal.pk}"
    context = {
        "appeal": appeal,
        "is_blind": is_blind,
        "code": code,
        "sheets": queries.sheets_about(appeal, code, is_blind=is_blind),
        "reference": reference,
        "requests": queries.requests_citing(reference),
        **office_context(request.user, skill.competition, "organize_appeals"),
    }
    return render(request, "scoring/appeal_corrections.html", context)


def _sample_page(request: HttpRequest, skill: Skill) -> HttpResponse:
    draw = queries.draw_of(skill)
    work = queries.worklist_of(draw) if draw else None
    state = state_of(skill)
    context = {
        "skill": skill,
        "force": queries.rules_in_force(skill.competition),
        "draw": draw,
        "head": " ".join(in_groups(draw.head)) if draw else "",
        "work": work,
        "groups": work_groups(work) if work else [],
        "blockers": [] if draw else blockers_of(skill, state, 0),
        "is_officer": _is_officer(request, skill),
        **_desk(request, skill),
    }
    return render(request, "scoring/verify_sample.html", context)


def _check(
    request: HttpRequest, sheet: Sheet, finding: Finding, at: datetime
) -> VerificationCheck:
    draw = queries.draw_of(sheet.skill)
    if draw is None:
        raise VerificationRefused(_("还没有抽样。"), "not-drawn")
    return check_sheet(draw, sheet=sheet, finding=finding, by=request.user, at=at)


def _after(request: HttpRequest, check: VerificationCheck) -> HttpResponse:
    """To the change request of a wrong mark, else to the next sheet of the list."""
    where = ask_url(check)
    if where:
        messages.warning(request, _("差错已记录。现在提出更改，由另一人批准。"))
        return redirect(where)
    waiting = queries.worklist_of(check.draw).open_lines
    messages.success(
        request, _("核对结果已记录，还差 %(count)d 张。") % {"count": len(waiting)}
    )
    if waiting:
        return redirect("verify_sheet", waiting[0].sheet.pk)
    return redirect("verify_sample", check.draw.skill_id)


def _do(
    request: HttpRequest, skill: Skill, done: str, act: Any, *words: Any, **more: Any
) -> HttpResponse:
    try:
        act(*words, **more)
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("verify_sample", skill.pk)


def _is_officer(request: HttpRequest, skill: Skill) -> bool:
    return EventRole.RESULTS_OFFICER in event_roles_of(request.user, skill)


def _desk(request: HttpRequest, skill: Skill) -> dict[str, Any]:
    return {
        "verify_url": reverse("verify_skill", args=[skill.pk]),
        **office_context(request.user, skill.competition),
    }
