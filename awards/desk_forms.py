"""What the work list and the person page ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import bulk

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CONTROL = {"class": "form-control"}
REASONS = {
    "material-complete": _("材料没有备齐也要转的，写明为什么免交"),
    "filed": _("上报文号"),
    "refused": _("主管部门的理由"),
}
PAPERS = {
    "publicity": _("公示依据"),
    "granted": _("批复文件"),
    "refused": _("批复文件"),
    "delivered": _("签领单或发放文件"),
}


class ViewForm(forms.Form):
    """The name under which a list is kept."""

    name = forms.CharField(
        label=_("视图名称"), max_length=40, widget=forms.TextInput(attrs=CONTROL)
    )
    is_default = forms.BooleanField(label=_("打开待办时先看这个视图"), required=False)
    sort = forms.SlugField(required=False, max_length=20, widget=forms.HiddenInput)


class StepForm(forms.Form):
    """Which step many lines take together."""

    to = forms.ChoiceField(choices=bulk.choices)


class WishForm(forms.Form):
    """What the step asks for: only the fields that belong to it."""

    document = forms.CharField(max_length=200)
    place = forms.CharField(label=_("公示地点"), max_length=200)
    starts_on = forms.DateField(label=_("公示起始日"), widget=DAY)
    days = forms.IntegerField(label=_("公示天数"), min_value=1, max_value=365)
    on = forms.DateField(label=_("日期"), widget=DAY)
    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, to: str, **options: Any) -> None:
        super().__init__(*args, **options)
        needed, offered = bulk.ASKED[to]
        for name in list(self.fields):
            if name not in needed + offered:
                del self.fields[name]
                continue
            self.fields[name].required = name in needed
            self.fields[name].widget.attrs["class"] = "form-control"
        if "reason" in self.fields:
            self.fields["reason"].label = REASONS[to]
        if "document" in self.fields:
            self.fields["document"].label = PAPERS[to]
        self.to = to

    def wish(self) -> bulk.Wish:
        """The step as far as it was filled in validly."""
        values = getattr(self, "cleaned_data", {})
        return bulk.Wish(to=self.to, **values)


class DistinctForm(forms.Form):
    """Why two files that look alike are two people."""

    reason = forms.CharField(
        label=_("依据"), max_length=200, widget=forms.TextInput(attrs=CONTROL)
    )
