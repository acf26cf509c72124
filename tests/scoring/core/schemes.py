"""Small schemes the tests of the core share."""

from decimal import Decimal

from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Rounding,
    Scheme,
    Section,
    SubCriterion,
)

LEVELS = ("低于行业标准", "达到", "部分超过", "优秀")


def judgement(code="A1.J1", maximum="10"):
    return Aspect(
        code, MarkKind.JUDGEMENT, Decimal(maximum), "外观", descriptors=LEVELS
    )


def measurement(code="A1.M1", maximum="1", kind="PASS_FAIL", **parameters):
    calculation = Calculation(
        CalculationKind(kind), tuple((key, str(v)) for key, v in parameters.items())
    )
    return Aspect(
        code, MarkKind.MEASUREMENT, Decimal(maximum), "尺寸", calculation=calculation
    )


def panel(code="A1.P1", maximum="10", trim=0, step="0.1", scale=None):
    return Aspect(
        code,
        MarkKind.PANEL,
        Decimal(maximum),
        "作品",
        trim=trim,
        step=Decimal(step),
        scale=scale and Decimal(scale),
    )


def imported(code="A1.I1", maximum="100", scale=None):
    return Aspect(
        code,
        MarkKind.IMPORTED,
        Decimal(maximum),
        "理论",
        scale=scale and Decimal(scale),
    )


def worldskills_type():
    """Two criteria, 100 points, measurement and judgement."""
    first = SubCriterion("A1", "放样", 1, (measurement("A1.M1", "30"), judgement()))
    second = SubCriterion("B1", "焊接", 2, (measurement("B1.M1", "60"),))
    return Scheme(
        "焊接",
        (Criterion("A", "准备", (first,)), Criterion("B", "制作", (second,))),
        (Section("1", "安全", Decimal("5.0")),),
        ties=("criterion:B", "kind:judgement", "time"),
    )


def chinese_type():
    """Theory 30 % and practice 70 %, both marked out of 100."""
    theory = SubCriterion("A1", "理论", None, (imported("A1.I1"),))
    practice = SubCriterion("B1", "实操", 1, (panel("B1.P1", "100", trim=1),))
    return Scheme(
        "钳工",
        (
            Criterion("A", "理论", (theory,), Decimal("0.30")),
            Criterion("B", "实操", (practice,), Decimal("0.70")),
        ),
        rounding=Rounding(2, None, 2, 2),
        fallback="chief-judge",
    )
