"""Places for awards over a whole field, as the documents count them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from awards.core.engine import evaluate
from awards.core.facts import Case, Fact, Setting, read_facts
from awards.core.fields import (
    AwardRank,
    FieldPolicy,
    Placed,
    award_ranks,
    places_under,
    policy_of,
)
from awards.core.gaps import Filling
from awards.core.parsing import parse
from awards.core.settling import Held, settle
from awards.core.vocabulary import GrantKind, Rank

RULEBOOKS = Path(__file__).resolve().parents[3] / "awards/rulebooks"


def _book(name):
    path = RULEBOOKS / f"{name}.toml"
    return parse(path.read_text(encoding="utf-8"), name=path.name)


FIELD = [Placed("a", 1, True), Placed("b", 2, False), Placed("c", 2, False)]
FIELD.append(Placed("d", 4, False))


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (FieldPolicy(), [(1, ""), (2, ""), (2, ""), (4, "")]),
        (FieldPolicy("skip"), [(None, "prior-holder"), (1, ""), (1, ""), (3, "")]),
        (FieldPolicy("no-repeat"), [(1, ""), (2, ""), (2, ""), (4, "")]),
        (FieldPolicy(minimum_field=5), [(None, "minimum-field")] * 4),
        (
            FieldPolicy(shares_places=False),
            [(1, ""), (None, "tied"), (None, "tied"), (4, "")],
        ),
    ],
)
def test_award_ranks_follow_the_policy_of_the_document(policy, expected):
    ranks = award_ranks(FIELD, policy)

    assert [(r.rank and r.rank.low, r.why) for r in ranks] == expected


def test_unknown_prior_holder_ahead_leaves_a_bound():
    field = [Placed("a", 1, None), Placed("b", 2, False)]

    assert award_ranks(field, FieldPolicy("skip")) == [
        AwardRank("a", 1, Rank.exact(1)),
        AwardRank("b", 2, Rank(1, 2)),
    ]


def test_entries_that_a_release_does_not_list_may_be_prior_holders():
    field = [Placed("a", 1, False), Placed("c", 4, False)]

    assert places_under(field, FieldPolicy("skip")) == {"c": Rank(2, 4)}


def test_shared_places_are_bounds_where_a_document_forbids_them():
    field = [Placed("a", 1), Placed("b", 1), Placed("c", 3)]

    assert places_under(field, FieldPolicy(shares_places=False)) == {
        "a": Rank(1, 2),
        "b": Rank(1, 2),
    }
    assert places_under(field, FieldPolicy("no-repeat")) == {}


def test_policy_comes_from_the_constraints_in_scope():
    demo = Setting(
        tier="provincial", competition="scgj-2026", year=2026, region="510000"
    )
    book = _book("demo/scgj-2026")

    assert policy_of(book, demo, date(2026, 10, 20)) == FieldPolicy(minimum_field=5)
    elsewhere = replace(demo, competition="other")
    assert policy_of(book, elsewhere, date(2026, 10, 20)) == FieldPolicy()


SHANXI = Setting(
    tier="provincial",
    kind="comprehensive",
    competition_name="山西省第四届职业技能大赛",
    year=2023,
    region="140000",
    home_region="140100",
)
GUANGDONG = Setting(
    tier="provincial",
    competition_class="class-2",
    competition_name="2022年广东省照明行业职业技能竞赛",
    year=2022,
    region="440000",
    home_region="440100",
)
PEOPLE = ("甲", "乙", "丙", "丁", "戊")  # 甲 and 丙 have been honoured before


def _decided(book, setting, on, *, title, fillings=None):
    """The same five in the same order; who holds ``title`` already: the first, third."""
    prior = {name: name in ("甲", "丙") for name in PEOPLE}
    field = [Placed(n, place, prior[n]) for place, n in enumerate(PEOPLE, start=1)]
    moved = places_under(field, policy_of(book, setting, on))
    decided = []
    for place, name in enumerate(PEOPLE, start=1):
        facts = {"rank": place, "group": "worker", "prior_holder": prior[name]}
        ranks = {}
        if name in moved:
            ranks = {book.document.id: Fact(moved[name], "顺延")}
        case = Case(name, "赛项", setting, read_facts(facts, "成绩"), ranks_under=ranks)
        decided += evaluate(case, [book], on, fillings=fillings or {})
    history = [
        Held(name, GrantKind.TITLE, title, date(2020, 1, 1), "档案")
        for name in PEOPLE
        if prior[name]
    ]
    return settle(decided, history)


def test_prior_holders_are_skipped_in_shanxi_and_places_pass_down():
    settled = _decided(
        _book("shanxi-2023-provincial"), SHANXI, date(2023, 6, 20), title="三晋技术能手"
    )
    prizes = {d.person: (d.state.value, d.value) for d in settled if d.rule == "SX-3"}

    assert prizes == {
        "甲": ("refused", "一等奖"),
        "乙": ("entitled", "一等奖"),
        "丙": ("refused", "一等奖"),
        "丁": ("entitled", "一等奖"),
        "戊": ("entitled", "一等奖"),
    }
    why = next(d for d in settled if d.person == "甲" and d.rule == "SX-3").answers[-1]
    assert why.name == "往届获奖"
    assert "名次顺延" in why.asked.text()


def test_title_is_not_given_twice_in_guangdong_and_no_place_passes_down():
    settled = _decided(
        _book("guangdong-2022-class2"),
        GUANGDONG,
        date(2022, 11, 20),
        title="广东省技术能手",
        fillings={"guangdong-2022-class2:GD-1-places": Filling(3, "管理办法")},
    )
    titles = {d.person: d.state.value for d in settled if d.rule == "GD-1"}

    assert titles == {
        "甲": "refused",
        "乙": "entitled",
        "丙": "refused",
        "丁": "refused",
        "戊": "refused",
    }
    why = next(d for d in settled if d.person == "甲" and d.rule == "GD-1").notes[-1]
    assert why.text() == "此前已获广东省技术能手（档案），不重复授予。"
