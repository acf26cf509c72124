"""Severity, habits, outliers, drift: small panels whose answer can be seen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics.cells import Cell, Why, by_judge, residuals
from scoring.statistics.drift import Drift, cusum, drifts
from scoring.statistics.judging import (
    Severity,
    habits,
    normalised,
    outliers,
    severities,
)
from scoring.statistics.study import study

D = Decimal


def cells_of(marks, *, aspects=1, sheet="A1"):
    """``marks``: entry -> marks of judges 1, 2, … (None: not given), in order."""
    found = []
    for entry, row in marks:
        for aspect in range(1, aspects + 1):
            for judge, mark in enumerate(row, start=1):
                if mark is None:
                    continue
                code = f"{sheet}.J{aspect}"
                share = D(mark) / 100
                found.append(
                    Cell(judge, entry, sheet, code, share, D(1), len(found) + 1)
                )
    return found


def panel(*rows):
    return cells_of(enumerate(rows, start=1))


def test_residual_is_the_mark_less_the_mean_of_the_others():
    rows = residuals(panel((90, 60, 70), (50, None, 40), (80, None, None)))

    found = [(r.cell.entry, r.cell.judge, str(r.control), str(r.value)) for r in rows]

    assert found == [
        (1, 1, "0.65", "0.25"),
        (1, 2, "0.8", "-0.2"),
        (1, 3, "0.75", "-0.05"),
        (2, 1, "0.4", "0.1"),
        (2, 3, "0.5", "-0.1"),
    ]


def test_flags_go_by_the_size_of_severity():
    rows = [(60 + n, 62 + n, 40 + n - n % 2) for n in range(12)]

    found = severities(by_judge(residuals(panel(*rows))))

    assert {judge: (str(s.effect), s.is_flagged) for judge, s in found.items()} == {
        1: ("0.0925", False),
        2: ("0.1225", True),
        3: ("-0.215", True),
    }


def test_error_of_severity_comes_from_entries_not_from_marks():
    once = panel((50, 40), (60, 45), (70, 64), (55, 50))
    tenfold = cells_of(
        enumerate([(50, 40), (60, 45), (70, 64), (55, 50)], start=1), aspects=10
    )

    one = severities(by_judge(residuals(once)))[1]
    many = severities(by_judge(residuals(tenfold)))[1]

    # Residuals .10 .15 .06 .05: mean .09, deviation .0454606, error .0227303.
    assert (f"{one.effect:.4f}", f"{one.error:.6f}") == ("0.0900", "0.022730")
    assert (f"{many.effect:.4f}", f"{many.error:.6f}") == ("0.0900", "0.022730")
    # t of 3 degrees of freedom: 3.1824 errors to either side.
    assert (f"{one.low:.4f}", f"{one.high:.4f}") == ("0.0177", "0.1623")


def test_small_severity_is_never_flagged_however_certain():
    rows = [(50 + n, 46 + n + n % 2) for n in range(30)]

    found = severities(by_judge(residuals(panel(*rows))))

    assert [(s.is_flagged, s.chance < D("0.001")) for s in found.values()] == [
        (False, True),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([(50, 60), (60, 70)], Why.FEW_ENTRIES),
        ([(50, 60), (60, 70), (70, 80)], Why.NO_VARIANCE),
    ],
)
def test_severity_that_cannot_be_computed_says_why(rows, why):
    found = severities(by_judge(residuals(panel(*rows))))

    assert found == {1: why, 2: why}


def test_normalised_errors_have_the_panels_mean_square_of_one_without_levels():
    rows = residuals(panel((50, 60), (50, 60), (50, 40)))

    found = normalised(rows)

    assert sum(value**2 for _row, value in found) / len(found) == pytest.approx(D(1))


def test_far_mark_is_an_outlier_and_says_where():
    rows = [(60 + n % 5, 61 + n % 4, 59 + n % 3) for n in range(40)]
    rows[16] = (62, 61, 10)

    found = outliers(normalised(residuals(panel(*rows))))

    assert [(o.judge, o.entry, o.aspect, o.is_rare) for o in found[:1]] == [
        (3, 17, "A1.J1", True)
    ]


def test_judge_who_spreads_marks_less_is_central_and_who_strays_is_erratic():
    rows = []
    for n in range(20):
        true = 30 + 3 * n
        stray = 25 if n % 2 else -25
        rows.append((true, true + 1, 58 + n % 3, true + stray))

    found = habits(normalised(residuals(panel(*rows))))

    assert {j: (h.is_central, h.is_erratic) for j, h in found.items()}[3] == (
        True,
        False,
    )
    assert found[4].spread > found[1].spread


def test_judge_whose_aspects_move_together_has_a_halo():
    cells = []
    for entry in range(1, 21):
        for aspect in range(1, 6):
            chance = (entry * 37 + aspect * 61 + entry * aspect * 17) % 40
            marks = (30 + chance, 32 + (chance * 7) % 40, 30 + 2 * entry)
            for judge, mark in enumerate(marks, start=1):
                cells.append(
                    Cell(
                        judge,
                        entry,
                        "A1",
                        f"A1.J{aspect}",
                        D(mark) / 100,
                        D(1),
                        len(cells),
                    )
                )

    found = habits(normalised(residuals(cells)))

    assert found[3].halo == pytest.approx(D(1))
    assert [found[judge].has_halo for judge in (1, 2, 3)] == [False, False, True]


def test_drift_upwards_is_flagged_with_its_size():
    rows = [(40 + 2 * n, 50, 50 + n % 2) for n in range(15)]

    found = drifts(by_judge(residuals(panel(*rows))))[1]

    assert isinstance(found, Drift)
    assert (found.change, found.rank, found.is_flagged) == (D("0.2"), 1, True)
    assert (f"{found.high[-1]:.2f}", found.crossed) == ("3.11", None)


def test_cusum_sums_what_exceeds_half_a_deviation():
    steps = [D(value) for value in ("1", "1", "2", "-1", "-3")]

    high, low = cusum(steps)

    assert [str(value) for value in high] == ["0.5", "1.0", "2.5", "1.0", "0"]
    assert [str(value) for value in low] == ["0", "0", "0", "-0.5", "-3.0"]


def test_few_sheets_have_no_drift():
    found = drifts(by_judge(residuals(panel(*[(50, 60)] * 7))))

    assert found == {1: Why.FEW_SHEETS, 2: Why.FEW_SHEETS}


def test_study_of_nothing_says_that_nothing_can_be_compared():
    found = study([], {"unit": {}}, seed="head")

    assert (found.judges, found.why, found.levels.why) == (
        (),
        Why.FEW_JUDGES,
        Why.NO_LEVELS,
    )


def test_study_of_one_judge_alone_says_the_same():
    found = study(panel((50,), (60,)), {"unit": {1: frozenset({1})}}, seed="head")

    assert (found.judges, found.blocks, found.why) == ((), (), Why.FEW_JUDGES)


def test_complete_table_leaves_out_entries_and_sheets_with_gaps():
    first = cells_of([(n, (40 + n, 42 + n, 45 + n)) for n in range(1, 7)])
    second = cells_of([(n, (40 + n, 42 + n, 45 + n)) for n in range(1, 3)], sheet="B1")
    aside = cells_of([(7, (50, 55, None))])

    found = study([*first, *second, *aside], {}, seed="head").blocks

    assert [(b.judges, b.sheets, b.entries) for b in found] == [((1, 2, 3), ("A1",), 6)]
    assert found[0].concordance.value == Fraction(1)


tables = st.integers(2, 4).flatmap(
    lambda judges: st.lists(
        st.lists(
            st.one_of(st.none(), st.integers(0, 100)), min_size=judges, max_size=judges
        ),
        min_size=1,
        max_size=14,
    )
)


@given(tables)
def test_any_table_whatever_has_a_study(rows):
    own = {judge: frozenset({1, 2}) for judge in range(1, 5)}

    found = study(panel(*rows), {"unit": own}, seed="head")

    assert all(isinstance(each.severity, Severity | Why) for each in found.judges)
    assert found.marks == len(residuals(panel(*rows)))


@given(tables, st.integers(-20, 20))
def test_another_level_for_all_changes_no_residual(rows, more):
    moved = [[None if m is None else m + more for m in row] for row in rows]

    before = [row.value for row in residuals(panel(*rows))]
    after = [row.value for row in residuals(panel(*moved))]

    assert after == pytest.approx(before, abs=D("1e-20"))


@given(tables)
def test_residuals_of_two_judges_are_each_others_opposite(rows):
    pairs = [row[:2] for row in rows]

    found = residuals(panel(*pairs))

    assert sum((row.value for row in found), D(0)) == 0
