"""What a bureau types in about a person: facts, corrections, integrity records.

Clean values only; nothing is written here.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.forms import DAY, EVIDENCE, GRADES, OfficeForm
from people.core import grade_facts, occupations, regions
from people.core.findings import Finding
from people.core.grades import Grade
from people.enums import (
    EDUCATIONS,
    SANCTION_SCOPES,
    EmploymentKind,
    EquivalenceLadder,
    GradeIssuerKind,
    HolderKind,
    Sex,
    TitleLevel,
    TitleRoute,
)

UNKNOWN = ("", _("未知"))
CHOOSE = ("", _("请选择"))


class EvidencedForm(OfficeForm):
    """A fact with the paper it stands on; ``warnings`` ask for a look after saving."""

    evidence = forms.CharField(label=_("依据"), max_length=200, help_text=EVIDENCE)
    evidence_on = forms.DateField(label=_("依据日期"), required=False, widget=DAY)
    # The evidence is asked for last.
    field_order_last = ("evidence", "evidence_on")
    warnings: tuple[Finding, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [name for name in self.fields if name not in self.field_order_last]
        self.order_fields([*first, *self.field_order_last])


class OccupationForm(EvidencedForm):
    """A fact that stands in one occupation, the result's own to begin with."""

    occupation_code = forms.CharField(
        label=_("职业编码或名称"),
        max_length=60,
        help_text=_("例如 6-31-07-01。成绩表没有写职业的，照等级证书上的职业填。"),
        widget=forms.TextInput(attrs={"list": "occupations"}),
    )

    def asked_dictionary(self) -> str:
        """Return the dictionary the code is of; it is asked for with grades only."""
        asked = str(self.data.get(self.add_prefix("dictionary"), ""))
        known = asked in occupations.DICTIONARIES
        return asked if known else occupations.DICTIONARY

    def clean_occupation_code(self) -> str:
        """Return the code a code, a name or a retired name stands for."""
        text = self.cleaned_data["occupation_code"]
        found = occupations.find(text, self.asked_dictionary())
        if found is None:
            raise forms.ValidationError(
                _("“%(text)s”不是职业编码，也不是收录的职业名称。"),
                params={"text": text},
            )
        self.found = found
        self.warnings = found.findings
        return found.code


class GradeForm(OccupationForm):
    """A grade certificate as it was checked."""

    dictionary = forms.ChoiceField(
        label=_("大典版本"),
        choices=[(year, year) for year in occupations.DICTIONARIES],
        required=False,
        help_text=_("早年证书上的编码选当时的版本；平台没有收录的，只核对格式。"),
    )
    work_type = forms.CharField(label=_("工种"), max_length=60, required=False)
    grade = forms.TypedChoiceField(
        label=_("现持等级"), choices=[CHOOSE, *GRADES], coerce=int
    )
    certificate_number = forms.CharField(
        label=_("证书编号"),
        max_length=30,
        required=False,
        help_text=_("22 位，或旧职业资格证书的 16 位。由发证机构编号，只核对格式。"),
    )
    issuer = forms.CharField(label=_("发证机构"), max_length=120, required=False)
    issuer_kind = forms.ChoiceField(
        label=_("机构类别"),
        choices=[("", _("照证书编号")), *GradeIssuerKind.choices],
        required=False,
    )
    issued_on = forms.DateField(label=_("发证日期"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "occupation_code" in values and "grade" in values:
            claim = grade_facts.GradeClaim(
                values["occupation_code"],
                Grade(values["grade"]),
                values.get("certificate_number", ""),
                values.get("issued_on"),
                values.get("issuer_kind", ""),
                self.asked_dictionary(),
            )
            checked = grade_facts.check(claim, on=timezone.localdate())
            seen = {finding.code for finding in self.warnings}
            self.warnings += tuple(f for f in checked.warnings if f.code not in seen)
            values["work_type"] = values.get("work_type") or self.found.work_type
            values["dictionary"] = claim.dictionary
        return values


class NoGradeForm(OccupationForm):
    """The statement that no grade is held; silence would mean unknown."""


class TitleForm(EvidencedForm):
    """A title held before, how it was won, and where."""

    title = forms.CharField(label=_("称号"), max_length=60)
    issuer = forms.CharField(label=_("授予单位"), max_length=120, required=False)
    awarded_on = forms.DateField(label=_("授予日期"), required=False, widget=DAY)
    route = forms.ChoiceField(
        label=_("取得方式"), choices=[UNKNOWN, *TitleRoute.choices], required=False
    )
    origin_region = forms.ChoiceField(
        label=_("来源省份"),
        choices=[UNKNOWN, *regions.provinces()],
        required=False,
    )


class NoTitleForm(EvidencedForm):
    """The statement that no title is held."""


class HolderForm(EvidencedForm):
    """Something held that gives rights, or the statement that it is not."""

    kind = forms.ChoiceField(label=_("事项"), choices=[CHOOSE, *HolderKind.choices])
    holds = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("yes", _("是")), ("no", _("不是"))],
        coerce=lambda text: text == "yes",
    )
    since = forms.DateField(label=_("起始日期"), required=False, widget=DAY)


class ProfessionalTitleForm(EvidencedForm):
    """A professional title with its level."""

    name = forms.CharField(
        label=_("职称"), max_length=60, help_text=_("例如 工程师、高级讲师。")
    )
    level = forms.ChoiceField(
        label=_("职称层级"), choices=[CHOOSE, *TitleLevel.choices]
    )
    issuer = forms.CharField(label=_("评审单位"), max_length=120, required=False)
    acquired_on = forms.DateField(label=_("取得日期"), required=False, widget=DAY)


class EmploymentForm(EvidencedForm):
    """What the person was at the time of the competition, and the education."""

    employment_kind = forms.ChoiceField(
        label=_("身份"), choices=[UNKNOWN, *EmploymentKind.choices], required=False
    )
    education = forms.ChoiceField(
        label=_("学历"),
        choices=[UNKNOWN, *((name, name) for name in EDUCATIONS)],
        required=False,
    )


class PersonalForm(EvidencedForm):
    """What age and sex conditions ask for, from the identity document."""

    birth_on = forms.DateField(label=_("出生日期"), required=False, widget=DAY)
    sex = forms.ChoiceField(
        label=_("性别"),
        choices=[("", _("未登记")), (Sex.MALE, _("男")), (Sex.FEMALE, _("女"))],
        required=False,
    )


class SocialCardForm(EvidencedForm):
    """The social-security card; stored encrypted, shown by its last digits."""

    social_card_number = forms.CharField(
        label=_("社会保障卡号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SanctionForm(OfficeForm):
    """An integrity record: what, why, by which document, from when to when."""

    scope = forms.ChoiceField(
        label=_("范围"), choices=[CHOOSE, *((name, name) for name in SANCTION_SCOPES)]
    )
    reason = forms.CharField(label=_("事由"), max_length=300)
    document = forms.CharField(label=_("处理文件"), max_length=200)
    starts_on = forms.DateField(label=_("开始日期"), widget=DAY)
    ends_on = forms.DateField(
        label=_("结束日期"), required=False, widget=DAY, help_text=_("不填为长期。")
    )


class EndSanctionForm(OfficeForm):
    """The day a sanction ends, and why."""

    ends_on = forms.DateField(label=_("结束日期"), widget=DAY)
    reason = forms.CharField(label=_("理由"), max_length=300)


class ReasonForm(OfficeForm):
    """Why a fact is corrected or withdrawn."""

    reason = forms.CharField(label=_("更正或撤销的理由"), max_length=300)


class AliasForm(OfficeForm):
    """An issuer's own name for a rung."""

    issuer = forms.CharField(label=_("发证机构"), max_length=120)
    name = forms.CharField(label=_("本单位的叫法"), max_length=60)
    grade = forms.TypedChoiceField(
        label=_("对应等级"), choices=[CHOOSE, *GRADES], coerce=int
    )
    citation = forms.CharField(label=_("依据文件"), max_length=200)


class EquivalenceForm(OfficeForm):
    """What a grade counts as on another ladder."""

    grade = forms.TypedChoiceField(
        label=_("等级"), choices=[CHOOSE, *GRADES], coerce=int
    )
    ladder = forms.ChoiceField(
        label=_("对照"), choices=[CHOOSE, *EquivalenceLadder.choices]
    )
    counts_as = forms.CharField(label=_("相当于"), max_length=60)
    citation = forms.CharField(label=_("依据文件"), max_length=200)
