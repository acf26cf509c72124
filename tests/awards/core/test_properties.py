"""What no rulebook may break, over every kind of competition the documents speak of."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from awards.core.cases import situations_of
from awards.core.engine import evaluate
from awards.core.facts import Case, read_facts
from awards.core.gaps import Filling
from awards.core.parsing import parse
from awards.core.settling import settle
from awards.core.vocabulary import DecisionState, Trigger

ROOT = Path(__file__).resolve().parents[3]
BOOKS = tuple(
    parse(path.read_text(encoding="utf-8"), name=path.name)
    for path in sorted((ROOT / "awards/rulebooks").rglob("*.toml"))
)
SETTINGS = sorted(
    {
        (situation.case.setting, situation.on)
        for path in sorted((ROOT / "tests/awards/cases").glob("*.toml"))
        for situation in situations_of(path.read_text(encoding="utf-8"))[1]
        if situation.case.trigger is Trigger.RESULT
    },
    key=str,
)
FILLED = {
    "rank": 5,
    "age": {"at_most": 35},
    "award_at_least": "third",
    "statement": "文件",
    "amount": 5000,
    "promotion": {"operator": "to-or-up", "grade": "技师"},
}
FILLINGS = {
    f"{book.document.id}:{gap.id}": Filling(FILLED[gap.fills], "复函")
    for book in BOOKS
    for gap in book.gaps
}
AWARD_BY_RANK = ["gold", "silver", "bronze", "merit", "merit", "merit"]
GRADES = ["无", "初级工", "中级工", "高级工", "技师", "高级技师"]
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "team_size": st.integers(1, 3),
        "member_order": st.integers(1, 3),
        "group": st.sampled_from(["worker", "student", "teacher"]),
        "employment": st.sampled_from(["worker", "student", "teacher"]),
        "division": st.sampled_from(["高级组", "中级组"]),
        "grade_held": st.sampled_from(GRADES),
        "paper_level": st.sampled_from(GRADES[2:]),
        "track": st.sampled_from(["selection", "national-choice", "none"]),
        "professional_skill": st.booleans(),
        "field_size": st.integers(3, 60),
        "birth_on": st.dates(date(1960, 1, 1), date(2007, 1, 1)),
        "held_on": st.just(date(2023, 9, 16)),
        "sex": st.sampled_from(["male", "female"]),
        "prior_holder": st.booleans(),
        "passed": st.booleans(),
        "passed_theory": st.booleans(),
        "passed_practice": st.booleans(),
        "national_squad": st.booleans(),
        "titles": st.sampled_from([[], ["全国技术能手"], ["三晋技术能手"]]),
    },
)
PLACE = st.integers(1, 24)
GAPS = st.sampled_from([{}, FILLINGS])


def _case(setting, facts, place):
    award = AWARD_BY_RANK[place - 1] if place <= len(AWARD_BY_RANK) else "none"
    known = read_facts({"rank": place, "award": award, **facts}, "test")
    return Case("person", "skill", setting, known)


def _states(decisions):
    return {(d.document.id, d.rule, d.position): d.would_be.value for d in decisions}


@given(st.sampled_from(SETTINGS), FACTS, PLACE, GAPS, st.randoms(use_true_random=False))
def test_order_of_rulebooks_does_not_matter(setting, facts, place, filled, random):
    shuffled = list(BOOKS)
    random.shuffle(shuffled)
    case = _case(setting[0], facts, place)

    assert settle(evaluate(case, shuffled, setting[1], fillings=filled)) == settle(
        evaluate(case, BOOKS, setting[1], fillings=filled)
    )


@given(st.sampled_from(SETTINGS), FACTS, PLACE, GAPS, st.data())
def test_missing_fact_never_turns_a_right_into_a_refusal(
    setting, facts, place, filled, data
):
    whole = _case(setting[0], facts, place)
    gone = data.draw(st.sampled_from(sorted(whole.facts)))
    less = {name: fact for name, fact in whole.facts.items() if name != gone}
    knowing = _states(evaluate(whole, BOOKS, setting[1], fillings=filled))
    case = Case("person", "skill", setting[0], less)
    lacking = _states(evaluate(case, BOOKS, setting[1], fillings=filled))

    lost = {
        key
        for key, state in lacking.items()
        if state == "refused" and knowing[key] != "refused"
    }
    assert lost == set()


@given(st.sampled_from(SETTINGS), FACTS, PLACE)
def test_open_gap_never_refuses_what_a_filled_one_would_give(setting, facts, place):
    case = _case(setting[0], facts, place)
    filled = _states(evaluate(case, BOOKS, setting[1], fillings=FILLINGS))
    gaping = _states(evaluate(case, BOOKS, setting[1]))

    lost = {
        key
        for key, state in gaping.items()
        if state == "refused" and filled[key] != "refused"
    }
    assert lost == set()


def _for_lower_places(rule):
    """Whether the words of a rule shut out those who did better."""
    keys = {condition.key: condition.asked for condition in rule.conditions}
    rank, share = keys.get("rank"), keys.get("rank_share")
    begins = (isinstance(rank, tuple) and rank[0] > 1) or (
        share is not None and share.rank_from > 1
    )
    awards = keys.get("award", ())
    exact = bool(awards) and min(award.level for award in awards) > 1
    return begins or exact


LOWER = {
    (book.document.id, rule.id)
    for book in BOOKS
    for rule in book.rules
    if _for_lower_places(rule)
}


@given(st.sampled_from(SETTINGS), FACTS, st.integers(2, 24), GAPS)
def test_better_place_never_loses_an_entitlement(setting, facts, place, filled):
    worse = evaluate(
        _case(setting[0], facts, place), BOOKS, setting[1], fillings=filled
    )
    better = _states(
        evaluate(
            _case(setting[0], facts, place - 1), BOOKS, setting[1], fillings=filled
        )
    )

    lost = {
        (d.document.id, d.rule)
        for d in worse
        if d.would_be is DecisionState.ENTITLED
        and better[d.document.id, d.rule, d.position] != "entitled"
    }
    assert lost <= LOWER


def test_rules_that_shut_out_better_places_are_these():
    assert {rule for _document, rule in LOWER} == {
        "HI-1-merit-grade",
        "HL-1-municipal-second",
        "HL-1-second",
        "HL-2-municipal-second",
        "HL-2-second",
        "NAT-14",
        "NAT-16",
        "NAT-18-second",
        "NAT-19-second",
        "NAT-22",
        "SC-4-second",
        "SX-4",
        "SX-7-expert",
        "SX-7-grade",
        "TF-7",
        "TF-7-student",
    }
