"""What a bureau or an organizer types in, as clean values; nothing is written here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competitions.enums import Group, Track
from people.core import grades
from people.spreadsheets.uploads import WorkbookForm
from people.words import grade_words_lazy

GRADES = [
    (str(int(grade)), grade_words_lazy(grade.full_label))
    for grade in sorted(grades.Grade, reverse=True)
    if grade is not grades.Grade.APPRENTICE
]
EVIDENCE = _("证书、档案或出具单位，写到别人能照着查到的程度。")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OfficeForm(forms.Form):
    """A form whose controls look like office pages' controls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chooses = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if chooses else "form-control"


class AdvanceForm(forms.Form):
    """A step of an entitlement with its reason or the authority's document."""

    to = forms.CharField(max_length=20, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("原因或文号"), max_length=300, required=False)


class GapForm(OfficeForm):
    """What an authority fills into a gap of a document."""

    value = forms.CharField(
        label=_("填写的值"),
        max_length=200,
        help_text=_(
            '名次写 5，比例写 1/2，按参赛形式写 { "1" = 5, "2" = 3, "3" = 2 }；'
            '奖项写 三等奖，奖金写 5000 或 { first = "5000", second = "3000" }，'
            '晋升写 { operator = "to-or-up", grade = "技师" }；其他照文件写，'
            "整条不适用的写 不适用。"
        ),
    )
    document = forms.CharField(
        label=_("依据文件"),
        max_length=200,
        help_text=_("主管部门的文件名称和文号，会显示在每一条用到它的说明上。"),
    )


class ResultsForm(WorkbookForm):
    """A published table of results with the document that announced it."""

    document = forms.CharField(
        label=_("公布成绩的文件"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    announced_on = forms.DateField(
        label=_("公布日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
    )


class DocumentForm(OfficeForm):
    """A competition's own award document as TOML text."""

    text = forms.CharField(
        label=_("奖励办法（规则文件）"), widget=forms.Textarea(attrs={"rows": 24})
    )


FLAGS = [("是", _("是")), ("否", _("否"))]
GRADE_WORDS = [(grade.label, grade.label) for grade in sorted(grades.Grade)]
FACT_CHOICES: dict[str, list[tuple[str, Any]]] = {
    "track": [
        (Track.SELECTION, _("世赛选拔")),
        (Track.NATIONAL_CHOICE, _("国赛精选")),
    ],
    "group": [
        (Group.WORKER, _("职工组")),
        (Group.STUDENT, _("学生组")),
        (Group.TEACHER, _("教师组")),
        (Group.OPEN, _("不分组")),
    ],
    "paper_level": GRADE_WORDS,
    "occupation_top": GRADE_WORDS,
    "professional_skill": FLAGS,
    "passed_theory": FLAGS,
    "passed_practice": FLAGS,
    "lead_coach": FLAGS,
    "rural_household": FLAGS,
    "best_of_delegation": FLAGS,
    "western_delegation": FLAGS,
    "chosen_unit": FLAGS,
}


class StateFactForm(OfficeForm):
    """A fact that the published result leaves open, with the paper that states it."""

    value = forms.CharField(label=_("内容"), max_length=60)
    evidence = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("例如公布成绩的文件名称和文号。")
    )

    def __init__(self, *args: Any, fact: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{fact}_%s", **kwargs)
        choices = FACT_CHOICES.get(fact)
        if choices:
            self.fields["value"] = forms.ChoiceField(
                label=_("内容"),
                choices=[("", _("请选择")), *choices],
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        elif fact in ("rank", "field_size", "team_size", "member_order"):
            self.fields["value"] = forms.IntegerField(
                label=_("内容"),
                min_value=1,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
            )


class FindForm(forms.Form):
    """A certificate by number and name, for somebody who cannot scan."""

    number = forms.CharField(
        label=_("证书编号"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("获奖人姓名"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TypedText(forms.CharField):
    """A text kept as typed, with the line ends of a file."""

    def __init__(self, **options: Any) -> None:
        area = {"spellcheck": "false", "autocomplete": "off", "wrap": "off"}
        widget = forms.Textarea(attrs={"rows": 28, **area})
        super().__init__(strip=False, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class VersionForm(OfficeForm):
    """The text of a document and its cases."""

    text = TypedText(label=_("文件"))
    cases = TypedText(label=_("案例"), required=False)


class NewVersionForm(VersionForm):
    """The same for a document that is begun, which needs a name."""

    identifier = forms.CharField(
        label=_("文件标识"),
        max_length=80,
        help_text=_("地区-年份-名称，小写字母、数字和连字符，定下后不再改。"),
        widget=forms.TextInput(attrs={"placeholder": "sichuan-2026-rewards"}),
    )


class ReasonForm(OfficeForm):
    """Why a step is taken."""

    reason = forms.CharField(label=_("理由"), max_length=300)
