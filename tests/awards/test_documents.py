"""Policy documents in words, and what a clerk types into a gap."""

import pytest

from awards import documents, shelf


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5", 5),
        ("前 5 名", 5),
        ("前5名", 5),
        ("1/2", "1/2"),
        ("前 1/2", "1/2"),
        ("30%", "30%"),
        ('{ "1" = 5, "2" = 3, "3" = 2 }', {"1": 5, "2": 3, "3": 2}),
        ("{ at_most = 22 }", {"at_most": 22}),
        ("高级工", "高级工"),
        ("0.5", "0.5"),
        ("true", True),
        (" 按川人社〔2026〕1 号 ", "按川人社〔2026〕1 号"),
    ],
)
def test_filling_is_read_as_plain_data(typed, read):
    assert documents.read_filling(typed) == read


def test_every_document_on_the_shelf_can_be_shown():
    for book in shelf.rulebooks():
        heading = documents.words_of(book)
        rules = documents.rules_of(book)

        assert heading.title
        assert heading.region
        assert len(rules) == heading.rules == len(book.rules)
        assert all(rule.clause and all(rule.grants) for rule in rules)
