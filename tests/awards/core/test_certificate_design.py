"""Designs as data: what is refused, and what filling a wording does."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.certificate_design import (
    PLACEHOLDERS,
    DesignError,
    check_wording,
    design_of,
    fill,
    parse_design,
)

FILES = sorted((Path(__file__).parents[3] / "awards" / "designs").glob("*.toml"))
BODY = "在{skill}赛项[（{group}）]中[取得第 {place} 名，]荣获"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_designs_are_sound_and_named_like_their_file(path):
    design = parse_design(path.read_text(encoding="utf-8"))

    assert design.identifier == path.stem
    assert design_of(design.as_content()) == design


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (
            {"skill": "焊接", "group": "职工组", "place": "2"},
            "在焊接赛项（职工组）中取得第 2 名，荣获",
        ),
        ({"skill": "焊接", "place": "2"}, "在焊接赛项中取得第 2 名，荣获"),
        ({"skill": "焊接", "group": "职工组"}, "在焊接赛项（职工组）中荣获"),
        ({"skill": "{group}[x]"}, "在{group}[x]赛项中荣获"),
    ],
)
def test_parts_without_their_value_fall_away(values, text):
    assert fill(BODY, values) == text


@given(
    st.dictionaries(st.sampled_from(PLACEHOLDERS), st.text(max_size=9)),
    st.sampled_from(PLACEHOLDERS),
)
def test_values_are_printed_as_they_are_and_never_read(values, name):
    assert fill(f"<{{{name}}}>", values) == f"<{values.get(name, '')}>"


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("{skil}", "{skil}"),
        ("{skill", "花括号"),
        ("skill}", "花括号"),
        ("[{skill}", "方括号"),
        ("{skill}]", "方括号"),
        ("[[{skill}]]", "方括号"),
        ("{{skill}}", "花括号"),
        ("{skill.__class__}", "占位符"),
    ],
)
def test_wordings_nobody_can_fill_are_refused(wording, said):
    with pytest.raises(DesignError, match="/") as refusal:
        check_wording(wording)

    assert said in refusal.value.message


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"palette": "gold"}, "palette"),
        ({"paper": "B5"}, "paper"),
        ({"layout": "round"}, "layout"),
        ({"heading": " "}, "heading"),
        ({"body": "荣获{award}"}, "body"),
        ({"body": "在{skil}"}, "body"),
        ({"seals": []}, "seals"),
        ({"signatures": ["甲", "乙", "丙"]}, "signatures"),
        ({"closing": "长" * 301}, "closing"),
        ({"seals": ["{nobody}"]}, "seals"),
        ({"seal_image": "seal.png"}, "seal_image"),
    ],
)
def test_field_that_is_wrong_is_named(changes, field):
    content = tomllib.loads(FILES[0].read_text(encoding="utf-8"))

    with pytest.raises(DesignError) as refusal:
        design_of({**content, **changes})

    assert refusal.value.field == field


def test_sheet_is_drawn_on_a4_and_enlarged():
    design = parse_design(FILES[0].read_text(encoding="utf-8"))
    large = replace(design, paper="A3")

    assert (design.size, design.sheet) == ((297, 210), (297, 210))
    assert (large.size, large.sheet) == ((420, 297), (297, 210))
