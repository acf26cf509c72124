"""Deductions and times entered as marks: refused, stored, rebuilt, twice calculated."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.actions import impose_penalty
from scoring.core.scheme import Aspect, Calculation, CalculationKind, MarkKind
from scoring.models import Mark, Result, Sheet
from scoring.queries.rebuilding import differences
from scoring.queries.second_opinion import opinion_differences
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type

pytestmark = pytest.mark.django_db


def aspect(code, kind, calculation, **parameters):
    return Aspect(
        code,
        MarkKind(kind),
        Decimal(0),
        "评分点",
        calculation=Calculation(
            CalculationKind(calculation), tuple(parameters.items())
        ),
        step=Decimal("0.1"),
    )


@pytest.fixture
def contest():
    scheme = worldskills_type()
    first, *rest = scheme.criteria
    (sub,) = first.sub_criteria
    faults = aspect("A1.D3", "deduction", "COUNT_DEDUCTION", UNIT="0.5", CAP="1.5")
    clock = aspect("A1.T4", "time", "TIME_ONLY")
    sub = replace(sub, aspects=(*sub.aspects, faults, clock))
    first = replace(first, sub_criteria=(sub,))
    return make_contest(
        replace(scheme, criteria=(first, *rest), ties=("time",)), entries=3
    )


def told(outcome):
    return outcome.status.value, outcome.code


def points(contest):
    rows = Result.objects.order_by("entry_id")
    return list(rows.values_list("points_scaled", "place"))


@pytest.mark.parametrize(
    ("value", "remark", "code"),
    [
        ("1", "", "remark-required"),
        ("2", "未戴护目镜", "remark-each"),
        ("2", "未戴护目镜\n\n  ", "remark-each"),
        ("1", "长" * 301, "remark-too-long"),
        ("1.5", "未戴护目镜\n工具乱放", "wrong-step"),
        ("100", "\n".join("错" for _ in range(100)), "out-of-range"),
    ],
)
def test_a_deduction_without_its_reasons_is_refused(contest, value, remark, code):
    assert told(contest.mark(0, 0, "A1.D3", value, remark=remark)) == ("refused", code)
    assert Mark.objects.count() == 0


def test_every_fault_may_have_a_long_reason(contest):
    remark = "\n".join(f"第 {number} 次" + "长" * 250 for number in range(7))
    outcome = contest.mark(0, 0, "A1.D3", "7", remark=remark)
    assert told(outcome) == ("accepted", "")
    assert Mark.objects.get().remark == remark


def test_deductions_times_and_penalties_count_and_are_confirmed(contest):
    for entry, (faults, clock) in enumerate(
        (("0", "10:00"), ("9", "9:59.9"), ("0", "12:00"))
    ):
        contest.fill(entry)
        remark = "\n".join("错" for _ in range(int(faults)))
        contest.mark(0, entry, "A1.D3", faults, remark=remark)
        assert told(contest.mark(0, entry, "A1.T4", clock)) == ("accepted", "")
    impose_penalty(
        contest.entries[1],
        value=Decimal(5),
        is_percent=True,
        clause="第 7 条",
        reason="迟到",
        by=contest.chief,
        at=contest.now(),
    )

    # 96.67 each; entry 1 loses 1.50 and 5 % of 95.17; of the others the quicker leads.
    assert points(contest) == [(96_670_000, 1), (90_410_000, 3), (96_670_000, 2)]
    clocks = Sheet.objects.filter(sub_criterion__code="A1").order_by("entry_id")
    assert list(clocks.values_list("seconds_scaled", flat=True)) == [
        600_000_000,
        599_900_000,
        720_000_000,
    ]
    assert differences(contest.skill) == []
    assert opinion_differences(contest.skill) == []


def test_a_time_taken_back_no_longer_decides(contest):
    contest.mark(0, 0, "A1.T4", "10:00")
    contest.mark(0, 0, "A1.T4", "")
    sheet = Sheet.objects.get(pk=contest.sheet(0, "A1").pk)
    assert (sheet.seconds_scaled, Mark.objects.count()) == (None, 0)
