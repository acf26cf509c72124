"""Who is checked by hand: shares, tickets, close pairs, and when everybody is."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.scheme import Aspect, Criterion, MarkKind, Scheme, SubCriterion
from scoring.core.verification import (
    DEFAULT,
    Drawn,
    Ranked,
    SampleRules,
    Why,
    aspect_step,
    close_entries,
    draw_sample,
    largest_step,
    needs_all,
    share_of,
    top_of,
)
from tests.scoring.core.schemes import imported, judgement, measurement, panel

HEAD = "7f3a" * 16
NOTHING = Fraction(0)


def table(*points, unranked=0):
    """Entries 1, 2, … with these points, best first; then some without a place."""
    ordered = sorted(points, reverse=True)
    rows = [
        Ranked(str(number), 1 + ordered.index(value), value * 1_000_000)
        for number, value in enumerate(ordered, start=1)
    ]
    first = len(rows) + 1
    return rows + [Ranked(str(n), None, 0) for n in range(first, first + unranked)]


def field(count):
    return table(*range(100, 100 - count, -1))


def test_the_example_of_the_rules_gives_twelve_and_five():
    found = draw_sample(field(40), DEFAULT, head=HEAD, step=NOTHING)

    assert [drawn.why for drawn in found] == [Why.TOP] * 12 + [Why.SAMPLE] * 5
    assert [drawn.entry for drawn in found[:12]] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("wrong", "drawn", "expected"),
    [(0, 17, False), (1, 17, True), (1, 20, False), (2, 39, True), (0, 0, False)],
)
def test_more_than_the_trigger_asks_for_everything(wrong, drawn, expected):
    assert needs_all(wrong, drawn, DEFAULT) is expected


@pytest.mark.parametrize(
    ("count", "percent", "expected"),
    [(0, "30", 0), (1, "30", 1), (3, "33.4", 2), (10, "0", 0), (10, "100", 10)],
)
def test_a_share_is_rounded_up(count, percent, expected):
    assert share_of(count, Decimal(percent)) == expected


def test_a_shared_place_is_not_cut():
    rows = table(9, 8, 8, 8, 7, 6)

    assert top_of(rows, DEFAULT) == ("1", "2", "3", "4")


def test_entries_without_a_place_are_drawn_from_the_rest():
    rules = SampleRules(Decimal(0), Decimal(100), Decimal(5))

    found = draw_sample(table(9, 8, unranked=2), rules, head=HEAD, step=NOTHING)

    assert {drawn.entry for drawn in found} == {"1", "2", "3", "4"}
    assert {drawn.why for drawn in found} == {Why.SAMPLE}


def test_close_pairs_come_in_where_the_rules_ask():
    rows = table(50, 40, 31, 30, 10)
    rules = SampleRules(Decimal(0), Decimal(0), Decimal(5), with_close=True)

    assert close_entries(rows, Fraction(2)) == ("3", "4")
    assert draw_sample(rows, rules, head=HEAD, step=Fraction(2)) == (
        Drawn("3", Why.CLOSE),
        Drawn("4", Why.CLOSE),
    )
    assert close_entries(rows, Fraction(1)) == ()


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        (judgement(maximum="10"), Fraction(10, 3)),
        (measurement(maximum="4"), 4),
        (measurement(maximum="4", kind="NUMBER_COMPLETED", NUM_POSSIBLE=8), "1/2"),
        (measurement(maximum="4", kind="DIRECT"), "0.01"),
        (
            measurement(
                maximum="4",
                kind="REGULAR_DIFFERENCE_DEDUCTION",
                DEDUCTION=25,
                DEDUCTION_TYPE="PERCENT",
                DIFFERENCE=1,
            ),
            1,
        ),
        (panel(maximum="20", step="0.5", scale="10"), 1),
        (imported(maximum="30", scale="100"), "0.003"),
        (Aspect("A1.T1", MarkKind.TIME, Decimal(5), "用时"), 5),
    ],
)
def test_a_step_is_what_two_neighbouring_values_differ_by(aspect, expected):
    assert aspect_step(aspect) == Fraction(expected)


def test_the_largest_aspect_counts_with_its_weight():
    theory = SubCriterion("A1", "理论", 1, (imported("A1.I1", "100"),))
    work = SubCriterion("B1", "实操", 1, (measurement("B1.M1", "60"),))
    scheme = Scheme(
        "电工",
        (
            Criterion("A", "理论", (theory,), Decimal("0.3")),
            Criterion("B", "实操", (work,), Decimal("0.7")),
        ),
    )

    assert largest_step(scheme) == 42
    assert largest_step(Scheme("空")) == 0


@pytest.mark.parametrize("share", ["-1", "100.5", "NaN", "Infinity"])
def test_a_share_beyond_the_whole_is_refused(share):
    with pytest.raises(ValueError, match="not a percentage"):
        SampleRules(Decimal(share), Decimal(15), Decimal(5))


fields = st.lists(st.integers(0, 40), min_size=1, max_size=30).map(
    lambda points: table(*points)
)
rules = st.builds(
    SampleRules,
    st.integers(0, 100).map(Decimal),
    st.integers(0, 100).map(Decimal),
    st.just(Decimal(5)),
    st.booleans(),
)
heads = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(fields, rules, heads, st.randoms(use_true_random=False))
def test_the_draw_follows_from_head_and_table_alone(rows, rules, head, chance):
    found = draw_sample(rows, rules, head=head, step=Fraction(3))
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert draw_sample(shuffled, rules, head=head, step=Fraction(3)) == found
    names = [drawn.entry for drawn in found]
    assert len(set(names)) == len(names)
    top = top_of(rows, rules)
    assert [d.entry for d in found if d.why is Why.TOP] == list(top)
    sampled = [d for d in found if d.why is Why.SAMPLE]
    assert len(sampled) == share_of(len(rows) - len(top), rules.sample)


def test_another_head_draws_others():
    found = {
        tuple(
            drawn.entry
            for drawn in draw_sample(field(40), DEFAULT, head=f"{n}", step=NOTHING)[12:]
        )
        for n in range(40)
    }

    assert len(found) > 35


def test_every_entry_of_the_rest_is_drawn_about_equally_often():
    counts = dict.fromkeys(map(str, range(13, 41)), 0)
    for number in range(2800):
        for drawn in draw_sample(field(40), DEFAULT, head=f"h{number}", step=NOTHING):
            if drawn.why is Why.SAMPLE:
                counts[drawn.entry] += 1

    assert sum(counts.values()) == 2800 * 5
    assert all(400 < count < 600 for count in counts.values())  # 500 expected
