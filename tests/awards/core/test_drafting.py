"""A document as it is typed: mistakes by line, cases as they turn out, bounded work."""

import re
from pathlib import Path

import pytest

from awards.core.drafting import LONGEST, Finding, read_draft
from awards.core.lines import Outline
from tests.awards.written import CASES, IDENTIFIER, TEXT

ROOT = Path(__file__).resolve().parents[3]
BOOKS = sorted((ROOT / "awards/rulebooks").rglob("*.toml"))
BAD = sorted((ROOT / "tests/awards/bad_rulebooks").glob("*.toml"))


def _read(text=TEXT, cases=CASES):
    return read_draft(text, cases, name=IDENTIFIER)


def test_sound_text_with_its_cases_may_be_published():
    draft = _read()

    assert draft.is_sound
    assert [(case.name, case.passed) for case in draft.cases] == [
        ("第三名", True), ("第四名", True), ("国家级", True)
    ]  # fmt: skip


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_document_on_the_shelf_is_sound_with_its_cases(path):
    cases = ROOT / "tests/awards/cases" / path.name
    text = cases.read_text(encoding="utf-8") if cases.exists() else ""

    assert read_draft(path.read_text(encoding="utf-8"), text, name=path.stem).is_sound


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_mistake_is_marked_at_the_line_of_its_key_or_table(path):
    text = path.read_text(encoding="utf-8")

    (finding,) = read_draft(text, "", name=path.stem).findings

    line = text.split("\n")[finding.line - 1]
    table = finding.place.split(", ")[-1].split(" ")[0] or finding.key
    at_key = re.match(rf"\s*\[*{re.escape(finding.key)}\b", line)
    assert at_key or table in line or path.stem in HEADERS


HEADERS = {"no_document", "gap_nobody_asks_for", "same_id_twice", "not_toml"}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("rank = 3", "ranks = 3", ("text", 17, "rule W-1, when", "ranks")),
        ("[document]", "[document", ("text", 2, "", "")),
        (
            'grade = "技师"',
            'grade = "大师"',
            ("text", 21, "rule W-1, grant 1", "grade"),
        ),
    ],
)
def test_finding_names_line_place_and_key(old, new, found):
    draft = _read(TEXT.replace(old, new))

    (one,) = draft.findings
    assert (one.source, one.line, one.place, one.key) == found
    assert not draft.is_sound


def test_case_that_comes_out_otherwise_says_what_was_found_and_expected():
    draft = _read(TEXT.replace("rank = 3", "rank = 4"))

    wrong = next(case for case in draft.cases if not case.passed)
    (difference,) = wrong.differences
    assert (wrong.name, wrong.line) == ("第四名", 15)
    assert (difference.found, difference.expected) == ("entitled", "refused")
    assert not draft.is_sound


def test_rule_with_fewer_than_three_cases_is_named():
    draft = _read(cases=CASES.rpartition("[[case]]")[0])

    assert draft.lacking == {"W-1": ("cases", "out-of-scope")}
    assert _read(cases="").lacking == {
        "W-1": ("cases", "entitled", "refused", "out-of-scope")
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "key"),
    [
        ('rulebook = "sichuan-2026-trial"', 'rulebook = "x"', "", "rulebook"),
        ('rule = "W-1"', 'rule = "W-9"', "case 第三名", "rule"),
        ('expect = "entitled"', 'expect = "yes"', "case 第三名", "expect"),
        ("on = 2026-11-12", 'on = "x"', "case 第三名", ""),
        ("rank = 3", "rnk = 3", "case 第三名", ""),
        ('name = "第四名"\n', "", "case 2", "name"),
    ],
)
def test_bad_case_is_named_and_does_not_pass(old, new, place, key):
    finding = _read(cases=CASES.replace(old, new)).findings[0]

    assert (finding.source, finding.place, finding.key) == ("cases", place, key)


BOMBS = {
    "brackets": "a = " + "[" * 90_000,
    "brackets by line": "a = [\n" + "[\n" * 60_000,
    "dots": ".".join("a" * 90_000) + " = 1",
    "dots with a comment": ".".join("a" * 90_000) + " = 1 # x",
    "headers": "\n".join(f"[a{n}.{'.'.join('b' * 15)}]" for n in range(2500)),
    "digits": "a = " + "9" * 5000,
    "tables": "[document]\n" + "[[rule]]\n" * 20_000,
    "inline tables": "rule = [" + "{}," * 60_000 + "]",
    "NUL": 'a = "\0"',
    "half a character": 'a = "\ud800"',
    "quotes": "'" * LONGEST,
    "escapes": '"\\' * (LONGEST // 2),
    "spaces": "[" + " " * (LONGEST - 1),
    "equals": 'id = "' + '="' * (LONGEST // 2 - 5),
    "too long": "#" * (LONGEST + 1),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=list(BOMBS))
def test_whatever_is_typed_comes_to_an_answer(bomb):
    assert _read(bomb, "").findings
    assert _read(TEXT, bomb).findings


def test_too_many_cases_are_not_run():
    draft = _read(
        cases=CASES + CASES.rpartition("[[case]]")[2].join(["[[case]]"] * 600)
    )

    assert [type(one) for one in draft.findings] == [Finding]
    assert draft.cases == ()


def test_lines_inside_a_long_text_are_no_headers():
    text = '[document]\nnote = """\n[[rule]]\nrank = 1\n"""\n[[rule]]\nrank = 2\n'

    assert Outline(text).line_of("rule 1", "rank") == 7
