"""Own-organization effects and exchanges: exact probabilities, and what is not tested."""

from decimal import Decimal

import pytest

from scoring.statistics.cells import Cell, Why, by_judge, residuals
from scoring.statistics.effects import Effect, exchanges, own_effects
from scoring.statistics.simulation import Setting, simulate

D = Decimal


def panel(rows):
    """Judges beside a last one who is always right; ``rows`` are the others' excess."""
    cells = []
    for entry, excess in enumerate(rows, start=1):
        for judge, more in enumerate((*excess, 0), start=1):
            share = (D(50) + D(more)) / 100
            cells.append(Cell(judge, entry, "A1", "A1.P1", share, D(1), len(cells) + 1))
    return by_judge(residuals(cells))


def test_effect_is_the_difference_of_means_and_its_probability_is_exact():
    judges = panel([(20,), (18,), *[(n,) for n in range(10)]])

    found = own_effects(judges, {1: frozenset({1, 2})}, seed="head")[1]

    # The two highest of twelve: one choice of 66; as the only test it stays so.
    assert found == Effect(D("0.145"), D(1) / 66, 2, 10, is_exact=True)
    assert found.is_flagged


def test_effect_of_the_lowest_is_never_flagged():
    judges = panel([(-20,), (-18,), *[(n,) for n in range(10)]])

    found = own_effects(judges, {1: frozenset({1, 2})}, seed="head")[1]

    assert (found.chance, found.is_flagged) == (D(1), False)


def test_probabilities_are_adjusted_over_the_judges():
    rows = [(20, n % 3) for n in range(2)] + [(n, n % 5) for n in range(10)]
    judges = panel(rows)
    alone = own_effects(judges, {1: frozenset({1, 2})}, seed="head")[1]

    both = own_effects(judges, {1: frozenset({1, 2}), 2: frozenset({3})}, seed="head")

    assert both[1].chance == 2 * alone.chance


@pytest.mark.parametrize(
    ("entries", "own", "why"),
    [
        (9, {1}, Why.FEW_ENTRIES),
        (10, set(), Why.NO_OWN),
        (10, {99}, Why.NO_OWN),
        (10, set(range(1, 11)), Why.ALL_OWN),
    ],
)
def test_what_is_not_tested_says_why(entries, own, why):
    judges = panel([(n,) for n in range(entries)])

    found = own_effects(judges, {1: frozenset(own)}, seed="head")

    assert found[1] is why


def test_many_choices_are_sampled_repeatably_and_never_with_probability_nought():
    rows = [(40,)] * 10 + [(n % 7,) for n in range(30)]
    judges = panel(rows)
    own = {1: frozenset(range(1, 11))}

    found = own_effects(judges, own, seed="head")[1]
    again = own_effects(judges, own, seed="head")[1]

    assert found == again
    assert (found.chance, found.is_exact) == (D(1) / 10_001, False)


def test_two_who_favour_each_others_competitors_are_worth_a_look():
    rows = [(0, 20), (1, 22), (21, 0), (20, 1), *[(n % 3, n % 4) for n in range(14)]]
    judges = panel(rows)
    own = {1: frozenset({1, 2}), 2: frozenset({3, 4})}

    (found,) = exchanges(judges, own, seed="head")

    assert (found.one, found.other, found.is_flagged) == (1, 2, True)
    assert min(found.given, found.returned) > D("0.1")


def test_two_who_do_not_are_not():
    rows = [(n % 3, n % 4) for n in range(18)]
    own = {1: frozenset({1, 2}), 2: frozenset({3, 4})}

    (found,) = exchanges(panel(rows), own, seed="head")

    assert found.is_flagged is False


def test_no_exchange_is_looked_for_with_few_competitors():
    rows = [(0, 20), (21, 0), *[(n, n) for n in range(7)]]
    own = {1: frozenset({1}), 2: frozenset({2})}

    assert exchanges(panel(rows), own, seed="head") == []


def test_bias_of_a_third_of_a_level_is_found_and_its_absence_is_not():
    rates = simulate(Setting(runs=60))

    assert rates.found >= D("0.80")
    assert rates.false_alarms <= D("0.05")
    assert D("0.60") < rates.alpha < D("0.70")
    assert D("0.04") < rates.spread < D("0.07")


def test_simulation_is_the_same_for_the_same_seed_only():
    one = simulate(Setting(runs=3))

    assert simulate(Setting(runs=3)) == one
    assert simulate(Setting(runs=3, seed=2)) != one
