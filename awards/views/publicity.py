"""公示 of entitlements: open a round, enter objections and rule on them, close it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, progress
from awards.actions.entitlements import (
    close_round,
    enter_objection,
    has_gone_on,
    is_over,
    open_round,
    rule_objection,
    void_round,
)
from awards.enums import EntitlementState
from awards.errors import AwardsError
from awards.forms import ReasonForm
from awards.models import PublicityRound
from awards.step_forms import ObjectionForm, RoundForm, RulingForm
from awards.views import choosing, frame
from people.policy import policy

READY = (EntitlementState.MATERIAL_COMPLETE,)


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the bureau, and a new one of what has its materials."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = access.chosen_for(request.user, request.POST.getlist("row"))
        try:
            row, step = open_round(
                chosen, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            choosing.say(request, step, _("公示 %(number)s") % {"number": row.number})
            return redirect("bureau_round", pk=row.pk)
    choice = choosing.of(request, READY)
    return frame.page(
        request,
        "bureau_rounds.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        status=422 if form.errors else 200,
        form=form,
        choice=choice,
        rounds=choosing.paged(request, access.rounds_for(request.user)),
        today=timezone.localdate(),
    )


@policy("awards.advance")
@require_GET
def bureau_round(request: HttpRequest, pk: int) -> HttpResponse:
    return _round_page(request, access.round_for(request.user, pk), {})


def _round_page(
    request: HttpRequest, row: PublicityRound, filled: dict[str, Any]
) -> HttpResponse:
    at = timezone.now()
    inside = access.entitlements_for(request.user).filter(round=row)
    lines = [
        progress.row_of(found, timezone.localdate(at))
        for found in progress.shown(inside).order_by("kind", "value", "pk")
    ]
    objections = list(
        row.objections.select_related("entitlement__person", "entitlement__unit")
    )
    choices = [(str(line.entitlement.pk), f"{line.name} {line.what}") for line in lines]
    return frame.page(
        request,
        "bureau_round.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        status=422 if filled else 200,
        round=row,
        lines=lines,
        objections=[
            (
                found,
                filled.get(f"ruling-{found.pk}")
                or RulingForm(auto_id=f"r{found.pk}_%s"),
            )
            for found in objections
        ],
        objection=filled.get("objection")
        or ObjectionForm(
            lines=choices, initial={"received_on": timezone.localdate(at)}
        ),
        reason=ReasonForm(auto_id="void_%s"),
        is_over=is_over(row, at),
        may_void=row.voided_at is None and not has_gone_on(row),
        is_running=row.closed_at is None and row.voided_at is None,
    )


@policy("awards.advance")
@require_POST
def bureau_round_close(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.round_for(request.user, pk)
    done = frame.attempt(
        request, lambda: close_round(row, by=request.user, at=timezone.now())
    )
    if done is not None:
        messages.success(request, _("公示已结束，可以上报。"))
    return redirect("bureau_round", pk=pk)


@policy("awards.advance")
@require_POST
def bureau_round_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.round_for(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    done = frame.attempt(
        request,
        lambda: void_round(row, reason=reason, by=request.user, at=timezone.now()),
    )
    if done is not None:
        messages.success(request, _("公示已作废，其中的待遇退回“材料齐”。"))
    return redirect("bureau_round", pk=pk)


@policy("awards.advance")
@require_POST
def bureau_round_objection(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.round_for(request.user, pk)
    inside = access.entitlements_for(request.user).filter(round=row)
    lines = [(str(found), str(found)) for found in inside.values_list("pk", flat=True)]
    form = ObjectionForm(request.POST, lines=lines)
    if form.is_valid():
        values = dict(form.cleaned_data)
        chosen = values.pop("entitlement")
        about = inside.get(pk=chosen) if chosen else None
        try:
            enter_objection(
                row, entitlement=about, **values, by=request.user, at=timezone.now()
            )
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("异议已登记，裁定之前不能上报。"))
            return redirect("bureau_round", pk=pk)
    return _round_page(request, row, {"objection": form})


@policy("awards.advance")
@require_POST
def bureau_objection_ruling(request: HttpRequest, pk: int) -> HttpResponse:
    objection = access.objection_for(request.user, pk)
    form = RulingForm(request.POST, auto_id=f"r{pk}_%s")
    if form.is_valid():
        try:
            rule_objection(
                objection,
                is_upheld=form.cleaned_data["is_upheld"] == "yes",
                ruling=form.cleaned_data["ruling"],
                by=request.user,
                at=timezone.now(),
            )
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已裁定。"))
            return redirect("bureau_round", pk=objection.round_id)
    return _round_page(request, objection.round, {f"ruling-{pk}": form})
