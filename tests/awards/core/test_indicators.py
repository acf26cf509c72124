"""Targets in exact fractions; numbers of titles with what is left of them."""

from datetime import date
from fractions import Fraction

import pytest

from awards import shelf
from awards.core.indicators import (
    Stated,
    counter_of,
    names_of,
    period_of,
    progress_of,
)
from awards.core.quotas import Limit

TARGETS = {t.id: t for book in shelf.rulebooks() for t in book.targets}


def figures(**values):
    return [
        Stated(name, year, value, "公报", "经办")
        for name, years in values.items()
        for year, value in years.items()
    ]


def test_a_third_stays_a_third():
    target = TARGETS["SXP-T-2025-high"]
    exact = progress_of(target, figures(高技能人才={2025: 1}, 技能人才={2025: 3}))
    short = progress_of(target, figures(高技能人才={2025: 333}, 技能人才={2025: 1000}))

    assert target.value == Fraction(1, 3)
    assert (exact.is_met, exact.latest.reached) == (True, Fraction(1, 3))
    assert (short.is_met, short.latest.reached) == (False, Fraction(333, 1000))


def test_the_two_denominators_of_shanxi_never_stand_in_for_each_other():
    employed, working = TARGETS["SXP-T-2025-skilled"], TARGETS["SXT-T-skilled"]
    assert names_of(employed) == ("技能人才", "就业人员")
    assert names_of(working) == ("技能人才", "从业人员")

    known = figures(技能人才={2025: 35}, 就业人员={2025: 100})

    assert progress_of(employed, known).is_met is True
    assert progress_of(working, known).is_met is None
    assert progress_of(working, known).missing == ("从业人员",)


def test_years_are_kept_and_the_last_full_one_counts():
    target = TARGETS["SC-T-skilled"]
    found = progress_of(
        target,
        figures(
            技能人才={2023: 20, 2024: 29, 2025: 31}, 就业人员={2023: 100, 2024: 100}
        ),
    )

    assert [(y.year, y.reached) for y in found.years] == [
        (2023, Fraction(1, 5)),
        (2024, Fraction(29, 100)),
        (2025, None),
    ]
    assert (found.latest.year, found.is_met, found.missing) == (
        2024,
        False,
        ("就业人员",),
    )


def test_nothing_known_is_neither_met_nor_missed():
    found = progress_of(TARGETS["SC-T-masters"], [])

    assert (found.latest, found.is_met, found.missing) == (
        None,
        None,
        ("四川技能大师",),
    )


@pytest.mark.parametrize(
    ("used", "left", "warning"),
    [(0, 10, ""), (8, 2, ""), (9, 1, "near"), (10, 0, "full"), (11, -1, "over")],
)
def test_a_number_of_titles_warns_before_it_is_used_up(used, left, warning):
    limit = Limit("能手", 10, years=(2021, 2025))
    given = [(str(n), "能手", date(2024, 5, 1)) for n in range(used)]

    found = counter_of(limit, given, date(2025, 6, 1))

    assert (found.used, found.left, found.warning) == (used, left, warning)


def test_only_the_period_and_each_person_once_counts():
    limit = Limit("能手", 10, years=(2021, 2025))
    given = [
        ("1", "能手", date(2021, 1, 1)),
        ("1", "能手", date(2023, 1, 1)),
        ("2", "能手", date(2020, 12, 31)),
        ("3", "大师", date(2023, 1, 1)),
        ("4", "能手", date(2025, 12, 31)),
    ]

    assert counter_of(limit, given, date(2025, 6, 1)).used == 1


def test_a_title_runs_for_the_period_of_the_catalogue():
    assert period_of("四川省技术能手", shelf.rulebooks()) == (2021, 2025)
    assert period_of("没有的称号", shelf.rulebooks()) is None
