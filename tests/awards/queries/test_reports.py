"""The figures of a period: what is counted, what is frozen, what drifts."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import DatabaseError

from awards.actions.reports import make_report
from awards.core.periods import ended, period_of, read_period
from awards.enums import EntitlementState, OutcomeKind
from awards.errors import AwardsError
from awards.models import EntitlementStep
from awards.queries.reports import compared, figures_of, mean_of
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from tests.awards import desk
from tests.awards.listings import lists

NOVEMBER = period_of("month", date(2026, 11, 1))
LATER = datetime(2026, 12, 3, 2, 0, tzinfo=UTC)


def test_periods_are_named_and_read_back():
    days = (date(2026, 11, 20), date(2026, 4, 1))
    kinds = ("month", "quarter", "half-year", "year")

    named = [[period_of(kind, day).label for kind in kinds] for day in days]

    assert named == [
        ["2026 年 11 月", "2026 年第 4 季度", "2026 年下半年", "2026 年"],
        ["2026 年 4 月", "2026 年第 2 季度", "2026 年上半年", "2026 年"],
    ]
    for day in days:
        for kind in kinds:
            period = period_of(kind, day)
            assert read_period(period.code) == period
            assert period.starts_on <= day <= period.ends_on
    assert [p.code for p in ended("quarter", days[0], 2)] == [
        "quarter-2026-07-01",
        "quarter-2026-04-01",
    ]


@pytest.mark.parametrize("code", ["", "week-2026-01-01", "month-2026-01-02", "month-x"])
def test_code_of_no_period_is_refused(code):
    with pytest.raises(ValueError):
        read_period(code)


def test_mean_is_exact_and_rounds_half_up():
    assert mean_of([Fraction(1, 20)]) == "0.1"
    assert mean_of([Fraction(1, 3), Fraction(2, 3)]) == "0.5"
    assert mean_of([]) == "无"


@pytest.fixture
def bureau(db):
    return desk.make_bureau()


def step(entitlement, before, after, at):
    EntitlementStep.objects.create(
        entitlement=entitlement, before=before, after=after, at=at
    )
    entitlement.state = after
    entitlement.save()


def filed_and_granted():
    """Three promotions; one filed after ten days and granted after four more."""
    release, people = lists.final(3)
    first = people[0].entitlements.get()
    filed = desk.AT + timedelta(days=5)
    step(first, "proposed", EntitlementState.FILED, filed)
    step(
        first,
        EntitlementState.FILED,
        EntitlementState.GRANTED,
        filed + timedelta(days=4),
    )
    people[1].entitlements.update(due_on=date(2026, 11, 28))
    return release, people


def test_figures_count_results_steps_and_days(bureau):
    filed_and_granted()

    figures = figures_of(bureau, NOVEMBER)

    assert figures == {
        "总数": [
            ["公布成绩(版本)", "1"],
            ["产生待遇(项)", "3"],
            ["涉及人员(人)", "3"],
            ["制表时待补(项)", "0"],
        ],
        "按待遇类别": [["技能等级晋升", "3"]],
        "按晋升等级": [["高级技师", "3"]],
        "按地区": [["四川省成都市", "3"]],
        "按竞赛级别": [["省级", "3"]],
        "期末办理状态": [["拟定", "2"], ["已核准", "1"]],
        "期内办理": [
            ["上报(项)", "1"],
            ["核准(项)", "1"],
            ["不予核准(项)", "0"],
            ["发放(项)", "0"],
            ["撤销(项)", "0"],
            ["被替代(项)", "0"],
            ["成绩公布到上报平均天数", "5.0"],
            ["上报到答复平均天数", "4.0"],
            ["期末逾期未上报(项)", "1"],
        ],
    }


def test_frozen_report_stays_and_drift_is_shown(bureau):
    _release, people = filed_and_granted()
    officer = desk.make_officer(bureau)
    report = make_report(bureau, period=NOVEMBER, by=officer, at=LATER)
    people[2].decisions.update(region="440100")
    people[2].entitlements.update(region="440100")

    lines = compared(report, figures_of(bureau, NOVEMBER))

    drifted = {line.label: line.difference for line in lines if line.has_drifted}
    assert drifted == {
        "产生待遇(项)": "-1",
        "涉及人员(人)": "-1",
        "技能等级晋升": "-1",
        "高级技师": "-1",
        "四川省成都市": "-1",
        "省级": "-1",
        "拟定": "-1",
    }
    (event,) = events_of(bureau_chain(bureau.pk))
    assert body_of(event) == {
        "report": report.pk,
        "period": "month-2026-11-01",
        "ends_on": "2026-11-30",
        "digest": report.digest,
    }


def test_report_row_cannot_be_changed(bureau):
    officer = desk.make_officer(bureau)
    report = make_report(bureau, period=NOVEMBER, by=officer, at=LATER)
    report.figures = {}

    with pytest.raises(DatabaseError):
        report.save()


def test_period_under_way_or_made_is_refused(bureau):
    officer = desk.make_officer(bureau)
    with pytest.raises(AwardsError) as early:
        make_report(bureau, period=NOVEMBER, by=officer, at=desk.AT)
    make_report(bureau, period=NOVEMBER, by=officer, at=LATER)
    with pytest.raises(AwardsError) as twice:
        make_report(bureau, period=NOVEMBER, by=officer, at=LATER)

    assert (early.value.code, twice.value.code) == ("not-over", "made-already")


def test_figures_take_the_same_number_of_queries(bureau, django_assert_max_num_queries):
    release, _people = lists.final(1)
    with django_assert_max_num_queries(12) as few:
        figures_of(bureau, NOVEMBER)
    skill = release.skills.get().skill
    for number in range(5):
        person = desk.make_person(f"后来{number}", 60 + number)
        entry = desk.make_entry(skill, [person], f"x{number}")
        decision = desk.make_decision(
            release, skill, entry, person, kind=OutcomeKind.POOL
        )
        desk.make_entitlement(decision)

    with django_assert_max_num_queries(len(few)):
        figures_of(bureau, NOVEMBER)
