"""What is typed about slips: whom they are for and until when, or a code itself."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.forms import DAY

LONGEST = 60  # a code with blanks and dashes


class SlipsForm(forms.Form):
    """Until when the printed codes hold."""

    until = forms.DateField(label=_("有效期至"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["class"] = "form-control"

    def ends(self) -> datetime:
        """The end of the chosen day."""
        day: date = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


class EndForm(forms.Form):
    """Why a code is ended before its time."""

    reason = forms.CharField(label=_("理由"), max_length=300)


class CodeForm(forms.Form):
    """The code as it stands on the slip."""

    code = forms.CharField(
        label=_("查询码"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )
