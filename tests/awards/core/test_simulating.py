"""Two sets of documents side by side: rows, sums, what is open."""

from datetime import date
from decimal import Decimal

import pytest

from awards import shelf
from awards.core.rulebook import NATIONAL
from awards.core.simulating import (
    Figures,
    Gain,
    Lack,
    Row,
    Sum,
    area_of,
    assumed,
    compared,
)
from awards.core.vocabulary import GrantKind, Status

TITLE, BONUS = GrantKind.TITLE, GrantKind.BONUS


def gain(person, kind, value, *, region="510100", document="a", amount=None, **more):
    return Gain(
        release="R-1",
        entry="7",
        person=person,
        region=region,
        document=document,
        rule="X-1",
        clause="一",
        kind=kind,
        value=value,
        amount=None if amount is None else Decimal(amount),
        **more,
    )


def test_who_keeps_gains_and_loses_does_not_depend_on_the_document():
    kept = gain("1", TITLE, "省技术能手")
    lost = gain("1", BONUS, "2000.00 元", amount="2000")
    same = gain("1", TITLE, "省技术能手", document="b")
    gained = gain("1", BONUS, "333.34 元", document="b", amount="333.34")

    found = compared([kept, lost], [gained, same])

    row = Row(("R-1", "7", "1"), "510100", (same,), (gained,), (lost,), 0, 0)
    assert found.rows == (row,)
    assert (found.gaining, found.losing) == (1, 1)


def test_two_of_the_same_are_not_one():
    one = gain("1", BONUS, "100.00 元", amount="100")

    found = compared([one], [one, one])

    assert [len(row.gained) for row in found.rows] == [1]


def test_sums_are_exact_by_region_and_kind_and_open_stands_apart():
    before = [
        gain("1", BONUS, "333.34 元", amount="333.34"),
        gain("2", BONUS, "333.33 元", amount="333.33", region="510107"),
        gain("3", BONUS, "奖金", region="", missing=("award",)),
    ]
    after = [gain("1", TITLE, "能手", missing=("titles", "gap:P-1"))]

    found = compared(before, after)

    assert found.sums == (
        Sum("", BONUS, Figures(0, Decimal(0), 1), Figures()),
        Sum("510100", TITLE, Figures(), Figures(0, Decimal(0), 1)),
        Sum("510100", BONUS, Figures(2, Decimal("666.67"), 0), Figures()),
    )
    assert found.by_kind() == [
        Sum("", TITLE, Figures(), Figures(0, Decimal(0), 1)),
        Sum("", BONUS, Figures(2, Decimal("666.67"), 1), Figures()),
    ]
    assert found.lacks == (
        Lack("a:gap:P-1", 0, 1),
        Lack("award", 1, 0),
        Lack("titles", 0, 1),
    )
    assert (found.gaining, found.losing) == (0, 2)


def test_the_order_of_what_comes_in_does_not_matter():
    some = [gain(str(n), TITLE, f"称号{n}") for n in range(5)]

    assert compared(some, some[:2]) == compared(some[::-1], some[1::-1])


@pytest.mark.parametrize(
    ("region", "digits", "area"),
    [("510107", 4, "510100"), ("510107", 2, "510000"), ("", 4, "")],
)
def test_a_region_is_summed_under_its_area(region, digits, area):
    assert area_of(region, digits) == area


def test_a_draft_is_assumed_to_bind_whatever_its_dates():
    draft = next(
        book
        for book in shelf.rulebooks()
        if book.document.id.startswith("xinjiang-2025")
    )

    book = assumed(draft, anywhere=True)

    assert not book.is_preview
    assert book.document.status is Status.IN_FORCE
    assert book.document.is_in_force(date(2001, 1, 1))
    assert book.document.region == NATIONAL
    assert book.rules == draft.rules
    assert assumed(draft).document.region == "650000"
