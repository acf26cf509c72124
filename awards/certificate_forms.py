"""What is typed in about certificates: a design, a reason, a file to look at."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.certificates import shipped_designs
from awards.core.certificate_design import (
    LANGUAGES,
    LONGEST,
    PALETTES,
    PAPERS,
    Design,
    DesignError,
    design_of,
)
from awards.enums import CertificateIssue
from awards.forms import OfficeForm

MAX_FILE = 2 * 2**20
_PALETTE_WORDS = {
    "lake": _("石青"),
    "crimson": _("朱红"),
    "pine": _("松绿"),
    "graphite": _("石墨"),
    "plum": _("黛紫"),
}
_LANGUAGE_WORDS = {"zh": _("中文"), "zh+en": _("中英双语")}
_TEXTS = ("event", "heading", "body", "closing", "event_en", "heading_en", "body_en")
_LISTS = ("seals", "signatures")


def _lines(label: Any, hint: Any, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=area, help_text=hint
    )


def _line(label: Any, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=hint
    )


class DesignForm(OfficeForm):
    """A shipped design with its texts, colours and places as a competition wants them."""

    base = forms.CharField(max_length=40, widget=forms.HiddenInput)
    palette = forms.ChoiceField(
        label=_("配色"), choices=[(name, _PALETTE_WORDS[name]) for name in PALETTES]
    )
    paper = forms.ChoiceField(label=_("纸张"), choices=[(p, p) for p in PAPERS])
    languages = forms.ChoiceField(
        label=_("文字"),
        choices=[(name, _LANGUAGE_WORDS[name]) for name in LANGUAGES],
        help_text=_("双语要求赛事和赛项都填了英文名称，缺的只印中文。"),
    )
    event = _line(_("赛事名称行"), required=True)
    heading = _line(_("标题"), required=True)
    body = _line(
        _("正文"),
        _(
            "{skill}、{group}、{place}、{unit} 等按每张证书填入；"
            "方括号里的部分，占位符没有内容时整段不印。奖项单独成行。"
        ),
        required=True,
    )
    closing = _line(_("结语"))
    event_en = _line(_("赛事名称行（英文）"))
    heading_en = _line(_("标题（英文）"))
    body_en = _line(_("正文（英文）"))
    seals = _lines(
        _("盖章单位"),
        _("一行一个，{issuer} 是发证单位。只留盖章的空位，不印印章图案。"),
        required=True,
    )
    signatures = _lines(_("签名处"), _("一行一个职务；盖章和签名合计最多三处。"))

    @classmethod
    def of(cls, design: Design) -> "DesignForm":
        """Return the form as it stands for a design."""
        content = design.as_content()
        values = {name: content[name] for name in ("palette", "paper", "languages")}
        values |= {name: content[name] for name in _TEXTS}
        values |= {name: "\n".join(getattr(design, name)) for name in _LISTS}
        return cls(initial={"base": design.identifier, **values})

    def clean(self) -> dict[str, Any]:
        """Make the design; what it refuses is said at the field it is about."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        base = shipped_designs().get(values.get("base", ""))
        if base is None:
            raise ValidationError(_("没有这个样式。"), code="unknown-design")
        if not self.errors:
            try:
                self.design = adapted(base, values)
            except DesignError as error:
                field = error.field if error.field in self.fields else None
                self.add_error(field, error.message)
        return values


def adapted(base: Design, values: Mapping[str, Any]) -> Design:
    """Return a shipped design with the values of the form; raises DesignError."""
    content = base.as_content()
    for name in ("palette", "paper", "languages", *_TEXTS):
        content[name] = values[name]
    for name in _LISTS:
        content[name] = [line for line in values[name].splitlines() if line.strip()]
    return design_of(content)


class RevokeForm(OfficeForm):
    """Why a certificate is to be withdrawn, or why it is not."""

    reason = forms.CharField(label=_("撤销的原因和依据"), max_length=300)


class ReissueForm(OfficeForm):
    """Whether a certificate was lost or is wrong, and what happened."""

    issue = forms.ChoiceField(
        label=_("办理"),
        choices=[
            (CertificateIssue.LOST, _("补发：遗失或损毁，内容不变")),
            (CertificateIssue.CORRECTED, _("换发：内容有误，按现在的登记重印")),
        ],
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=250,
        help_text=_("印在旧证书的核验页上，谁扫码都看得到，不写个人信息。"),
    )


class FileForm(forms.Form):
    """A certificate file that somebody was handed."""

    file = forms.FileField(label=_("证书文件（PDF）"), max_length=200)

    def content(self) -> bytes:
        """Return the file; one that is too large is cut and matches nothing."""
        content: bytes = self.cleaned_data["file"].read(MAX_FILE + 1)
        return content
