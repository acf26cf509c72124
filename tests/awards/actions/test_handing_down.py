"""What a confirmed document sets below: the prizes as steps of a scale."""

from dataclasses import replace

from awards import shelf
from awards.actions.handing_down import prize_steps
from awards.core.rulebook import Rulebook
from scoring.core.prizes import prize_bounds
from scoring.prize_steps import steps_from


def _book(identifier: str) -> Rulebook:
    return next(b for b in shelf.rulebooks() if b.document.id == identifier)


def _bounds(book: Rulebook, field: int) -> list[tuple[str, int, int]]:
    return prize_bounds(steps_from(prize_steps(book.document, book.prizes)), field)


def test_shares_without_a_place_are_each_prizes_own_number():
    assert _bounds(_book("guangdong-2022-class2"), 60) == [
        ("一等奖", 1, 2),
        ("二等奖", 3, 6),
        ("三等奖", 7, 12),
        ("优胜奖", 1, 30),
    ]


def test_a_share_with_a_first_place_says_where_the_prize_ends():
    assert _bounds(_book("national-2023-comprehensive"), 31) == [
        ("金牌", 1, 1),
        ("银牌", 2, 2),
        ("铜牌", 3, 3),
        ("优胜奖", 4, 15),
    ]


def test_a_number_without_a_place_counts_on_from_the_prizes_above():
    book = _book("lvliang-undated-fifth-contest")
    prizes = [replace(p, rank_from=None, rank_to=None) for p in book.prizes if p.count]

    assert _bounds(replace(book, prizes=tuple(prizes)), 40) == [
        ("一等奖", 1, 2),
        ("二等奖", 3, 6),
        ("三等奖", 7, 12),
    ]
