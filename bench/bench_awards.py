"""Deciding cases against every document, with a bare loop over the same conditions.

    python -m bench.bench_awards [--cases 100000] [--rounds 5] [--limit 20]

Cases are of sixty kinds of competition in twelve provinces; each is decided with every
condition explained, and settled.  The floor only judges the same conditions, one after
the other, and keeps nothing.  Cases are made one by one, so memory must not grow.
"""

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from awards import shelf
from awards.core.conditions import CONDITIONS
from awards.core.engine import evaluate_all
from awards.core.facts import Case, Fact, Setting
from awards.core.rulebook import NATIONAL, Condition, Rulebook
from awards.core.scoping import questions_of
from awards.core.settling import settle
from awards.core.vocabulary import Award, Rank, Trigger
from bench.machine import machine, median, report
from people.core.grades import Grade

ON = date(2024, 10, 20)
LINEAR, MEMORY, ELSEWHERE = 1.3, 8, 1.1
REGIONS = (
    "110000", "120000", "140000", "320000", "330000", "370000",
    "440000", "460000", "500000", "510000", "520000", "650000",
)  # fmt: skip
KINDS = (
    ("national", "none", "comprehensive", "中华人民共和国职业技能大赛", 2023),
    ("national-industry", "class-1", "industry", "全国行业职业技能竞赛", 2017),
    ("provincial", "class-1", "comprehensive", "全省职业技能大赛", 2024),
    ("provincial", "class-2", "industry", "全省行业职业技能竞赛", 2022),
    ("municipal", "class-1", "industry", "全市职业技能竞赛", 2024),
)
AWARDS = (Award.GOLD, Award.SILVER, Award.BRONZE, Award.MERIT, Award.NONE)
HELD = (None, Grade.INTERMEDIATE, Grade.SENIOR, Grade.TECHNICIAN)


def settings() -> list[Setting]:
    """Every kind of competition in every region."""
    return [
        Setting(
            tier=tier, competition_class=class_, kind=kind, competition_name=name,
            year=year, region=NATIONAL if tier.startswith("national") else region,
            home_region=region,
        )
        for tier, class_, kind, name, year in KINDS
        for region in REGIONS
    ]  # fmt: skip


def cases(count: int) -> Iterator[Case]:
    """``count`` cases, made one by one; every seventh lacks a fact."""
    kinds = settings()
    for n in range(count):
        place = n % 24 + 1
        values = {
            "rank": Rank.exact(place),
            "award": AWARDS[min(place - 1, 4)],
            "team_size": n % 3 + 1,
            "member_order": 1,
            "field_size": 24,
            "group": ("worker", "student")[n % 2],
            "employment": "worker",
            "track": "national-choice",
            "grade_held": HELD[n % 4],
            "birth_on": date(1985 + n % 20, 5, 1),
            "held_on": ON,
            "sex": ("male", "female")[n // 2 % 2],
            "titles": ("全国技术能手",) if n % 11 == 0 else (),
            "prior_holder": False,
        }
        if n % 7 == 0:
            del values["grade_held"]
        facts = {name: Fact(value, "成绩版本") for name, value in values.items()}
        setting = kinds[n % len(kinds)]
        yield Case(f"p{n}", "赛项", setting, facts, occupation="6-18-02-04")


def conditions_by_setting(
    books: tuple[Rulebook, ...],
) -> dict[Setting, list[Condition]]:
    """The conditions of all rules in question for results, by setting."""
    found = {}
    for setting in settings():
        asked = questions_of(books, setting, ON)
        found[setting] = [
            condition
            for book in asked.books
            for rule in book.rules.get(Trigger.RESULT, ())
            for condition in rule.conditions
            if not condition.gap
        ]
    return found


def seconds(act: Callable[[], None]) -> float:
    gc.collect()
    began = time.process_time()
    act()
    return time.process_time() - began


def peak() -> int:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def decide(books: tuple[Rulebook, ...], found: Iterable[Case]) -> int:
    made = 0
    for decided in evaluate_all(found, books, ON):
        made += len(settle(decided))
    return made


def bare(asked: dict[Setting, list[Condition]], found: Iterable[Case]) -> None:
    for case in found:
        for condition in asked[case.setting]:
            CONDITIONS[condition.key].judge(condition.asked, case)


def elsewhere(books: tuple[Rulebook, ...]) -> tuple[Rulebook, ...]:
    """The same documents and ten times as many of a region nobody competes in."""
    away = [
        replace(
            book, document=replace(book.document, id=f"{n}-{book.document.id}",
                                   region="810000"),
        )
        for n in range(10)
        for book in books
    ]  # fmt: skip
    return (*books, *away)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=20)
    options = parser.parse_args()
    on, books = machine(), shelf.rulebooks()
    asked, more = conditions_by_setting(books), elsewhere(books)
    tenth = max(options.cases // 10, 1)
    decisions = decide(books, cases(tenth))
    before = peak()
    whole = seconds(lambda: decide(books, cases(options.cases)))
    grown = peak() - before
    ready = list(cases(tenth))
    floor, small, far, one_by_one = [], [], [], []
    for _round in range(options.rounds):
        floor.append(seconds(lambda: bare(asked, ready)))
        small.append(seconds(lambda: decide(books, ready)))
        far.append(seconds(lambda: decide(more, ready)))
        one_by_one.append(seconds(lambda: decide(books, cases(tenth))))
    ratio = median(small) / median(floor)
    linear = whole / options.cases / (median(one_by_one) / tenth)
    apart = median(far) / median(small)
    result = {
        "ratio": round(ratio, 2),
        "limit": options.limit,
        "linear": round(linear, 3),
        "linear_limit": LINEAR,
        "out_of_scope": round(apart, 3),
        "out_of_scope_limit": ELSEWHERE,
        "memory_growth_mib": grown,
        "memory_limit_mib": MEMORY,
        "cases": options.cases,
        "decisions_per_case": round(decisions / tenth, 2),
        "documents": len(books),
        "rules": sum(len(book.rules) for book in books),
        "microseconds_per_case": round(median(small) / tenth * 1_000_000, 1),
        "machine": on,
    }
    passed = (
        ratio <= options.limit
        and linear <= LINEAR
        and apart <= ELSEWHERE
        and grown <= MEMORY
    )
    return report("awards", result, passed=passed)


if __name__ == "__main__":
    sys.exit(main())
