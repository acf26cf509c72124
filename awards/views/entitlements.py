"""What is done about one entitlement from its explanation page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import access, materials, progress
from awards.actions.entitlements import (
    ask_withdrawal,
    deliver_many,
    keep_entitlement,
    record_answer,
    tick_material,
    undo_bulk,
    untick_material,
)
from awards.enums import EntitlementState
from awards.errors import AwardsError, EntitlementRefused
from awards.forms import ReasonForm
from awards.models import Entitlement
from awards.step_forms import MaterialForm
from awards.views import frame, step_panel, work
from people.policy import policy


def _back(entitlement: Entitlement) -> HttpResponse:
    return redirect("bureau_explain", pk=entitlement.decision_id)


@policy("awards.advance")
@require_POST
def bureau_material(request: HttpRequest, pk: int) -> HttpResponse:
    entitlement = access.entitlement_for(request.user, pk)
    form = MaterialForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请在清单里选一项材料。"))
        return _back(entitlement)
    values = form.cleaned_data
    rows = [entitlement]
    if values["everybody"] and _is_shared(request, entitlement, values["item"]):
        rows = list(
            access.entitlements_for(request.user).filter(
                release=entitlement.release_id, kind=entitlement.kind
            )
        )
    if values["say"] == "open":
        done = frame.attempt(
            request,
            lambda: untick_material(
                entitlement, item=values["item"], by=request.user, at=timezone.now()
            ),
        )
    else:
        done = frame.attempt(
            request,
            lambda: tick_material(
                rows,
                item=values["item"],
                state=values["say"],
                evidence=values["evidence"],
                by=request.user,
                at=timezone.now(),
            ),
        )
    if isinstance(done, list) and len(done) > 1:
        text = _("已登记，同一成绩版本的 %(n)d 项都用这份。") % {"n": len(done)}
        messages.success(request, text)
    return _back(entitlement)


def _is_shared(request: HttpRequest, entitlement: Entitlement, code: str) -> bool:
    bureau = access.bureau_of(request.user)
    lines = materials.checklists([entitlement], bureau)[entitlement.pk]
    return any(line.item.code == code and line.item.is_shared for line in lines)


def _filled(
    request: HttpRequest,
    entitlement: Entitlement,
    name: str,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse | None:
    """Do ``act`` with a valid form; the page with its mistakes otherwise."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            return None
    decision = access.decision_for(request.user, entitlement.decision_id)
    return work.explain_page(request, decision, {}, {name: form})


@policy("awards.advance")
@require_POST
def bureau_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the authority's answer to one entitlement."""
    entitlement = access.entitlement_for(request.user, pk)
    form = step_panel.answer_form(entitlement, request.POST)
    wrong = _filled(
        request,
        entitlement,
        "answer",
        form,
        lambda values: record_answer(
            entitlement, **values, by=request.user, at=timezone.now()
        ),
    )
    if wrong is not None:
        return wrong
    state = EntitlementState(form.cleaned_data["verdict"]).label
    messages.success(request, _("已登记：%(step)s") % {"step": state})
    return _back(entitlement)


@policy("awards.advance")
@require_POST
def bureau_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that one entitlement was handed out."""
    entitlement = access.entitlement_for(request.user, pk)

    def deliver(values: dict[str, Any]) -> None:
        refused = deliver_many(
            [entitlement], **values, by=request.user, at=timezone.now()
        )[1]
        for refusal in refused.values():
            raise refusal

    form = step_panel.deliver_form(request.POST)
    wrong = _filled(request, entitlement, "deliver", form, deliver)
    if wrong is not None:
        return wrong
    messages.success(request, _("已登记发放。"))
    return _back(entitlement)


@policy("awards.advance")
@require_POST
def bureau_ask_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for one entitlement to be revoked or superseded."""
    entitlement = access.entitlement_for(request.user, pk)
    form = step_panel.withdraw_form(request.POST)
    wrong = _filled(
        request,
        entitlement,
        "withdraw",
        form,
        lambda values: ask_withdrawal(
            entitlement, **values, by=request.user, at=timezone.now()
        ),
    )
    if wrong is not None:
        return wrong
    messages.success(request, _("已提请，等另一位审批人复核。"))
    return _back(entitlement)


@policy("awards.advance")
@require_POST
def bureau_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one entitlement although its basis changed."""
    entitlement = access.entitlement_for(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    kept = frame.attempt(
        request,
        lambda: keep_entitlement(
            entitlement, reason=reason, by=request.user, at=timezone.now()
        ),
    )
    if kept is not None:
        messages.success(request, _("已保留，理由记入办理经过。"))
    return _back(entitlement)


@policy("awards.advance")
@require_POST
def bureau_step_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the last step of an entitlement, with all that were taken with it."""
    entitlement = access.entitlement_for(request.user, pk)
    rows = frame.attempt(request, lambda: _undo(request, entitlement))
    if rows is not None:
        text = _("已撤回，%(n)d 项回到办理之前。") % {"n": len(rows)}
        messages.success(request, text)
    return _back(entitlement)


def _undo(request: HttpRequest, entitlement: Entitlement) -> list[Entitlement]:
    at = timezone.now()
    bureau = access.bureau_of(request.user)
    panel = progress.panel_of(
        entitlement,
        bureau,
        user=request.user,
        is_approver=access.approves(request.user, bureau, at=at),
        at=at,
    )
    if not panel.undo:
        text = _("只能在登记的当天，由登记的人或审批人撤回最后一步。")
        raise EntitlementRefused("batch", text)
    batch = access.batch_for(request.user, panel.undo)
    return undo_bulk(batch, by=request.user, at=at)
