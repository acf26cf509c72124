"""Words for medal rules and tie-breaks, and where each rule was seen.

The sources name the competitions whose published rules have this form; what binds a
competition is the document that its organizers cite.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from scoring.core.scheme import Scheme

RULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "worldskills-2026": (
            gettext_noop("世赛 2026：同分同奖，不设容差"),
            gettext_noop("第48届世界技能大赛公布的成绩"),
        ),
        "worldskills-2024": (
            gettext_noop("世赛 2024：2 分容差，同奖同名次"),
            gettext_noop("第47届世界技能大赛公布的成绩"),
        ),
        "worldskills-2019": (
            gettext_noop("世赛 2019：2 分容差，同奖同名次"),
            gettext_noop("第45届世界技能大赛公布的成绩"),
        ),
        "worldskills-2017": (
            gettext_noop("世赛 2017：2 分容差，容差内同名次"),
            gettext_noop("第44届世界技能大赛公布的成绩"),
        ),
        "worldskills-2015": (
            gettext_noop("世赛 2015：500 分标尺，2 分容差"),
            gettext_noop("第43届世界技能大赛奖牌规则"),
        ),
        "national": (
            gettext_noop("金、银、铜各 1，名次不并列，优胜奖到半数"),
            gettext_noop("中华人民共和国职业技能大赛（2020、2023）"),
        ),
        "places-1-2-3": (gettext_noop("第 1、2、3 名金、银、铜牌"), ""),
        "places-1-2-3-merit-half": (
            gettext_noop("第 1、2、3 名金、银、铜牌，优胜奖到半数"),
            gettext_noop("中华人民共和国职业技能大赛（2020）"),
        ),
        "gold1-silver2-bronze3": (
            gettext_noop("金 1、银 2、铜 3"),
            gettext_noop("全国乡村振兴职业技能大赛（2021、2024）"),
        ),
        "prizes-1-2-5": (
            gettext_noop("一等奖 1、二等奖 2、三等奖 5"),
            gettext_noop("首届四川工匠杯（2017）"),
        ),
        "prizes-1-2-5-merit-half": (
            gettext_noop("一等奖 1、二等奖 2、三等奖 5，优胜奖到半数"),
            "",
        ),
        "prizes-3-5-10": (
            gettext_noop("一等奖 3、二等奖 5、三等奖 10"),
            gettext_noop("山西省第四届职业技能大赛（2023）"),
        ),
        "prizes-3-5-10-merit-two-thirds": (
            gettext_noop("一等奖 3、二等奖 5、三等奖 10，优胜奖到三分之二"),
            gettext_noop("山西省第四届职业技能大赛（2023）"),
        ),
        "shares-10-20-30": (
            gettext_noop("一、二、三等奖各占 10%、20%、30%，累计人数四舍五入"),
            gettext_noop("技工院校全国技能竞赛（2012）"),
        ),
        "shares-10-20-30-by-band": (
            gettext_noop("一、二、三等奖各占 10%、20%、30%，各等分别四舍五入"),
            gettext_noop("技工院校全国技能竞赛（2012）"),
        ),
        "field-table": (
            gettext_noop("6 队以上金银铜，5 队金银，4 队只设金牌，不足 4 队不设奖"),
            gettext_noop("莫斯科公开赛规则（2018）10.1"),
        ),
        "none": (gettext_noop("只排名次，不设奖"), ""),
    }
)
FALLBACK_WORDS = MappingProxyType(
    {
        "shared": gettext_lazy("并列"),
        "chief-judge": gettext_lazy("由裁判长裁定，写明理由"),
        "re-match": gettext_lazy("加赛，由裁判长录入结果"),
    }
)
KIND_WORDS = MappingProxyType(
    {
        "measurement": gettext_lazy("测量分"),
        "judgement": gettext_lazy("评价分"),
        "panel": gettext_lazy("打分"),
        "imported": gettext_lazy("导入分"),
        "deduction": gettext_lazy("扣分"),
    }
)
# Who signs a printed result list.
SIGNERS = (
    gettext_lazy("裁判长"),
    gettext_lazy("监督仲裁"),
    gettext_lazy("成绩管理"),
    gettext_lazy("主办单位"),
)
# The five reports of a member comparison, and the tables of delegation points.
REPORT_WORDS = MappingProxyType(
    {
        "alphabetical": gettext_lazy("按代表队"),
        "medal-total": gettext_lazy("奖牌分合计"),
        "medal-average": gettext_lazy("平均奖牌分"),
        "score-total": gettext_lazy("标尺分合计"),
        "score-average": gettext_lazy("平均标尺分"),
    }
)
TABLE_WORDS = MappingProxyType(
    {
        "places": {
            "title": gettext_lazy("团体总分（按名次）"),
            "rule": gettext_lazy(
                "第 1 至 6 名 10、9、8、7、6、5 分，第 7 至 10 名各 4 分，其余各 1 分"
            ),
            "source": gettext_lazy("威海市职工职业技能竞赛规则（2018）"),
        },
        "prizes": {
            "title": gettext_lazy("团体总分（按奖项）"),
            "rule": gettext_lazy(
                "一、二、三等奖 8、4、2 分，未获奖而各部分合格的 1 分，无名次 0 分"
            ),
            "source": gettext_lazy("全国机械行业职业技能竞赛（2024）"),
        },
    }
)


def rule_label(code: str) -> str:
    """The words of a medal rule; an unknown one is named as it is."""
    return _(RULES[code][0]) if code in RULES else code


def rule_source(code: str) -> str:
    """Where a rule was seen, if it is known."""
    source = RULES.get(code, ("", ""))[1]
    return _(source) if source else ""


def tie_choices(scheme: Scheme) -> list[tuple[str, str]]:
    """Everything the scheme can compare between equal totals, with its words."""
    found = []
    kinds = {
        a.kind.value for c in scheme.criteria for s in c.sub_criteria for a in s.aspects
    }
    for criterion in scheme.criteria:
        label = _("模块 %(letter)s %(name)s")
        words = {"letter": criterion.letter, "name": criterion.name}
        found.append((f"criterion:{criterion.letter}", label % words))
    found += [
        (f"kind:{kind}", str(KIND_WORDS[kind])) for kind in KIND_WORDS if kind in kinds
    ]
    found.append(("time", _("用时短的在前")))
    found += [
        (
            f"sub:{sub.code}",
            _("子项 %(code)s %(name)s") % {"code": sub.code, "name": sub.name},
        )
        for criterion in scheme.criteria
        for sub in criterion.sub_criteria
    ]
    return found
