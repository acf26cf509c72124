"""What a scheme's text says otherwise than another, value by value."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from scoring.core.scheme import Criterion, DualMarking, Rounding, Section, SubCriterion
from scoring.core.scheme_changes import Difference, differences
from tests.scoring.core.schemes import judgement, measurement, worldskills_type
from tests.scoring.versions import changed

OLD = worldskills_type()


def told(new):
    return [tuple(getattr(d, name) for name in Difference.__slots__) for d in
            differences(OLD, new)]  # fmt: skip


def test_equal_texts_have_no_difference():
    assert differences(OLD, worldskills_type()) == ()


def test_every_value_of_an_aspect_is_named():
    new = changed(
        OLD,
        A1_M1={
            "maximum": Decimal("29.5"),
            "description": "尺寸 ±0.1",
            "requirement": "0.1 mm",
            "extra": ("用卡尺",),
            "section": "1",
            "step": Decimal("0.5"),
            "calculation": measurement(
                kind="NUMBER_COMPLETED", NUM_POSSIBLE=3
            ).calculation,
        },
        A1_J1={"descriptors": ("甲", "乙", "丙", "丁")},
    )
    assert told(new) == [
        ("aspect", "A1.M1", "description", "尺寸", "尺寸 ±0.1"),
        ("aspect", "A1.M1", "maximum", "30", "29.5"),
        (
            "aspect", "A1.M1", "calculation",
            "PASS_FAIL", "NUMBER_COMPLETED\nNUM_POSSIBLE=3",
        ),
        ("aspect", "A1.M1", "requirement", "", "0.1 mm"),
        ("aspect", "A1.M1", "extra", "", "用卡尺"),
        ("aspect", "A1.M1", "section", "", "1"),
        ("aspect", "A1.M1", "step", "0.01", "0.5"),
        (
            "aspect", "A1.J1", "descriptors",
            "低于行业标准\n达到\n部分超过\n优秀", "甲\n乙\n丙\n丁",
        ),
    ]  # fmt: skip


def test_settings_sections_criteria_and_sub_criteria_are_named():
    first, second = OLD.criteria
    (sub,) = second.sub_criteria
    dual = DualMarking("B", Decimal("0.5"))
    new = replace(
        OLD,
        sections=(Section("1", "安全", Decimal(10)),),
        criteria=(
            replace(first, weight=Decimal("0.5")),
            replace(second, sub_criteria=(replace(sub, day=3, panel="C", dual=dual),)),
        ),
        rounding=Rounding(aspect=None, sub_criterion=2),
        ties=("criterion:A",),
        fallback="chief-judge",
        medal_rule="none",
    )
    assert told(new) == [
        ("settings", "", "rounding-aspect", "2", ""),
        ("settings", "", "rounding-sub_criterion", "", "2"),
        ("settings", "", "ties", "criterion:B\nkind:judgement\ntime", "criterion:A"),
        ("settings", "", "fallback", "shared", "chief-judge"),
        ("settings", "", "medal_rule", "places-1-2-3", "none"),
        ("section", "1", "declared", "5", "10"),
        ("criterion", "A", "weight", "", "0.5"),
        ("sub", "B1", "day", "2", "3"),
        ("sub", "B1", "panel", "A", "C"),
        ("sub", "B1", "dual", "", "B ±0.5 points 2"),
    ]


def test_whole_parts_come_and_go():
    sub = SubCriterion("C1", "收尾", None, (judgement("C1.J1"),))
    new = replace(OLD, criteria=(OLD.criteria[0], Criterion("C", "收尾", (sub,))))
    assert told(new) == [
        ("criterion", "C", "added", "", "收尾"),
        ("criterion", "B", "removed", "制作", ""),
        ("sub", "C1", "added", "", "收尾"),
        ("sub", "B1", "removed", "焊接", ""),
        ("aspect", "C1.J1", "added", "", "外观"),
        ("aspect", "B1.M1", "removed", "尺寸", ""),
    ]


def test_an_order_is_told_only_when_nothing_else_came_or_went():
    first, second = OLD.criteria
    (sub,) = first.sub_criteria
    turned = replace(sub, aspects=sub.aspects[::-1])
    new = replace(OLD, criteria=(replace(first, sub_criteria=(turned,)), second))
    assert told(new) == [("sub", "A1", "order", "A1.M1 A1.J1", "A1.J1 A1.M1")]
    assert told(changed(OLD, A1_M1=None)) == [
        ("aspect", "A1.M1", "removed", "尺寸", "")
    ]


@given(st.decimals(0, 50, places=2), st.decimals(0, 50, places=2))
def test_a_value_differs_exactly_when_the_scheme_does(one, other):
    before = changed(OLD, A1_M1={"maximum": one})
    after = changed(OLD, A1_M1={"maximum": other})
    found = differences(before, after)
    assert bool(found) == (one != other)
