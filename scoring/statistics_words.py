"""What the figures of judge statistics say, in words that accuse nobody."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.queries.statistics import REGION, UNIT
from scoring.statistics.agreement import Figure
from scoring.statistics.cells import Why
from scoring.statistics.judging import Habits, Severity
from scoring.statistics.study import JudgeStudy

GOOD, TENTATIVE = Fraction(4, 5), Fraction(667, 1000)  # Krippendorff
NOT_YET = {
    Why.FEW_JUDGES: gettext_lazy("算不出：不到 2 名裁判评过同一项"),
    Why.FEW_ENTRIES: gettext_lazy("算不出：评完的选手太少"),
    Why.FEW_SHEETS: gettext_lazy("算不出：评过的表不到 8 张"),
    Why.NO_VARIANCE: gettext_lazy("算不出：分数没有差别"),
    Why.NO_OWN: gettext_lazy("没有评过这样的选手"),
    Why.ALL_OWN: gettext_lazy("算不出：评的都是这样的选手，没有可比的"),
    Why.NO_LEVELS: gettext_lazy("算不出：没有评完的评价项"),
    Why.NO_PAIRS: gettext_lazy("算不出：不到 2 名裁判评过同一项"),
}
TOO_FEW_COMPETITORS = gettext_lazy("不足 10 名选手，不作检验")
RELATION_WORDS = {
    UNIT: gettext_lazy("本单位、本代表队"),
    REGION: gettext_lazy("同地区"),
}


def percent(value: Decimal | Fraction, *, signed: bool = False) -> str:
    """A share of the range in percent with one decimal.

    >>> percent(Decimal("0.1234"), signed=True), percent(Decimal("-0.05"), signed=True)
    ('+12.3 %', '−5.0 %')
    """
    number = _decimal(value) * 100
    text = f"{number:+.1f}" if signed else f"{number:.1f}"
    return f"{text.replace('-', '−')} %"


def plain(value: Decimal | Fraction, places: int = 2) -> str:
    """A figure with so many decimals."""
    return f"{_decimal(value):.{places}f}".replace("-", "−")


def chance(value: Decimal) -> str:
    """A probability: small ones are only said to be small.

    >>> chance(Decimal("0.0004")), chance(Decimal("0.0321"))
    ('< 0.001', '0.032')
    """
    return "< 0.001" if value < Decimal("0.001") else f"{value:.3f}"


def figure(found: Figure, places: int = 3) -> str:
    """A coefficient, or nothing."""
    return "" if found.value is None else plain(found.value, places)


def why(reason: Why | None) -> str:
    """Why a figure is not there."""
    return "" if reason is None else str(NOT_YET[reason])


def alpha_reading(found: Figure) -> str:
    """Krippendorff's own bounds: .80 and .667."""
    if found.value is None:
        return why(found.why)
    if found.value >= GOOD:
        return _("裁判给的分数很一致。")
    if found.value >= TENTATIVE:
        return _("大体一致；分数接近的选手之间，结论要谨慎。")
    return _("一致程度低。请先看各裁判对评分标准的理解是否相同。")


def icc_reading(found: Figure) -> str:
    """Koo and Li (2016): .50, .75 and .90."""
    if found.value is None:
        return why(found.why)
    if found.value >= Fraction(9, 10):
        return _("很可靠：换一组裁判，总分几乎不变。")
    if found.value >= Fraction(3, 4):
        return _("可靠：换一组裁判，总分变化不大。")
    if found.value >= Fraction(1, 2):
        return _("一般：换一组裁判，总分会有变化。")
    return _("不可靠：总分在很大程度上取决于谁来评。")


def w_reading(found: Figure) -> str:
    """Landis and Koch's steps, as they are commonly used for W: .3, .5 and .7."""
    if found.value is None:
        return why(found.why)
    if found.value >= Fraction(7, 10):
        return _("各裁判排出的先后次序很接近。")
    if found.value >= Fraction(1, 2):
        return _("各裁判排出的先后次序比较接近。")
    if found.value >= Fraction(3, 10):
        return _("各裁判排出的先后次序有相当出入。")
    return _("各裁判排出的先后次序出入很大。")


def judge_remarks(name: str, found: JudgeStudy) -> list[str]:
    """What is worth a look about one judge; mostly nothing."""
    remarks = []
    severity, drift = found.severity, found.drift
    if isinstance(severity, Severity) and severity.is_flagged:
        remarks.append(_severity(name, severity))
    if not isinstance(drift, Why) and drift.is_flagged:
        words = (
            _("%(judge)s 后三分之一的打分比前三分之一高 %(size)s。")
            if drift.change > 0
            else _("%(judge)s 后三分之一的打分比前三分之一低 %(size)s。")
        )
        remarks.append(words % {"judge": name, "size": percent(abs(drift.change))})
    remarks += _habits(name, found.habits)
    for relation, effect in found.effects.items():
        if not isinstance(effect, Why) and effect.is_flagged:
            words = _(
                "%(judge)s 给%(whose)s选手的分数比给其他选手的高 %(size)s，"
                "偶然出现的概率 %(chance)s。"
            )
            facts = {
                "judge": name,
                "whose": RELATION_WORDS[relation],
                "size": percent(effect.effect),
                "chance": chance(effect.chance),
            }
            remarks.append(words % facts)
    return remarks


def _severity(name: str, severity: Severity) -> str:
    words = (
        _("%(judge)s 的打分平均比同组高 %(size)s（95 %% 区间 %(low)s 至 %(high)s）。")
        if severity.effect > 0
        else _(
            "%(judge)s 的打分平均比同组低 %(size)s（95 %% 区间 %(low)s 至 %(high)s）。"
        )
    )
    return words % {
        "judge": name,
        "size": percent(abs(severity.effect)),
        "low": percent(severity.low, signed=True),
        "high": percent(severity.high, signed=True),
    }


def _habits(name: str, habits: Habits) -> list[str]:
    remarks = []
    if habits.is_erratic and habits.spread is not None:
        words = _("%(judge)s 的打分起伏是同组中位的 %(times)s 倍。")
        remarks.append(words % {"judge": name, "times": plain(habits.spread, 1)})
    if habits.is_central and habits.range_used is not None:
        words = _("%(judge)s 拉开分数的幅度只有同组中位的 %(times)s 倍，集中在中间。")
        remarks.append(words % {"judge": name, "times": plain(habits.range_used, 1)})
    if habits.has_halo:
        words = _("%(judge)s 在同一张表上给各项的分数，比同组更连在一起。")
        remarks.append(words % {"judge": name})
    return remarks


def _decimal(value: Decimal | Fraction) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value
