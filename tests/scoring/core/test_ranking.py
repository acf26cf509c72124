"""Places, ties, and who is listed apart."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.core.ranking import Standing, rank
from scoring.core.totals import StandingState


def standing(entry, total, *ties, state=StandingState.RANKED, order=0):
    values = tuple(Fraction(tie) for tie in ties)
    return Standing(entry, Fraction(total), values, state, order)


def table(ranking):
    return [(row.standing.entry, row.rank) for row in ranking.ranked]


def test_equal_standings_share_and_the_next_place_is_skipped():
    found = rank(
        [standing("a", 9), standing("b", 8), standing("c", 8), standing("d", 7)]
    )
    assert table(found) == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]
    assert [row.is_shared for row in found.ranked] == [False, True, True, False]
    assert not found.undecided


def test_tie_breakers_decide_in_order_and_say_so():
    found = rank(
        [
            standing("a", 80, 30, 5),
            standing("b", 80, 31, 1),
            standing("c", 80, 30, 7),
            standing("d", 90, 0, 0),
        ]
    )
    assert table(found) == [("d", 1), ("b", 2), ("c", 3), ("a", 4)]
    assert [row.decided_by for row in found.ranked] == [
        "",
        "total",
        "tie-break:1",
        "tie-break:2",
    ]


def test_a_cent_decides():
    found = rank([standing("a", "90.42"), standing("b", "90.43")])
    assert table(found) == [("b", 1), ("a", 2)]


def test_without_the_chief_judges_decision_equals_stay_together_undecided():
    equals = [standing("a", 80), standing("b", 80), standing("c", 70)]

    waiting = rank(equals, fallback="chief-judge")
    decided = rank(equals, fallback="chief-judge", decisions={"b": 1, "a": 2})

    assert table(waiting) == [("a", 1), ("b", 1), ("c", 3)]
    assert [row.standing.entry for row in waiting.undecided] == ["a", "b"]
    assert table(decided) == [("b", 1), ("a", 2), ("c", 3)]
    assert decided.ranked[1].decided_by == "fallback"
    assert not decided.undecided


def test_a_decision_never_outweighs_points():
    found = rank(
        [standing("a", 80), standing("b", 79)],
        fallback="re-match",
        decisions={"b": 1, "a": 2},
    )
    assert table(found) == [("a", 1), ("b", 2)]


def test_shared_fallback_ignores_decisions():
    equals = [standing("a", 80), standing("b", 80)]
    assert table(rank(equals, decisions={"b": 1})) == [("a", 1), ("b", 1)]


def test_unranked_entries_stand_apart_in_order_of_their_state():
    found = rank(
        [
            standing("dsq", 95, state=StandingState.DISQUALIFIED),
            standing("away", 0, state=StandingState.ABSENT),
            standing("a", 50),
            standing("quest", 99, state=StandingState.GUEST),
            standing("dnf", 40, state=StandingState.UNFINISHED),
            standing("new", 0, state=StandingState.NOT_SCORED),
        ]
    )
    assert table(found) == [("a", 1)]
    assert [item.entry for item in found.apart] == [
        "new",
        "dnf",
        "away",
        "dsq",
        "quest",
    ]


ENTRIES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=12)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_order_of_input_does_not_matter(values, random):
    standings = [standing(f"e{i:02}", t, tie) for i, (t, tie) in enumerate(values)]
    shuffled = list(standings)
    random.shuffle(shuffled)
    assert rank(shuffled) == rank(standings)


@given(ENTRIES)
def test_a_rank_is_one_more_than_the_number_of_better_entries(values):
    found = rank([standing(f"e{i:02}", *value) for i, value in enumerate(values)])
    for row in found.ranked:
        mine = (row.standing.total, row.standing.ties)
        better = sum((o.standing.total, o.standing.ties) > mine for o in found.ranked)
        assert row.rank == better + 1
