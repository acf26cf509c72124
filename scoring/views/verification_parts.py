"""What the pages of the check by sample show and ask: forms, rows, addresses."""

from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.actions.verification import Finding
from scoring.core.rounding import plain_text
from scoring.core.verification import SampleRules
from scoring.enums import CheckOutcome
from scoring.models import Sheet, VerificationCheck
from scoring.queries import verification as queries
from scoring.queries.changes import cell_seats
from scoring.queries.schemes import plan_of
from scoring.queries.sheets import cells_of
from scoring.views.change_words import seat_word
from scoring.views.sheet_parts import value_text

WHY = {
    "top": gettext_lazy("前列"),
    "sample": gettext_lazy("抽中"),
    "close": gettext_lazy("分差小"),
    "moved": gettext_lazy("更正后进入前列"),
    "all": gettext_lazy("全部复核"),
}


class CheckForm(forms.Form):
    """What one look at a sheet found; a cell is written ``aspect/seat``."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("核对结果"),
        choices=CheckOutcome.choices,
        widget=forms.RadioSelect,
    )
    cell = forms.ChoiceField(label=gettext_lazy("有误的评定"), required=False)
    value = forms.CharField(label=gettext_lazy("应为"), required=False, max_length=24)
    words = forms.CharField(
        label=gettext_lazy("说明"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, cells: list[dict[str, Any]], data: Any = None) -> None:
        super().__init__(data, initial={"outcome": CheckOutcome.RIGHT})
        choices = [(row["cell"], f"{row['title']} {row['seat']}") for row in cells]
        field = cast(forms.ChoiceField, self.fields["cell"])
        field.choices = [("", "—"), *choices]

    def finding(self) -> Finding:
        """Return the finding as the action takes it."""
        given = self.cleaned_data
        aspect, _slash, seat = given["cell"].rpartition("/")
        is_wrong = given["outcome"] == CheckOutcome.WRONG
        return Finding(
            outcome=given["outcome"],
            aspect=aspect if is_wrong else "",
            seat=int(seat or 0) if is_wrong else 0,
            value=given["value"] if is_wrong else "",
            words=given["words"],
        )


class RulesForm(forms.Form):
    """How a competition checks by sample, in percent."""

    is_required = forms.BooleanField(
        label=gettext_lazy("成绩复核须先抽样复核并签名"), required=False
    )
    top = forms.DecimalField(
        label=gettext_lazy("前列全核（%）"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    sample = forms.DecimalField(
        label=gettext_lazy("其余抽核（%）"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    trigger = forms.DecimalField(
        label=gettext_lazy("差错率超过此数即全部复核（%）"),
        min_value=0,
        max_value=100,
        decimal_places=2,
    )
    with_close = forms.BooleanField(
        label=gettext_lazy("相邻名次的分差小于最大评分项一档的，一并复核"),
        required=False,
    )
    citation = forms.CharField(
        label=gettext_lazy("依据"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("改动比例时写明文件和条款。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("不抽样的原因"), required=False, max_length=300
    )

    def rules(self) -> SampleRules:
        """Return the shares as the core takes them."""
        top, sample, trigger = (
            Decimal(self.cleaned_data[n]) for n in ("top", "sample", "trigger")
        )
        return SampleRules(
            top, sample, trigger, with_close=self.cleaned_data["with_close"]
        )


def work_groups(work: queries.Worklist) -> list[dict[str, Any]]:
    """The worklist by entry: its code, why it is checked, a tile for each sheet."""
    requests = queries.requests_of(
        [look for line in work.lines for look in line.findings]
    )
    groups: dict[int, dict[str, Any]] = {}
    for line in work.lines:
        group = groups.setdefault(
            line.sheet.entry_id,
            {
                "code": line.sheet.entry.code,
                "why": WHY[line.why],
                "tiles": [],
                "open": 0,
                "requests": [],
            },
        )
        group["tiles"].append({"line": line, "word": _state_word(line)})
        group["open"] += not line.is_settled
        group["requests"] += [
            requests[look.pk] for look in line.findings if look.pk in requests
        ]
    return list(groups.values())


def _state_word(line: queries.CheckLine) -> str:
    if line.last is None:
        return _("待核对")
    if line.last.version != line.sheet.version:
        return _("已改正，再核")
    return str(line.last.get_outcome_display())


def finding_rows(findings: tuple[VerificationCheck, ...]) -> list[dict[str, Any]]:
    requests = queries.requests_of(findings)
    return [
        {
            "check": check,
            "request": requests.get(check.pk),
            "ask_url": "" if check.pk in requests else ask_url(check),
        }
        for check in findings
    ]


def ask_url(check: VerificationCheck) -> str:
    """The form of a change request, filled from a wrong mark; empty for a remark."""
    if check.outcome != CheckOutcome.WRONG or check.version != check.sheet.version:
        return ""
    query = {
        "aspect": check.aspect,
        "seat": check.seat,
        "value": check.value,
        "reason": "finding",
        "text": check.words,
        "reference": queries.reference_of(check),
    }
    return f"{reverse('change_request', args=[check.sheet_id])}?{urlencode(query)}"


def cell_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Every cell of a sheet with what stands in it."""
    plan = plan_of(sheet.skill)
    if plan is None:
        return []
    marks = cells_of([sheet])[sheet.pk]
    rows = []
    for aspect in plan.subs[sheet.sub_criterion.code].aspects:
        for seat in cell_seats(aspect, sheet.seats):
            mark = marks.get((aspect.code, seat))
            rows.append(
                {
                    "cell": f"{aspect.code}/{seat}",
                    "code": aspect.code,
                    "title": f"{aspect.code} {aspect.description}",
                    "seat": seat_word(sheet, seat),
                    "value": value_text(aspect, mark.state, mark.value)
                    if mark
                    else "—",
                    "remark": mark.remark if mark else "",
                }
            )
    return rows


def rules_shown(force: queries.RulesInForce) -> dict[str, Any]:
    rules = force.rules
    shares = {n: plain_text(getattr(rules, n)) for n in ("top", "sample", "trigger")}
    return {
        **shares,
        "with_close": rules.with_close,
        "is_required": force.is_required,
        "citation": force.citation,
        "reason": force.reason,
    }


def in_groups(digest: str) -> list[str]:
    return [digest[start : start + 4].upper() for start in range(0, 48, 4)]
