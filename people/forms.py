"""What people type about themselves: sign-in, password, PIN."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from people.core import pins

LONGEST_NAME = 150  # what the record of failed sign-ins keeps


class SignInForm(AuthenticationForm):
    """Account and password; the errors never say which of the two was wrong."""

    error_messages = {
        "invalid_login": _("账号或密码不对。连续输错会暂时锁定，请核对后再试。"),
        "inactive": _("这个账号已停用，请联系管理员。"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("账号")
        self.fields["username"].validators.append(MaxLengthValidator(LONGEST_NAME))
        self.fields["password"].label = _("密码")


class PasswordForm(forms.Form):
    """The password in use and the new one, twice."""

    current = forms.CharField(
        label=_("现在的密码"), strip=False, widget=forms.PasswordInput
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        widget=forms.PasswordInput,
        help_text=_("至少 10 位，不能全是数字，不能与账号相近。"),
    )
    again = forms.CharField(
        label=_("再输一次新密码"), strip=False, widget=forms.PasswordInput
    )

    def clean(self) -> None:
        super().clean()
        values = self.cleaned_data
        if "new" in values and values["new"] != values.get("again"):
            self.add_error("again", _("两次输入不一样。"))


class PinForm(forms.Form):
    """The password and a new PIN, twice."""

    current = forms.CharField(
        label=_("登录密码"), strip=False, widget=forms.PasswordInput
    )
    pin = forms.CharField(
        label=_("新 PIN"),
        max_length=pins.DIGITS,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric"}),
        help_text=_("6 位数字，签名时使用；不要用同一个数字或连续数字。"),
    )
    again = forms.CharField(
        label=_("再输一次 PIN"),
        max_length=pins.DIGITS,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> None:
        super().clean()
        values = self.cleaned_data
        if "pin" in values and values["pin"] != values.get("again"):
            self.add_error("again", _("两次输入不一样。"))
