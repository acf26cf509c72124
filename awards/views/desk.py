"""The work list: its page, a search that keeps numbers out of addresses, saved views."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from awards import access, bulk, worklist
from awards.actions import saved_views
from awards.desk_forms import ViewForm
from awards.enums import OutcomeKind
from awards.models import Decision, SavedView
from awards.queries.joint import is_joint
from awards.tables import WorkTable
from awards.views import frame
from people.policy import policy
from people.queries import person_with_number

PER_PAGE = 50


@policy("awards.bureau")
@require_GET
def bureau_list(request: HttpRequest) -> HttpResponse:
    views = list(access.views_for(request.user))
    if not request.GET:
        default = next((view for view in views if view.is_default), None)
        if default is not None:
            return redirect(f"{reverse('bureau_list')}?{default.query}")
    bureau = access.bureau_of(request.user)
    rows = access.decisions_for(request.user)
    context = desk_context(request, rows, timezone.localdate())
    filters = context["filters"]
    return frame.page(
        request,
        "bureau_list.html",
        bureau=bureau,
        current="bureau_list",
        views=_marked(views, request.GET),
        view_form=ViewForm(),
        undo=_undo(request),
        steps=bulk.choices(),
        is_joint=is_joint(filters.competition, bureau),
        **context,
    )


def desk_context(
    request: HttpRequest, rows: QuerySet[Decision], today: date
) -> dict[str, Any]:
    """What the list shows of ``rows``: choices, figures, the lines of one page."""
    filters = worklist.resolved(worklist.Filters.read(request.GET))
    counts = worklist.counts_of(rows, filters, today)
    kinds = worklist.kind_facets(counts)
    if not filters.kind and kinds:
        filters = replace(filters, kind=kinds[0].value)
        counts = worklist.Counts(filters, counts.cells, counts.events)
        kinds = worklist.kind_facets(counts)
    chosen = worklist.ordered(rows, counts, today)
    table = WorkTable(chosen)
    RequestConfig(request, paginate=False).configure(table)
    is_grouped = not request.GET.get("sort")
    table.page = _page(request, table, chosen, counts, is_grouped=is_grouped)
    lines = [worklist.row_of(row, today) for row in table.page.object_list]
    values = {line.decision.value for line in lines} if is_grouped else set()
    one = filters.is_one_kind
    return {
        "table": table,
        "lines": lines,
        "barred": worklist.barred(lines, today),
        "filters": filters,
        "kinds": kinds,
        "facets": [
            *worklist.frame_facets(counts),
            (_("缺什么"), worklist.missing_facets(rows, filters, today)),
            (_("单位"), worklist.unit_facets(rows, filters, counts, today)),
        ],
        "chips": filters.chips(worklist.names_of(rows, filters, counts)),
        "groups": worklist.group_notes(chosen, counts, values),
        "is_grouped": is_grouped,
        "figures": worklist.figures(counts),
        "heading": OutcomeKind(filters.kind).label if one else _("全部待遇"),
        "everything": filters.but(kind=worklist.ALL, value=""),
        "sort": request.GET.get("sort", ""),
    }


def _page(
    request: HttpRequest,
    table: WorkTable,
    chosen: QuerySet[Decision],
    counts: worklist.Counts,
    *,
    is_grouped: bool,
) -> Page[Decision]:
    """One page of the list: its ids are found first, its lines are read for them."""
    paginator = Paginator(range(counts.total), PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    if is_grouped:
        ids = worklist.in_groups(chosen, counts, start, PER_PAGE)
    else:
        found = table.data.data.values_list("pk", flat=True)
        ids = list(found[start : start + PER_PAGE])
    return Page(worklist.loaded(ids), page.number, paginator)


def _undo(request: HttpRequest) -> dict[str, Any] | None:
    """The user's last step for many of today, which may be taken back."""
    last = access.last_batch_for(request.user, timezone.now())
    if last is None:
        return None
    batch, count, state = last
    return {"batch": batch, "count": count, "step": worklist.state_label(state)}


def _marked(views: list[SavedView], now: Mapping[str, str]) -> list[dict[str, Any]]:
    """The saved views, each with whether it is what the address asks for."""
    shown = worklist.Filters.read(now)
    return [
        {
            "view": view,
            "current": worklist.Filters.read(QueryDict(view.query)) == shown,
        }
        for view in views
    ]


@policy("awards.bureau")
@require_POST
def bureau_find(request: HttpRequest) -> HttpResponse:
    """Look for somebody; a document number leads to a person, never into an address."""
    filters = worklist.Filters.read(request.POST)
    if not saved_views.holds_a_number(filters.q):
        return _to_list(filters)
    person = person_with_number(filters.q)
    cleared = replace(filters, q="", person="")
    if person is None or not access.has_file(request.user, person):
        messages.warning(
            request, _("没有找到这个号码的人。号码要完整；本地区以外的人不在这里。")
        )
        return _to_list(cleared)
    return _to_list(replace(cleared, person=str(person.pk), kind=worklist.ALL))


def _to_list(filters: worklist.Filters) -> HttpResponse:
    query = filters.query or f"kind={worklist.ALL}"
    return redirect(f"{reverse('bureau_list')}?{query}")


@policy("awards.bureau")
@require_POST
def bureau_save_view(request: HttpRequest) -> HttpResponse:
    filters = worklist.Filters.read(request.POST)
    form = ViewForm(request.POST)
    if form.is_valid():
        view = frame.attempt(
            request,
            lambda: saved_views.save_view(
                filters,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            ),
        )
        if view is not None:
            text = _("已保存视图“%(name)s”。") % {"name": view.name}
            messages.success(request, text)
    else:
        named = request.POST.get("name", "").strip()
        text = _("视图名称最长 40 个字。") if named else _("请给这个视图起个名称。")
        messages.error(request, text)
    return _to_list(filters)


@policy("awards.bureau")
@require_POST
def bureau_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a saved view the default, no longer the default, or take it away."""
    view = access.view_for(request.user, pk)
    act, at = request.POST.get("act"), timezone.now()
    if act == "remove":
        saved_views.remove_view(view, by=request.user, at=at)
        messages.success(request, _("已删除视图“%(name)s”。") % {"name": view.name})
        return redirect(f"{reverse('bureau_list')}?kind={worklist.ALL}")
    is_default = act == "default"
    saved_views.choose_default(view, is_default=is_default, by=request.user, at=at)
    return redirect(f"{reverse('bureau_list')}?{view.query}")
