"""What people type when they ask for the change of a signed mark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.core.scheme import Aspect
from scoring.enums import ChangeReason, MarkState
from scoring.views.sheet_parts import choices_shown

LONGEST_TEXT = 500
LONGEST_VALUE = 64


class ChangeForm(forms.Form):
    """The new value of one cell, why, and who asks; the cell is the page's.

    A state such as absent needs no value; looking at what would move needs no secret.
    """

    value = forms.CharField(label=_("新值"), max_length=LONGEST_VALUE)
    state = forms.ChoiceField(
        label=_("或改为"),
        choices=[("value", _("按新值评分")), *MarkState.choices[1:]],
        initial=MarkState.VALUE.value,
    )
    reason = forms.ChoiceField(label=_("原因"), choices=ChangeReason.choices)
    text = forms.CharField(
        label=_("事由和依据"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清看到了什么、错在哪里；不写姓名。最多 500 字。"),
    )
    evidence = forms.FileField(
        label=_("证据文件"),
        required=False,
        help_text=_("PDF、PNG 或 JPG，最大 2 MB。"),
    )
    secret = forms.CharField(
        label=_("PIN 或登录口令"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("这一步要求再确认一次是你本人。"),
    )

    def __init__(self, aspect: Aspect, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        shown = choices_shown(aspect)
        if shown:
            labels = [(c.value, _labelled(c.label, c.note)) for c in shown]
            self.fields["value"] = forms.ChoiceField(
                label=_("新值"), choices=[("", "—"), *labels]
            )
        if self.is_bound:
            is_value = self.data.get("state") == MarkState.VALUE
            self.fields["value"].required = is_value
            self.fields["secret"].required = "look" not in self.data
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


def _labelled(label: str, note: str) -> str:
    return f"{label}　{note}" if note else label
