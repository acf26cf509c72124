"""Which period a periodic report is made for; which certificate is checked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from awards.core.periods import MONTHS, Period, ended, read_period
from awards.enums import ReportPeriod
from awards.forms import OfficeForm

HOW_MANY = {"month": 12, "quarter": 8, "half-year": 4, "year": 3}


def period_words(period: Period) -> str:
    """Return what a period is called in the reader's language."""
    first = period.starts_on
    words = {
        "month": _t("%(year)d 年 %(n)d 月") % {"year": first.year, "n": first.month},
        "quarter": _t("%(year)d 年第 %(n)d 季度")
        % {"year": first.year, "n": (first.month + 2) // 3},
        "half-year": _t("%(year)d 年上半年")
        if first.month == 1
        else _t("%(year)d 年下半年"),
        "year": _t("%(year)d 年"),
    }
    said = words[period.kind]
    return said % {"year": first.year} if "%(year)" in said else said


class ReportForm(OfficeForm):
    """A period that is over and has no report yet."""

    period = forms.ChoiceField(label=_("期间"))

    def __init__(self, *args: Any, today: date, made: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                ReportPeriod(kind).label,
                [
                    (period.code, period_words(period))
                    for period in ended(kind, today, HOW_MANY[kind])
                    if period.code not in made
                ],
            )
            for kind in MONTHS
        ]
        self.fields["period"] = forms.ChoiceField(
            label=_("期间"),
            choices=[group for group in groups if group[1]],
            widget=forms.Select(attrs={"class": "form-select"}),
            help_text=_("只列已经结束、还没有定稿的期间。"),
        )

    @property
    def chosen(self) -> Period:
        """The period of a valid form."""
        return read_period(self.cleaned_data["period"])


class ProofForm(OfficeForm):
    """Number and hash as they are printed on a staff certificate."""

    number = forms.CharField(label=_("证明编号"), max_length=32)
    digest = forms.CharField(
        label=_("校验值"),
        max_length=64,
        help_text=_("照抄证明下方的校验值，前 8 位即可。"),
    )
