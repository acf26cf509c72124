"""One person who wins at city, province and nation within one year."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from awards.core.engine import evaluate
from awards.core.facts import Case, Setting, read_facts
from awards.core.parsing import parse
from awards.core.settling import Held, settle
from awards.core.vocabulary import GrantKind
from people.core.grades import Grade

RULEBOOKS = Path(__file__).resolve().parents[3] / "awards/rulebooks"
BOOKS = [
    parse(path.read_text(encoding="utf-8"), name=path.name)
    for path in sorted(RULEBOOKS.glob("*.toml"))
]
CITY = Setting(tier="county", year=2021, region="120102", home_region="120102")
PROVINCE = Setting(
    tier="provincial",
    competition_class="class-1",
    kind="comprehensive",
    competition_name="天津市职业技能大赛",
    year=2021,
    region="120000",
    home_region="120102",
)
NATION = Setting(
    tier="national-industry",
    competition_class="class-1",
    competition_name="全国行业职业技能竞赛",
    year=2021,
    region="110000",
    home_region="120102",
)
RULES = """
[document]
title = "2021年全国行业职业技能竞赛通知"
issuer = "部"
status = "in-force"
region = "000000"
seen = "report"
source = "试验"

[[rule]]
id = "N-1"
clause = "奖励"
[rule.when]
tier = "national-industry"
rank = 5
[[rule.grant]]
kind = "title"
value = "全国技术能手"
once = true
[[rule.grant]]
kind = "grade"
operator = "to-or-up"
grade = "技师"
"""


def _case(skill, setting, held="高级工"):
    facts = {
        "rank": 1, "award": "gold", "group": "worker", "team_size": 1,
        "grade_held": held,
    }  # fmt: skip
    known = read_facts(facts, skill)
    return Case("甲", skill, setting, known, occupation="6-18-02-04")


def _decided():
    books = [*BOOKS, parse(RULES, name="nation.toml")]
    days = {"区": (CITY, date(2021, 5, 1)), "市": (PROVINCE, date(2021, 9, 1))}
    days["国"] = (NATION, date(2021, 11, 1))
    return [
        decision
        for skill, (setting, on) in days.items()
        for decision in evaluate(_case(skill, setting), books, on)
    ]


def test_only_one_promotion_is_permitted_and_the_others_say_why():
    settled = settle(_decided())
    grades = {
        (d.skill, d.rule): (d.state.value, d.value)
        for d in settled
        if d.grant.kind is GrantKind.GRADE and "student" not in d.rule
    }

    assert grades == {
        ("区", "TJ-3-county"): ("entitled", "技师"),
        ("市", "TJ-2"): ("refused", "技师"),
        ("国", "N-1"): ("refused", "技师"),
    }
    why = {d.skill: d.notes[-1].text() for d in settled if (d.skill, d.rule) in grades}
    assert (
        why["市"]
        == why["国"]
        == (
            "就高不重复：已由 天津市职业技能竞赛获奖选手晋升职业技能等级规定（2021、2024年）"
            " TJ-3-county 晋升技师。"
        )
    )
    titles = [d.value for d in settled if d.grant.kind is GrantKind.TITLE]
    assert titles == ["全国技术能手"]


def test_promotion_of_the_same_year_bars_the_next_where_the_document_says_so():
    spring = Held("甲", GrantKind.GRADE, "高级工", date(2021, 5, 1), "R-1")
    autumn = [d for d in _decided() if d.skill == "市" and d.rule == "TJ-2"]

    (barred,) = settle(autumn, [spring])
    (free,) = settle(autumn, [replace(spring, on=date(2020, 5, 1))])

    assert (barred.state.value, free.state.value) == ("refused", "entitled")
    assert barred.notes[-1].text() == "同一年度已晋升高级工（R-1），不再晋升。"


def test_promotion_already_proposed_elsewhere_is_not_proposed_again():
    held = Held(
        "甲", GrantKind.GRADE, "技师", date(2021, 9, 1), "R-1", occupation="6-18-02-04"
    )
    nation = [d for d in _decided() if d.skill == "国" and d.worth.grade]

    (same,) = settle(nation, [held])
    (other,) = settle(nation, [replace(held, occupation="6-18-01-01")])
    higher = [
        replace(d, worth=replace(d.worth, grade=Grade.SENIOR_TECHNICIAN))
        for d in nation
    ]

    assert (same.state.value, other.state.value) == ("refused", "entitled")
    assert same.notes[-1].text() == "就高不重复：此前已晋升技师（R-1）。"
    assert settle(higher, [held])[0].state.value == "entitled"
