"""The talent file of a bureau: who is in which pool, one entry, the figures."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)
from django_tables2 import RequestConfig

from awards import access, talent_words
from awards.actions.looks import record_look
from awards.actions.saved_views import holds_a_number
from awards.actions.talent import leave_pool
from awards.enums import LookPlace
from awards.errors import PoolRefused
from awards.forms import GRADES
from awards.models import PoolEntry
from awards.queries import talent
from awards.queries.talent_figures import Bar, Figures, figures_of
from awards.tables import TalentTable
from awards.talent_forms import LeaveForm
from awards.views import frame
from people.core import regions
from people.models import Organization
from people.policy import policy
from people.queries import person_with_number

WIDTH = 240  # of a bar


@policy("awards.talent")
@require_GET
def bureau_talent(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    today = timezone.localdate()
    filters = talent.TalentFilters.read(request.GET)
    rows = access.pool_entries_for(request.user)
    table = TalentTable(talent.listed(rows, filters, today=today), request=request)
    RequestConfig(request).configure(table)
    shown = [row.record for row in table.paginated_rows]
    return frame.page(
        request,
        "bureau_talent.html",
        bureau=bureau,
        current="bureau_talent",
        table=table,
        filters=filters,
        lines=lines_of(shown, rows),
        figures=_overview(rows, filters),
        pools=access.pools_for(request.user),
        grades=GRADES,
        divisions=divisions_of(bureau),
        year=today.year,
    )


def divisions_of(bureau: Organization) -> list[tuple[str, str]]:
    """The provinces or cities a bureau may narrow its lists to."""
    if bureau.region in ("", "000000"):
        return list(regions.provinces())
    found = regions.divisions_in(bureau.region)
    province = bureau.region.endswith("0000")
    return [row for row in found if not province or row[0].endswith("00")]


def lines_of(shown: list[PoolEntry], rows: Any) -> list[dict[str, Any]]:
    """The entries of one page with grade, titles, basis and what is wrong."""
    today = timezone.localdate()
    people = [entry.person for entry in shown]
    grades = talent.grades_by_person(people)
    titles = talent.titles_by_person(people)
    page = rows.filter(pk__in=[entry.pk for entry in shown])
    changed = talent.changed_entries(page, today)
    flagged = set(page.filter(talent.sanctioned(today)).values_list("pk", flat=True))
    return [
        {
            "entry": entry,
            "person": entry.person,
            "grade": grades.get(entry.person_id),
            "titles": titles.get(entry.person_id, []),
            "basis": talent_words.basis_words(entry),
            "changed": talent_words.change_words(changed[entry.pk])
            if entry.pk in changed
            else "",
            "sanctioned": entry.pk in flagged,
        }
        for entry in shown
    ]


def _overview(rows: Any, filters: talent.TalentFilters) -> list[dict[str, object]]:
    today = timezone.localdate()
    inside = rows.filter(left_at__isnull=True)
    changed = len(talent.changed_entries(rows, today))
    sanctioned = inside.filter(talent.sanctioned(today)).count()
    due = talent.due_for_review(rows, today.year).count()
    return [
        {"label": _("在库人次"), "value": inside.count(), "url": filters.but(state="")},
        {"label": _("待年度复核"), "value": due, "url": "review/"},
        {
            "label": _("依据已变化"),
            "value": changed,
            "url": filters.but(state=talent.CHANGED),
            "tone": "danger" if changed else "",
        },
        {
            "label": _("有诚信记录"),
            "value": sanctioned,
            "url": filters.but(state=talent.SANCTIONED),
            "tone": "danger" if sanctioned else "",
        },
        {
            "label": _("已退出"),
            "value": rows.filter(left_at__isnull=False).count(),
            "url": filters.but(state=talent.LEFT),
        },
    ]


@policy("awards.talent")
@require_POST
def bureau_talent_find(request: HttpRequest) -> HttpResponse:
    """Look for somebody; a document number leads to a person, never into an address."""
    text = request.POST.get("q", "").replace("\0", "").strip()[:80]
    pool = request.POST.get("pool", "")
    chosen = access.pool_for(request.user, int(pool)) if pool.isdecimal() else None
    if not holds_a_number(text):
        where = reverse("bureau_pool", args=[chosen.pk]) if chosen else ""
        words = urlencode({"who" if chosen else "q": text})
        return redirect(f"{where or reverse('bureau_talent')}?{words}")
    found = person_with_number(text)
    person = found and access.talents_for(request.user).filter(pk=found.pk).first()
    if not person:
        messages.warning(
            request, _("没有找到这个号码的人。号码要完整；本地区以外的人不在这里。")
        )
        back = reverse("bureau_pool", args=[chosen.pk]) if chosen else "bureau_talent"
        return redirect(back)
    if chosen:
        return redirect("bureau_pool_enter", pk=chosen.pk, person=person.pk)
    return redirect("bureau_lifetime", pk=person.pk)


@policy("awards.talent")
@require_http_methods(["GET", "POST"])
def bureau_pool_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = access.pool_entry_for(request.user, pk)
    now = timezone.now()
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leave_pool(entry, **form.cleaned_data, by=request.user, at=now)
            messages.success(request, _("已办理退出。"))
            return redirect("bureau_pool_entry", pk=entry.pk)
        except PoolRefused as refusal:
            form.add_error(None, refusal.message)
    else:
        place = LookPlace.TALENT
        record_look(entry.person, place=place, by=request.user, at=now)
    rows = access.pool_entries_for(request.user)
    return frame.page(
        request,
        "bureau_pool_entry.html",
        bureau=access.bureau_of(request.user),
        current="bureau_talent",
        status=422 if form.errors else 200,
        line=lines_of([entry], rows)[0],
        reviews=entry.reviews.select_related("by", "undone_by").order_by("-at", "-pk"),
        others=rows.filter(person=entry.person)
        .exclude(pk=entry.pk)
        .select_related("pool"),
        form=form,
    )


@policy("awards.talent")
@require_GET
def bureau_talent_figures(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    figures = _asked_figures(request)
    filters = talent.TalentFilters.read(request.GET)
    charts = [
        (_("按库"), "pool", figures.by_pool),
        (_("按最高技能等级"), "grade", figures.by_grade),
        (_("按职业"), "occupation", figures.by_occupation),
        (_("按地区"), "region", figures.by_region),
        (_("按年龄"), "", figures.by_age),
    ]
    return frame.page(
        request,
        "bureau_talent_figures.html",
        bureau=bureau,
        current="bureau_talent",
        figures=figures,
        charts=[
            {"title": title, "bars": [_bar(bar, name, bars) for bar in bars]}
            for title, name, bars in charts
        ],
        years=_years(figures),
        pools=access.pools_for(request.user),
        filters=filters,
        on=timezone.localdate(),
    )


@policy("awards.talent")
@require_GET
def bureau_talent_figures_json(request: HttpRequest) -> HttpResponse:
    access.bureau_of(request.user)
    figures = _asked_figures(request)
    answer = {
        "people": figures.people,
        "entries": figures.entries,
        "by_pool": _plain(figures.by_pool),
        "by_grade": _plain(figures.by_grade),
        "by_occupation": _plain(figures.by_occupation),
        "by_region": _plain(figures.by_region),
        "by_age": _plain(figures.by_age),
        "age_unknown": figures.age_unknown,
        "years": [
            {"year": row.year, "entered": row.entered, "left": row.left}
            for row in figures.years
        ],
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _asked_figures(request: HttpRequest) -> Figures:
    pool = talent.TalentFilters.read(request.GET).pool
    rows = access.pool_entries_for(request.user)
    rows = rows.filter(pool=int(pool)) if pool else rows
    return figures_of(rows, timezone.localdate())


def _plain(bars: tuple[Bar, ...]) -> list[dict[str, object]]:
    return [{"key": bar.key, "label": bar.label, "n": bar.number} for bar in bars]


def _bar(bar: Bar, name: str, bars: tuple[Bar, ...]) -> dict[str, object]:
    longest = max(row.number for row in bars)
    return {
        "label": bar.label or _("未登记"),
        "number": bar.number,
        "width": WIDTH * bar.number // longest,
        "query": f"{name}={bar.key}" if name and bar.key else "",
    }


def _years(figures: Figures) -> list[dict[str, object]]:
    longest = max((max(row.entered, row.left) for row in figures.years), default=1)
    return [
        {
            "row": row,
            "entered": WIDTH * row.entered // max(longest, 1),
            "left": WIDTH * row.left // max(longest, 1),
        }
        for row in figures.years
    ]
