"""Deductions and times: what they take, earn and decide; how marks add up in any order."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.calculation import calculation_fault
from scoring.core.findings import freeze_findings
from scoring.core.marking import (
    Mark,
    MarkRefused,
    MarkState,
    clock_text,
    read_value,
    score_aspect,
)
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Scheme,
    SubCriterion,
)
from scoring.core.totals import Penalty, entry_total, sub_total, tie_values
from tests.scoring.core.schemes import imported, judgement, measurement, panel


def aspect(code, kind, calculation, maximum="0", step="0.01", **parameters):
    pairs = tuple((key, str(value)) for key, value in parameters.items())
    return Aspect(
        code,
        MarkKind(kind),
        Decimal(maximum),
        "评分点",
        calculation=Calculation(CalculationKind(calculation), pairs),
        step=Decimal(step),
    )


def deduction(code="A1.D2", maximum="0", **parameters):
    return aspect(code, "deduction", "COUNT_DEDUCTION", maximum, **parameters)


FAULTS = deduction(UNIT="0.5", CAP="1.5")
BANDS = aspect(
    "A1.T3", "time", "TIME_BANDS", "5", "0.1",
    BAND1_TO=600, BAND1_POINTS=5, BAND2_TO=720, BAND2_POINTS="2.5",
)  # fmt: skip
LINEAR = aspect("A1.T3", "time", "TIME_LINEAR", "10", FULL=600, ZERO=1200)
ONLY = aspect("A1.T3", "time", "TIME_ONLY")


def points(one, value):
    found = score_aspect(one, [Mark(state=MarkState.VALUE, value=Decimal(value))])
    return found.points


@pytest.mark.parametrize(
    ("one", "value", "earned"),
    [
        (FAULTS, "0", "0"),
        (FAULTS, "2", "-1"),
        (FAULTS, "3", "-1.5"),
        (FAULTS, "9", "-1.5"),
        (deduction(UNIT="0.5"), "9", "-4.5"),
        (deduction(maximum="20", UNIT="3"), "2", "14"),
        (BANDS, "600", "5"),
        (BANDS, "600.1", "2.5"),
        (BANDS, "720.1", "0"),
        (LINEAR, "599.99", "10"),
        (LINEAR, "900", "5"),
        (LINEAR, "700", "8.33"),
        (LINEAR, "1200", "0"),
        (LINEAR, "5000", "0"),
        (ONLY, "754.3", "0"),
    ],
)
def test_what_faults_take_and_times_earn(one, value, earned):
    assert points(one, value) == Fraction(earned)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:34.5", "754.5"),
        ("0:09", "9"),
        ("1:02:03", "3723"),
        ("90:00", "5400"),
        ("754.5", "754.5"),
        ("１２：３４", "754"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_the_clock_shows_it(text, seconds):
    assert read_value(ONLY, text) == Decimal(seconds)


@pytest.mark.parametrize(
    ("one", "text", "code"),
    [
        (ONLY, "12:60", "not-a-time"),
        (ONLY, "1:60:00", "not-a-time"),
        (ONLY, ":30", "not-a-time"),
        (ONLY, "12:34:", "not-a-time"),
        (ONLY, "fast", "not-a-number"),
        (ONLY, "-1", "out-of-range"),
        (BANDS, "1:00.25", "wrong-step"),
        (ONLY, "999999", "out-of-range"),
        (FAULTS, "1.5", "wrong-step"),
        (FAULTS, "100", "out-of-range"),
        (FAULTS, "-1", "out-of-range"),
    ],
)
def test_what_is_no_count_and_no_time_is_refused(one, text, code):
    with pytest.raises(MarkRefused) as refused:
        read_value(one, text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("seconds", "text"), [("754.3", "12:34.3"), ("3723", "62:03"), ("0.05", "0:00.05")]
)
def test_a_time_is_shown_in_minutes(seconds, text):
    assert clock_text(Decimal(seconds)) == text


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (FAULTS, ""),
        (deduction(CAP="1"), "deduction"),
        (deduction(UNIT="1", CAP="x"), "deduction"),
        (deduction(UNIT="0"), "deduction"),
        (LINEAR, ""),
        (aspect("A", "time", "TIME_LINEAR", FULL=9, ZERO=9), "time-linear"),
        (aspect("A", "time", "TIME_BANDS"), "time-bands"),
        (aspect("A", "time", "PASS_FAIL"), "calculation-of-another-kind"),
        (aspect("A", "measurement", "TIME_ONLY"), "calculation-of-another-kind"),
    ],
)
def test_a_rule_that_cannot_be_applied_is_a_fault(one, fault):
    assert calculation_fault(one) == fault


def scheme_of(*aspects, ties=()):
    sub = SubCriterion("A1", "加工", 1, aspects)
    return Scheme("钳工", (Criterion("A", "加工", (sub,)),), ties=ties)


def total_of(scheme, values, penalties=()):
    (sub,) = scheme.criteria[0].sub_criteria
    outcomes = {
        one.code: score_aspect(
            one,
            [Mark(str(n), MarkState.VALUE, v) for n, v in enumerate(values[one.code])],
            judges=3,
        )
        for one in sub.aspects
        if one.code in values
    }
    subs = {sub.code: sub_total(sub, outcomes, rounding=scheme.rounding)}
    return entry_total(scheme, subs, penalties=penalties)


def test_deductions_are_taken_from_the_module_which_never_falls_below_zero():
    scheme = scheme_of(measurement("A1.M1", "1"), deduction(UNIT="0.5"))
    some = total_of(scheme, {"A1.M1": [Decimal(1)], "A1.D2": [Decimal(1)]})
    many = total_of(scheme, {"A1.M1": [Decimal(1)], "A1.D2": [Decimal(9)]})
    assert (some.points, many.points) == (Fraction("0.5"), 0)
    assert (many.criteria[0].unrounded, many.subs[0].points) == (
        Fraction("-3.5"),
        Fraction("-3.5"),
    )


def test_the_time_of_an_entry_decides_only_when_every_time_is_known():
    second = aspect("A1.T4", "time", "TIME_ONLY")
    scheme = scheme_of(measurement("A1.M1", "1"), ONLY, second, ties=("time",))
    both = {"A1.T3": [Decimal(60)], "A1.T4": [Decimal("30.5")]}
    assert tie_values(scheme, total_of(scheme, both)) == (Fraction("-90.5"),)
    one = {"A1.T3": [Decimal(60)]}
    assert tie_values(scheme, total_of(scheme, one)) == (-(10**9),)


def test_a_deduction_and_a_time_for_ties_may_have_no_maximum():
    scheme = scheme_of(measurement("A1.M1", "100"), FAULTS, ONLY, BANDS)
    assert [f.code for f in freeze_findings(scheme)] == [
        "total-not-100",
        "duplicate-aspect",
    ]
    low = aspect("A1.T3", "time", "TIME_BANDS", "1", BAND1_TO=9, BAND1_POINTS=5)
    found = freeze_findings(scheme_of(measurement("A1.M1", "99"), low))
    assert [(f.code, f.detail) for f in found] == [("band-above-maximum", "5")]


ASPECTS = (
    measurement("A1.M1", "5"),
    judgement("A1.J2", "10"),
    panel("A1.P3", "20", trim=1),
    imported("A1.I4", "30"),
    deduction("A1.D5", UNIT="0.5", CAP="4"),
    aspect("A1.T6", "time", "TIME_LINEAR", "10", FULL=10, ZERO=90),
)
WHOLE = scheme_of(*ASPECTS)
LEVEL = st.sampled_from([Decimal(0), Decimal(1), Decimal(2), Decimal(3)])
MARKS = st.fixed_dictionaries(
    {
        "A1.M1": st.lists(st.sampled_from([Decimal(0), Decimal(1)]), max_size=1),
        "A1.J2": st.lists(LEVEL, max_size=3),
        "A1.P3": st.lists(st.decimals(0, 20, places=1), max_size=3),
        "A1.I4": st.lists(st.decimals(0, 30, places=2), max_size=1),
        "A1.D5": st.lists(st.integers(0, 12).map(Decimal), max_size=1),
        "A1.T6": st.lists(st.decimals(0, 120, places=1), max_size=1),
    }
)
TAKEN = st.lists(
    st.builds(Penalty, st.decimals(0, 30, places=2), st.booleans()), max_size=3
)


@given(MARKS, TAKEN, st.randoms(use_true_random=False))
def test_the_order_of_marks_and_penalties_does_not_matter(values, penalties, shuffler):
    mixed = {code: shuffler.sample(row, len(row)) for code, row in values.items()}
    order = list(mixed)
    shuffler.shuffle(order)
    again = shuffler.sample(penalties, len(penalties))
    shuffled = {code: mixed[code] for code in order}
    assert total_of(WHOLE, values, penalties) == total_of(WHOLE, shuffled, again)


@given(MARKS, TAKEN, st.sampled_from([one.code for one in ASPECTS]), st.data())
def test_only_a_deduction_lowers_a_total(values, penalties, code, data):
    full = 3 if code in ("A1.J2", "A1.P3") else 1
    fresh = values | {code: values[code][: full - 1]}
    before = total_of(WHOLE, fresh, penalties).points
    new = data.draw(LEVEL if code == "A1.J2" else st.just(Decimal(1)))
    after = total_of(WHOLE, fresh | {code: [*fresh[code], new]}, penalties).points
    assert after <= before if code == "A1.D5" else after >= before


@given(MARKS, TAKEN, st.decimals(0, 50, places=2), st.booleans())
def test_a_penalty_never_raises_a_total(values, penalties, value, is_percent):
    more = [*penalties, Penalty(value, is_percent)]
    before = total_of(WHOLE, values, penalties).points
    assert 0 <= total_of(WHOLE, values, more).points <= before
