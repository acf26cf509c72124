"""Targets of the documents with their progress; a bureau's own figures entered."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from awards import access
from awards.actions.indicators import enter_figure
from awards.core.indicators import Counter, Year
from awards.core.rulebook import Document, Target
from awards.document_parts import exact
from awards.errors import AwardsError
from awards.forms import OfficeForm
from awards.queries.indicators import Indicators, Line, figure_names, indicators_of
from awards.views import frame
from people.core import regions
from people.policy import policy

BAR = 240
TONES = {"over": "danger", "full": "danger", "near": "warn", "": ""}


class FigureForm(OfficeForm):
    """A figure of one year with the paper it stands in."""

    name = forms.ChoiceField(label=gettext_lazy("统计项目"))
    year = forms.IntegerField(
        label=gettext_lazy("年份"), min_value=2000, max_value=2100
    )
    value = forms.IntegerField(
        label=gettext_lazy("数字"),
        min_value=0,
        max_value=10**12,
        help_text=gettext_lazy("到年末的累计数；目标写明“每年”的，填当年数。"),
    )
    document = forms.CharField(
        label=gettext_lazy("依据文件"),
        max_length=200,
        help_text=gettext_lazy("统计公报、年鉴或报表，写到别人能照着查到的程度。"),
    )

    def __init__(self, *args: Any, names: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.ChoiceField(
            label=_("统计项目"),
            choices=[(name, name) for name in names],
            widget=forms.Select(attrs={"class": "form-select"}),
        )


@policy("awards.indicators")
@require_http_methods(["GET", "POST"])
def bureau_indicators(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    now = timezone.now()
    form = FigureForm(request.POST or None, names=figure_names(bureau))
    if request.method == "POST" and form.is_valid():
        try:
            enter_figure(bureau, **form.cleaned_data, by=request.user, at=now)
            messages.success(request, _("已登记，进度已重新计算。"))
            return redirect("bureau_indicators")
        except AwardsError as refusal:
            form.add_error(None, refusal.message)
    on = timezone.localdate(now)
    found = indicators_of(bureau, on)
    return frame.page(
        request,
        "bureau_indicators.html",
        bureau=bureau,
        current="bureau_simulator",
        status=422 if form.errors else 200,
        form=form,
        on=on,
        own=[_document(document, lines) for document, lines in found.own],
        elsewhere=[_elsewhere(*pair) for pair in found.elsewhere],
        counters=[_counter(counter) for counter in found.counters],
        two_bases={"就业人员", "从业人员"} <= set(found.names),
    )


@policy("awards.indicators")
@require_GET
def bureau_indicators_json(request: HttpRequest) -> HttpResponse:
    bureau = access.bureau_of(request.user)
    on = timezone.localdate()
    answer = _plain(indicators_of(bureau, on), on)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _document(document: Document, lines: tuple[Line, ...]) -> dict[str, Any]:
    return {"document": document, "lines": [_line(line) for line in lines]}


def _elsewhere(document: Document, targets: tuple[Target, ...]) -> dict[str, Any]:
    region = regions.full_name(document.region)
    rows = [(target, value_of(target, target.value)) for target in targets]
    return {"document": document, "region": region, "rows": rows}


def _line(line: Line) -> dict[str, Any]:
    target, progress = line.target, line.progress
    latest = progress.latest
    return {
        "target": target,
        "asked": value_of(target, target.value),
        "latest": latest,
        "reached": _reached(target, latest),
        "is_met": progress.is_met,
        "missing": progress.missing,
        "years": [_year(target, year) for year in progress.years],
        "held": _held(line),
        "held_total": _held_total(line),
        "period": line.period,
    }


def value_of(target: Target, value: Fraction) -> str:
    """A target's number as it is written: a share exact, a count whole."""
    return exact(value) if target.unit == "share" else str(value)


def _reached(target: Target, year: Year | None) -> str:
    if year is None or year.reached is None:
        return ""
    if target.unit != "share":
        return str(year.reached)
    return f"{year.numerator} / {year.denominator}"


def _year(target: Target, year: Year) -> dict[str, Any]:
    reached = year.reached
    most = max(target.value, reached or Fraction(0))
    width = int(reached / most * BAR) if reached is not None and most else 0
    return {
        "year": year,
        "width": width,
        "mark": int(target.value / most * BAR) if most else 0,
        "words": _reached(target, year) or _("不完整"),
        "percent": about(reached) if target.unit == "share" else "",
    }


def about(value: Fraction | None) -> str:
    """A share in percent to a tenth, cut and never rounded up to a target.

    >>> about(Fraction(1, 3)), about(Fraction(7, 20)), about(None)
    ('33.3%', '35%', '')
    """
    if value is None:
        return ""
    tenths = value.numerator * 1000 // value.denominator
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def _held(line: Line) -> list[dict[str, Any]]:
    most = max(line.held.values(), default=0)
    return [
        {"year": year, "n": n, "width": n * BAR // most if most else 0}
        for year, n in line.held.items()
    ]


def _held_total(line: Line) -> int | None:
    """Titles of the document's period together; grades are counts as of a day."""
    if line.period is None or not line.held:
        return None
    first, last = line.period
    return sum(n for year, n in line.held.items() if first <= year <= last)


def _counter(counter: Counter) -> dict[str, Any]:
    number = counter.limit.number
    words = {
        "over": _("已超 %(n)d 名") % {"n": -counter.left},
        "full": _("名额已用完"),
        "near": _("只剩 %(n)d 名") % {"n": counter.left},
        "": "",
    }
    return {
        "counter": counter,
        "tone": TONES[counter.warning],
        "warning": words[counter.warning],
        "width": min(counter.used * BAR // number, BAR) if number else 0,
    }


def _plain(found: Indicators, on: date) -> dict[str, Any]:
    return {
        "on": on.isoformat(),
        "targets": [
            _plain_line(document, line)
            for document, lines in found.own
            for line in lines
        ],
        "titles": [
            {
                "title": counter.limit.value,
                "number": counter.limit.number,
                "years": list(counter.years),
                "used": counter.used,
                "left": counter.left,
                "warning": counter.warning,
            }
            for counter in found.counters
        ],
    }


def _plain_line(document: Document, line: Line) -> Mapping[str, Any]:
    target, progress = line.target, line.progress
    return {
        "document": document.id,
        "id": target.id,
        "indicator": target.indicator,
        "denominator": target.denominator,
        "year": target.year,
        "value": str(target.value),
        "is_met": progress.is_met,
        "missing": list(progress.missing),
        "years": [
            {
                "year": year.year,
                "numerator": year.numerator,
                "denominator": year.denominator,
                "reached": str(year.reached) if year.reached is not None else None,
            }
            for year in progress.years
        ],
        "registers": {str(year): n for year, n in line.held.items()},
    }
