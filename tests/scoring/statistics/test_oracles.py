"""Alpha, ICC and W against krippendorff, pingouin and scipy, to a billionth."""

import random
import warnings
from fractions import Fraction

import krippendorff
import numpy
import pytest
from scipy import stats

from scoring.statistics.agreement import (
    alpha_interval,
    alpha_ordinal,
    concordance,
    reliability,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of pandas, about the library itself
    import pandas
    import pingouin

CLOSE = {"rel": 0, "abs": 1e-9}
SEEDS = range(12)


def levels(seed, *, holes):
    """Units by judges; None where nothing was given."""
    chance = random.Random(seed)
    units, judges = chance.randint(4, 30), chance.randint(2, 6)
    choices = [0, 1, 2, 3, *([None] if holes else [])]
    return [[chance.choice(choices) for _ in range(judges)] for _ in range(units)]


def table(seed):
    """Entries by judges, complete, with ties."""
    chance = random.Random(seed)
    entries, judges = chance.randint(5, 20), chance.randint(2, 6)
    return [[chance.randint(0, 9) for _ in range(judges)] for _ in range(entries)]


def of_library(units, level):
    rows = [[numpy.nan if mark is None else mark for mark in row] for row in units]
    data = numpy.array(rows, dtype=float).T
    return krippendorff.alpha(reliability_data=data, level_of_measurement=level)


def given(units):
    return [[mark for mark in row if mark is not None] for row in units]


def exact(rows):
    return [[Fraction(value) for value in row] for row in rows]


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_levels_is_that_of_the_reference_library(seed, holes):
    units = levels(seed, holes=holes)

    found = alpha_ordinal(given(units)).value

    assert float(found) == pytest.approx(of_library(units, "ordinal"), **CLOSE)


@pytest.mark.parametrize("holes", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_measures_is_that_of_the_reference_library(seed, holes):
    units = levels(seed, holes=holes)

    found = alpha_interval(exact(given(units))).value

    assert float(found) == pytest.approx(of_library(units, "interval"), **CLOSE)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_coefficients_of_reliability_are_those_of_the_reference_library(seed):
    rows = table(seed)
    long = pandas.DataFrame(
        [(e, j, mark) for e, row in enumerate(rows) for j, mark in enumerate(row)],
        columns=["entry", "judge", "mark"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        icc = pingouin.intraclass_corr(long, "entry", "judge", "mark")
    known = icc.set_index("Type")["ICC"]

    found = reliability(exact(rows))

    values = (float(found.single.value), float(found.panel.value))
    assert values == pytest.approx((known["ICC(A,1)"], known["ICC(A,k)"]), **CLOSE)


@pytest.mark.parametrize("seed", SEEDS)
def test_concordance_is_friedmans_statistic_of_the_reference_library(seed):
    rows = table(seed)
    friedman = stats.friedmanchisquare(*rows).statistic

    found = concordance(exact(rows)).value

    known = friedman / (len(rows[0]) * (len(rows) - 1))
    assert float(found) == pytest.approx(known, **CLOSE)
