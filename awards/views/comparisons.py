"""Lists of other bodies against our facts: upload, check, keep, look, take over."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import access
from awards.actions.comparisons import (
    ComparisonOutcome,
    Source,
    compare_list,
    take_over,
    taken_numbers,
)
from awards.answer_forms import ComparisonForm
from awards.comparing.lines import Line, from_text
from awards.comparing.words import TONES, outcome_words
from awards.models import Comparison
from awards.views import choosing, frame
from people.names import search_key, searched
from people.policy import policy
from people.spreadsheets.uploads import Upload, drop_upload, keep_upload, kept_upload

SHOWN = 100


@policy("awards.fill_facts")
@require_http_methods(["GET", "POST"])
def bureau_comparisons(request: HttpRequest) -> HttpResponse:
    if "token" in request.POST:
        return _commit(request)
    posted = request.method == "POST"
    form = ComparisonForm(request.POST if posted else None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if posted and form.is_valid():
        upload = form.upload()
        outcome = _compared(request, upload, form.cleaned_data, is_dry_run=True)
        context |= _shown(outcome, upload)
        if outcome.can_be_kept:
            purpose = _purpose(request)
            context["token"] = keep_upload(upload, user=request.user, purpose=purpose)
    return _page(request, **context)


@policy("awards.fill_facts")
@require_http_methods(["GET"])
def bureau_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    comparison = access.comparison_for(request.user, pk)
    return _comparison_page(request, comparison)


@policy("awards.fill_facts")
@require_POST
def bureau_comparison_take(request: HttpRequest, pk: int) -> HttpResponse:
    comparison = access.comparison_for(request.user, pk)
    if "all" in request.POST:
        lines = _narrowed(request, from_text(comparison.rows))
        numbers = [line.number for line in lines if line.taking]
    else:
        chosen = request.POST.getlist("line")
        numbers = [int(text) for text in chosen if text.isdecimal() and len(text) < 9]
    outcome = frame.attempt(
        request,
        lambda: take_over(
            comparison, numbers=numbers, by=request.user, at=timezone.now()
        ),
    )
    if outcome is not None and outcome.take is None:
        return _comparison_page(request, comparison, problems=outcome.problems)
    if outcome is not None:
        text = _("已采纳 %(people)d 人的 %(facts)d 项事实，相关待遇已重新判定。")
        values = {"people": outcome.people, "facts": outcome.facts}
        messages.success(request, text % values)
    address = reverse("bureau_comparison", args=[pk])
    return redirect(f"{address}?{request.GET.urlencode()}")


def _commit(request: HttpRequest) -> HttpResponse:
    purpose = _purpose(request)
    upload = kept_upload(request.POST["token"], user=request.user, purpose=purpose)
    named = ComparisonForm(request.POST)
    named.fields["file"].required = False
    if upload is None or not named.is_valid():
        messages.error(request, _("检查结果已过期，请重新上传文件。"))
        return redirect("bureau_comparisons")
    outcome = _compared(request, upload, named.cleaned_data, is_dry_run=False)
    if outcome.comparison is None:
        return _page(request, form=named, **_shown(outcome, upload))
    drop_upload(upload, user=request.user, purpose=purpose)
    messages.success(request, _("比对结果已保存。"))
    return redirect("bureau_comparison", pk=outcome.comparison.pk)


def _compared(
    request: HttpRequest, upload: Upload, values: dict[str, Any], *, is_dry_run: bool
) -> ComparisonOutcome:
    source = Source(
        values["kind"], values["whom"], values["source"], values["source_on"]
    )
    return compare_list(
        upload.content,
        filename=upload.name,
        source=source,
        by=request.user,
        at=timezone.now(),
        is_dry_run=is_dry_run,
    )


def _shown(outcome: ComparisonOutcome, upload: Upload) -> dict[str, Any]:
    told = {line.row for line in outcome.lines if line.row}  # said beside the line
    return {
        "outcome": outcome,
        "counts": _counted(outcome.counts),
        "name": upload.name,
        "lines": _rows(sorted(outcome.lines, key=_urgency)[:SHOWN]),
        "problems": [each for each in outcome.problems if each.row not in told],
        "shown": SHOWN,
    }


def _urgency(line: Line) -> tuple[int, int]:
    return (list(outcome_words()).index(line.outcome), line.row or 0)


def _counted(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [
        (outcome, word, counts.get(outcome, 0))
        for outcome, word in outcome_words().items()
    ]


def _rows(lines: Iterable[Line], taken: Iterable[int] = ()) -> list[dict[str, Any]]:
    words, done = outcome_words(), set(taken)
    return [
        {
            "line": line,
            "word": words[line.outcome],
            "tone": TONES.get(line.outcome, ""),
            "is_taken": line.number in done,
        }
        for line in lines
    ]


def _comparison_page(
    request: HttpRequest, comparison: Comparison, **context: Any
) -> HttpResponse:
    lines = from_text(comparison.rows)
    found = _narrowed(request, lines)
    taken = taken_numbers(comparison)
    page = choosing.paged(request, found)
    can_take = [line for line in found if line.taking and line.number not in taken]
    return frame.page(
        request,
        "bureau_comparison.html",
        bureau=access.bureau_of(request.user),
        current="bureau_list",
        comparison=comparison,
        facets=_facets(request, comparison.counts),
        fields=_fields(request, lines),
        page=page,
        rows=_rows(page, taken),
        can_take=len(can_take),
        takes=comparison.takes.select_related("taken_by").order_by("-pk"),
        query=request.GET.urlencode(),
        q=request.GET.get("q", ""),
        **context,
    )


def _narrowed(request: HttpRequest, lines: Iterable[Line]) -> list[Line]:
    """The lines that the address asks for: outcome, field, name."""
    outcome, field = request.GET.get("outcome", ""), request.GET.get("field", "")
    wanted = searched(request.GET.get("q", "")[:60])
    return [
        line
        for line in lines
        if (not outcome or line.outcome == outcome)
        and (not field or any(each.field == field for each in line.differences))
        and (not wanted or wanted in search_key(line.name))
    ]


def _facets(request: HttpRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    chosen = request.GET.get("outcome", "")
    everything = [("", _("全部"), sum(counts.values()))]
    return [
        {
            "label": word,
            "count": count,
            "query": _query(request, outcome=outcome),
            "current": outcome == chosen,
        }
        for outcome, word, count in everything + _counted(counts)
        if count or outcome == chosen
    ]


def _fields(request: HttpRequest, lines: Iterable[Line]) -> list[dict[str, Any]]:
    chosen = request.GET.get("field", "")
    counted = Counter(each.field for line in lines for each in line.differences)
    return [
        {
            "label": field,
            "count": count,
            "query": _query(request, field="" if field == chosen else field),
            "current": field == chosen,
        }
        for field, count in counted.most_common()
    ]


def _query(request: HttpRequest, **changes: str) -> str:
    kept = {key: request.GET.get(key, "") for key in ("outcome", "field", "q")}
    return "?" + urlencode({k: v for k, v in {**kept, **changes}.items() if v})


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    return frame.page(
        request,
        "bureau_comparisons.html",
        bureau=access.bureau_of(request.user),
        current="bureau_list",
        kept=access.comparisons_for(request.user)[:50],
        **context,
    )


def _purpose(request: HttpRequest) -> str:
    return f"comparison:{access.bureau_of(request.user).pk}"
