"""What is typed in to ask for a file, to decide on it, to look for it in the log."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import ExportFormat
from awards.exporting.contract import Maker
from awards.exporting.makers import kinds, masks
from awards.forms import OfficeForm
from awards.listings.base import Listing, Selection

LIST, RELEASE, FORM, FORMAT = "list", "release", "form", "format"
FULL, MASKED = "full", "masked"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def kind_choices() -> list[tuple[str, str]]:
    """Return every list and paper by name, in the reader's language."""
    return [(name, _(kind.title)) for name, kind in kinds().items()]


class ChoiceForm(OfficeForm):
    """Which list, of which release, how much of the persons, in which form."""

    list = forms.ChoiceField(
        label=gettext_lazy("名单"),
        widget=forms.Select(attrs={"data-autosubmit": ""}),
    )
    release = forms.ChoiceField(label=gettext_lazy("成绩版本"), required=False)
    form = forms.ChoiceField(
        label=gettext_lazy("个人信息"),
        choices=[
            (MASKED, gettext_lazy("脱敏件")),
            (FULL, gettext_lazy("完整件")),
        ],
        help_text=gettext_lazy("完整件，以及超过 200 人的名单，须由另一位审批人审批。"),
    )
    format = forms.ChoiceField(label=gettext_lazy("格式"), choices=ExportFormat.choices)

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        releases: Iterable[tuple[str, str]],
        selection: Selection,
    ) -> None:
        chosen = {LIST: next(iter(kinds())), FORM: MASKED, FORMAT: ExportFormat.XLSX}
        chosen |= {name: value for name, value in data.items() if value}
        super().__init__(chosen)
        self.kind = kinds().get(chosen[LIST])
        self._choose(LIST, kind_choices())
        self._choose(RELEASE, [("", _("全部成绩版本")), *releases])
        if self.kind is None:
            return
        if isinstance(self.kind, Maker):
            del self.fields[FORMAT]
            if not self.kind.takes_filters:
                del self.fields[RELEASE]
        if not masks(self.kind):
            del self.fields[FORM]
        self._ask(self.kind, selection)

    def _choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def _ask(self, kind: Listing | Maker, selection: Selection) -> None:
        """Add what the list asks for besides."""
        for option in kind.options:
            words: dict[str, Any] = {
                "label": _(option.label),
                "required": option.is_required,
            }
            if option.choices is None:
                field: forms.Field = forms.CharField(max_length=60, **words)
            else:
                known = [("", _("请选择")), *option.choices(selection)]
                field = forms.ChoiceField(choices=known, **words)
            chooses = option.choices is not None
            field.widget.attrs["class"] = "form-select" if chooses else "form-control"
            self.fields[option.name] = field

    @property
    def options(self) -> dict[str, str]:
        """What was answered to the list's own questions."""
        asked = self.kind.options if self.kind else ()
        values = {each.name: self.cleaned_data.get(each.name) for each in asked}
        return {name: str(value) for name, value in values.items() if value}

    @property
    def is_masked(self) -> bool:
        """Whether the shortened form is asked for."""
        return self.cleaned_data.get(FORM, FULL) != FULL


class PurposeForm(OfficeForm):
    """Why the file is needed, and on which paper."""

    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=200,
        help_text=gettext_lazy("印在封面上，并随导出记录保存。"),
    )
    document = forms.CharField(
        label=gettext_lazy("依据文号"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("完整件必填：凭哪份文件要用到完整的个人信息。"),
    )

    def __init__(self, *args: Any, is_full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].required = is_full


class LogFilterForm(forms.Form):
    """Whose takings, of which list, from when to when."""

    q = forms.CharField(label=gettext_lazy("人员或编号"), max_length=60, required=False)
    list = forms.ChoiceField(label=gettext_lazy("名单"), required=False)
    since = forms.DateField(label=gettext_lazy("起"), required=False, widget=DAY)
    until = forms.DateField(label=gettext_lazy("止"), required=False, widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["list"]
        field.choices = [("", _("全部名单")), *kind_choices()]
        for each in self.fields.values():
            chooses = isinstance(each.widget, forms.Select)
            each.widget.attrs["class"] = "form-select" if chooses else "form-control"
