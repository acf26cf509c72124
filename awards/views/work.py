"""The page that explains one decision, and the next step of what it entitles to."""

from collections.abc import Mapping

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards import access, explained
from awards.actions.entitlements import advance_entitlement
from awards.actions.facts import FILLABLE, fill_fact
from awards.actions.looks import record_look
from awards.enums import LookPlace
from awards.errors import AwardsError, FillingRefused
from awards.explained_pdf import explanation_pdf
from awards.forms import AdvanceForm, StateFactForm
from awards.models import Decision
from awards.views import frame, step_panel
from people.policy import policy
from people.spreadsheets.uploads import download


@policy("awards.bureau")
@require_GET
def bureau_explain(request: HttpRequest, pk: int) -> HttpResponse:
    return explain_page(request, _looked_at(request, pk), {})


def _looked_at(request: HttpRequest, pk: int) -> Decision:
    """The decision; that its person was looked at here is kept."""
    decision = access.decision_for(request.user, pk)
    if decision.person is not None:
        record_look(
            decision.person,
            place=LookPlace.EXPLANATION,
            by=request.user,
            at=timezone.now(),
        )
    return decision


def explain_page(
    request: HttpRequest,
    decision: Decision,
    filled: dict[str, StateFactForm],
    step_forms: Mapping[str, Form] | None = None,
) -> HttpResponse:
    """The page of a decision; forms that were filled in wrongly are shown again."""
    bureau = access.bureau_of(request.user)
    page = _explanation(request, decision)
    forms = {
        need.code: filled.get(need.code) or StateFactForm(fact=need.code)
        for need in page.needs
        if need.is_stated
    }
    return frame.page(
        request,
        "bureau_explain.html",
        bureau=bureau,
        current="bureau_list",
        status=422 if filled or step_forms else 200,
        page=page,
        forms=forms,
        **step_panel.context(request, page.entitlement, bureau, step_forms or {}),
        newer=None if decision.is_current else access.successor_of(decision),
    )


def _explanation(request: HttpRequest, decision: Decision) -> explained.Explanation:
    siblings = access.decisions_for(request.user).filter(
        person=decision.person_id,
        unit=decision.unit_id,
        release=decision.release,
        skill=decision.skill,
    )
    return explained.page_of(decision, siblings, today=timezone.localdate())


@policy("awards.fill_facts")
@require_POST
def bureau_state_fact(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    decision = access.decision_for(request.user, pk)
    if fact not in FILLABLE:
        raise Http404
    form = StateFactForm(request.POST, fact=fact)
    if form.is_valid():
        try:
            fill_fact(
                decision,
                fact=fact,
                value=form.cleaned_data["value"],
                evidence=form.cleaned_data["evidence"],
                by=request.user,
                at=timezone.now(),
            )
        except FillingRefused as refusal:
            form.add_error("value", refusal.message)
    if form.errors:
        return explain_page(request, decision, {fact: form})
    messages.success(request, _("已填写，相关待遇已重新判定。"))
    return redirect("bureau_explain", pk=access.successor_of(decision).pk)


@policy("awards.bureau")
@require_GET
def bureau_explain_json(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _looked_at(request, pk)
    answer = explained.as_json(decision)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 2})


@policy("awards.bureau")
@require_GET
def bureau_explain_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _looked_at(request, pk)
    page = _explanation(request, decision)
    try:
        pdf = explanation_pdf(page, at=timezone.now())
    except AwardsError as refusal:
        messages.error(request, refusal.message)
        return redirect("bureau_explain", pk=pk)
    name = f"认定说明-D-{decision.pk}.pdf"
    return download(pdf, filename=name, content_type="application/pdf")


@policy("awards.advance")
@require_POST
def bureau_advance(request: HttpRequest, pk: int) -> HttpResponse:
    entitlement = access.entitlement_for(request.user, pk)
    form = AdvanceForm(request.POST)
    if form.is_valid():
        moved = frame.attempt(
            request,
            lambda: advance_entitlement(
                entitlement,
                to=form.cleaned_data["to"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            ),
        )
        if moved is not None:
            messages.success(
                request, _("已登记：%(step)s") % {"step": moved.get_state_display()}
            )
    return redirect("bureau_explain", pk=entitlement.decision_id)
