"""Forms of what comes back: an answered workbook, a list to compare with."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.enums import ComparedPeople, ComparisonKind
from people.spreadsheets import OWN_LISTS
from people.spreadsheets.uploads import Upload, WorkbookForm

SELECT = {"class": "form-select"}
CONTROL = {"class": "form-control"}


class AnswersForm(WorkbookForm):
    """An exported workbook that came back filled in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label = _("填好的名单")
        field.help_text = _("本平台导出的 .xlsx 原文件，只填最后四列。")
        field.widget.attrs["accept"] = ".xlsx"

    def upload(self) -> Upload:
        """Return the file; one that is too large is cut, so the reader refuses it."""
        file: UploadedFile = self.cleaned_data["file"]
        return Upload(Path(file.name or "").name, file.read(OWN_LISTS.file + 1))


class ComparisonForm(WorkbookForm):
    """A list of another body, where it comes from and as of which day."""

    kind = forms.ChoiceField(
        label=_("哪种名单"),
        choices=ComparisonKind.choices,
        widget=forms.Select(attrs=SELECT),
    )
    whom = forms.ChoiceField(
        label=_("名单里没有谁要提示"),
        choices=ComparedPeople.choices,
        widget=forms.Select(attrs=SELECT),
    )
    source = forms.CharField(
        label=_("名单来源"),
        max_length=200,
        help_text=_("出具单位和名单名称或文号；采纳的事实以它为依据。"),
        widget=forms.TextInput(attrs=CONTROL),
    )
    source_on = forms.DateField(
        label=_("名单日期"),
        help_text=_("名单反映哪一天的情况。"),
        widget=forms.DateInput(attrs={"type": "date", **CONTROL}, format="%Y-%m-%d"),
    )
    field_order = ("kind", "file", "source", "source_on", "whom")

    def clean_source_on(self) -> Any:
        day = self.cleaned_data["source_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("名单日期在未来，请核对。"))
        return day
