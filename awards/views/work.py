"""The bureau's work list and the page that explains one decision."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from awards import access, explained, worklist
from awards.actions.entitlements import advance_entitlement
from awards.actions.facts import FILLABLE, fill_fact
from awards.enums import OutcomeKind
from awards.errors import AwardsError, FillingRefused
from awards.explained_pdf import explanation_pdf
from awards.forms import AdvanceForm, StateFactForm
from awards.models import Decision
from awards.tables import WorkTable
from awards.views import frame
from people.policy import policy
from people.spreadsheets.uploads import download


@policy("awards.bureau")
@require_GET
def bureau_list(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    rows = access.decisions_for(request.user)
    filters = worklist.Filters.read(request.GET)
    today = timezone.localdate()
    kinds = worklist.kind_facets(rows, filters, today)
    if not filters.kind and kinds:
        filters = replace(filters, kind=kinds[0].value)
        kinds = [replace(kind, current=kind == kinds[0]) for kind in kinds]
    table = WorkTable(worklist.listed(rows, filters, today), request=request)
    RequestConfig(request).configure(table)
    one = filters.kind in OutcomeKind.values
    heading = OutcomeKind(filters.kind).label if one else _("全部待遇")
    return frame.page(
        request,
        "bureau_list.html",
        bureau=bureau,
        current="bureau_list",
        table=table,
        filters=filters,
        kinds=kinds,
        competitions=worklist.competition_facets(rows, filters, today),
        states=worklist.state_facets(rows, filters, today),
        regions=worklist.region_facets(rows, filters, today),
        groups=worklist.group_notes(rows, filters, today),
        is_grouped=not request.GET.get("sort"),
        figures=worklist.figures(rows, filters, today),
        heading=heading,
        everything=filters.but(kind=worklist.ALL),
    )


@policy("awards.bureau")
@require_GET
def bureau_explain(request: HttpRequest, pk: int) -> HttpResponse:
    return _explain_page(request, access.decision_for(request.user, pk), {})


def _explain_page(
    request: HttpRequest, decision: Decision, filled: dict[str, StateFactForm]
) -> HttpResponse:
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
        status=422 if filled else 200,
        page=page,
        forms=forms,
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
        return _explain_page(request, decision, {fact: form})
    messages.success(request, _("已填写，相关待遇已重新判定。"))
    return redirect("bureau_explain", pk=access.successor_of(decision).pk)


@policy("awards.bureau")
@require_GET
def bureau_explain_json(request: HttpRequest, pk: int) -> HttpResponse:
    decision = access.decision_for(request.user, pk)
    answer = explained.as_json(decision)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False, "indent": 2})


@policy("awards.bureau")
@require_GET
def bureau_explain_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    decision = access.decision_for(request.user, pk)
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
