"""Delegations compared, for organizers: five reports, two totals, the best of each."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competitions.access import competition_for, may_edit
from competitions.navigation import office_context
from people.names import text_key
from people.policy import policy
from people.spreadsheets import write_csv, write_workbook
from people.spreadsheets.uploads import download
from scoring import access, comparison_sheets
from scoring.actions.best import choose_best
from scoring.core.comparison import Ordered, Report, report
from scoring.errors import ScoringError
from scoring.forms import id_in
from scoring.queries.comparison import Comparison, comparison_of, shown
from scoring.rule_words import REPORT_WORDS, TABLE_WORDS

BAR = 240  # the longest bar of a chart
CSV = "text/csv; charset=utf-8"


@require_GET
@policy("scoring.view_results")
def organize_comparison(request: HttpRequest, code: str) -> HttpResponse:
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    found = comparison_of(competition)
    kind = _chosen(request.GET.get("report", ""))
    context = {
        "found": found,
        "kind": kind.value,
        "kinds": REPORT_WORDS.items(),
        "rows": _rows(found, kind),
        "totals": [
            {
                "code": code,
                "words": words,
                "rows": _bars(rows, [row.total for row in rows]),
                "unknown": sum(row.unknown for row in rows),
            }
            for code, words in TABLE_WORDS.items()
            for rows in [found.totals[code]]
        ],
        "best": _best(found),
        "albert_vidal": [found.entries[row.entry] for row in found.albert_vidal],
        "may_edit": may_edit(request.user, competition),
        **office_context(request.user, competition, "organize_release"),
    }
    return render(request, "scoring/organize_comparison.html", context)


@require_POST
@policy("scoring.choose_best")
def organize_choose_best(request: HttpRequest, code: str) -> HttpResponse:
    competition = competition_for(request.user, code)
    entry = request.POST.get("entry", "")
    try:
        choose_best(
            competition,
            entry=id_in(entry),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    except ScoringError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("已记录为本队最佳选手。"))
    return redirect("organize_comparison", code)


@require_GET
@policy("scoring.view_results")
def organize_comparison_file(
    request: HttpRequest, code: str, name: str
) -> HttpResponse:
    """All tables as one workbook, or one of them as CSV."""
    roles = access.RESULTS_ROLES
    competition = competition_for(request.user, code, roles=roles)
    found = comparison_of(competition)
    sheets = comparison_sheets.sheets_of(found)
    if name == "all.xlsx":
        book = write_workbook(list(sheets.values()))
        return download(book, filename=f"{competition.name} 代表队比较.xlsx")
    kind, _dot, ending = name.rpartition(".")
    if ending != "csv" or kind not in sheets:
        raise Http404
    plan = sheets[kind]
    lines = write_csv(plan.columns, plan.rows)
    return download(lines, filename=f"{code}-{kind}.csv", content_type=CSV)


def _chosen(word: str) -> Report:
    return Report(word) if word in set(Report) else Report.MEDAL_TOTAL


def _rows(found: Comparison, kind: Report) -> list[dict[str, Any]]:
    rows: list[Ordered] = list(report(found.members, kind))
    if kind is Report.ALPHABETICAL:
        rows.sort(key=lambda each: text_key(each.row.member))
    values = [_figure(each, kind) for each in rows]
    return [
        {
            **bar,
            "rank": each.rank,
            "average": shown(each.row.medal_average),
            "score": shown(each.row.score_total),
            "mean": shown(each.row.score_average),
        }
        for each, bar in zip(rows, _bars([r.row for r in rows], values), strict=True)
    ]


def _figure(each: Ordered, kind: Report) -> Any:
    row = each.row
    figures = {
        Report.MEDAL_AVERAGE: row.medal_average,
        Report.SCORE_TOTAL: row.score_total,
        Report.SCORE_AVERAGE: row.score_average,
    }
    return figures.get(kind, row.medal_points) or 0


def _bars(rows: Any, values: Any) -> list[dict[str, Any]]:
    """Each row with the length of its bar, in units of the drawing."""
    longest = max(values, default=0) or 1
    return [
        {"row": row, "value": shown(value), "width": int(BAR * value / longest)}
        for row, value in zip(rows, values, strict=True)
    ]


def _best(found: Comparison) -> list[dict[str, Any]]:
    return [
        {
            "member": best.member,
            "named": [found.entries[row.entry] for row in best.named],
            "is_chosen": best.chosen is not None,
            "reason": found.reasons.get(best.member, ""),
            "others": [
                entry
                for entry in found.entries.values()
                if entry.delegation == best.member and entry.place is not None
            ],
        }
        for best in found.best
    ]
