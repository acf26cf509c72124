"""What a bureau types in about its talent file; clean values only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.actions.talent import PoolDraft
from awards.core.talent import Asked, asked_from
from awards.core.vocabulary import Award
from awards.enums import PoolKind, ReviewOutcome
from awards.forms import DAY, GRADES, OfficeForm
from awards.talent_words import SERVICES, mistake_words
from competitions.enums import Tier
from people.core import occupations
from people.enums import HolderKind, TitleLevel

NOT_ASKED = ("", _("不要求"))
AWARDS = (
    NOT_ASKED,
    (Award.GOLD.value, _("金牌、一等奖")),
    (Award.SILVER.value, _("银牌、二等奖及以上")),
    (Award.BRONZE.value, _("铜牌、三等奖及以上")),
    (Award.MERIT.value, _("优胜奖及以上")),
)
PAPER = _("文件名称和文号，写到别人能照着查到的程度。")


class Boxes(forms.MultipleChoiceField):
    """Several of a list, as boxes to tick."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class TalentForm(OfficeForm):
    """A form of the talent file; boxes to tick keep their own look."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "boxes"
            elif isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "form-check-input"


class PoolForm(TalentForm):
    """A pool with the document that founds it."""

    kind = forms.ChoiceField(label=_("类别"), choices=PoolKind.choices)
    name = forms.CharField(label=_("名称"), max_length=60)
    document = forms.CharField(
        label=_("设立文件"), max_length=200, required=False, help_text=PAPER
    )
    clause = forms.CharField(label=_("条款"), max_length=60, required=False)
    takes = Boxes(
        label=_("哪些认定结论指这个库"),
        help_text=_("规则文件里“入库”一类待遇的叫法；选了的，会把人列为候选。"),
    )
    waits_for_grant = forms.BooleanField(
        label=_("主管部门核准后才列为候选"), required=False, initial=True
    )

    def __init__(self, *args: Any, words: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = self.fields["takes"]
        assert isinstance(boxes, Boxes)  # noqa: S101 - declared above
        boxes.choices = [(word, word) for word in words]
        if not words:
            del self.fields["takes"]

    @property
    def draft(self) -> PoolDraft:
        """The pool as it is to be opened."""
        values = self.cleaned_data
        return PoolDraft(**{**values, "takes": tuple(values.get("takes", ()))})


class CloseForm(TalentForm):
    """Why a pool is closed."""

    reason = forms.CharField(label=_("理由和文件"), max_length=300)


class CriterionForm(TalentForm):
    """A criterion of the bureau's own document; what is left empty is not asked."""

    grade = forms.ChoiceField(
        label=_("技能等级不低于"), choices=[NOT_ASKED, *GRADES], required=False
    )
    occupation = forms.CharField(
        label=_("职业编码或名称"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "occupations"}),
    )
    titles = forms.CharField(
        label=_("称号，任一"),
        max_length=300,
        required=False,
        help_text=_("几个称号之间用顿号分开，例如 全国技术能手、中华技能大奖。"),
    )
    award = forms.ChoiceField(label=_("大赛获奖"), choices=AWARDS, required=False)
    place = forms.IntegerField(
        label=_("名次不低于第几名"), min_value=1, max_value=999, required=False
    )
    services = Boxes(label=_("任过，任一"), choices=list(SERVICES.items()))
    tiers = Boxes(label=_("赛事层级"), choices=Tier.choices)
    years = forms.IntegerField(
        label=_("近几年"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("按自然年算，含今年；不填不限。"),
    )
    level = forms.ChoiceField(
        label=_("职称不低于"),
        choices=[NOT_ASKED, *TitleLevel.choices],
        required=False,
    )
    holder = Boxes(label=_("专家和领办人，任一"), choices=HolderKind.choices)
    document = forms.CharField(label=_("依据文件"), max_length=200, help_text=PAPER)
    clause = forms.CharField(label=_("条款"), max_length=60, required=False)

    def clean_occupation(self) -> str:
        text = self.cleaned_data["occupation"].strip()
        if not text:
            return ""
        found = occupations.find(text)
        if found is None:
            raise forms.ValidationError(_("没有这个职业，请写职业大典的编码或名称。"))
        return found.code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        words = values["titles"].replace(",", "、").replace("，", "、").split("、")
        typed = {
            **values,
            "grade": values["grade"] or None,
            "titles": [word.strip() for word in words if word.strip()],
        }
        asked = asked_from(typed)
        for code in asked.mistakes:
            self.add_error(None, mistake_words(code))
        return {**values, "asked": asked}

    @property
    def asked(self) -> Asked:
        """The criterion as the engine of candidates reads it."""
        asked: Asked = self.cleaned_data["asked"]
        return asked


class AdmissionForm(TalentForm):
    """The document of an admission and its day; stands beside the refusal."""

    use_required_attribute = False
    document = forms.CharField(label=_("入库文件"), max_length=200, help_text=PAPER)
    entered_on = forms.DateField(label=_("入库日期"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {
            "entered_on": timezone.localdate(),
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)


class HandForm(AdmissionForm):
    """An entry by the bureau's own act, with its reason."""

    reason = forms.CharField(label=_("事由和证据"), max_length=300)
    field_order = ("reason", "document", "entered_on")


class DeclineForm(TalentForm):
    """Why candidates are not admitted; stands beside the admission in one form."""

    use_required_attribute = False
    reason = forms.CharField(label=_("不予入库的理由"), max_length=300)


class LeaveForm(TalentForm):
    """Why and by what document somebody leaves a pool."""

    reason = forms.CharField(label=_("退出理由"), max_length=300)
    document = forms.CharField(
        label=_("依据文件"), max_length=200, required=False, help_text=PAPER
    )
    left_on = forms.DateField(label=_("退出日期"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = {
            "left_on": timezone.localdate(),
            **(kwargs.pop("initial", None) or {}),
        }
        super().__init__(*args, initial=initial, **kwargs)


class ReviewForm(TalentForm):
    """The outcome of a yearly review, the same for everybody ticked."""

    outcome = forms.ChoiceField(label=_("复核结论"), choices=ReviewOutcome.choices)
    note = forms.CharField(
        label=_("复核意见"),
        max_length=300,
        required=False,
        help_text=_("退出和暂缓必填。"),
    )


class PurposeForm(TalentForm):
    """For what somebody needs a file with the full document number."""

    purpose = forms.CharField(
        label=_("用途"),
        max_length=200,
        help_text=_("写明交给谁、办什么事。会记入查阅记录。"),
    )
