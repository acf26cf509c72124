"""A planned event place by place: prizes, titles, promotions, fields too small."""

from datetime import date
from fractions import Fraction

import pytest

from awards import shelf
from awards.core.facts import Fact, Setting
from awards.core.forecasting import Contest, Plan, awards_by_place, forecast
from awards.core.gaps import Filling
from awards.core.vocabulary import Award

SHANDONG = Setting(
    "provincial", "class-2", "industry", "", "", 2022, "370000", "370000"
)
LIGHTING = Setting(
    "provincial", "class-2", "industry", "照明行业", "", 2022, "440000", "440000"
)
NATION = Setting("national", "", "comprehensive", "", "", 2023, "000000", "510000")
HERE = {"shandong-undated-management-rules:SD-5-province": Filling("适用", "复函")}


def asked(setting, contest, fillings=None, **facts):
    known = {name: Fact(value, "测算") for name, value in facts.items()}
    plan = Plan(setting, date(setting.year, 9, 1), known)
    found = forecast(plan, contest, shelf.rulebooks(), fillings=fillings)
    return {each.document.id: each for each in found}


def lines(found):
    return [
        (g.rule, g.value, g.state, g.places, g.people, g.missing) for g in found.grants
    ]


def test_28_competitors_get_no_titles_because_30_are_needed():
    found = asked(SHANDONG, Contest("焊工", 28, 1, "worker"), HERE, track="none")

    rewards = found["shandong-2022-contest-rewards"]
    assert [(g.rule, g.value, g.state) for g in rewards.grants] == [
        ("SD-3", "山东省技术能手", "none"),
        ("SD-3", "奖金", "none"),
    ]
    why = rewards.grants[0].why
    assert [(a.name, a.asked.text(), a.found) for a in why] == [
        ("参赛规模", "不少于 30", "实际参赛数 28")
    ]
    (field,) = found["shandong-undated-management-rules"].fields
    assert (field.id, field.needed, field.short, field.open) == ("SD-5", 30, 2, ())


def test_30_competitors_are_enough():
    found = asked(SHANDONG, Contest("焊工", 30, 1, "worker"), HERE, track="none")

    assert lines(found["shandong-2022-contest-rewards"]) == [
        ("SD-3", "山东省技术能手", "given", ((1, 1),), 1, ()),
        ("SD-3", "2000.00 元", "given", ((1, 1),), 1, ()),
    ]


def test_whether_the_field_counts_stays_unknown_until_the_gap_is_filled():
    found = asked(SHANDONG, Contest("焊工", 28, 1, "worker"), track="none")

    gap = "shandong-undated-management-rules:SD-5-province"
    states = [(g.state, g.gaps) for g in found["shandong-2022-contest-rewards"].grants]
    assert states == [("unknown", (gap,))] * 2
    (field,) = found["shandong-undated-management-rules"].fields
    assert field.open == (gap,)


def test_shares_are_each_prizes_own_and_places_to_half_are_of_the_whole_field():
    found = asked(LIGHTING, Contest("电工", 61, 1, "worker"))

    prizes = found["guangdong-2022-class2"].prizes
    assert [(p.prize.id, p.first, p.last, p.count, p.exact) for p in prizes] == [
        ("GD-3-first", 1, 2, 2, Fraction(61, 30)),
        ("GD-3-second", 3, 6, 4, Fraction(61, 15)),
        ("GD-3-third", 7, 12, 6, Fraction(61, 10)),
        ("GD-4", 13, 30, 18, Fraction(61, 2)),
    ]


def test_places_a_document_leaves_open_are_unknown_and_never_guessed():
    found = asked(LIGHTING, Contest("电工", 60, 2, "worker"))

    by_rule = {g.rule: g for g in found["guangdong-2022-class2"].grants}
    assert by_rule["GD-1"].state == "unknown"
    assert by_rule["GD-1"].gaps == ("guangdong-2022-class2:GD-1-places",)
    assert (by_rule["GD-2"].people, by_rule["GD-2"].places) == (1, ((1, 1),))
    assert (by_rule["GD-5"].people, by_rule["GD-5"].places) == (60, ((1, 30),))


def test_merit_goes_to_half_of_the_national_field_and_titles_by_team_size():
    found = asked(NATION, Contest("焊接", 31, 3))["national-2023-comprehensive"]

    assert [(p.prize.id, p.count) for p in found.prizes] == [
        ("NAT-1-gold", 1),
        ("NAT-1-silver", 1),
        ("NAT-1-bronze", 1),
        ("NAT-2", 12),
    ]
    assert lines(found)[:2] == [
        ("NAT-3", "全国技术能手", "given", ((1, 2),), 6, ()),
        (
            "NAT-4",
            "晋升技师；已持技师的晋升一级",
            "depends",
            ((1, 15),),
            45,
            ("grade_held",),
        ),
    ]


def test_students_get_nothing_where_workers_are_asked():
    found = asked(SHANDONG, Contest("焊工", 40, 1, "student"), HERE, track="none")

    why = found["shandong-2022-contest-rewards"].grants[0].why
    assert [a.name for a in why] == ["组别"]


def test_prizes_by_points_cannot_be_known_beforehand():
    world = next(
        b for b in shelf.rulebooks() if b.document.id == "world-2026-competition-rules"
    )

    assert awards_by_place(world.prizes, 10) is None
    assert awards_by_place((), 10) is None


@pytest.mark.parametrize("entries", [1, 2, 3, 7, 40])
def test_no_place_has_two_awards_and_none_is_left_out(entries):
    nation = next(
        b for b in shelf.rulebooks() if b.document.id == "national-2023-comprehensive"
    )

    awards = awards_by_place(nation.prizes, entries)

    assert awards is not None
    assert list(awards) == list(range(1, entries + 1))
    assert awards[1] is Award.GOLD
