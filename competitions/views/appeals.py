"""Appeals as supervisors rule on them and organizers put them right."""

import base64
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from competitions import access, actions, queries
from competitions.core.appeals import Waits
from competitions.dispute_forms import RemedyForm, RulingForm
from competitions.enums import EventRole
from competitions.errors import CompetitionError
from competitions.models import Appeal
from competitions.navigation import office_context
from competitions.permissions import APPEALS
from competitions.words import waits_word
from people.policy import policy

SUPERVISOR = (EventRole.SUPERVISOR,)


@never_cache
@require_GET
@policy("competitions.see_appeals")
def organize_appeals(request: HttpRequest, code: str) -> HttpResponse:
    competition = access.competition_for(request.user, code, roles=APPEALS)
    at = timezone.now()
    rows = queries.appeal_rows(access.appeals_for(request.user, competition), at)
    context = {
        "rows": [(row, waits_word(row.waits)) for row in rows],
        "skills": [
            (skill, queries.appeal_closes_at(skill))
            for skill in competition.skills.all()
        ],
        "at": at,
        "may_end": _may_end(request, competition),
    }
    context |= office_context(request.user, competition, "organize_appeals")
    return render(request, "competitions/organize_appeals.html", context)


def _may_end(request: HttpRequest, competition: Any) -> bool:
    roles = queries.event_roles_in(request.user, competition)
    return access.may_edit(request.user, competition) or EventRole.SUPERVISOR in roles


@require_POST
@policy("competitions.end_skill")
def organize_end_skill(request: HttpRequest, pk: int) -> HttpResponse:
    skill = access.skill_for(
        request.user, pk, roles=("organizer", EventRole.SUPERVISOR)
    )
    try:
        actions.end_skill(skill, by=request.user, at=timezone.now())
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("已记录赛项结束，申诉时限从现在起算。"))
    return redirect("organize_appeals", skill.competition.code)


@never_cache
@require_GET
@policy("competitions.see_appeals")
def organize_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.appeal_for(request.user, pk)
    return _page(request, appeal, timezone.now())


def _page(
    request: HttpRequest,
    appeal: Appeal,
    at: datetime,
    form: forms.Form | None = None,
) -> HttpResponse:
    row = queries.appeal_row(appeal, at)
    is_organizer = access.may_edit(request.user, appeal.competition)
    context = {
        "row": row,
        "appeal": appeal,
        "waits": waits_word(row.waits),
        "ruling_form": form
        if isinstance(form, RulingForm)
        else _ruling_form(request, row),
        "remedy_form": (form if isinstance(form, RemedyForm) else RemedyForm())
        if is_organizer and row.waits is Waits.REMEDY
        else None,
        "correct_url": _correct_url(request, row),
        **office_context(request.user, appeal.competition, "organize_appeals"),
    }
    status = 400 if form is not None and form.errors else 200
    return render(request, "competitions/organize_appeal.html", context, status=status)


def _ruling_form(request: HttpRequest, row: queries.AppealRow) -> RulingForm | None:
    if row.waits is not Waits.RULING:
        return None
    return RulingForm() if queries.supervises(request.user, row.appeal) else None


def _correct_url(request: HttpRequest, row: queries.AppealRow) -> str:
    """Return where the app above lets an officer correct marks, if it is installed."""
    roles = queries.event_roles_of(request.user, row.appeal.skill)
    if row.waits is not Waits.REMEDY or EventRole.RESULTS_OFFICER not in roles:
        return ""
    try:
        return reverse("appeal_corrections", args=[row.appeal.pk])
    except NoReverseMatch:
        return ""


@sensitive_post_parameters("secret")
@require_POST
@policy("competitions.rule_appeals")
def organize_rule_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.appeal_for(request.user, pk, roles=SUPERVISOR)
    at = timezone.now()
    form = RulingForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.rule_appeal(
                appeal,
                is_granted=given["granted"] == "yes",
                clause=given["clause"],
                reason=given["reason"],
                secret=given["secret"],
                by=request.user,
                at=at,
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("裁定已记录，领队可以看到。"))
            return redirect("organize_appeal", pk)
    return _page(request, appeal, at, form)


@require_POST
@policy("competitions.remedy")
def organize_appeal_remedy(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.appeal_for(request.user, pk, roles=access.ORGANIZER)
    at = timezone.now()
    form = RemedyForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            actions.record_remedy(appeal, ref="", words=words, by=request.user, at=at)
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("已记录如何落实。"))
            return redirect("organize_appeal", pk)
    return _page(request, appeal, at, form)


@require_GET
@policy("competitions.see_appeals")
def organize_appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    return file_of(access.appeal_for(request.user, pk))


def file_of(appeal: Appeal) -> HttpResponse:
    """Return the attachment for saving; a browser never opens it as a page."""
    if not appeal.file:
        raise Http404
    content = base64.b64decode(appeal.file)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="appeal-{appeal.pk}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
