"""Every kind of condition: yes, no, and unknown with what would settle it."""

from datetime import date
from fractions import Fraction

import pytest

from awards.core.conditions import CONDITIONS, age_on, judge, round_share
from awards.core.facts import Case, Setting, read_facts
from awards.core.vocabulary import Verdict

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
SETTING = Setting(tier="provincial", region="510000")


def _judge(key, written, facts):
    asked = CONDITIONS[key].read(written)
    answer = judge(key, asked, Case("p", "s", SETTING, read_facts(facts, "试验")))
    return answer.verdict, answer.missing


LIMITS = {"1": 5, "2": 3, "3": 2}
HALF = {"share": "1/2", "rounding": "floor", "from": 4}
HONOURS = {"titles": ["全国技术能手"], "world_medal": "bronze"}
OPEN_RANK = {"low": 4}


@pytest.mark.parametrize(
    ("key", "written", "facts", "verdict", "missing"),
    [
        ("rank", 3, {"rank": 3}, YES, ()),
        ("rank", 3, {"rank": 4}, NO, ()),
        ("rank", 3, {"rank": OPEN_RANK}, NO, ()),
        ("rank", 5, {"rank": OPEN_RANK}, UNKNOWN, ("rank",)),
        ("rank", 5, {"rank": {"low": 4, "high": 5}}, YES, ()),
        ("rank", {"from": 6, "to": 20}, {"rank": 5}, NO, ()),
        ("rank", {"from": 6, "to": 20}, {"rank": 20}, YES, ()),
        ("rank", 3, {}, UNKNOWN, ("rank",)),
        ("rank_by_team", LIMITS, {"rank": 5, "team_size": 1}, YES, ()),
        ("rank_by_team", LIMITS, {"rank": 4, "team_size": 2}, NO, ()),
        ("rank_by_team", LIMITS, {"rank": 3, "team_size": 3}, NO, ()),
        ("rank_by_team", LIMITS, {"rank": 2, "team_size": 7}, YES, ()),
        ("rank_by_team", LIMITS, {"rank": 2}, YES, ()),
        ("rank_by_team", LIMITS, {"rank": 6}, NO, ()),
        ("rank_by_team", LIMITS, {"rank": 4}, UNKNOWN, ("team_size",)),
        ("rank_by_team", LIMITS, {"rank": OPEN_RANK, "team_size": 2}, NO, ()),
        (
            "rank_by_team", LIMITS, {"rank": OPEN_RANK, "team_size": 1},
            UNKNOWN, ("rank",),
        ),
        ("rank_share", HALF, {"rank": 6, "field_size": 12}, YES, ()),
        ("rank_share", HALF, {"rank": 6, "field_size": 11}, NO, ()),
        ("rank_share", HALF, {"rank": 3}, NO, ()),
        ("rank_share", HALF, {"rank": 6}, UNKNOWN, ("field_size",)),
        ("award_at_least", "merit", {"award": "三等奖"}, YES, ()),
        ("award_at_least", "bronze", {"award": "优胜奖"}, NO, ()),
        ("award", ["gold"], {"award": "一等奖"}, NO, ()),
        ("group", ["worker"], {"group": "worker"}, YES, ()),
        ("group", ["worker"], {"employment": "worker"}, YES, ()),
        ("group", ["worker"], {"employment": "student"}, UNKNOWN, ("group",)),
        ("group", ["worker"], {}, UNKNOWN, ("group",)),
        ("team_size", [1], {"team_size": 2}, NO, ()),
        ("first_listed", True, {"team_size": 1}, YES, ()),
        ("first_listed", True, {"team_size": 2, "member_order": 2}, NO, ()),
        ("first_listed", True, {"team_size": 2}, UNKNOWN, ("member_order",)),
        ("sex", ["female"], {"sex": "male"}, NO, ()),
        ("minimum_field", 15, {"field_size": 15}, YES, ()),
        ("minimum_field", 15, {"field_size": 14}, NO, ()),
        ("grade_at_least", "高级工", {"grade_held": "技师"}, YES, ()),
        ("grade_at_least", "高级工", {"grade_held": "无"}, NO, ()),
        ("holds_any", HONOURS, {"titles": ["全国技术能手"]}, YES, ()),
        ("holds_any", HONOURS, {"world_medal": "gold"}, YES, ()),
        ("holds_any", HONOURS, {"titles": []}, UNKNOWN, ("world_medal",)),
        ("holds_any", HONOURS, {"titles": [], "world_medal": "merit"}, NO, ()),
        ("all_true", ["lead_coach"], {"lead_coach": False}, NO, ()),
        ("all_true", ["lead_coach"], {}, UNKNOWN, ("lead_coach",)),
    ],
)  # fmt: skip
def test_condition_is_answered(key, written, facts, verdict, missing):
    assert _judge(key, written, facts) == (verdict, missing)


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (date(1990, 9, 16), YES),
        (date(1990, 9, 15), YES),
        (date(1989, 9, 16), NO),
        (date(1989, 9, 17), YES),  # still 35
    ],
)
def test_age_counts_on_the_first_day(born, verdict):
    facts = {"birth_on": born, "held_on": date(2025, 9, 16)}

    assert _judge("age", {"at_most": 35}, facts) == (verdict, ())


def test_age_without_a_birth_date_is_unknown():
    facts = {"held_on": date(2025, 9, 16)}

    assert _judge("age", {"at_most": 35}, facts) == (UNKNOWN, ("birth_on",))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 1, 1), date(2000, 12, 31), 0),
    ],
)
def test_age_is_completed_years(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("share", "field", "places"),
    [
        (Fraction(1, 2), 35, (17, 18, 18)),
        (Fraction(1, 10), 35, (3, 4, 4)),
        (Fraction(2, 3), 10, (6, 7, 7)),
        (Fraction(3, 10), 120, (36, 36, 36)),
    ],
)
def test_share_of_the_field_is_rounded_as_stated(share, field, places):
    found = [round_share(share, field, how) for how in ("floor", "ceil", "half-up")]

    assert tuple(found) == places
