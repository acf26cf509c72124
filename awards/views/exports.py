"""Ask for a list with a purpose; approve it; see how far it is and what was made."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from awards import access
from awards.actions.exports import (
    APPROVAL_ABOVE,
    Order,
    approve_export,
    decline_export,
    is_approver,
    needs_approval,
    remake_export,
    start_export,
)
from awards.actions.exports.asking import count_people
from awards.enums import ExportState
from awards.errors import ExportRefused
from awards.export_forms import ChoiceForm, PurposeForm
from awards.exporting.cells import columns_shown
from awards.exporting.makers import kinds
from awards.exporting.selection import (
    filters_in_words,
    kept_filters,
    selection,
    selection_of,
)
from awards.forms import ReasonForm
from awards.listings.base import Listing, ListOption
from awards.models import ExportBatch
from awards.tables import ExportTable
from awards.views import frame
from awards.worklist import Filters
from jobs.enums import JobState
from jobs.queries import progress_of
from people.models import Organization
from people.policy import policy
from scoring.models import Release

LOOK_AGAIN = "3"  # seconds until the page of a file in the making is read anew


@policy("awards.export")
@require_GET
def bureau_exports(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    rows = access.exports_for(request.user)
    table = ExportTable(rows, request=request)
    RequestConfig(request).configure(table)
    return frame.page(
        request,
        "bureau_exports.html",
        bureau=bureau,
        current="bureau_exports",
        kinds=[(name, _(kind.title)) for name, kind in kinds().items()],
        query=request.GET.urlencode(),
        waiting=rows.filter(state=ExportState.WAITING),
        table=table,
    )


@policy("awards.export")
@require_http_methods(["GET", "POST"])
def bureau_export_new(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    choice = _choice(request, bureau)
    order = _order(request, bureau, choice) if choice.is_valid() else None
    is_full = order.is_full if order else False
    form = PurposeForm(request.POST or None, is_full=is_full)
    if request.method == "POST" and order and form.is_valid():
        batch = _started(request, form, order)
        if batch is not None:
            return redirect("bureau_export", batch.pk)
    return frame.page(
        request,
        "bureau_export_new.html",
        bureau=bureau,
        current="bureau_exports",
        choice=choice,
        form=form,
        kept=_kept(request),
        shown=_shown(order) if order else None,
        limit=APPROVAL_ABOVE,
    )


@policy("awards.export")
@require_GET
def bureau_export(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    return batch_page(request, batch)


@policy("awards.approve_export")
@sensitive_post_parameters("secret")
@require_POST
def bureau_export_approve(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    secret = request.POST.get("secret", "")
    frame.attempt(
        request,
        lambda: approve_export(
            batch, secret=secret, by=request.user, at=timezone.now()
        ),
    )
    return redirect("bureau_export", pk)


@policy("awards.export")
@require_POST
def bureau_export_decline(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    frame.attempt(
        request,
        lambda: decline_export(
            batch, reason=reason, by=request.user, at=timezone.now()
        ),
    )
    return redirect("bureau_export", pk)


@policy("awards.export")
@require_POST
def bureau_export_again(request: HttpRequest, pk: int) -> HttpResponse:
    batch = access.export_for(request.user, pk)
    frame.attempt(
        request, lambda: remake_export(batch, by=request.user, at=timezone.now())
    )
    return redirect("bureau_export", pk)


def batch_page(
    request: HttpRequest,
    batch: ExportBatch,
    *,
    link: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page of a batch, with a fresh link or with what is wrong."""
    user, at = request.user, timezone.now()
    making = batch.state == ExportState.MAKING
    is_dead = making and batch.job is not None and batch.job.state == JobState.FAILED
    may_approve = is_approver(user, batch.bureau, at=at) and user != batch.asked_by
    answer = frame.page(
        request,
        "bureau_export.html",
        bureau=batch.bureau,
        current="bureau_exports",
        status=status,
        batch=batch,
        progress=progress_of(batch.job) if making and batch.job else None,
        is_dead=is_dead,
        may_approve=may_approve,
        may_decline=may_approve or user == batch.asked_by,
        filters=filters_in_words(selection_of(batch), _options_of(batch)),
        takings=batch.takings.select_related("by").order_by("-at")[:20],
        link=link,
        problem=problem,
    )
    if making and not is_dead:
        answer["Refresh"] = LOOK_AGAIN
    return answer


def _options_of(batch: ExportBatch) -> tuple[ListOption, ...]:
    kind = kinds().get(batch.kind)
    return kind.options if kind else ()


def _kept(request: HttpRequest) -> dict[str, str]:
    """The work list's filters that the choice of a list keeps."""
    kept = kept_filters(Filters.read(request.GET))
    return {name: value for name, value in kept.items() if name != "release"}


def _choice(request: HttpRequest, bureau: Organization) -> ChoiceForm:
    releases = [
        (row.number, f"{row.number} {row.competition.name}")
        for row in access.releases_for(request.user).distinct()
    ]
    chosen = selection(
        bureau,
        filters=_kept(request),
        release=None,
        options={},
        at=timezone.now(),
    )
    return ChoiceForm(request.GET.dict(), releases=releases, selection=chosen)


def _order(request: HttpRequest, bureau: Organization, choice: ChoiceForm) -> Order:
    values = choice.cleaned_data
    return Order(
        kind=values["list"],
        bureau=bureau,
        purpose="",
        is_masked=choice.is_masked,
        form=values.get("format") or "xlsx",
        filters=_kept(request),
        release=_release(request, values.get("release", "")),
        options=choice.options,
    )


def _release(request: HttpRequest, number: str) -> Release | None:
    return access.release_for(request.user, number) if number else None


def _shown(order: Order) -> dict[str, Any]:
    """What would be made: how many people, which columns, who has to agree."""
    at, kind = timezone.now(), kinds()[order.kind]
    people = count_people(order, at=at)
    chosen = selection(
        order.bureau,
        filters=order.filters,
        release=order.release,
        options=order.options,
        at=at,
    )
    listing = kind if isinstance(kind, Listing) else None
    return {
        "title": _(kind.title),
        "people": people,
        "left_open": listing.left_open(chosen) if listing else 0,
        "filters": filters_in_words(chosen, kind.options),
        "is_full": order.is_full,
        "is_personal": kind.is_personal,
        "needs_approval": needs_approval(order, people),
        "columns": _columns(listing, order) if listing else (),
        "takes_answers": listing.takes_answers if listing else False,
    }


def _columns(listing: Listing, order: Order) -> list[dict[str, Any]]:
    shown = columns_shown(listing, is_masked=order.is_masked)
    return [
        {
            "heading": each.column.heading,
            "is_shown": each in shown,
            "is_shortened": order.is_masked and each.privacy.value in PRIVATE,
            "is_private": each.privacy.value != "open",
        }
        for each in listing.columns
    ]


PRIVATE = ("identity", "phone")


def _started(
    request: HttpRequest, form: PurposeForm, order: Order
) -> ExportBatch | None:
    asked = Order(
        kind=order.kind,
        bureau=order.bureau,
        purpose=form.cleaned_data["purpose"],
        document=form.cleaned_data["document"],
        is_masked=order.is_masked,
        form=order.form,
        filters=order.filters,
        release=order.release,
        options=order.options,
    )
    try:
        batch = start_export(asked, by=request.user, at=timezone.now())
    except ExportRefused as refusal:
        form.add_error(None, refusal.message)
        return None
    if batch.state == ExportState.WAITING:
        messages.success(request, _("已提请审批，同意后自动生成。"))
    return batch
