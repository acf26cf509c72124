"""Every case of every rulebook, and that no rule goes without the three it needs."""

import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from awards.core.cases import OUT_OF_SCOPE, differences, situations_of
from awards.core.parsing import parse

ROOT = Path(__file__).resolve().parents[3]
RULEBOOKS = {
    path.stem: parse(path.read_text(encoding="utf-8"), name=path.name)
    for path in sorted((ROOT / "awards/rulebooks").rglob("*.toml"))
}
SITUATIONS = [
    (rulebook, situation)
    for path in sorted((ROOT / "tests/awards/cases").glob("*.toml"))
    for rulebook, found in [situations_of(path.read_text(encoding="utf-8"))]
    for situation in found
]


@pytest.mark.parametrize(
    ("rulebook", "situation"),
    [
        pytest.param(*pair, id=f"{pair[0]}-{pair[1].rule}-{pair[1].name}")
        for pair in SITUATIONS
    ],
)
def test_rule_decides_as_the_case_expects(rulebook, situation):
    assert differences(situation, RULEBOOKS[rulebook]) == []


def test_case_that_expects_otherwise_is_reported():
    rulebook, situation = SITUATIONS[0]
    wrong = replace(
        situation, expect="refused" if situation.expect != "refused" else "open"
    )

    found = differences(wrong, RULEBOOKS[rulebook])

    assert [text.startswith(f"{wrong.name}: decision is ") for text in found] == [True]


def test_every_rule_has_a_granting_case_a_near_miss_and_one_out_of_validity():
    kinds = defaultdict(set)
    for rulebook, situation in SITUATIONS:
        expect = "entitled" if situation.expect == "preview" else situation.expect
        kinds[rulebook, situation.rule].add(expect)
    needed = {"entitled", "refused", OUT_OF_SCOPE}

    lacking = {
        f"{book.document.id} {rule.id}": needed - kinds[book.document.id, rule.id]
        for book in RULEBOOKS.values()
        for rule in book.rules
        if needed - kinds[book.document.id, rule.id]
    }

    assert lacking == {}


def _seeds():
    data = Path(os.environ.get("LEITAI_REAL_DATA", ROOT / "../shared/data"))
    return data.resolve().parent / "seeds"


CITED = [book for book in RULEBOOKS.values() if book.document.seed]


@pytest.mark.parametrize("book", CITED, ids=lambda book: book.document.id)
def test_quotes_stand_word_for_word_in_the_document(book):
    found = sorted(_seeds().glob(f"{book.document.seed}_*.txt"))
    if not found:
        if os.environ.get("CI"):
            pytest.fail(f"no seed {book.document.seed} under {_seeds()}")
        pytest.skip("the policy documents are not here")
    text = found[0].read_text(encoding="utf-8")
    parts = (
        *book.rules, *book.prizes, *book.entries, *book.constraints, *book.gaps,
        *book.tier_roles, *book.titles, *book.targets, *book.equivalences,
    )  # fmt: skip

    assert [p.citation.quote for p in parts if p.citation.quote not in text] == []
