"""What leaders, supervisors and organizers type about appeals and objections."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.enums import ObjectionSource
from competitions.models import Delegation, PublicNotice, Skill
from competitions.queries import appealable_entries


class AppealForm(forms.Form):
    """An appeal in writing: about what, why and what is asked for."""

    about = forms.ChoiceField(label=_("申诉对象"))
    text = forms.CharField(
        label=_("事由和请求"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写明时间、经过、依据的条款和请求。"),
    )
    file = forms.FileField(
        label=_("附件"),
        required=False,
        help_text=_("最大 5 MB；例如照片、签字的申诉书。"),
    )

    def __init__(self, data: Any, files: Any, delegation: Delegation) -> None:
        super().__init__(data, files)
        entries = list(appealable_entries(delegation))
        skills = {entry.skill_id: entry.skill for entry in entries}
        self.skills = skills
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            *((f"entry:{e.pk}", f"{e.skill.name} {e.key}") for e in entries),
            *((f"skill:{s.pk}", f"{s.name}") for s in skills.values()),
        ]
        self._skill_of = {f"entry:{e.pk}": e.skill for e in entries}
        self._skill_of |= {f"skill:{s.pk}": s for s in skills.values()}

    def skill(self) -> Skill:
        """Return the skill the appeal is about."""
        return self._skill_of[self.cleaned_data["about"]]


class RulingForm(forms.Form):
    """A ruling: granted or not, the clause, the reason, and who says so."""

    granted = forms.ChoiceField(
        label=_("裁定"), choices=[("", "—"), ("yes", _("支持")), ("no", _("驳回"))]
    )
    clause = forms.CharField(
        label=_("依据条款"), max_length=120, help_text=_("例如：竞赛规程第二十一条。")
    )
    reason = forms.CharField(
        label=_("理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    secret = forms.CharField(
        label=_("PIN 或登录口令"), widget=forms.PasswordInput, max_length=128
    )


class AnswerForm(forms.Form):
    """The leader's answer to the first ruling."""

    answer = forms.ChoiceField(
        label=_("答复"),
        choices=[
            ("accept", _("接受裁定")),
            ("carry", _("不同意，向赛区监督仲裁组再申诉")),
            ("refuse", _("不服从裁定（视为撤回申诉）")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("再申诉的理由"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RemedyForm(forms.Form):
    """What followed from a ruling or an upheld objection."""

    words = forms.CharField(
        label=_("如何落实"),
        max_length=300,
        help_text=_("例如：已按更改申请改正评分并重新签名；或：无须改分，已书面答复。"),
    )


class ObjectionForm(forms.Form):
    """An objection as it came in; name and contact are kept encrypted."""

    skill = forms.ModelChoiceField(label=_("赛项"), queryset=Skill.objects.none())
    source = forms.ChoiceField(label=_("来源"), choices=ObjectionSource.choices)
    received_on = forms.DateField(
        label=_("收到日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    name = forms.CharField(
        label=_("提出人"),
        max_length=80,
        required=False,
        help_text=_("匿名的可以不填。"),
    )
    contact = forms.CharField(label=_("联系方式"), max_length=120, required=False)
    text = forms.CharField(
        label=_("异议内容"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any, notice: PublicNotice, today: date) -> None:
        super().__init__(data, initial={"received_on": today})
        rows = Skill.objects.filter(pk__in=notice.skills)
        self.fields["skill"].queryset = rows  # type: ignore[attr-defined]


class LeaderObjectionForm(forms.Form):
    """An objection that a leader enters about a skill on public notice."""

    skill = forms.ModelChoiceField(label=_("赛项"), queryset=Skill.objects.none())
    text = forms.CharField(
        label=_("异议内容"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any, notices: list[PublicNotice]) -> None:
        super().__init__(data)
        ids = [pk for notice in notices for pk in notice.skills]
        rows = Skill.objects.filter(pk__in=ids)
        self.fields["skill"].queryset = rows  # type: ignore[attr-defined]


class ObjectionAnswerForm(forms.Form):
    """The answer to an objection."""

    upheld = forms.ChoiceField(
        label=_("结论"),
        choices=[("", "—"), ("yes", _("异议成立")), ("no", _("不成立"))],
    )
    answer = forms.CharField(
        label=_("答复"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SecretForm(forms.Form):
    """Who acts, asked again."""

    secret = forms.CharField(
        label=_("PIN 或登录口令"), widget=forms.PasswordInput, max_length=128
    )
