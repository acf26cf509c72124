"""Pinyin keys of names."""

import pytest

from people.names import normalize_name, sort_key, text_key, toneless


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("曾小梅", "zengxiaomei zxm"),
        ("单于丹", "chanyudan cd"),
        ("单丹", "shandan sd"),
        ("张伟", "zhangwei zw"),
        ("解放", "xiefang xf"),
        ("Li Lei", "li lei l"),
    ],
)
def test_surnames_are_read_as_surnames(name, key):
    assert sort_key(name) == key


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("zhōu jí ān", "zhou ji an"),
        ("hèlánzhōu", "helanzhou"),
        ("lǚ", "lü"),
        ("賀蘭舟 ＬＩ", "賀蘭舟 ＬＩ"),
    ],
)
def test_tones_are_dropped_and_nothing_else(typed, plain):
    assert toneless(typed) == plain


def test_a_unit_is_no_person():
    assert text_key("单位") == "danwei dw"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("张　伟", "张伟"), (" 张 伟 ", "张伟"), ("Li  Lei", "Li Lei"), ("ＬＩ", "LI")],
)
def test_normalize_name(typed, name):
    assert normalize_name(typed) == name
