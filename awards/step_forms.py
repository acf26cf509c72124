"""What a bureau types in on the way of an entitlement: papers, days, grounds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards import materials
from awards.enums import MaterialState, OutcomeKind, WithdrawalKind
from awards.forms import DAY, OfficeForm
from people.enums import TitleLevel

PAPER = _("文件名称和文号，写到别人能照着查到的程度。")


class MaterialForm(forms.Form):
    """What is said about one item of a checklist."""

    item = forms.SlugField(max_length=40)
    say = forms.ChoiceField(choices=[*MaterialState.choices, ("open", _("还没有"))])
    evidence = forms.CharField(max_length=200, required=False)
    everybody = forms.BooleanField(required=False)


class AnswerForm(OfficeForm):
    """The authority's answer, for one or for many."""

    verdict = forms.ChoiceField(
        label=_("答复"),
        choices=[("granted", _("核准")), ("refused", _("不予核准"))],
    )
    document = forms.CharField(
        label=_("批复文件"), max_length=200, required=False, help_text=PAPER
    )
    answered_on = forms.DateField(label=_("答复日期"), widget=DAY)
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        help_text=_("不予核准的必填。"),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        granted = values.get("verdict") == "granted"
        if granted and not values.get("document"):
            self.add_error("document", _("核准须写明批复文件。"))
        if values.get("verdict") == "refused" and not values.get("reason"):
            self.add_error("reason", _("不予核准须写明理由。"))
        return values


class GradeAnswerForm(AnswerForm):
    """The same for a promotion: the certificate, where its number is known."""

    certificate_number = forms.CharField(
        label=_("等级证书编号"),
        max_length=30,
        required=False,
        help_text=_("由发证机构编号，22 位；没有拿到的空着，平台不编号。"),
    )
    issued_on = forms.DateField(label=_("发证日期"), required=False, widget=DAY)
    occupation_code = forms.CharField(
        label=_("职业编码"),
        max_length=20,
        required=False,
        help_text=_("成绩没有写明职业的才填，等级登入这个职业。"),
    )


class TitleAnswerForm(AnswerForm):
    """The same for an application for a professional title: which one was given."""

    professional_title = forms.CharField(
        label=_("取得的职称"), max_length=60, required=False
    )
    professional_level = forms.ChoiceField(
        label=_("职称层级"),
        choices=[("", _("请选择")), *TitleLevel.choices],
        required=False,
    )


ANSWERS: dict[str, type[AnswerForm]] = {
    OutcomeKind.GRADE: GradeAnswerForm,
    OutcomeKind.TITLE_APPLICATION: TitleAnswerForm,
}


class DeliverForm(OfficeForm):
    """When and by which paper something was handed out."""

    delivered_on = forms.DateField(label=_("发放日期"), widget=DAY)
    document = forms.CharField(
        label=_("签领单或发放文件"), max_length=200, help_text=PAPER
    )


class WithdrawForm(OfficeForm):
    """Why an entitlement is to be withdrawn."""

    kind = forms.ChoiceField(label=_("怎样撤回"), choices=WithdrawalKind.choices)
    reason = forms.CharField(label=_("理由和依据"), max_length=300)


class RoundForm(OfficeForm):
    """Where, from when and how long something is announced, by which paper."""

    place = forms.CharField(
        label=_("公示地点"), max_length=200, help_text=_("网站栏目、公告栏或单位。")
    )
    starts_on = forms.DateField(label=_("起始日"), widget=DAY)
    days = forms.IntegerField(
        label=_("公示几个工作日"),
        min_value=1,
        max_value=365,
        help_text=_("照文件的规定填；平台不作假定。"),
        widget=forms.NumberInput(),
    )
    document = forms.CharField(
        label=_("天数依据的文件"), max_length=200, help_text=PAPER
    )


class ObjectionForm(OfficeForm):
    """An objection as it was received."""

    entitlement = forms.ChoiceField(label=_("针对"), required=False)
    name = forms.CharField(label=_("提出人"), max_length=80, required=False)
    received_on = forms.DateField(label=_("收到日期"), widget=DAY)
    text = forms.CharField(
        label=_("异议内容"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("整批公示")), *lines]
        self.fields["entitlement"].choices = choices  # type: ignore[attr-defined]


class RulingForm(OfficeForm):
    """What was ruled on an objection."""

    is_upheld = forms.ChoiceField(
        label=_("裁定"), choices=[("no", _("不成立")), ("yes", _("成立"))]
    )
    ruling = forms.CharField(
        label=_("裁定理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FilingForm(OfficeForm):
    """To whom, by which paper and when something is put before an authority."""

    authority = forms.CharField(label=_("报给"), max_length=120)
    document = forms.CharField(
        label=_("上报文号"),
        max_length=200,
        required=False,
        help_text=_("还没有文号的先空着，之后在批次里补。"),
    )
    filed_on = forms.DateField(label=_("上报日期"), widget=DAY)
    due_on = forms.DateField(
        label=_("答复期限"),
        required=False,
        widget=DAY,
        help_text=_("文件写明主管部门几日内答复的才填；平台不作假定。"),
    )
    reason = forms.CharField(
        label=_("再次上报的理由"),
        max_length=300,
        required=False,
        help_text=_("只有不予核准后再报的才填。"),
    )


class CompleteForm(OfficeForm):
    """The paper's number, and the exported list that went with it."""

    document = forms.CharField(label=_("上报文号"), max_length=200, required=False)
    papers = forms.ChoiceField(label=_("随附的名单"), required=False)

    def __init__(self, *args: Any, files: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("没有")), *files]
        self.fields["papers"].choices = choices  # type: ignore[attr-defined]


class DueForm(OfficeForm):
    """A new day until which something is due."""

    due_on = forms.DateField(label=_("改到"), widget=DAY)
    reason = forms.CharField(label=_("理由"), max_length=300)


class MaterialRuleForm(OfficeForm):
    """What a bureau says about the materials of a kind."""

    kind = forms.ChoiceField(label=_("待遇种类"), choices=OutcomeKind.choices)
    code = forms.ChoiceField(label=_("哪一项"), required=False)
    title = forms.CharField(
        label=_("本单位另加的材料"),
        max_length=80,
        required=False,
        help_text=_("上面选“另加一项”时填。"),
    )
    asked = forms.ChoiceField(
        label=_("本地要求"), choices=[("yes", _("须交")), ("no", _("不须交"))]
    )
    document = forms.CharField(label=_("依据文件"), max_length=200, help_text=PAPER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = {
            item.code: item.label
            for items in materials.common().by_kind.values()
            for item in items
        }
        choices = [("", _("另加一项")), *seen.items()]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]
