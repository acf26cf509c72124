"""A step for many lines: what will happen, the confirmation, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import access, bulk, worklist
from awards.actions.entitlements import undo_bulk
from awards.desk_forms import StepForm, WishForm
from awards.errors import AwardsError
from awards.views import frame
from people.policy import policy

NAMED = 50  # lines of a preview that are shown by name


@policy("awards.advance")
@require_POST
def bureau_bulk(request: HttpRequest) -> HttpResponse:
    """Show what a step would do to the chosen lines; take it once confirmed."""
    filters = worklist.Filters.read(request.POST)
    step = StepForm(request.POST)
    if not step.is_valid():
        messages.error(request, _("请选择要办理的步骤。"))
        return _back(filters)
    try:
        rows = bulk.chosen(
            access.entitlements_for(request.user),
            request.POST,
            filters,
            timezone.localdate(),
        )
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return _back(filters)
    asked = "act" in request.POST
    form = WishForm(request.POST if asked else None, to=step.cleaned_data["to"])
    is_filled = asked and form.is_valid()
    plan = bulk.plan(rows, form.wish(), access.bureau_of(request.user))
    if request.POST.get("act") == "confirm" and is_filled:
        if plan.moving and request.POST.get("digest") == plan.digest:
            return _take(request, plan, filters)
        messages.warning(
            request, _("填写之后能办理的人有变化，请再看一遍名单，然后确认。")
        )
    return _preview(request, filters, form, plan, status=422 if form.errors else 200)


def _preview(
    request: HttpRequest,
    filters: worklist.Filters,
    form: WishForm,
    plan: bulk.Plan,
    *,
    status: int,
) -> HttpResponse:
    everything = bool(request.POST.get("all"))
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "moving": plan.moving[:NAMED],
        "unnamed": max(len(plan.moving) - NAMED, 0),
        "staying": [
            (reason, rows[:NAMED], max(len(rows) - NAMED, 0))
            for reason, rows in plan.staying.items()
        ],
        "filters": filters,
        "everything": everything,
        "ids": [] if everything else list(request.POST.getlist("row")),
    }
    return frame.page(
        request,
        "bureau_bulk.html",
        bureau=access.bureau_of(request.user),
        current="bureau_list",
        status=status,
        **context,
    )


def _take(
    request: HttpRequest, plan: bulk.Plan, filters: worklist.Filters
) -> HttpResponse:
    done = frame.attempt(
        request,
        lambda: bulk.carry_out(
            plan.moving, plan.wish, by=request.user, at=timezone.now()
        ),
    )
    if done is not None:
        values = {"step": plan.label, "n": len(done.moved)}
        messages.success(request, _("%(step)s：已登记 %(n)d 项。") % values)
    return _back(filters)


@policy("awards.advance")
@require_POST
def bureau_undo(request: HttpRequest, batch: str) -> HttpResponse:
    """Take a step for many back, for all of them at once."""
    batch = access.batch_for(request.user, batch)
    rows = frame.attempt(
        request, lambda: undo_bulk(batch, by=request.user, at=timezone.now())
    )
    if rows is not None:
        text = _("已撤回，%(n)d 项回到办理之前。") % {"n": len(rows)}
        messages.success(request, text)
    return _back(worklist.Filters.read(request.POST))


def _back(filters: worklist.Filters) -> HttpResponse:
    query = filters.query or f"kind={worklist.ALL}"
    return redirect(f"{reverse('bureau_list')}?{query}")
