"""What the people of the story bring: a marking scheme, a roster, a document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from competitions.rosters import roster_template
from config.demo.cast import identity_number
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Scheme,
    SubCriterion,
)
from scoring.workbooks import cis_workbook

LEVELS = ("低于行业标准", "达到行业标准", "部分超过行业标准", "远超行业标准")
COMPETITORS = (
    # name, delegation, unit, grade held
    ("钟毓", "成都市代表队", "成都云桥电装有限公司", "高级工"),
    ("凤鸣", "德阳市代表队", "德阳云桥电装有限公司", "技师"),
    ("柏舟", "绵阳市代表队", "绵阳云桥电装有限公司", ""),
    ("罗𠮷", "宜宾市代表队", "宜宾云桥电装有限公司", "高级工"),
)
CERTIFICATES = {"高级工": "S000151000901213000901", "技师": "S000151000902212000902"}
OFFICIALS = (
    # name, role, unit
    ("甘棠", "chief-judge", "蜀岷评价研究会"),
    ("采薇", "judge", "蜀岷评价研究会"),
    ("木瓜", "judge", "沱江职业研究所"),
    ("静女", "judge", "沱江职业研究所"),
    ("北风", "supervisor", "赛务办公室"),
    ("式微", "results-officer", "赛务办公室"),
)
BORN = date(1990, 5, 17)


def number_of(name: str) -> str:
    return identity_number(name, "1", BORN)


def scheme() -> Scheme:
    """Two criteria, three sheets, measurement and judgement, 100 marks."""

    def yes(code: str, mark: str, text: str) -> Aspect:
        return Aspect(code, MarkKind.MEASUREMENT, Decimal(mark), text)

    counted = Aspect(
        "A1.M2",
        MarkKind.MEASUREMENT,
        Decimal(20),
        "十处固定点合格的处数",
        calculation=Calculation(
            CalculationKind.NUMBER_COMPLETED, (("NUM_POSSIBLE", "10"),)
        ),
    )
    judged = Aspect(
        "A2.J1", MarkKind.JUDGEMENT, Decimal(30), "线槽拼接与转角", descriptors=LEVELS
    )
    return Scheme(
        title="07 电气装置",
        criteria=(
            Criterion(
                "A",
                "安装",
                (
                    SubCriterion(
                        "A1", "线管敷设", 1, (yes("A1.M1", "10", "接地连续"), counted)
                    ),
                    SubCriterion("A2", "外观", 1, (judged,)),
                ),
            ),
            Criterion(
                "B",
                "功能",
                (
                    SubCriterion(
                        "B1",
                        "通电",
                        1,
                        (
                            yes("B1.M1", "25", "一次通电成功"),
                            yes("B1.M2", "15", "急停有效"),
                        ),
                    ),
                ),
            ),
        ),
    )


def scheme_workbook() -> bytes:
    return cis_workbook(scheme())


def roster_workbook() -> bytes:
    rows = []
    for name, delegation, unit, grade in COMPETITORS:
        region = delegation.removesuffix("代表队")
        row = {
            "skill": "07",
            "delegation": delegation,
            "delegation_region": region,
            "name": name,
            "sex": "男",
            "identity_number": number_of(name),
            "employment": "职工",
            "organization": unit,
            "organization_region": region,
            "home_region": region,
        }
        if grade:
            row |= {
                "occupation": "6-31-01-03",
                "grade": grade,
                "certificate": CERTIFICATES[grade],
            }
        rows.append(row)
    return roster_template(rows)


DOCUMENT = """
[document]
title = "云桥杯职业技能竞赛奖励办法【虚构】"
issuer = "赛务办公室"
number = "云桥赛〔2026〕7号"
status = "edition-only"
competition = "yunqiao-2026"
region = "510000"
published_on = 2026-03-02
in_force_from = 2026-03-02
in_force_until = 2026-12-31
seen = "text"
source = "测试所用，虚构"

[[prize]]
id = "YQ-1-gold"
clause = "第一条"
quote = "第1名授予金牌"
award = "gold"
label = "金牌"
rank_from = 1
rank_to = 1
count = 1

[[prize]]
id = "YQ-1-silver"
clause = "第一条"
quote = "第2名授予银牌"
award = "silver"
label = "银牌"
rank_from = 2
rank_to = 2
count = 1

[[prize]]
id = "YQ-1-bronze"
clause = "第一条"
quote = "第3名授予铜牌"
award = "bronze"
label = "铜牌"
rank_from = 3
rank_to = 3
count = 1

[[rule]]
id = "YQ-2"
clause = "第二条"
quote = "职工组前3名晋升技师，已具有技师的晋升高级技师"
[rule.when]
group = ["worker"]
rank = 3
[[rule.grant]]
kind = "grade"
operator = "to-or-up"
grade = "技师"
authority = "四川省人力资源和社会保障厅"
mode = "核发"
"""
