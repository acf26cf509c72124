"""Codes on paper: what is typed wrongly is noticed, what is scanned is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.paper_codes import ALPHABET, finish, read_code, shown

NUMBERS = st.lists(st.integers(0, 30), min_size=7, max_size=7)


@given(NUMBERS)
def test_a_code_is_read_back_as_printed(numbers):
    code = finish(numbers)

    assert read_code(shown(code)) == read_code(shown(code).lower()) == code
    assert read_code(f"https://a.cn/judge/paper/{code}/?v=1-2") == code


@given(NUMBERS, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(numbers, place, other):
    code = finish(numbers)
    wrong = code[:place] + other + code[place + 1 :]

    assert read_code(wrong) == (code if other == code[place] else "")


@given(NUMBERS, st.integers(0, 5))
def test_two_swapped_neighbours_are_noticed(numbers, place):
    code = finish(numbers)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert read_code(swapped) == (code if swapped == code else "")


@pytest.mark.parametrize(
    "text", ["", "7F3A", "7F3A-92M5", "7F3A-92M!", "/paper/", "7F3A92M4" * 40]
)
def test_what_is_no_code_is_read_as_nothing(text):
    assert read_code(text) == ""


@pytest.mark.parametrize("numbers", [(1, 2, 3), (0,) * 8, (31,) * 7, (-1,) * 7])
def test_a_code_has_seven_numbers(numbers):
    with pytest.raises(ValueError, match="seven numbers"):
        finish(numbers)
