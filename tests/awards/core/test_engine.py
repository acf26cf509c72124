"""Places for awards and decisions, and the properties no rulebook may break."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.engine import evaluate
from awards.core.facts import Case, Fact, Setting, read_facts
from awards.core.fields import (
    AwardRank,
    FieldPolicy,
    Placed,
    award_ranks,
    policy_of,
)
from awards.core.parsing import parse
from awards.core.settling import settle
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


def test_policy_comes_from_the_constraints_in_scope():
    book = next(book for book in BOOKS if book.document.id == "scgj-2026")

    assert policy_of(book, DEMO, date(2026, 10, 20)) == FieldPolicy(minimum_field=5)
    assert policy_of(book, NATIONAL, ON) == FieldPolicy()


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


AWARD_BY_RANK = ["gold", "silver", "bronze", "merit", "merit", "merit"]
_FACTS = st.fixed_dictionaries(
    {},
    optional={
        "team_size": st.integers(1, 3),
        "member_order": st.integers(1, 3),
        "group": st.sampled_from(["worker", "student", "teacher"]),
        "employment": st.sampled_from(["worker", "student", "teacher"]),
        "grade_held": st.sampled_from(["无", "中级工", "高级工", "技师", "高级技师"]),
        "track": st.sampled_from(["selection", "national-choice"]),
        "professional_skill": st.booleans(),
        "field_size": st.integers(3, 40),
        "birth_on": st.dates(date(1960, 1, 1), date(2007, 1, 1)),
        "held_on": st.just(date(2023, 9, 16)),
    },
)
_SETTINGS = st.sampled_from([(NATIONAL, ON), (DEMO, date(2026, 10, 20))])
_PLACE = st.integers(1, 12)


def _placed(place):
    award = AWARD_BY_RANK[place - 1] if place <= len(AWARD_BY_RANK) else "none"
    return {"rank": place, "award": award}


@given(_SETTINGS, _FACTS, _PLACE, st.randoms(use_true_random=False))
def test_order_of_rulebooks_does_not_matter(setting, facts, place, random):
    shuffled = list(BOOKS)
    random.shuffle(shuffled)
    case = _case(setting[0], **facts, **_placed(place))

    assert settle(evaluate(case, shuffled, setting[1])) == settle(
        evaluate(case, BOOKS, setting[1])
    )


@given(_SETTINGS, _FACTS, _PLACE, st.data())
def test_missing_fact_never_turns_a_right_into_a_refusal(setting, facts, place, data):
    full = {**facts, **_placed(place)}
    gone = data.draw(st.sampled_from(sorted(full)))
    less = {name: value for name, value in full.items() if name != gone}
    knowing = _states(evaluate(_case(setting[0], **full), BOOKS, setting[1]))
    lacking = _states(evaluate(_case(setting[0], **less), BOOKS, setting[1]))

    lost = {
        key
        for key, state in lacking.items()
        if state == "refused" and knowing[key] != "refused"
    }
    assert lost == set()


# Prizes for lower places only, by the words of their documents.
_ONLY_FOR_LOWER_PLACES = {"TF-7", "TF-7-student"}


@given(_SETTINGS, _FACTS, st.integers(2, 12))
def test_better_place_never_loses_an_entitlement(setting, facts, place):
    worse = evaluate(_case(setting[0], **facts, **_placed(place)), BOOKS, setting[1])
    better = _states(
        evaluate(_case(setting[0], **facts, **_placed(place - 1)), BOOKS, setting[1])
    )

    lost = {
        d.rule
        for d in worse
        if d.state is DecisionState.ENTITLED
        and better[d.rule, d.position] != "entitled"
        and d.rule not in _ONLY_FOR_LOWER_PLACES
    }
    assert lost == set()


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
