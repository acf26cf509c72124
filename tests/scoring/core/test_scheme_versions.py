"""Two versions of a scheme: which aspect is which, which marks still fit, what opens."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.findings import aspects_of
from scoring.core.scheme import Criterion, Rounding, Scheme, SubCriterion
from scoring.core.scheme_versions import Misfit, aligned, changed_subs, misfits
from tests.scoring.core.schemes import (
    imported,
    judgement,
    measurement,
    panel,
    worldskills_type,
)

TEXTS = ("切口平整", "切口无毛刺", "尺寸 A", "尺寸 B", "安全", "工具归位")


def scheme_of(*aspects, **sub):
    sub = SubCriterion("A1", "放样", 1, tuple(aspects), **sub)
    return Scheme("焊接", (Criterion("A", "准备", (sub,)),))


def says(aspect, text):
    return replace(aspect, description=text)


def codes(scheme):
    return [aspect.code for aspect in aspects_of(scheme)]


ONE = says(measurement("A1.M1"), "切口平整")
TWO = says(measurement("A1.M2"), "尺寸合格")
THREE = says(judgement("A1.J3"), "外观")
OLD = scheme_of(ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ((ONE, TWO, THREE), ["A1.M1", "A1.M2", "A1.J3"]),
        # The first is gone: those after it were numbered anew and keep their codes.
        (
            (replace(TWO, code="A1.M1"), replace(THREE, code="A1.J2")),
            ["A1.M2", "A1.J3"],
        ),
        # One in front of all.
        (
            (
                says(measurement("A1.M1"), "工具归位"),
                replace(ONE, code="A1.M2"),
                replace(TWO, code="A1.M3"),
                replace(THREE, code="A1.J4"),
            ),
            ["A1.M4", "A1.M1", "A1.M2", "A1.J3"],
        ),
        # Another order.
        (
            (replace(TWO, code="A1.M1"), replace(ONE, code="A1.M2"), THREE),
            ["A1.M2", "A1.M1", "A1.J3"],
        ),
        # Nearly the same words, another maximum.
        (
            (says(replace(ONE, maximum=Decimal(3)), "切口平整。"), TWO, THREE),
            ["A1.M1", "A1.M2", "A1.J3"],
        ),
        # Other words: another aspect, even in the same place.
        ((says(ONE, "工具归位"), TWO, THREE), ["A1.M4", "A1.M2", "A1.J3"]),
        # Another kind: another aspect.
        ((says(panel("A1.P1"), "切口平整"), TWO, THREE), ["A1.P4", "A1.M2", "A1.J3"]),
    ],
)
def test_an_aspect_keeps_its_code_while_it_is_the_same(new, expected):
    assert codes(aligned(OLD, scheme_of(*new))) == expected


def test_of_equal_aspects_the_last_is_the_one_that_went():
    four = [replace(ONE, code=f"A1.M{n}") for n in range(1, 5)]
    assert codes(aligned(scheme_of(*four), scheme_of(*four[:3]))) == [
        "A1.M1", "A1.M2", "A1.M3"
    ]  # fmt: skip


def test_a_sub_criterion_that_is_new_keeps_its_codes():
    sub = SubCriterion("B1", "焊接", None, (measurement("B1.M1"),))
    new = replace(OLD, criteria=(*OLD.criteria, Criterion("B", "制作", (sub,))))
    assert codes(aligned(OLD, new))[-1] == "B1.M1"


ASPECT = st.builds(
    lambda text, maximum, judged: says(
        (judgement if judged else measurement)("A1.M1", maximum), text
    ),
    st.sampled_from(TEXTS),
    st.sampled_from(("1", "2")),
    st.booleans(),
)


def numbered(aspects):
    letter = {"measurement": "M", "judgement": "J"}
    return scheme_of(
        *(
            replace(aspect, code=f"A1.{letter[aspect.kind.value]}{number}")
            for number, aspect in enumerate(aspects, start=1)
        )
    )


@given(st.lists(ASPECT, max_size=6), st.lists(ASPECT, max_size=6))
def test_codes_are_never_twice_and_only_of_the_same_kind(before, after):
    old, new = numbered(before), numbered(after)
    found = aligned(old, new)
    assert len(set(codes(found))) == len(after)
    assert [replace(a, code="") for a in aspects_of(found)] == [
        replace(a, code="") for a in aspects_of(new)
    ]
    kinds = {aspect.code: aspect.kind for aspect in aspects_of(old)}
    for aspect in aspects_of(found):
        assert kinds.get(aspect.code, aspect.kind) is aspect.kind


@given(st.lists(ASPECT, max_size=6))
def test_a_scheme_aligned_with_itself_is_itself(aspects):
    scheme = numbered(aspects)
    assert aligned(scheme, scheme) == scheme
    assert changed_subs(scheme, scheme) == frozenset()
    values = {code: {"1": 1} for code in codes(scheme)}
    assert misfits(scheme, scheme, values) == ()


@given(st.lists(ASPECT, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_aspects_moves_no_code(aspects, chance):
    distinct = list({(a.kind, a.description): a for a in aspects}.values())
    old = numbered(distinct)
    known = {(a.kind, a.description): a.code for a in aspects_of(old)}
    chance.shuffle(distinct)
    found = aligned(old, numbered(distinct))
    assert {(a.kind, a.description): a.code for a in aspects_of(found)} == known


CHOICE = {"CHOICE1_LABEL": "好", "CHOICE2_LABEL": "差", "CHOICE2_DEDUCTION": "1"}
OTHER = {"CHOICE1_LABEL": "好", "CHOICE2_LABEL": "可", "CHOICE2_DEDUCTION": "1"}


@pytest.mark.parametrize(
    ("before", "after", "values", "expected"),
    [
        (
            measurement(kind="DIRECT", maximum="5"),
            None,
            {"5": 2},
            ("removed", 2, [], ""),
        ),
        (
            measurement(kind="DIRECT", maximum="5"),
            measurement(kind="DIRECT", maximum="4"),
            {"4.5": 1, "5": 2, "3": 1},
            ("out-of-range", 3, ["4.5", "5"], "4"),
        ),
        (
            measurement(kind="DIRECT", maximum="5"),
            measurement(kind="PASS_FAIL", maximum="5"),
            {"1": 3},
            ("another-calculation", 3, [], ""),
        ),
        (
            measurement(kind="CHOICE", **CHOICE),
            measurement(kind="CHOICE", **OTHER),
            {"1": 4, "2": 3},
            ("another-choice", 3, ["2"], "可"),
        ),
        (
            panel(step="0.1"),
            panel(step="0.5"),
            {"0.3": 1},
            ("wrong-step", 1, ["0.3"], "0.5"),
        ),
        (
            measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="9"),
            measurement(kind="NUMBER_COMPLETED", NUM_POSSIBLE="5"),
            {"9": 1, "": 2},
            ("out-of-range", 1, ["9"], "5"),
        ),
    ],
)
def test_marks_without_a_place_are_named(before, after, values, expected):
    new = scheme_of(*([after] if after else []))
    code = before.code
    assert misfits(scheme_of(before), new, {code: values}) == (
        Misfit(code, expected[0], expected[1], tuple(expected[2]), expected[3]),
    )


@pytest.mark.parametrize(
    ("before", "after", "values"),
    [
        (measurement(maximum="1"), measurement(maximum="9"), {"1": 2, "0": 1}),
        (
            measurement(kind="DIRECT", maximum="5"),
            measurement(kind="RANGED_SCORE", maximum="5"),
            {"5": 1},
        ),
        (imported(scale="150"), imported(scale="100"), {"99": 1}),
        (judgement(), judgement(maximum="3"), {"3": 9}),
        (panel(), panel(trim=1), {"": 3}),
    ],
)
def test_marks_that_still_say_the_same_fit(before, after, values):
    assert misfits(scheme_of(before), scheme_of(after), {before.code: values}) == ()


def test_a_judges_marks_belong_to_the_team_and_a_groups_do_not():
    old = scheme_of(ONE, THREE)
    new = scheme_of(ONE, THREE, panel="B")
    values = {"A1.M1": {"1": 5}, "A1.J3": {"2": 15}}
    assert misfits(old, new, values) == (Misfit("A1.J3", "another-team", 15),)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda s: s, set()),
        (lambda s: replace(s, ties=(), medal_rule="none", title="新"), set()),
        (lambda s: replace(s, rounding=Rounding(total=1)), set()),
        (lambda s: replace(s, rounding=Rounding(aspect=1)), {"A1", "B1"}),
        (lambda s: replace(s, criteria=s.criteria[:1]), set()),
    ],
)
def test_sheets_open_only_where_they_say_something_else(change, expected):
    scheme = worldskills_type()
    assert changed_subs(scheme, change(scheme)) == expected


def test_day_and_section_are_not_on_a_sheet_but_every_word_is():
    assert changed_subs(OLD, scheme_of(ONE, TWO, replace(THREE, section="1"))) == set()
    one_sub = OLD.criteria[0].sub_criteria[0]
    later = replace(one_sub, day=2)
    moved = replace(OLD, criteria=(Criterion("A", "准备", (later,)),))
    assert changed_subs(OLD, moved) == set()
    assert changed_subs(OLD, scheme_of(ONE, TWO, says(THREE, "外观质量"))) == {"A1"}
