"""Objections to a public notice: entered, answered and put right by organizers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from competitions import access, actions, queries
from competitions.actions import ObjectionFacts
from competitions.dispute_forms import ObjectionAnswerForm, ObjectionForm, RemedyForm
from competitions.errors import CompetitionError
from competitions.models import Objection
from competitions.navigation import office_context
from people.policy import policy


@never_cache
@policy("competitions.objections")
def organize_objection_new(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    competition = access.competition_for(request.user, code)
    notice = access.notice_for(request.user, competition, pk)
    at = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = ObjectionForm(data, notice, queries.local_day(competition, at))
    if data is not None and form.is_valid():
        given = dict(form.cleaned_data)
        skill = given.pop("skill")
        try:
            actions.enter_objection(
                notice, skill=skill, facts=ObjectionFacts(**given), by=request.user,
                at=at,
            )  # fmt: skip
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("异议已登记，答复之前不能发布最终成绩。"))
            return redirect("organize_publicity", code)
    context = {"form": form, "notice": notice}
    context |= office_context(request.user, competition, "organize_publicity")
    status = 400 if form.errors else 200
    page = "competitions/organize_objection_new.html"
    return render(request, page, context, status=status)


@never_cache
@policy("competitions.objections")
def organize_objection(request: HttpRequest, pk: int) -> HttpResponse:
    objection = access.objection_for(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = ObjectionAnswerForm(data)
    if data is not None and form.is_valid():
        try:
            actions.answer_objection(
                objection,
                is_upheld=form.cleaned_data["upheld"] == "yes",
                answer=form.cleaned_data["answer"],
                by=request.user,
                at=timezone.now(),
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("答复已记录。"))
            return redirect("organize_objection", pk)
    return _page(request, objection, form)


@require_POST
@policy("competitions.remedy")
def organize_objection_remedy(request: HttpRequest, pk: int) -> HttpResponse:
    objection = access.objection_for(request.user, pk)
    form = RemedyForm(request.POST)
    if form.is_valid():
        try:
            actions.record_remedy(
                objection,
                ref="",
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("已记录如何落实。"))
            return redirect("organize_objection", pk)
    return _page(request, objection, form)


def _page(request: HttpRequest, objection: Objection, form: forms.Form) -> HttpResponse:
    is_remedy = isinstance(form, RemedyForm)
    answered = objection.answered_at is not None
    context: dict[str, Any] = {
        "objection": objection,
        "answer_form": None if answered or is_remedy else form,
        "remedy_form": (form if is_remedy else RemedyForm())
        if answered and queries.is_waiting(objection)
        else None,
    }
    competition = objection.notice.competition
    context |= office_context(request.user, competition, "organize_publicity")
    status = 400 if form.errors else 200
    page = "competitions/organize_objection.html"
    return render(request, page, context, status=status)
