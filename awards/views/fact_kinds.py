"""The kinds of fact a bureau records about a person: form, action, what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import person_forms
from people import actions
from people.enums import StatedField
from people.errors import FactRefused
from people.models import Person


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact that can be filled: its form and the action that records it."""

    title: Any
    hint: Any
    form: type[forms.Form]
    record: Callable[..., object]
    fills: tuple[str, ...] = ()


def _plain(action: Callable[..., object]) -> Callable[..., object]:
    def record(person: Person, values: dict[str, Any], **who: Any) -> object:
        return action(person, **values, **who)

    return record


def _stated(person: Person, values: dict[str, Any], **who: Any) -> object:
    stated = {k: v for k, v in values.items() if k in StatedField.values and v}
    if not stated:
        raise FactRefused(_("请至少填写一项。"), "nothing-stated")
    basis = {name: values[name] for name in ("evidence", "evidence_on")}
    return actions.state_values(person, values=stated, **basis, **who)


KINDS = {
    "grade": FactKind(
        gettext_lazy("现持职业技能等级"),
        gettext_lazy("照等级证书登记"),
        person_forms.GradeForm,
        _plain(actions.record_grade),
        ("grade_held",),
    ),
    "no-grade": FactKind(
        gettext_lazy("确认没有等级"),
        gettext_lazy("查过、确实没有时才登记"),
        person_forms.NoGradeForm,
        _plain(actions.confirm_no_grade),
    ),
    "title": FactKind(
        gettext_lazy("已获称号"),
        gettext_lazy("全国技术能手等，已有的不重复授予"),
        person_forms.TitleForm,
        _plain(actions.record_title),
        ("titles",),
    ),
    "no-title": FactKind(
        gettext_lazy("确认没有称号"),
        gettext_lazy("查过、确实没有时才登记"),
        person_forms.NoTitleForm,
        _plain(actions.confirm_no_title),
    ),
    "holder": FactKind(
        gettext_lazy("专家和领办人"),
        gettext_lazy("国务院特殊津贴、国家级和省级工作室；不是的也登记"),
        person_forms.HolderForm,
        _plain(actions.record_holder_fact),
        ("special_allowance", "national_studio_lead", "provincial_studio_lead"),
    ),
    "professional-title": FactKind(
        gettext_lazy("职称"),
        gettext_lazy("照职称证书登记"),
        person_forms.ProfessionalTitleForm,
        _plain(actions.record_professional_title),
    ),
    "employment": FactKind(
        gettext_lazy("身份和学历"),
        gettext_lazy("职工、学生、教师；学历照证书"),
        person_forms.EmploymentForm,
        _stated,
        ("employment",),
    ),
    "personal": FactKind(
        gettext_lazy("出生日期和性别"),
        gettext_lazy("照身份证件登记"),
        person_forms.PersonalForm,
        _stated,
        ("birth_on", "sex"),
    ),
    "social-card": FactKind(
        gettext_lazy("社会保障卡"),
        gettext_lazy("加密保存，一卡一人"),
        person_forms.SocialCardForm,
        _stated,
    ),
    "sanction": FactKind(
        gettext_lazy("诚信记录"),
        gettext_lazy("期限内不能参赛和受聘"),
        person_forms.SanctionForm,
        _plain(actions.record_sanction),
    ),
}
