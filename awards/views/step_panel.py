"""The 办理 panel of an explanation page: where an entitlement stands, what can be done."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from awards import progress
from awards.access import approves
from awards.actions.entitlements import STEPS
from awards.enums import EntitlementState
from awards.models import Entitlement
from awards.step_forms import ANSWERS, AnswerForm, DeliverForm, WithdrawForm
from people.models import Organization

State = EntitlementState


def answer_form(entitlement: Entitlement, data: Any = None) -> AnswerForm:
    """The form of an answer to this kind of entitlement."""
    form = ANSWERS.get(entitlement.kind, AnswerForm)
    initial = {"answered_on": timezone.localdate()}
    return form(data, initial=initial, auto_id="answer_%s")


def deliver_form(data: Any = None) -> DeliverForm:
    """The form of a delivery."""
    initial = {"delivered_on": timezone.localdate()}
    return DeliverForm(data, initial=initial, auto_id="deliver_%s")


def withdraw_form(data: Any = None, **initial: str) -> WithdrawForm:
    """The form that asks for a withdrawal."""
    return WithdrawForm(data, initial=initial, auto_id="withdraw_%s")


def context(
    request: HttpRequest,
    entitlement: Entitlement | None,
    bureau: Organization,
    filled: Mapping[str, Form],
) -> dict[str, Any]:
    """What the panel's template needs; nothing where there is no entitlement."""
    if entitlement is None:
        return {"panel": None}
    at = timezone.now()
    panel = progress.panel_of(
        entitlement,
        bureau,
        user=request.user,
        is_approver=approves(request.user, bureau, at=at),
        at=at,
    )
    follows = STEPS.get(entitlement.state, ())
    change = panel.change
    initial = {"kind": change.kind, "reason": change.reason} if change else {}
    return {
        "panel": panel,
        "may_complete": State.MATERIAL_COMPLETE in follows,
        "may_announce": State.PUBLICITY in follows,
        "may_file": State.FILED in follows,
        "may_answer": State.GRANTED in follows,
        "may_deliver": State.DELIVERED in follows,
        "answer_form": filled.get("answer") or answer_form(entitlement),
        "deliver_form": filled.get("deliver") or deliver_form(),
        "withdraw_form": filled.get("withdraw") or withdraw_form(**initial),
    }
