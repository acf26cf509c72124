"""What organizers type in the scheme editor: one form for each kind of part."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.core.prizes import PRESETS, WORLDSKILLS_RULES
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    DualMarking,
    MarkKind,
    Rounding,
    Scheme,
    Section,
    SubCriterion,
)
from scoring.workbooks.calculations import named_parameters
from scoring.workbooks.template import CALCULATED, CALCULATIONS, KINDS, parameters_text

LARGEST = Decimal(10_000)
MOST_TIES = 5
FALLBACKS = (
    ("shared", _("并列")),
    ("chief-judge", _("裁判长裁定")),
    ("re-match", _("加赛")),
)
PLACES = (("", _("不取整")), *((str(n), str(n)) for n in range(7)))
MEDAL_RULES = {
    "none": _("只排名次，不设奖"),
    "places-1-2-3": _("金银铜：第 1、2、3 名"),
    "places-1-2-3-merit-half": _("金银铜各 1，优胜奖到 1/2"),
    "gold1-silver2-bronze3": _("金 1、银 2、铜 3"),
    "prizes-1-2-5": _("一二三等奖 1、2、5"),
    "prizes-1-2-5-merit-half": _("一二三等奖 1、2、5，优胜奖到 1/2"),
    "prizes-3-5-10": _("一二三等奖 3、5、10"),
    "prizes-3-5-10-merit-two-thirds": _("一二三等奖 3、5、10，优胜奖到 2/3"),
    "shares-10-20-30": _("一二三等奖 10 %、20 %、30 %"),
    "shares-10-20-30-by-band": _("一二三等奖 10 %、20 %、30 %，各档分别取整"),
    "national": _("金银铜各 1、优胜奖到 1/2，不并列"),
    "field-table": _("按参赛人数：6 人金银铜，5 人金银，4 人金"),
    "worldskills-2015": _("世界技能大赛 2015"),
    "worldskills-2017": _("世界技能大赛 2017"),
    "worldskills-2019": _("世界技能大赛 2019"),
    "worldskills-2024": _("世界技能大赛 2024"),
    "worldskills-2026": _("世界技能大赛 2026"),
}


class TextField(forms.CharField):
    """Text of several lines, with one kind of line end and nothing else changed."""

    def __init__(self, **options: Any) -> None:
        lines = forms.Textarea(attrs={"rows": 2})
        super().__init__(widget=lines, strip=False, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class PartForm(forms.Form):
    """Controls that look like the office's own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            is_choice = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"


class CriterionForm(PartForm):
    """A module: its name, and the multiplier on its points."""

    name = forms.CharField(label=_("模块名称"), max_length=200)
    weight = forms.DecimalField(
        label=_("权重"),
        required=False,
        min_value=Decimal("0.000001"),
        max_value=LARGEST,
        decimal_places=6,
        max_digits=12,
        help_text=_("模块得分乘以它，例如 0.3；不填为 1。"),
    )

    def criterion(self, letter: str) -> Criterion:
        """The module as given, without its parts."""
        given = self.cleaned_data
        return Criterion(letter, given["name"], weight=given["weight"])


class SubForm(PartForm):
    """A sub-criterion: one score sheet, its day and its marking team."""

    name = forms.CharField(label=_("子项名称"), max_length=300)
    day = forms.IntegerField(
        label=_("评分日"), required=False, min_value=1, max_value=31
    )
    panel = forms.RegexField(
        "^[A-Z]$",
        label=_("评分组"),
        initial="A",
        help_text=_("一个大写字母。"),
        error_messages={"invalid": _("评分组是一个大写字母。")},
    )

    second_panel = forms.RegexField(
        "^[A-Z]$",
        label=_("第二评分组"),
        required=False,
        help_text=_("填了即双组评分：两组各自评同一张评分表，互不可见。"),
        error_messages={"invalid": _("评分组是一个大写字母。")},
    )
    tolerance = forms.DecimalField(
        label=_("两组允许相差"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        decimal_places=4,
        help_text=_("按评分点计；超过即为分差，须重评。由赛务定，文件没有统一数值。"),
    )
    unit = forms.ChoiceField(
        label=_("相差按什么计"),
        required=False,
        choices=(("points", _("分")), ("percent", _("% 满分"))),
    )
    places = forms.TypedChoiceField(
        label=_("两组均值保留"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=(
            ("", "—"),
            *((n, _("%(n)d 位小数，四舍五入") % {"n": n}) for n in range(5)),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """A second team needs its own letter, a tolerance and a rounding."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("second_panel"):
            return given
        if given["second_panel"] == given.get("panel"):
            self.add_error("second_panel", _("第二评分组须是另一个组。"))
        for name in ("tolerance", "places"):
            if given.get(name) is None and name not in self.errors:
                self.add_error(name, _("双组评分须写明。"))
        return given

    def sub(self, code: str) -> SubCriterion:
        """The sub-criterion as given, without its aspects."""
        given = self.cleaned_data
        dual = None
        if given["second_panel"]:
            dual = DualMarking(
                given["second_panel"],
                given["tolerance"],
                given["unit"] or "points",
                given["places"],
            )
        return SubCriterion(
            code, given["name"], given["day"], panel=given["panel"], dual=dual
        )


class SectionForm(PartForm):
    """A row of the standards table with the marks it declares."""

    number = forms.CharField(label=_("编号"), max_length=6)
    name = forms.CharField(label=_("名称"), max_length=300)
    declared = forms.DecimalField(
        label=_("声明的分值"), min_value=0, max_value=LARGEST, decimal_places=2
    )

    def __init__(self, taken: Sequence[str], *args: Any, **options: Any) -> None:
        self.taken = taken
        super().__init__(*args, **options)

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if number in self.taken:
            raise forms.ValidationError(_("已有这个编号的章节。"))
        return number

    def section(self) -> Section:
        """The section as given."""
        return Section(**self.cleaned_data)


class AspectForm(PartForm):
    """One aspect of any kind; what does not belong to its kind is ignored."""

    kind = forms.ChoiceField(
        label=_("类型"), choices=[(kind.value, word) for word, kind in KINDS.items()]
    )
    description = TextField(
        label=_("评分点"),
        max_length=2000,
    )
    maximum = forms.DecimalField(
        label=_("满分"),
        min_value=0,
        max_value=LARGEST,
        decimal_places=6,
        max_digits=12,
        help_text=_("扣分项和只排序的用时写 0。"),
    )
    requirement = forms.CharField(label=_("要求"), max_length=500, required=False)
    section = forms.ChoiceField(label=_("标准章节"), required=False)
    extra = TextField(
        label=_("补充说明"),
        required=False,
        max_length=2000,
        help_text=_("一行一条；扣分项的各行是可选的事由。"),
    )
    calculation = forms.ChoiceField(
        label=_("计算"),
        required=False,
        choices=[("", "—"), *((k.value, word) for word, k in CALCULATIONS.items())],
        help_text=_("测量、扣分、用时用。"),
    )
    parameters = TextField(
        label=_("参数"),
        required=False,
        max_length=2000,
        help_text=_(
            "名称=值，以“；”分隔：应有数量=5；目标值=100；每差=1；扣分=0.5；选项1=全对；"
            "选项1扣分=0；每次扣=0.5；最多扣=1.5；第1段到=10:00；第1段得分=5；"
            "满分用时=10:00；零分用时=20:00。"
        ),
    )
    step = forms.DecimalField(
        label=_("步长"),
        required=False,
        min_value=Decimal("0.000001"),
        max_value=LARGEST,
        decimal_places=6,
        help_text=_("打分、直接给分、导入、用时；不填为 0.01。"),
    )
    scale = forms.DecimalField(
        label=_("打分上限"),
        required=False,
        min_value=Decimal("0.000001"),
        max_value=LARGEST,
        decimal_places=6,
        help_text=_("裁判按它打分，再折算到满分；不填即满分。"),
    )
    trim = forms.IntegerField(
        label=_("去高低"), required=False, min_value=0, max_value=9
    )
    level_0 = TextField(label=_("0 级"), required=False, max_length=1000)
    level_1 = TextField(label=_("1 级"), required=False, max_length=1000)
    level_2 = TextField(label=_("2 级"), required=False, max_length=1000)
    level_3 = TextField(label=_("3 级"), required=False, max_length=1000)

    def __init__(self, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        sections = [(s.number, f"{s.number} {s.name}") for s in scheme.sections]
        cast(forms.ChoiceField, self.fields["section"]).choices = [("", "—"), *sections]

    def clean_parameters(self) -> tuple[tuple[str, str], ...]:
        pairs = named_parameters(self.cleaned_data["parameters"])
        if pairs is None:
            raise forms.ValidationError(_("写成以“；”分隔的“名称=值”。"))
        return pairs

    def aspect(self) -> Aspect:
        """The aspect as given; its code comes with its place."""
        given = self.cleaned_data
        kind = MarkKind(given["kind"])
        levels = tuple(given[f"level_{n}"] for n in range(4))
        return Aspect(
            code="",
            kind=kind,
            maximum=given["maximum"],
            description=given["description"],
            extra=tuple(line for line in given["extra"].splitlines() if line.strip()),
            requirement=given["requirement"],
            section=given["section"],
            descriptors=levels if kind is MarkKind.JUDGEMENT else (),
            calculation=_calculation(kind, given["calculation"], given["parameters"]),
            step=given["step"] or Decimal("0.01"),
            trim=given["trim"] or 0,
            scale=given["scale"],
        )


class SettingsForm(PartForm):
    """Title, rounding, tie-breaks, fallback and medals of the whole scheme."""

    title = forms.CharField(label=_("方案标题"), max_length=200, required=False)
    aspect = forms.ChoiceField(label=_("评分点取整"), choices=PLACES, required=False)
    sub_criterion = forms.ChoiceField(
        label=_("子项取整"), choices=PLACES, required=False
    )
    criterion = forms.ChoiceField(label=_("模块取整"), choices=PLACES, required=False)
    total = forms.ChoiceField(label=_("总分取整"), choices=PLACES, required=False)
    fallback = forms.ChoiceField(label=_("仍然同分时"), choices=FALLBACKS)
    medal_rule = forms.ChoiceField(label=_("名次与奖牌"))

    def __init__(self, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rules = [*PRESETS, *WORLDSKILLS_RULES]
        medals = cast(forms.ChoiceField, self.fields["medal_rule"])
        medals.choices = [(rule, MEDAL_RULES.get(rule, rule)) for rule in rules]
        for number in range(1, MOST_TIES + 1):
            self.fields[f"tie_{number}"] = forms.ChoiceField(
                label=_("同分先比") if number == 1 else _("再比"),
                required=False,
                choices=[("", "—"), *_tie_choices(scheme)],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def apply(self, scheme: Scheme) -> dict[str, Any]:
        """The fields of a scheme that this form sets."""
        given = self.cleaned_data
        stages = {
            stage: int(given[stage]) if given[stage] else None
            for stage in ("aspect", "sub_criterion", "criterion", "total")
        }
        ties = [given[f"tie_{number}"] for number in range(1, MOST_TIES + 1)]
        return {
            "title": given["title"],
            "rounding": Rounding(**stages),
            "ties": tuple(dict.fromkeys(tie for tie in ties if tie)),
            "fallback": given["fallback"],
            "medal_rule": given["medal_rule"],
        }


def _calculation(
    kind: MarkKind, word: str, pairs: tuple[tuple[str, str], ...]
) -> Calculation:
    """The calculation given, or the usual one of the kind."""
    if kind not in CALCULATED:
        return Calculation()
    usual = {
        MarkKind.DEDUCTION: CalculationKind.COUNT_DEDUCTION,
        MarkKind.TIME: CalculationKind.TIME_ONLY,
    }.get(kind, CalculationKind.PASS_FAIL)
    return Calculation(CalculationKind(word) if word else usual, pairs)


def _tie_choices(scheme: Scheme) -> list[tuple[str, Any]]:
    kinds = {kind: word for word, kind in KINDS.items()}
    return [
        *((f"criterion:{c.letter}", f"{c.letter} {c.name}") for c in scheme.criteria),
        *(
            (f"sub:{sub.code}", f"{sub.code} {sub.name}")
            for criterion in scheme.criteria
            for sub in criterion.sub_criteria
        ),
        *((f"kind:{kind}", word) for kind, word in kinds.items()),
        ("time", _("用时短的在前")),
    ]


def id_in(text: str) -> int:
    """The row id that a page named, or 0; a row's id has no more than 18 digits."""
    fits = text.isascii() and text.isdecimal() and len(text) <= 18
    return int(text) if fits else 0


def initial_aspect(aspect: Aspect) -> dict[str, Any]:
    """What an aspect's form shows first."""
    levels = dict(zip(range(4), aspect.descriptors, strict=False))
    is_calculated = aspect.kind in CALCULATED
    return {
        "kind": aspect.kind.value,
        "description": aspect.description,
        "maximum": aspect.maximum,
        "requirement": aspect.requirement,
        "section": aspect.section,
        "extra": "\n".join(aspect.extra),
        "calculation": aspect.calculation.kind.value if is_calculated else "",
        "parameters": parameters_text(aspect.calculation.parameters),
        "step": aspect.step,
        "scale": aspect.scale,
        "trim": aspect.trim or None,
        **{f"level_{n}": levels.get(n, "") for n in range(4)},
    }


def initial_settings(scheme: Scheme) -> dict[str, Any]:
    """What the settings form shows first."""
    stages = ("aspect", "sub_criterion", "criterion", "total")
    places = {stage: getattr(scheme.rounding, stage) for stage in stages}
    return {
        "title": scheme.title,
        "fallback": scheme.fallback,
        "medal_rule": scheme.medal_rule,
        **{s: "" if p is None else str(p) for s, p in places.items()},
        **{f"tie_{n}": tie for n, tie in enumerate(scheme.ties[:MOST_TIES], start=1)},
    }
