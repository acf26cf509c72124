"""Choosing medal rules and tie-breaks, and what each rule would give."""

from dataclasses import replace

import pytest

from scoring.actions import decide_tie
from scoring.actions.place_rules import choose_place_rules, cite_prizes
from scoring.errors import PlaceRulesRefused, ResultsRefused, SchemeRefused
from scoring.models import SkillState
from scoring.queries.place_rules import place_rules_of
from scoring.queries.rebuilding import differences
from scoring.queries.schemes import scheme_of
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type
from tests.scoring.points import make_points, table, verify

pytestmark = pytest.mark.django_db


def choose(contest, **change):
    return choose_place_rules(
        contest.skill,
        **{
            "medal_rule": "national",
            "ties": ("criterion:B", "sub:A1"),
            "fallback": "shared",
            "by": contest.organizer,
            "at": contest.now(),
            **change,
        },
    )


def test_rule_and_ties_become_the_next_version_of_the_scheme():
    contest = make_contest(is_open=False)
    choose(contest)
    assert scheme_of(contest.skill) == replace(
        worldskills_type(), medal_rule="national", ties=("criterion:B", "sub:A1")
    )
    assert SkillState.objects.get().scheme.version == 2


def test_after_marking_was_opened_the_list_stands():
    contest = make_contest()
    with pytest.raises(SchemeRefused) as refused:
        choose(contest)
    assert refused.value.code == "scheme-in-use"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"medal_rule": "x"}, "medal-rule"),
        ({"ties": ("criterion:B", "criterion:B")}, "tie-twice"),
        ({"ties": ("criterion:Z",)}, "unknown-tie-break"),
        ({"fallback": "coin"}, "unknown-fallback"),
    ],
)
def test_what_the_scheme_does_not_know_is_refused(change, code):
    contest = make_contest(is_open=False)
    with pytest.raises(PlaceRulesRefused) as refused:
        choose(contest, **change)
    assert refused.value.code == code


def test_every_rule_says_what_it_would_give_now():
    contest = make_points(("90", "80", "80", "70", "60", "50"))
    found = place_rules_of(contest.skill)
    given = {rule.code: (rule.awards, rule.undecided) for rule in found.rules}
    assert given == {
        "worldskills-2026": ((("金牌", 1), ("银牌", 2), ("铜牌", 1)), 0),
        "worldskills-2024": ((("金牌", 1), ("银牌", 2)), 0),
        "worldskills-2019": ((("金牌", 1), ("银牌", 2)), 0),
        "worldskills-2017": ((("金牌", 1), ("银牌", 2)), 0),
        "worldskills-2015": ((("金牌", 1), ("银牌", 2)), 0),
        "national": ((("金牌", 1), ("银牌", 2)), 2),
        "places-1-2-3": ((("金牌", 1), ("银牌", 2)), 0),
        "places-1-2-3-merit-half": ((("金牌", 1), ("银牌", 2)), 0),
        "gold1-silver2-bronze3": ((("金牌", 1), ("银牌", 2), ("铜牌", 3)), 0),
        "prizes-1-2-5": ((("一等奖", 1), ("二等奖", 2), ("三等奖", 3)), 0),
        "prizes-1-2-5-merit-half": ((("一等奖", 1), ("二等奖", 2), ("三等奖", 3)), 0),
        "prizes-3-5-10": ((("一等奖", 3), ("二等奖", 3)), 0),
        "prizes-3-5-10-merit-two-thirds": ((("一等奖", 3), ("二等奖", 3)), 0),
        "shares-10-20-30": ((("一等奖", 1), ("二等奖", 2), ("三等奖", 1)), 0),
        "shares-10-20-30-by-band": ((("一等奖", 1), ("二等奖", 2), ("三等奖", 1)), 0),
        "field-table": ((("金牌", 1), ("银牌", 2)), 0),
        "none": ((), 0),
    }  # fmt: skip
    assert (found.citation, found.may_choose, found.may_cite) == ("", False, True)


def test_no_medal_place_is_shared_where_the_rule_forbids_it():
    contest = make_points(("90", "80", "80", "70", "60", "60"), medal_rule="national")
    with pytest.raises(ResultsRefused) as refused:
        verify(contest)
    assert refused.value.reasons == ("有 2 个名次待裁判长裁定。",)

    decide_tie(
        contest.skill,
        entries=[contest.entries[2].pk, contest.entries[1].pk],
        reason="加赛用时短",
        by=contest.chief,
        at=contest.now(),
    )
    verify(contest)

    assert [row[:2] for row in table(contest)] == [
        (1, "金牌"), (3, "铜牌"), (2, "银牌"), (4, ""), (5, ""), (5, ""),
    ]  # fmt: skip
    assert differences(contest.skill) == []


def test_a_document_sets_the_prizes_after_marking_began():
    contest = make_points(("90", "80", "70"))
    cite_prizes(
        contest.skill,
        preset="prizes-1-2-5",
        document="川人社函〔2026〕1号",
        clause="第七条",
        by=contest.organizer,
        at=contest.now(),
    )
    found = place_rules_of(contest.skill)
    assert found.citation == "川人社函〔2026〕1号 第七条"
    assert found.in_force == (("一等奖", 1), ("二等奖", 2))
    verify(contest)
    assert [row[1] for row in table(contest)] == ["一等奖", "二等奖", "二等奖"]
    assert place_rules_of(contest.skill).may_cite is False


def test_a_citation_needs_a_document_and_a_known_preset():
    contest = make_points(("90", "80"))
    for preset, document in (("prizes-1-2-5", " "), ("worldskills-2026", "号")):
        with pytest.raises(PlaceRulesRefused):
            cite_prizes(
                contest.skill,
                preset=preset,
                document=document,
                clause="",
                by=contest.organizer,
                at=contest.now(),
            )
