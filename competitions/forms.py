"""What organizers type: shape only, meaning is checked by the actions."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.enums import (
    BoardNaming,
    CompetitionClass,
    CompetitionKind,
    EntryState,
    EventRole,
    Group,
    PublicFrom,
    Tier,
    Track,
)
from competitions.models import Competition, Delegation, Skill
from people.core import occupations, regions
from people.core.grades import Grade
from people.enums import IdentityKind
from people.models import Organization, User
from people.words import grade_words_lazy


def _date(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def _regions() -> list[tuple[str, str]]:
    """Provinces and their cities; a county's code is typed on a roster, not here."""
    choices = [("", "—")]
    for code, name in regions.provinces():
        choices.append((code, name))
        choices += [
            (city, f"{name} {label}")
            for city, label in regions.divisions_in(code)
            if city.endswith("00") and city != code
        ]
    return choices


class CompetitionForm(forms.Form):
    """A competition's own facts; the tier decides which region fits."""

    name = forms.CharField(label=_("赛事名称"), max_length=160)
    code = forms.SlugField(
        label=_("代码"),
        max_length=60,
        required=False,
        help_text=_("出现在网址里，如 scgj-2026；不填则自动生成。"),
    )
    owner = forms.ModelChoiceField(
        label=_("办赛单位"), queryset=Organization.objects.none()
    )
    series = forms.CharField(label=_("系列"), max_length=120, required=False)
    edition = forms.CharField(label=_("届次"), max_length=40, required=False)
    tier = forms.ChoiceField(label=_("赛事层级"), choices=Tier.choices)
    competition_class = forms.ChoiceField(
        label=_("类别"), choices=CompetitionClass.choices
    )
    kind = forms.ChoiceField(label=_("性质"), choices=CompetitionKind.choices)
    region = forms.ChoiceField(label=_("行政区划"), choices=_regions, required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    starts_on = _date(label=_("开始日期"))
    ends_on = _date(label=_("结束日期"))
    document_number = forms.CharField(
        label=_("办赛文件文号"), max_length=80, required=False
    )
    public_from = forms.ChoiceField(
        label=_("公众看板计分时点"),
        choices=PublicFrom.choices,
        initial=PublicFrom.CHIEF_SIGNED,
    )
    is_rehearsal = forms.BooleanField(
        label=_("演练"),
        required=False,
        help_text=_("演练处处带水印，不能产生证书和名单。"),
    )

    def __init__(self, *args: Any, owners: list[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["owner"]
        field.queryset = Organization.objects.filter(  # type: ignore[attr-defined]
            pk__in=[owner.pk for owner in owners]
        )
        if len(owners) == 1:
            field.initial = owners[0]

    def facts(self) -> dict[str, Any]:
        """The values as the action takes them."""
        values = dict(self.cleaned_data)
        values["dates"] = (values.pop("starts_on"), values.pop("ends_on"))
        return values


class SettingsForm(forms.Form):
    """What may still change once a competition exists."""

    name = forms.CharField(label=_("赛事名称"), max_length=160)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    edition = forms.CharField(label=_("届次"), max_length=40, required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    starts_on = _date(label=_("开始日期"))
    ends_on = _date(label=_("结束日期"))
    document_number = forms.CharField(
        label=_("办赛文件文号"), max_length=80, required=False
    )
    competition_class = forms.ChoiceField(
        label=_("类别"), choices=CompetitionClass.choices
    )
    public_from = forms.ChoiceField(
        label=_("公众看板计分时点"), choices=PublicFrom.choices
    )
    appeal_minutes = forms.IntegerField(
        label=_("申诉时限（分钟）"),
        min_value=1,
        max_value=10_080,
        help_text=_("赛项结束以后多久之内可以申诉；对裁定的答复同样长。"),
    )
    is_listed = forms.BooleanField(label=_("在首页公开"), required=False)

    @classmethod
    def of(cls, competition: Competition, data: Any = None) -> "SettingsForm":
        """Return the form filled from a competition."""
        names = cls.base_fields
        return cls(data, initial={name: getattr(competition, name) for name in names})

    def facts(self) -> dict[str, Any]:
        """The values as the action takes them."""
        values = dict(self.cleaned_data)
        values["dates"] = (values.pop("starts_on"), values.pop("ends_on"))
        return values


class HostsForm(forms.Form):
    """主办, 承办 and 协办, one name per line; an unknown name is registered."""

    host = forms.CharField(
        label=_("主办"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    organizer = forms.CharField(
        label=_("承办"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    supporter = forms.CharField(
        label=_("协办"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def names(self) -> list[tuple[str, str]]:
        """Return (role, name) in the order typed."""
        return [
            (role, line.strip())
            for role in ("host", "organizer", "supporter")
            for line in self.cleaned_data[role].splitlines()
            if line.strip()
        ]


def _occupations() -> list[tuple[str, str]]:
    return [(code, f"{code} {name}") for code, name in occupations.known()]


class SkillForm(forms.Form):
    """A skill: what is competed in, by whom, in teams of how many."""

    number = forms.CharField(label=_("编号"), max_length=10)
    name = forms.CharField(label=_("赛项名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    occupation_code = forms.CharField(
        label=_("职业编码"),
        max_length=20,
        required=False,
        help_text=_("《职业分类大典（2022年版）》，例如 6-31-01-03 电工。"),
        widget=forms.TextInput(attrs={"list": "occupations"}),
    )
    group = forms.ChoiceField(label=_("组别"), choices=Group.choices)
    team_size = forms.IntegerField(
        label=_("每队人数"), min_value=1, max_value=9, initial=1
    )
    track = forms.ChoiceField(label=_("赛项类别"), choices=Track.choices)
    is_technical = forms.BooleanField(label=_("专业技术类"), required=False)
    is_demonstration = forms.BooleanField(label=_("表演项目，不计团体"), required=False)
    paper_grade = forms.TypedChoiceField(
        label=_("命题等级"),
        required=False,
        empty_value=None,
        coerce=int,
        choices=[("", "—"), *((int(g), grade_words_lazy(g.full_label)) for g in Grade)],
    )
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=9, initial=1)
    draw_levels = forms.TypedChoiceField(
        label=_("抽签加密次数"),
        coerce=int,
        choices=[
            (0, _("不加密，直接编工位号")),
            (1, _("一次：工位号")),
            (2, _("两次：参赛号、工位号")),
            (3, _("三次：参赛号、工位号、评审号")),
        ],
    )
    board_naming = forms.ChoiceField(
        label=_("解密前看板称呼"), choices=BoardNaming.choices
    )

    def known_occupations(self) -> list[tuple[str, str]]:
        """Return what the field suggests."""
        return _occupations()


class EntryFilterForm(forms.Form):
    """What a list of entries is narrowed to; it lives in the address."""

    q = forms.CharField(label=_("姓名、拼音、单位或编号"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *EntryState.choices],
    )
    skill = forms.ModelChoiceField(
        label=_("赛项"),
        required=False,
        queryset=Skill.objects.none(),
        empty_label=_("全部赛项"),
    )
    delegation = forms.ModelChoiceField(
        label=_("代表队"),
        required=False,
        queryset=Delegation.objects.none(),
        empty_label=_("全部代表队"),
    )

    def __init__(self, data: Any, competition: Competition) -> None:
        super().__init__(data)
        self.fields["skill"].queryset = competition.skills.all()  # type: ignore[attr-defined]
        self.fields["delegation"].queryset = (  # type: ignore[attr-defined]
            competition.delegations.order_by("name")
        )
        for name in ("state", "skill", "delegation"):
            self.fields[name].widget.attrs["data-autosubmit"] = ""


class AppointmentForm(forms.Form):
    """Who gets which role; a person unknown so far is registered with a document."""

    role = forms.ChoiceField(label=_("角色"), choices=EventRole.choices)
    skill = forms.ModelChoiceField(
        label=_("赛项"),
        queryset=Skill.objects.none(),
        required=False,
        empty_label=_("整个赛事"),
    )
    delegation = forms.ModelChoiceField(
        label=_("代表队"),
        queryset=Delegation.objects.none(),
        required=False,
        empty_label=_("不指定"),
        help_text=_("领队所领的队；由代表队推荐的裁判也选，须回避本队。"),
    )
    who = forms.CharField(
        label=_("姓名或证件号码"),
        max_length=80,
        help_text=_("办过本单位赛事的人按姓名或拼音找；其他人用完整证件号码找。"),
    )
    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, competition: Competition) -> None:
        super().__init__(data)
        self.fields["skill"].queryset = competition.skills.all()  # type: ignore[attr-defined]
        self.fields["delegation"].queryset = (  # type: ignore[attr-defined]
            competition.delegations.order_by("name")
        )


class NewPersonForm(forms.Form):
    """A person who is not on file yet."""

    name = forms.CharField(label=_("姓名"), max_length=80)
    identity_kind = forms.ChoiceField(label=_("证件类型"), choices=IdentityKind.choices)
    identity_number = forms.CharField(label=_("证件号码"), max_length=30)
    organization = forms.CharField(label=_("单位"), max_length=120, required=False)


class DrawForm(forms.Form):
    """The seed of a draw, typed in front of everybody."""

    seed = forms.CharField(
        label=_("抽签种子"),
        max_length=120,
        help_text=_("现场摇出或大家说出的数字，逐个输入；抽签结果只由它决定。"),
    )


class OfficerForm(forms.Form):
    """Who takes a level over from its officer, why, and the proposer's secret."""

    successor = forms.ModelChoiceField(
        label=_("由谁接替"),
        queryset=User.objects.none(),
        empty_label=_("选一名加密裁判"),
        help_text=_("本赛项已聘任、没有主持过抽签的加密裁判。"),
    )
    reason = forms.CharField(label=_("原因"), max_length=300)
    secret = forms.CharField(
        label=_("PIN 或登录口令"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("提出人本人输入"),
    )

    def __init__(self, data: Any, spare: list[User]) -> None:
        super().__init__(data)
        choice = cast(forms.ModelChoiceField[User], self.fields["successor"])
        choice.queryset = User.objects.filter(pk__in=[user.pk for user in spare])


class PublicityForm(forms.Form):
    """Which skills are published for objection, and for how many working days."""

    skills = forms.ModelMultipleChoiceField(
        label=_("赛项"),
        queryset=Skill.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    working_days = forms.IntegerField(
        label=_("工作日"), min_value=0, max_value=60, initial=5
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=300,
        required=False,
        help_text=_("公示 0 个工作日须写明原因。"),
    )

    def __init__(self, data: Any, skills: Iterable[Skill]) -> None:
        super().__init__(data)
        rows = Skill.objects.filter(pk__in=[skill.pk for skill in skills])
        self.fields["skills"].queryset = rows  # type: ignore[attr-defined]
