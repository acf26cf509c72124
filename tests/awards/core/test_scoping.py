"""Which rules are in question for a competition on a day."""

from datetime import date

import pytest

from awards.core.facts import Setting
from awards.core.parsing import parse
from awards.core.scoping import questions_of, region_covers
from awards.core.vocabulary import Trigger

BOOK = """
[document]
title = "试验"
issuer = "厅"
status = "in-force"
region = "510000"
in_force_from = 2023-01-19
in_force_until = 2026-12-31
seen = "report"
source = "试验"

[[title]]
name = "四川省技术能手"
issuer = "厅"
level = "塔身"
clause = "一"

[[constraint]]
id = "C"
clause = "二"
kind = "one-promotion-per-year"

[[rule]]
id = "R"
clause = "三"
when = { tier = "provincial", class = "class-1", named = "四川", years = [2025], rank = 1 }
grant = [
  { kind = "title", value = "四川省技术能手" },
  { kind = "grade", operator = "up1" },
]
"""
SETTING = {
    "tier": "provincial",
    "competition_class": "class-1",
    "competition_name": "四川省大赛",
    "year": 2025,
    "region": "510000",
}
ON = date(2025, 6, 1)


def _questions(on=ON, status="in-force", **changes):
    book = parse(BOOK.replace("in-force", status, 1), name="book.toml")
    return questions_of([book], Setting(**{**SETTING, **changes}), on)


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 1),
        ({"on": date(2023, 1, 18)}, 0),
        ({"on": date(2023, 1, 19)}, 1),
        ({"on": date(2027, 1, 1)}, 0),
        ({"status": "repealed"}, 0),
        ({"tier": "municipal"}, 0),
        ({"competition_class": "class-2"}, 0),
        ({"competition_name": "川渝大赛"}, 0),
        ({"year": 2024}, 0),
        ({"region": "500000"}, 0),
        ({"region": "510700"}, 1),
    ],
)
def test_rule_is_in_question_only_where_its_scope_lies(changes, count):
    assert len(_questions(**changes).books) == count


def test_grants_carry_the_limits_of_their_document():
    (rule,) = _questions().books[0].rules[Trigger.RESULT]
    title, grade = rule.grants

    assert (title.once, title.once_per_year) == (True, False)
    assert (grade.once, grade.once_per_year) == (False, True)


@pytest.mark.parametrize(
    ("area", "region", "covers"),
    [
        ("000000", "", True),
        ("510000", "510107", True),
        ("510000", "500000", False),
        ("510100", "510107", True),
        ("510100", "510700", False),
        ("510000", "", False),
    ],
)
def test_region_covers_what_lies_in_it(area, region, covers):
    assert region_covers(area, region) is covers
