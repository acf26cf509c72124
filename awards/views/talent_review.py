"""The yearly review of the talent file: who is due, one outcome for several, undo."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_tables2 import RequestConfig

from awards import access
from awards.actions.talent import review_entries
from awards.errors import PoolRefused
from awards.queries import talent
from awards.tables import TalentTable
from awards.talent_forms import ReviewForm
from awards.views import frame
from awards.views.talent import lines_of
from people.policy import policy

BACK = 5  # years a review may still be recorded for


@policy("awards.talent")
@require_http_methods(["GET", "POST"])
def bureau_talent_review(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    today = timezone.localdate()
    year = _year(request, today.year)
    # The year in the address is the review's, not the one of entering.
    filters = replace(talent.TalentFilters.read(request.GET), year="")
    rows = access.pool_entries_for(request.user)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ids = [int(pk) for pk in request.POST.getlist("entry") if pk.isdigit()]
        try:
            step = review_entries(
                bureau,
                rows.filter(pk__in=ids),
                year=year,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            text = _("已复核 %(n)d 人次。") % {"n": len(step.reviews)}
            messages.success(request, text)
            where = reverse("bureau_talent_review") + f"?year={year}"
            return redirect(where + (f"&done={step.batch}" if step.reviews else ""))
        except PoolRefused as refusal:
            form.add_error(None, refusal.message)
    with_new = request.GET.get("new") == "1"
    due = talent.due_for_review(rows, year, with_new=with_new)
    table = TalentTable(talent.listed(due, filters, today=today), request=request)
    RequestConfig(request).configure(table)
    shown = [row.record for row in table.paginated_rows]
    return frame.page(
        request,
        "bureau_talent_review.html",
        bureau=bureau,
        current="bureau_talent",
        status=422 if form.errors else 200,
        table=table,
        lines=lines_of(shown, rows),
        form=form,
        year=year,
        years=range(today.year, today.year - BACK, -1),
        with_new=with_new,
        filters=filters,
        pools=access.pools_for(request.user),
        reviewed=talent.reviewed_in(rows, year)[:20],
        done=request.GET.get("done", ""),
    )


def _year(request: HttpRequest, today: int) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today
    return year if today - BACK < year <= today else today
