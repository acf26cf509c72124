"""The judge's desk: which sheet comes next, and what a tile says."""

from dataclasses import dataclass

import pytest

from scoring.views import desk


@dataclass
class Row:
    """A sheet row as queries return it."""

    id: int
    code: str = "01"
    sub_code: str = "B2"
    sub_name: str = "线管敷设"
    day: int = 2
    panel: str = "B"
    state: str = "open"
    conflicts: int = 0
    my_cells: int = 11
    my_filled: int = 0
    signed_by_me: bool = False
    is_recused: bool = False
    is_replaced: bool = False
    days: tuple[int, ...] = ()


def test_next_sheet_is_the_begun_one_before_empty_ones():
    rows = [Row(1), Row(2, my_filled=4), Row(3)]

    assert desk.next_row(rows).id == 2


def test_next_sheet_after_one_goes_on_in_order_and_round():
    rows = [Row(1), Row(2), Row(3, my_filled=11)]

    assert desk.next_row(rows, after=1).id == 2
    assert desk.next_row(rows, after=2).id == 1


def test_sheet_in_conflict_comes_last():
    rows = [Row(1, my_filled=11, conflicts=1), Row(2)]

    assert desk.next_row(rows).id == 2
    assert desk.next_row(rows[:1]).id == 1


def test_nothing_is_next_when_all_is_signed_done_or_recused():
    rows = [
        Row(1, my_filled=11),
        Row(2, is_recused=True),
        Row(3, state="chief-signed"),
        Row(4, my_filled=11, signed_by_me=True),
    ]

    assert desk.next_row(rows) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row(1), ("empty", "未评")),
        (Row(1, my_filled=6), ("begun", "6 / 11")),
        (Row(1, my_filled=11), ("value", "待签")),
        (Row(1, my_filled=11, conflicts=1), ("conflict", "分差待议")),
        (Row(1, my_filled=11, signed_by_me=True), ("signed", "已签")),
        (Row(1, state="chief-signed"), ("signed", "裁判长已签")),
        (Row(1, is_recused=True), ("void", "回避")),
    ],
)
def test_tile_says_what_calls_for_action_first(row, said):
    tile = desk.tile(row)

    assert (tile.mark, str(tile.words)) == said


def test_groups_keep_the_order_and_count_what_is_done():
    rows = [Row(1, my_filled=11), Row(2), Row(3, sub_code="C1", panel="G")]

    groups = desk.groups_of(rows)

    assert [(group.code, group.done, group.total) for group in groups] == [
        ("B2", 1, 2),
        ("C1", 0, 1),
    ]
    assert [group.panel for group in groups] == ["b", "a"]
