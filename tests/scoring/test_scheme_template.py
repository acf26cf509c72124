"""The project's own scheme workbook (评分方案)."""

from decimal import Decimal

import pytest

from people.spreadsheets import ERROR
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Rounding,
    Scheme,
    SubCriterion,
)
from scoring.workbooks import read_scheme, scheme_template
from tests.workbooks import workbook_of

HEADER = (
    "模块", "模块名称", "权重", "子项", "子项名称", "日", "评分组", "类型", "评分点", "满分",
    "计算", "参数", "步长", "打分上限", "去高低", "要求", "0级", "1级", "2级", "3级",
)  # fmt: skip
FIRST = ("A", "实操", None, "A1", "外观", 1, "B", "打分", "焊缝", 100)

CHINESE_SCHEME = Scheme(
    title="焊工（学生组）",
    criteria=(
        Criterion(
            "A",
            "理论",
            (
                SubCriterion(
                    "A1",
                    "理论考试",
                    1,
                    (Aspect("A1.I1", MarkKind.IMPORTED, Decimal(100), "理论成绩"),),
                ),
            ),
            weight=Decimal("0.3"),
        ),
        Criterion(
            "B",
            "实操",
            (
                SubCriterion(
                    "B1",
                    "外观",
                    2,
                    (
                        Aspect(
                            "B1.P1",
                            MarkKind.PANEL,
                            Decimal(40),
                            "焊缝外观",
                            extra=("看正面", "看背面"),
                            step=Decimal("0.5"),
                            trim=1,
                            scale=Decimal(10),
                        ),
                        Aspect(
                            "B1.J2",
                            MarkKind.JUDGEMENT,
                            Decimal(20),
                            "整洁",
                            descriptors=("乱", "一般", "好", "很好"),
                        ),
                        Aspect(
                            "B1.M3",
                            MarkKind.MEASUREMENT,
                            Decimal(40),
                            "长度",
                            requirement="100 mm",
                            calculation=Calculation(
                                CalculationKind.REGULAR_DIFFERENCE_DEDUCTION,
                                (
                                    ("TARGET_VALUE", "100"),
                                    ("DIFFERENCE", "1"),
                                    ("DEDUCTION", "5"),
                                    ("DEDUCTION_TYPE", "PERCENT"),
                                ),
                            ),
                        ),
                        Aspect(
                            "B1.D4",
                            MarkKind.DEDUCTION,
                            Decimal(0),
                            "安全违规",
                            calculation=Calculation(
                                CalculationKind.COUNT_DEDUCTION,
                                (("UNIT", "0.5"), ("CAP", "1.5")),
                            ),
                        ),
                        Aspect(
                            "B1.T5",
                            MarkKind.TIME,
                            Decimal(0),
                            "用时",
                            calculation=Calculation(CalculationKind.TIME_ONLY),
                            step=Decimal("0.1"),
                        ),
                    ),
                    panel="B",
                ),
            ),
            weight=Decimal("0.7"),
        ),
    ),
    rounding=Rounding(aspect=2, sub_criterion=None, criterion=2, total=2),
    ties=("criterion:B", "time"),
    fallback="chief-judge",
    medal_rule="prizes-1-2-5",
)


def found(*rows):
    reading = read_scheme(workbook_of([HEADER, *rows]), filename="a.xlsx")
    return [(p.code, p.row, p.column) for p in reading.problems if p.severity == ERROR]


def test_chinese_scheme_comes_back_as_it_was():
    reading = read_scheme(scheme_template(CHINESE_SCHEME), filename="a.xlsx")

    assert reading.scheme == CHINESE_SCHEME
    assert reading.as_dict() == {
        "total_mark": "100.00",
        "sub_criteria": 2,
        "aspects": 6,
        "measurement": 1,
        "judgement": 1,
        "untyped": 0,
        "problems": [],
    }


def test_empty_template_holds_an_example_that_reads_without_findings():
    reading = read_scheme(scheme_template(), filename="a.xlsx")

    assert (reading.counts.aspects, reading.problems) == (3, ())


def test_empty_cells_repeat_the_row_above():
    row = (*(None,) * 7, "测量", "第二点", 1)
    sub = (*(None,) * 3, "A2", None, None, None, "测量", "第三点", 1)

    reading = read_scheme(workbook_of([HEADER, FIRST, row, sub]), filename="a.xlsx")

    first, second = reading.scheme.criteria[0].sub_criteria
    assert [aspect.code for aspect in first.aspects] == ["A1.P1", "A1.M2"]
    assert (first.panel, second.code, second.panel, second.name) == ("B", "A2", "A", "")


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ({0: "AB"}, ("bad-criterion-letter", 2, "A")),
        ({3: "B1"}, ("bad-sub-criterion-code", 2, "D")),
        ({2: "很多"}, ("bad-weight", 2, "C")),
        ({6: "甲"}, ("bad-panel", 2, "G")),
        ({7: "主观"}, ("unknown-type", 2, "H")),
        ({8: None}, ("no-description", 2, "I")),
        ({9: None}, ("aspect-without-mark", 2, "J")),
        ({9: "0"}, ("not-a-positive-number", 2, "J")),
        ({7: "评价"}, ("judgement-descriptors", 2, "Q")),
        ({7: "测量", 10: "猜"}, ("unknown-calculation", 2, "K")),
        ({7: "测量", 10: "计数"}, ("calculation-incomplete", 2, "L")),
        ({7: "测量", 10: "计数", 11: "应有数量5"}, ("bad-parameters", 2, "L")),
        ({14: "一"}, ("bad-trim", 2, "O")),
        ({5: "昨天"}, ("bad-day", 2, "F")),
        ({9: "99999"}, ("not-a-positive-number", 2, "J")),
        ({8: "长" * 5001}, ("too-long", 2, "I")),
    ],
)
def test_fault_names_its_cell(cells, finding):
    row = list(FIRST) + [None] * 10
    for column, value in cells.items():
        row[column] = value

    assert finding in found(row)


def test_missing_columns_are_named():
    content = workbook_of([[h for h in HEADER if h != "满分"], FIRST])

    problems = read_scheme(content, filename="a.xlsx").problems

    assert [(p.code, "满分" in p.message) for p in problems] == [
        ("missing-column", True)
    ]
