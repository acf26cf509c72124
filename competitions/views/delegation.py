"""What a delegation's leader sees and does: entries, appeals, objections."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from competitions import access, actions, queries
from competitions.actions import Attachment, ObjectionFacts
from competitions.core.appeals import Waits
from competitions.dispute_forms import AnswerForm, AppealForm, LeaderObjectionForm
from competitions.enums import AppealState, ObjectionSource
from competitions.errors import CompetitionError
from competitions.models import Appeal, Delegation
from competitions.views.appeals import file_of
from competitions.words import waits_word
from people.policy import policy


@policy("competitions.delegation")
def delegation_home(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    delegations = [
        _group(delegation, at) for delegation in access.delegations_for(request.user)
    ]
    return render(
        request, "competitions/delegation_home.html", {"delegations": delegations}
    )


def _group(delegation: Delegation, at: Any) -> dict[str, Any]:
    competition = delegation.competition
    appeals = queries.appeals_of(competition).filter(delegation=delegation)
    return {
        "delegation": delegation,
        "entries": queries.entries_matching(competition, delegation=delegation),
        "appeals": [
            (row, waits_word(row.waits)) for row in queries.appeal_rows(appeals, at)
        ],
        "notices": queries.open_notices_for(delegation),
    }


@never_cache
@policy("competitions.appeal")
def delegation_appeal_new(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = access.delegation_for(request.user, pk)
    is_post = request.method == "POST"
    form = AppealForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        delegation,
    )
    if is_post and form.is_valid():
        try:
            appeal = _lodge(request, delegation, form)
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("申诉已提交，等赛项监督仲裁组裁定。"))
            return redirect("delegation_appeal", appeal.pk)
    context = {
        "delegation": delegation,
        "form": form,
        "limits": [
            (skill, queries.appeal_closes_at(skill)) for skill in form.skills.values()
        ],
        "at": timezone.now(),
        "minutes": delegation.competition.appeal_minutes,
        "rehearsal": delegation.competition.is_rehearsal,
    }
    status = 400 if form.errors else 200
    page = "competitions/delegation_appeal_new.html"
    return render(request, page, context, status=status)


def _lodge(request: HttpRequest, delegation: Delegation, form: AppealForm) -> Appeal:
    upload = form.cleaned_data["file"]
    attachment = None
    if upload is not None:
        if upload.size > actions.LARGEST_FILE:
            raise actions.file_too_large()
        attachment = Attachment(upload.name, upload.read())
    return actions.lodge_appeal(
        form.skill(),
        delegation=delegation,
        object_ref=f"competitions.{form.cleaned_data['about']}",
        text=form.cleaned_data["text"],
        attachment=attachment,
        by=request.user,
        at=timezone.now(),
    )


@never_cache
@require_GET
@policy("competitions.appeal")
def delegation_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.own_appeal(request.user, pk)
    return _appeal_page(request, appeal, AnswerForm())


def _appeal_page(
    request: HttpRequest, appeal: Appeal, form: AnswerForm
) -> HttpResponse:
    row = queries.appeal_row(appeal, timezone.now())
    context = {
        "row": row,
        "appeal": appeal,
        "waits": waits_word(row.waits),
        "form": form if row.waits is Waits.ANSWER else None,
        "may_withdraw": appeal.state in (AppealState.LODGED, AppealState.CARRIED),
        "rehearsal": appeal.competition.is_rehearsal,
    }
    status = 400 if form.errors else 200
    page = "competitions/delegation_appeal.html"
    return render(request, page, context, status=status)


@require_POST
@policy("competitions.appeal")
def delegation_appeal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.own_appeal(request.user, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_ruling(
                appeal,
                answer=form.cleaned_data["answer"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=timezone.now(),
            )
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("答复已记录。"))
            return redirect("delegation_appeal", pk)
    return _appeal_page(request, appeal, form)


@require_POST
@policy("competitions.appeal")
def delegation_appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = access.own_appeal(request.user, pk)
    try:
        actions.withdraw_appeal(appeal, by=request.user, at=timezone.now())
    except CompetitionError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("申诉已撤回。"))
    return redirect("delegation_appeal", pk)


@require_GET
@policy("competitions.appeal")
def delegation_appeal_file(request: HttpRequest, pk: int) -> HttpResponse:
    return file_of(access.own_appeal(request.user, pk))


@never_cache
@policy("competitions.appeal")
def delegation_objection(request: HttpRequest, pk: int) -> HttpResponse:
    delegation = access.delegation_for(request.user, pk)
    notices = queries.open_notices_for(delegation)
    data = request.POST if request.method == "POST" else None
    form = LeaderObjectionForm(data, notices)
    if data is not None and form.is_valid():
        try:
            _object(request, delegation, form, notices)
        except CompetitionError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("异议已提交，赛务会书面答复。"))
            return redirect("delegation_home")
    context = {
        "delegation": delegation,
        "form": form,
        "notices": notices,
        "rehearsal": delegation.competition.is_rehearsal,
    }
    status = 400 if form.errors else 200
    page = "competitions/delegation_objection.html"
    return render(request, page, context, status=status)


def _object(
    request: HttpRequest,
    delegation: Delegation,
    form: LeaderObjectionForm,
    notices: list[Any],
) -> None:
    at = timezone.now()
    skill = form.cleaned_data["skill"]
    notice = next(row for row in notices if skill.pk in row.skills)
    facts = ObjectionFacts(
        text=form.cleaned_data["text"],
        received_on=queries.local_day(delegation.competition, at),
        source=ObjectionSource.LEADER,
        name=str(request.user),
    )
    actions.enter_objection(
        notice,
        skill=skill,
        facts=facts,
        delegation=delegation,
        by=request.user,
        at=at,
    )
