"""The shared tables of real results, from import to decisions."""

import csv
import json
from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command

from awards.actions.decisions import refresh_decisions
from awards.models import Decision, Entitlement
from people.actions import record_grade
from people.core.grades import Grade
from tests.awards.results import AT, WELDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def derived(real_data, capsys):
    def derive(name):
        path = real_data / "china-results" / name
        call_command("import_results", str(path), "--by", "system:import", "--json")
        number = json.loads(capsys.readouterr().out)["release"]
        call_command("derive_awards", "--release", number, "--json")
        return json.loads(capsys.readouterr().out)

    return derive


def _of(lines, rule):
    found = [row for row in lines if row["rule"] == rule]
    return Counter((row["value"], row["decision"], *row["missing"]) for row in found)


PROMOTION = "晋升技师；已持技师的晋升一级"


def test_every_medallist_of_changzhou_is_entitled_and_waits_for_a_grade(derived):
    lines = derived("nat2_2023_changzhou.csv")

    assert _of(lines, "NAT-3") == {("全国技术能手", "entitled"): 12}
    assert _of(lines, "NAT-4") == {(PROMOTION, "open", "grade_held"): 12}
    assert _of(lines, "JS-3")["江苏工匠", "open", "employment"] == 5
    assert Entitlement.objects.count() == 12


def test_merit_prizes_of_guangzhou_are_bounded_by_their_places(derived):
    lines = derived("nat2_2023_guangzhou_light_industry.csv")

    assert _of(lines, "NAT-3") == {
        ("全国技术能手", "entitled"): 3,
        ("全国技术能手", "open", "rank"): 4,
        ("全国技术能手", "refused"): 2,
    }
    refused = {
        row["person"]
        for row in lines
        if row["rule"] == "NAT-3" and row["decision"] == "refused"
    }
    assert refused == {"选手006", "选手007"}


def test_jiangsu_titles_equal_those_granted_and_the_pair_shares(derived):
    lines = derived("jiangsu7_2024_college.csv")

    assert _of(lines, "JS-1")["江苏技能状元", "entitled"] == 2
    bonuses = {
        (row["person"], row["value"])
        for row in lines
        if row["kind"] == "bonus" and row["decision"] == "entitled"
    }
    assert ("选手005", "20000.00 元") in bonuses
    assert ("选手006", "20000.00 元") in bonuses
    assert {("选手007", "10000.00 元"), ("选手008", "10000.00 元")} <= bonuses


def _is_paid(row):
    return row["kind"] == "bonus" and row["decision"] == "entitled"


def _rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_titles_of_jiangsu_are_those_the_table_says_were_granted(derived, real_data):
    path = real_data / "china-results" / "jiangsu7_2024_college.csv"
    granted = {
        (row["contestant"], title)
        for row in _rows(path)
        for title in filter(None, row["title_granted"].split(";"))
    }
    lines = derived(path.name)

    entitled = {
        (row["person"], row["value"])
        for row in lines
        if row["kind"] == "title" and row["decision"] == "entitled"
    }
    assert len(granted) == 2
    assert {pair for pair in entitled if pair[1] == "江苏技能状元"} == granted


def test_pair_divides_its_bonus_and_those_who_share_a_prize_do_not(derived):
    lines = derived("jiangsu7_2024_college.csv")
    bonus = {row["person"]: row for row in lines if _is_paid(row)}

    # 选手005 and 选手006 share 三等奖 in one event; 007 and 008 are the pair T07.
    shown = {person: bonus[person]["value"] for person in sorted(bonus)}
    assert (shown["选手005"], shown["选手006"]) == ("20000.00 元", "20000.00 元")
    assert (shown["选手007"], shown["选手008"]) == ("10000.00 元", "10000.00 元")
    assert sum(Decimal(shown[p].split()[0]) for p in ("选手007", "选手008")) == 20000


def test_what_the_published_table_does_not_say_stays_open_by_name(derived):
    lines = derived("nat2_2023_changzhou.csv")

    missing = {
        rule: {
            tuple(row["missing"])
            for row in lines
            if row["rule"] == rule and row["decision"] == "open"
        }
        for rule in ("JS-3", "NAT-6", "NAT-7")
    }
    assert missing == {
        "JS-3": {("employment",)},
        "NAT-6": {("professional_skill",)},
        "NAT-7": {("track", "gap:NAT-7-age")},
    }


@pytest.mark.parametrize(
    ("held", "reached"), [(Grade.SENIOR, "技师"), (Grade.TECHNICIAN, "高级技师")]
)
def test_filled_grade_entitles(derived, held, reached):
    derived("nat2_2023_changzhou.csv")
    waiting = Decision.objects.filter(rule="NAT-4", is_current=True).first()

    record_grade(
        waiting.person, occupation_code=WELDER, grade=held, evidence="证书",
        by="system:test", at=AT,
    )  # fmt: skip
    refresh_decisions(waiting.person, by="system:test", at=AT)

    decided = Decision.objects.get(person=waiting.person, rule="NAT-4", is_current=True)
    assert (decided.state, decided.value) == ("entitled", reached)
    assert (
        Decision.objects.filter(state="open", rule="NAT-4", is_current=True).count()
        == 11
    )
