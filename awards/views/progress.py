"""What waits for a decision: overdue, 依据已变化, withdrawals to agree to, materials."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, materials, progress
from awards.actions.entitlements import (
    agree_withdrawal,
    ask_withdrawal,
    decline_withdrawal,
    keep_entitlement,
    set_due,
    withdraw_material_rule,
    write_material_rule,
)
from awards.enums import OutcomeKind, WithdrawalState
from awards.errors import AwardsError
from awards.forms import ReasonForm
from awards.models import Withdrawal
from awards.step_forms import DueForm, MaterialRuleForm
from awards.views import choosing, frame
from people.actions.pins import check_secret
from people.policy import policy

LONGEST_SECRET = 128


@policy("awards.advance")
@require_GET
def bureau_progress(request: HttpRequest) -> HttpResponse:
    """What of the bureau's entitlements waits for whom, with the page for each."""
    today = timezone.localdate()
    waiting = progress.counts(access.entitlements_for(request.user), today)
    asked = access.withdrawals_for(request.user).filter(state=WithdrawalState.ASKED)
    rounds = access.rounds_for(request.user)
    running = rounds.filter(closed_at__isnull=True, voided_at__isnull=True)
    return frame.page(
        request,
        "bureau_progress.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        waiting=waiting,
        asked=asked.count(),
        running=running.count(),
        over=running.filter(ends_on__lt=today).count(),
    )


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_overdue(request: HttpRequest) -> HttpResponse:
    """What is late, by how long and with which step; a new day for many at once."""
    today = timezone.localdate()
    form = DueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = access.chosen_for(request.user, request.POST.getlist("row"))
        step = frame.attempt(
            request,
            lambda: set_due(
                chosen, **form.cleaned_data, by=request.user, at=timezone.now()
            ),
        )
        if step is not None:
            choosing.say(request, step, _("改期限"))
        return redirect("bureau_overdue")
    rows = progress.overdue(access.entitlements_for(request.user), today)
    page = choosing.paged(request, progress.shown(rows))
    return frame.page(
        request,
        "bureau_overdue.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        status=422 if form.errors else 200,
        page=page,
        lines=[progress.row_of(row, today) for row in page],
        form=form,
    )


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_changed(request: HttpRequest) -> HttpResponse:
    """依据已变化: what differs, and for each to keep it or ask for its withdrawal."""
    rows = access.basis_changes_for(request.user)
    if request.method == "POST":
        _decide(request)
        return redirect("bureau_changed")
    rows = rows.select_related(*progress.CHANGE_RELATIONS)
    page = choosing.paged(request, rows.defer(*progress.CHANGE_HEAVY))
    today = timezone.localdate()
    waiting = access.withdrawals_for(request.user).filter(state=WithdrawalState.ASKED)
    asked = set(waiting.values_list("entitlement_id", flat=True))
    return frame.page(
        request,
        "bureau_changed.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        page=page,
        lines=[
            (progress.changed(row, today), row.entitlement_id in asked) for row in page
        ],
    )


def _reason(request: HttpRequest) -> str:
    """The reason that was typed, "" where it is no text; the actions ask for one."""
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def _decide(request: HttpRequest) -> None:
    """Keep the ticked entitlements, or ask for their withdrawal, one by one."""
    chosen = access.chosen_for(request.user, request.POST.getlist("row"))
    reason = _reason(request)
    do = request.POST.get("do", "")
    acts: dict[str, Callable[[Any, Any], Any]] = {
        "keep": lambda row, at: keep_entitlement(
            row, reason=reason, by=request.user, at=at
        ),
        "revoked": lambda row, at: ask_withdrawal(
            row, kind="revoked", reason=reason, by=request.user, at=at
        ),
        "superseded": lambda row, at: ask_withdrawal(
            row, kind="superseded", reason=reason, by=request.user, at=at
        ),
    }
    if do not in acts or not chosen:
        messages.error(request, choosing.nothing().message)
        return
    done, refusals = 0, set()
    for row in chosen:
        try:
            acts[do](row, timezone.now())
            done += 1
        except AwardsError as refusal:
            refusals.add(refusal.message)
    if done:
        text = (
            _("已保留 %(n)d 项。") if do == "keep" else _("已提请 %(n)d 项，等复核。")
        )
        messages.success(request, text % {"n": done})
    for message in sorted(refusals):
        messages.error(request, message)


@policy("awards.advance")
@require_GET
def bureau_withdrawals(request: HttpRequest) -> HttpResponse:
    """Withdrawals that wait for the second person, and those that were answered."""
    bureau = access.bureau_of(request.user)
    rows = access.withdrawals_for(request.user).select_related(
        "entitlement__person__organization",
        "entitlement__unit",
        "entitlement__decision__skill",
        "asked_by",
        "answered_by",
    )
    today = timezone.localdate()
    waiting = rows.filter(state=WithdrawalState.ASKED)
    answered = choosing.paged(
        request, rows.exclude(state=WithdrawalState.ASKED).order_by("-pk")
    )
    return frame.page(
        request,
        "bureau_withdrawals.html",
        bureau=bureau,
        current="bureau_progress",
        waiting=[_line(row, request, today) for row in waiting],
        answered=[_line(row, request, today) for row in answered],
        page=answered,
        is_approver=access.approves(request.user, bureau, at=timezone.now()),
    )


def _line(row: Withdrawal, request: HttpRequest, today: Any) -> dict[str, Any]:
    return {
        "withdrawal": row,
        "row": progress.row_of(row.entitlement, today),
        "is_own": row.asked_by_id == request.user.pk,
    }


@policy("awards.agree_withdrawal")
@sensitive_post_parameters("secret")
@require_POST
def bureau_withdrawals_agree(request: HttpRequest) -> HttpResponse:
    """Agree to the ticked withdrawals; who agrees shows again who it is."""
    at = timezone.now()
    rows = [
        access.withdrawal_for(request.user, int(pk))
        for pk in request.POST.getlist("row")
        if pk.isdecimal() and len(pk) < access.LONGEST_ID
    ]
    if not rows:
        messages.error(request, _("请先勾选要复核的提请。"))
        return redirect("bureau_withdrawals")
    secret = request.POST.get("secret", "")[:LONGEST_SECRET]
    if not check_secret(request.user, secret=secret, at=at):
        messages.error(request, _("PIN 或口令不对，什么都没有改变。"))
        return redirect("bureau_withdrawals")
    done = [frame.attempt(request, _agreeing(row, request.user, at)) for row in rows]
    count = sum(row is not None for row in done)
    if count:
        text = _("已同意 %(n)d 项，登入档案的称号和等级同时撤销。")
        messages.success(request, text % {"n": count})
    return redirect("bureau_withdrawals")


def _agreeing(row: Withdrawal, by: Any, at: Any) -> Callable[[], Any]:
    return lambda: agree_withdrawal(row, by=by, at=at)


@policy("awards.advance")
@require_POST
def bureau_withdrawal_decline(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.withdrawal_for(request.user, pk)
    reason = _reason(request)
    done = frame.attempt(
        request,
        lambda: decline_withdrawal(
            row, reason=reason, by=request.user, at=timezone.now()
        ),
    )
    if done is not None:
        messages.success(request, _("没有同意，待遇照原来的办。"))
    return redirect("bureau_withdrawals")


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_materials(request: HttpRequest) -> HttpResponse:
    """The checklists of every kind, and what the bureau says about them itself."""
    bureau = access.bureau_of(request.user)
    form = MaterialRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            write_material_rule(
                kind=values["kind"],
                code=values["code"],
                title=values["title"],
                is_required=values["asked"] == "yes",
                document=values["document"],
                by=request.user,
                at=timezone.now(),
            )
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已写入本单位的材料清单。"))
            return redirect(f"{reverse('bureau_materials')}#{values['kind']}")
    rules = materials.rules_of(bureau)
    return frame.page(
        request,
        "bureau_materials.html",
        bureau=bureau,
        current="bureau_progress",
        status=422 if form.errors else 200,
        form=form,
        rules=[(row, materials.label_of(row)) for row in rules],
        kinds=[
            (kind, label, materials.items_of(kind, bureau, rules))
            for kind, label in OutcomeKind.choices
        ],
    )


@policy("awards.advance")
@require_POST
def bureau_material_rule(request: HttpRequest, pk: int) -> HttpResponse:
    row = access.material_rule_for(request.user, pk)
    withdraw_material_rule(row, by=request.user, at=timezone.now())
    messages.success(request, _("已撤回，清单照共同的要求。"))
    return redirect("bureau_materials")
