"""Codes read back as people type them; anything else is none."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core import codes
from tests.awards.desk import AT

LETTERS = st.text(alphabet=codes.LETTERS, min_size=18, max_size=18)


@given(LETTERS)
def test_code_is_read_back_as_it_was_printed(letters):
    slip, secret = letters[: codes.SLIP], letters[codes.SLIP :]

    assert codes.split_code(codes.joined_code(slip, secret)) == (slip, secret)


@pytest.mark.parametrize(
    "typed",
    [
        "acdefg-hjkl-mnpq-rtuv",
        "ACDEFG HJKL MNPQ RTUV",
        "ACDEFGHJKLMNPQRTUV",
        "ＡＣＤＥＦＧ－ＨＪＫＬ－ＭＮＰＱ－ＲＴＵＶ",
        " acdefg—hjkl—mnpq—rtuv\t",
    ],
)
def test_case_dashes_and_wide_letters_do_not_matter(typed):
    assert codes.split_code(typed) == ("ACDEFG", "HJKLMNPQRTUV")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ACDEFG",
        "ACDEFG-HJKL-MNPQ-RTUVW",
        "ACDEFG-HJKL-MNPQ-RTU0",
        "=1+1",
        "\x00" * 18,
    ],
)
def test_anything_else_is_no_code(typed):
    assert codes.split_code(typed) is None


@pytest.mark.parametrize(
    ("ages", "locked"),
    [([1, 2, 3, 4], False), ([1, 2, 3, 4, 5], True), ([1, 2, 3, 4, 15], False)],
)
def test_five_failures_within_fifteen_minutes_lock(ages, locked):
    moments = [AT - timedelta(minutes=age) for age in ages]

    assert codes.is_locked(moments, AT, tries=codes.TRIES) is locked
