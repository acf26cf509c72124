"""上报: what was put before an authority, and its answers for a whole batch."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards import access, progress
from awards.actions.entitlements import (
    answer_many,
    complete_filing,
    deliver_many,
    file_entitlements,
)
from awards.enums import EntitlementState
from awards.errors import AwardsError
from awards.models import Filing
from awards.step_forms import AnswerForm, CompleteForm, DeliverForm, FilingForm
from awards.views import choosing, frame
from people.policy import policy

State = EntitlementState
READY = (State.MATERIAL_COMPLETE, State.PUBLICITY, State.REFUSED)
FILES = 50  # exported lists to choose the paper of a filing from


@policy("awards.advance")
@require_http_methods(["GET", "POST"])
def bureau_filings(request: HttpRequest) -> HttpResponse:
    """The filings of the bureau, and a new one of what is ready."""
    initial = {"filed_on": timezone.localdate()}
    form = FilingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = access.chosen_for(request.user, request.POST.getlist("row"))
        try:
            filing, step = file_entitlements(
                chosen, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            what = _("上报批次 %(number)s") % {"number": filing.number}
            choosing.say(request, step, what)
            return redirect("bureau_filing", pk=filing.pk)
    return frame.page(
        request,
        "bureau_filings.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        status=422 if form.errors else 200,
        form=form,
        choice=choosing.of(request, READY),
        filings=choosing.paged(request, access.filings_for(request.user)),
    )


@policy("awards.advance")
@require_GET
def bureau_filing(request: HttpRequest, pk: int) -> HttpResponse:
    return _filing_page(request, access.filing_for(request.user, pk), {})


def _filing_page(
    request: HttpRequest, filing: Filing, filled: dict[str, Any]
) -> HttpResponse:
    today = timezone.localdate()
    inside = access.entitlements_for(request.user).filter(filing=filing)
    page = choosing.paged(
        request, progress.shown(inside).order_by("state", "kind", "value", "pk")
    )
    initial = {"answered_on": today, "delivered_on": today}
    states = set(inside.order_by().values_list("state", flat=True).distinct())
    return frame.page(
        request,
        "bureau_filing.html",
        bureau=access.bureau_of(request.user),
        current="bureau_progress",
        status=422 if filled else 200,
        filing=filing,
        page=page,
        lines=[progress.row_of(row, today) for row in page],
        waits=State.FILED in states,
        granted=State.GRANTED in states,
        answer=filled.get("answer") or AnswerForm(initial=initial),
        deliver=filled.get("deliver") or DeliverForm(initial=initial),
        complete=filled.get("complete") or _complete_form(request, filing),
    )


def _complete_form(
    request: HttpRequest, filing: Filing, data: Any = None
) -> CompleteForm:
    files = [
        (str(row.pk), row.number) for row in access.exports_for(request.user)[:FILES]
    ]
    initial = {"document": filing.document, "papers": filing.papers_id or ""}
    return CompleteForm(data, files=files, initial=initial, auto_id="complete-%s")


@policy("awards.advance")
@require_POST
def bureau_filing_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Answer or hand out the ticked lines of a filing, or complete its paper."""
    filing = access.filing_for(request.user, pk)
    if act == "complete":
        form: Any = _complete_form(request, filing, request.POST)
    else:
        form = {"answer": AnswerForm, "deliver": DeliverForm}.get(act, AnswerForm)(
            request.POST
        )
    if form.is_valid():
        try:
            _act(request, filing, act, form.cleaned_data)
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("bureau_filing", pk=pk)
    return _filing_page(request, filing, {act: form})


def _act(
    request: HttpRequest, filing: Filing, act: str, values: dict[str, Any]
) -> None:
    at = timezone.now()
    if act == "complete":
        papers = values["papers"]
        chosen = access.export_for(request.user, int(papers)) if papers else None
        complete_filing(
            filing,
            document=values["document"],
            papers=chosen,
            by=request.user,
            at=at,
        )
        messages.success(request, _("批次的文号和名单已登记。"))
        return
    inside = access.entitlements_for(request.user).filter(filing=filing)
    if request.POST.get("all"):
        state = State.FILED if act == "answer" else State.GRANTED
        rows = list(inside.filter(state=state))
    else:
        ids = {row.pk for row in inside}
        chosen_rows = access.chosen_for(request.user, request.POST.getlist("row"))
        rows = [row for row in chosen_rows if row.pk in ids]
    if not rows:
        raise choosing.nothing()
    if act == "deliver":
        step = deliver_many(rows, **values, by=request.user, at=at)[0]
        choosing.say(request, step, _("发放"))
    else:
        step = answer_many(rows, **values, by=request.user, at=at)
        choosing.say(request, step, str(State(values["verdict"]).label))
