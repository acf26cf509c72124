"""Reading rulebooks: every mistake is named with file, place, key and remedy."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from awards.core.asking import TeamPlaces
from awards.core.parsing import parse
from awards.core.reading import RulebookUnreadable
from awards.core.rulebook import Citation, Condition, Scope
from awards.core.vocabulary import Status

ROOT = Path(__file__).resolve().parents[3]
BAD = sorted((ROOT / "tests/awards/bad_rulebooks").glob("*.toml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_rulebook_is_refused_with_the_words_that_help(path):
    text = path.read_text(encoding="utf-8")
    words = text.splitlines()[0].removeprefix("# must say: ")

    with pytest.raises(RulebookUnreadable) as refused:
        parse(text, name=path.name)

    assert words in str(refused.value)
    assert len(refused.value.problems) == 1
    assert str(refused.value).startswith(path.name)


def _book(name):
    path = ROOT / "awards/rulebooks" / f"{name}.toml"
    return parse(path.read_text(encoding="utf-8"), name=path.name)


def test_rule_is_read_with_scope_conditions_and_citation():
    rule = next(
        r for r in _book("national-2023-comprehensive").rules if r.id == "NAT-3"
    )

    assert rule.scope == Scope(
        tier=("national",), kind=("comprehensive",), years=(2020, 2023)
    )
    assert rule.conditions == (
        Condition("rank_by_team", TeamPlaces(((1, 5), (2, 3), (3, 2)))),
    )
    assert rule.citation == Citation("奖励政策（据报道）")
    assert rule.grants[0].value == "全国技术能手"
    assert rule.grants[0].once


def test_targets_and_sums_are_exact():
    targets = {
        target.id: target.value
        for target in _book("sichuan-2023-skills-action").targets
    }
    grants = next(
        r for r in _book("jiangsu-2024-zhuangyuan").rules if r.id == "JS-2"
    ).grants

    assert targets["SC-T-skilled"] == Fraction(3, 10)
    assert targets["SC-T-experts"] == 250
    assert grants[0].amounts == {
        "first": Decimal(100000), "second": Decimal(50000), "third": Decimal(20000)
    }  # fmt: skip


def test_rules_of_an_edition_document_hold_for_its_competition_only():
    book = _book("demo/scgj-2026")

    assert book.document.status is Status.EDITION_ONLY
    assert {rule.scope.competition for rule in book.rules} == {("scgj-2026",)}
    assert {prize.scope.competition for prize in book.prizes} == {("scgj-2026",)}


def test_all_mistakes_are_reported_at_once():
    text = '[document]\ntitle = "x"\nissuer = 3\n[[rule]]\nid = "X"\n'

    with pytest.raises(RulebookUnreadable) as refused:
        parse(text, name="x.toml")

    found = [(problem.place, problem.key) for problem in refused.value.problems]
    assert found == [
        ("document", "issuer"),
        ("document", "region"),
        ("document", "source"),
        ("document", "seen"),
        ("document", "status"),
        ("rule X", "clause"),
        ("rule X", "grant"),
    ]
