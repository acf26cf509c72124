"""Which pools documents found, and which a bureau founds itself."""

from datetime import date

import pytest

from awards import pool_catalogue, shelf
from awards.core.vocabulary import GrantKind

DAY = date(2026, 11, 20)


def test_every_document_named_is_on_the_shelf():
    named = [row for row in pool_catalogue.catalogue() if row.rulebook]

    assert len(named) == 5
    assert all(row.document is not None for row in named)
    assert all(row.document.region == row.region for row in named)
    assert all(row.clause and row.quote for row in named)


def test_what_a_pool_takes_is_a_word_of_some_document():
    words = {
        grant.value
        for book in shelf.rulebooks()
        for rule in book.rules
        for grant in rule.grants
        if grant.kind is GrantKind.POOL
    }

    assert {word for row in pool_catalogue.catalogue() for word in row.takes} <= words


@pytest.mark.parametrize(
    ("region", "offered"),
    [
        ("140000", ["shanxi-skilled", "shanxi-leading", "shanxi-teacher"]),
        ("140100", ["shanxi-skilled", "shanxi-leading", "shanxi-teacher"]),
        ("440000", ["guangdong-skilled", "guangdong-leading", "own-teacher"]),
        ("510000", ["own-skilled", "own-leading", "own-teacher"]),
    ],
)
def test_a_bureau_is_offered_what_its_place_founds(region, offered):
    assert [row.id for row in pool_catalogue.offered_in(region)] == offered


@pytest.mark.parametrize(
    ("identifier", "binds"),
    [
        ("shanxi-skilled", True),
        ("shanxi-teacher", False),  # its time ended with 2025
        ("guangdong-skilled", False),  # a draft for comment
        ("own-skilled", False),
    ],
)
def test_only_a_document_in_force_founds_a_pool_by_itself(identifier, binds):
    assert pool_catalogue.by_id(identifier).binds(DAY) is binds
