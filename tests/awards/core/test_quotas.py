"""Numbers put on titles: what is left of them, and who stays open beyond them."""

from dataclasses import replace
from datetime import date

from awards.core.engine import evaluate
from awards.core.facts import Case, Setting, read_facts
from awards.core.parsing import parse
from awards.core.quotas import Given, Limit, Quota, limits_of, quotas_left
from awards.core.settling import settle
from awards.core.vocabulary import DecisionState

BOOK = """
[document]
title = "办法"
issuer = "厅"
status = "in-force"
region = "370000"
seen = "report"
source = "试验"

[[title]]
name = "省技术能手"
issuer = "厅"
level = "省级"
clause = "一"
quota = 3
period = "十四五"

[[constraint]]
id = "Q"
clause = "二"
kind = "quota"
titles = ["省技术能手"]
limit = 1
per = "city"

[[rule]]
id = "R"
clause = "三"
[rule.when]
tier = "provincial"
rank = 3
[[rule.grant]]
kind = "title"
value = "省技术能手"
once = true
"""
ON = date(2024, 10, 20)


def _book():
    return parse(BOOK, name="book.toml")


def _decided(*people):
    decided = []
    for person, region, place in people:
        setting = Setting(
            tier="provincial", year=2024, region="370000", home_region=region
        )
        case = Case(person, "赛项", setting, read_facts({"rank": place}, "成绩"))
        decided += evaluate(case, [_book()], ON)
    return decided


def test_limits_come_from_titles_and_constraints_of_documents_that_bind():
    plan, city = sorted(limits_of([_book()]), key=lambda limit: -limit.number)

    assert plan == Limit("省技术能手", 3, years=(2021, 2025))
    assert city == Limit("省技术能手", 1, "book", per_city=True)
    draft = replace(_book(), confirmed=False)
    assert limits_of([draft]) == []


def test_what_is_given_in_the_years_is_taken_off_once_per_person():
    given = [
        Given("x", "省技术能手", date(2022, 1, 1), "370100"),
        Given("x", "省技术能手", date(2023, 1, 1), "370100"),
        Given("y", "省技术能手", date(2019, 1, 1), "370100"),
        Given("z", "另一称号", date(2023, 1, 1), "370100"),
    ]

    assert quotas_left(
        [Limit("省技术能手", 3, years=(2021, 2025))],
        _decided(("甲", "370100", 1)),
        given,
    ) == [Quota("", "省技术能手", 2, 3, (2021, 2025))]


def test_cities_are_counted_apart_and_the_rest_stays_open():
    decided = _decided(("甲", "370102", 1), ("乙", "370103", 2), ("丙", "370202", 3))
    quotas = quotas_left(limits_of([_book()]), decided, [])

    settled = {d.person: d.state for d in settle(decided, quotas=quotas)}

    assert settled == {
        "甲": DecisionState.ENTITLED,
        "乙": DecisionState.OPEN,
        "丙": DecisionState.ENTITLED,
    }


def test_all_who_share_the_last_place_stay_open():
    decided = _decided(("甲", "370100", 1), ("乙", "370200", 2), ("丙", "370300", 2))
    quota = Quota("", "省技术能手", 2, 2)

    settled = settle(decided, quotas=[quota])

    assert {d.person: d.state.value for d in settled} == {
        "甲": "entitled",
        "乙": "open",
        "丙": "open",
    }
    (why,) = {d.answers[-1].asked.text() for d in settled if d.person != "甲"}
    assert why == "名额以内：省技术能手 共 2 名，由主管部门取舍"


def test_no_quota_is_left_to_count_where_nobody_is_named():
    assert quotas_left(limits_of([_book()]), [], []) == []
