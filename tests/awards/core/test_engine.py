"""Rulebooks applied to one case."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from awards.core.engine import evaluate, evaluate_all
from awards.core.facts import Case, Fact, Setting, read_facts
from awards.core.gaps import Filling
from awards.core.parsing import parse
from awards.core.vocabulary import Award, DecisionState, Rank

ROOT = Path(__file__).resolve().parents[3]
BOOKS = tuple(
    parse(path.read_text(encoding="utf-8"), name=path.name)
    for path in sorted((ROOT / "awards/rulebooks").rglob("*.toml"))
)
ON = date(2023, 9, 19)
NATIONAL = Setting(
    tier="national",
    kind="comprehensive",
    competition_name="中华人民共和国第二届职业技能大赛",
    year=2023,
    region="120000",
    home_region="320400",
)
DEMO = Setting(
    tier="provincial",
    competition_class="class-1",
    kind="comprehensive",
    competition="scgj-2026",
    year=2026,
    region="510000",
    home_region="510100",
)


def _case(setting=NATIONAL, **facts):
    return Case("person", "skill", setting, read_facts(facts, "test"))


def _states(decisions):
    return {(d.rule, d.position): d.state.value for d in decisions}


def test_merit_prize_bounds_the_place_and_cites_its_clause():
    single, pair = (
        evaluate(_case(award="merit", team_size=size), BOOKS, ON) for size in (1, 2)
    )

    title = next(d for d in single if d.rule == "NAT-3")
    assert title.state is DecisionState.OPEN
    assert title.missing == ("rank",)
    assert "NAT-2" in title.answers[0].source
    assert _states(pair)["NAT-3", 0] == "refused"


def test_national_gold_of_a_jiangsu_worker_is_decided_by_all_documents():
    case = _case(award="gold", rank=1, team_size=1, employment="worker")

    assert _states(evaluate(case, BOOKS, ON)) == {
        ("JS-3", 0): "entitled",
        ("NAT-3", 0): "entitled",
        ("NAT-4", 0): "open",
        ("NAT-6", 0): "open",
        ("NAT-7", 0): "open",
    }


def test_draft_and_unconfirmed_documents_only_preview():
    book = next(book for book in BOOKS if book.document.id == "scgj-2026")
    case = _case(DEMO, award="gold", rank=1, group="worker", field_size=12, team_size=1)

    decided = evaluate(case, [replace(book, confirmed=False)], date(2026, 10, 20))

    states = {decision.rule: decision.state.value for decision in decided}
    assert states["TF-8"] == "preview"
    assert states["TF-6"] == "preview"
    assert states["TF-7"] == "refused"


def test_out_of_scope_rules_leave_no_decision():
    county = Setting(tier="county", year=2023, region="530100")

    assert evaluate(_case(county, rank=1, award="gold"), BOOKS, ON) == []


def test_rank_under_a_document_counts_there_only():
    book = next(book for book in BOOKS if book.document.id == "scgj-2026")
    case = replace(
        _case(DEMO, rank=4, award="none", group="worker", field_size=12, team_size=1),
        ranks_under={"scgj-2026": Fact(Rank.exact(3), "skip")},
    )

    found = next(
        d for d in evaluate(case, [book], date(2026, 10, 20)) if d.rule == "TF-9"
    )
    assert found.value == "2000.00 元"
    assert Award.NONE is case.value("award")


DRAFT = Setting(
    tier="national",
    kind="comprehensive",
    competition_name="中华人民共和国第三届职业技能大赛",
    year=2025,
    region="410000",
    home_region="650100",
)


def test_draft_says_what_it_would_be_and_binds_nobody():
    case = _case(DRAFT, award="gold", rank=1, team_size=1)

    found = {d.rule: d for d in evaluate(case, BOOKS, date(2025, 9, 20))}

    draft = found["XJ-1"]
    assert (draft.state.value, draft.would_be.value) == ("preview", "entitled")
    assert draft.value == "正高级职称"
    assert {d.rule for d in found.values() if d.state.value == "preview"} == {"XJ-1"}


WIDE = """
[document]
title = "办法"
issuer = "厅"
status = "in-force"
region = "510000"
seen = "report"
source = "试验"

[[gap]]
id = "G"
clause = "一"
question = "是否适用？"
authority = "厅"

[[constraint]]
id = "C"
clause = "参赛规模"
kind = "minimum-field"
field = 30
reach = "event"
when = { tier = "provincial", statement = { gap = "G" } }
"""


@pytest.mark.parametrize(
    ("field_size", "filling", "state"),
    [
        (30, None, "entitled"),
        (12, None, "open"),
        (12, "适用", "refused"),
        (12, "不适用", "entitled"),
    ],
)
def test_wide_constraint_bends_other_documents_where_it_applies(
    field_size, filling, state
):
    book = next(book for book in BOOKS if book.document.id == "scgj-2026")
    wide = parse(WIDE, name="wide.toml")
    case = _case(
        DEMO, rank=1, award="gold", group="worker", team_size=1, field_size=field_size
    )
    fillings = {"wide:G": Filling(filling, "复函")} if filling else {}

    decided = evaluate(case, [wide, book], date(2026, 10, 20), fillings=fillings)

    assert next(d for d in decided if d.rule == "TF-8").state.value == state


def test_many_cases_are_decided_as_one_by_one():
    cases = [_case(rank=rank, award="gold", team_size=1) for rank in (1, 2, 6)]
    cases.append(_case(DEMO, rank=1, award="gold", group="worker", field_size=12))

    assert list(evaluate_all(cases, BOOKS, ON)) == [
        evaluate(case, BOOKS, ON) for case in cases
    ]
