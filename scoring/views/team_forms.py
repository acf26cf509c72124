"""Forms of the page of marking teams."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scoring.actions.teams import TeamFacts
from scoring.queries.teams import Team

SPANS = (
    ("60", _("1 小时")),
    ("120", _("2 小时")),
    ("240", _("4 小时")),
    ("day", _("到今天结束")),
)


class TeamForm(forms.Form):
    """One team: name, days, size, leader, who sits in it."""

    name = forms.CharField(label=_("组名"), max_length=60, required=False)
    size = forms.IntegerField(
        label=_("需要几名裁判"),
        min_value=0,
        max_value=20,
        required=False,
        help_text=_("不够时列入准备情况；评价一般每组三名。"),
    )
    days = forms.TypedMultipleChoiceField(
        label=_("评分日"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("一个都不选，即每天都可以评。"),
    )
    by_sub_day = forms.BooleanField(
        label=_("子项写明评分日的，只在那一天评"), required=False
    )
    judges = forms.TypedMultipleChoiceField(
        label=_("本组裁判"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    leader = forms.TypedChoiceField(
        label=_("组长"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        team: Team,
        people: list[tuple[int, str]],
        days: int,
        data: Any = None,
    ) -> None:
        initial = {
            "name": team.name,
            "size": team.size or None,
            "days": list(team.days),
            "by_sub_day": team.by_sub_day,
            "judges": [seat.user_id for seat in team.seats],
            "leader": team.leader_id,
        }
        super().__init__(data, initial=initial, prefix=f"team-{team.letter}")
        listed = [(day, f"C{day}") for day in range(1, days + 1)]
        listed += [(day, f"C{day}") for day in team.days if day > days]
        _choices(self, "days", listed)
        _choices(self, "judges", people)
        _choices(self, "leader", [("", "—"), *people])

    def facts(self) -> TeamFacts:
        """What the action takes."""
        given = self.cleaned_data
        return TeamFacts(
            name=given["name"],
            days=tuple(given["days"]),
            by_sub_day=given["by_sub_day"],
            size=given["size"] or 0,
            leader=given["leader"],
            judges=tuple(given["judges"]),
        )


class ReserveForm(forms.Form):
    """The chief judge's one step: this reserve, in this seat, there or from now on."""

    seat = forms.RegexField(r"^[A-Z][0-9]{1,2}$")
    reserve = forms.IntegerField(min_value=1, max_value=2**31)
    entry = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    reason = forms.CharField(label=_("原因"), max_length=300)


class TieBackForm(forms.Form):
    """Which declared tie the chief judge takes back, and why."""

    tie = forms.IntegerField(min_value=1, max_value=2**31)
    reason = forms.CharField(max_length=300)


class CatchUpForm(forms.Form):
    """Until when a team may catch up, with what, and why."""

    letter = forms.RegexField(r"^[A-Z]$", label=_("评分组"))
    sub = forms.CharField(label=_("子项"), max_length=12, required=False)
    span = forms.ChoiceField(label=_("期限"), choices=SPANS)
    reason = forms.CharField(label=_("原因"), max_length=300)

    def until(self, at: datetime) -> datetime:
        """The moment the permission ends, by the server's clock."""
        span = self.cleaned_data["span"]
        if span == "day":
            local = timezone.localtime(at) + timedelta(days=1)
            return local.replace(hour=0, minute=0, second=0, microsecond=0)
        return at + timedelta(minutes=int(span))


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
