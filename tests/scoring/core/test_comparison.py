"""Member comparison, delegation totals and the best of each, on written-out cases."""

import csv
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.core.comparison import (
    TABLES,
    Achievement,
    DelegationRow,
    MemberRow,
    Report,
    albert_vidal,
    best_of_delegations,
    compare_members,
    delegation_totals,
    report,
)

MEDALS = {
    "Gold": 1,
    "Silver": 2,
    "Bronze": 3,
    "Medallion for Excellence": 4,
    "Medal for Excellence": 4,
    "": 0,
}
# Three members in two skills, and a demonstration skill that counts nowhere.
ROWS = [
    Achievement(1, "CN", "01", 1, 1, 745),
    Achievement(2, "KR", "01", 2, 2, 739),
    Achievement(3, "FR", "01", 3, 3, 700),
    Achievement(4, "CN", "02", 4, 4, 705),
    Achievement(5, "KR", "02", 1, 1, 745),
    Achievement(6, "FR", "90", 1, 1, 790, is_official=False),
]


def test_a_member_row_has_medals_points_and_scores():
    assert compare_members(ROWS) == (
        MemberRow("CN", 2, (1, 0, 0, 1), 5, Fraction(5, 2), 1450, Fraction(725)),
        MemberRow("FR", 1, (0, 0, 1, 0), 2, Fraction(2), 700, Fraction(700)),
        MemberRow("KR", 2, (1, 1, 0, 0), 7, Fraction(7, 2), 1484, Fraction(742)),
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Report.ALPHABETICAL, [(None, "CN"), (None, "FR"), (None, "KR")]),
        (Report.MEDAL_TOTAL, [(1, "KR"), (2, "CN"), (3, "FR")]),
        (Report.MEDAL_AVERAGE, [(1, "KR"), (2, "CN"), (3, "FR")]),
        (Report.SCORE_TOTAL, [(1, "KR"), (2, "CN"), (3, "FR")]),
        (Report.SCORE_AVERAGE, [(1, "KR"), (2, "CN"), (3, "FR")]),
    ],
)
def test_the_five_reports_are_ordered(kind, expected):
    found = report(compare_members(ROWS), kind)
    assert [(each.rank, each.row.member) for each in found] == expected


def test_average_and_total_may_tell_another_story():
    rows = [
        Achievement(1, "AA", "01", 1, 1, 740),
        Achievement(2, "BB", "01", 2, 2, 735),
        Achievement(3, "BB", "02", 2, 2, 735),
        Achievement(4, "CC", "02", 1, 1, 740),
    ]
    found = compare_members(rows)
    totals = [(r.rank, r.row.member) for r in report(found, Report.MEDAL_TOTAL)]
    averages = [(r.rank, r.row.member) for r in report(found, Report.SCORE_AVERAGE)]
    assert totals == [(1, "BB"), (2, "AA"), (2, "CC")]
    assert averages == [(1, "AA"), (1, "CC"), (3, "BB")]


def test_without_scale_scores_the_score_reports_have_no_rank():
    rows = [Achievement(1, "AA", "01", 1, 1), Achievement(2, "BB", "01", 2, 2, 700)]
    found = report(compare_members(rows), Report.SCORE_TOTAL)
    assert [(r.rank, r.row.member) for r in found] == [(1, "BB"), (None, "AA")]


def places(member, *places):
    return [Achievement(n, member, f"s{n}", p) for n, p in enumerate(places, start=1)]


def test_place_points_are_those_of_weihai():
    rows = places("甲", *range(1, 13))
    (found,) = delegation_totals(rows, TABLES["places"])
    assert found.total == 10 + 9 + 8 + 7 + 6 + 5 + 4 * 4 + 1 + 1


def test_prize_points_are_those_of_the_machinery_industry():
    rows = [
        Achievement(1, "甲", "a", 1, 1),
        Achievement(2, "甲", "b", 2, 2),
        Achievement(3, "甲", "c", 7, 3),
        Achievement(4, "甲", "d", 20, 0, passed=True),
        Achievement(5, "甲", "e", 21, 0, passed=False),
        Achievement(6, "甲", "f", 22, 0),
        Achievement(7, "甲", "g"),
    ]
    (found,) = delegation_totals(rows, TABLES["prizes"])
    assert (found.total, found.unknown) == (8 + 4 + 2 + 1, 1)


def test_equal_totals_are_parted_by_better_places_or_said_to_be_shared():
    rows = [
        *places("甲", 1, 7, 11),  # 10 + 4 + 1
        *places("乙", 2, 5),  # 9 + 6
        *places("丙", 2, 5),
        *places("丁", 12),
    ]
    assert delegation_totals(rows, TABLES["places"]) == (
        DelegationRow("甲", 15, (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1), 1),
        DelegationRow("丙", 15, (0, 1, 0, 0, 1), 2, True, "places"),
        DelegationRow("乙", 15, (0, 1, 0, 0, 1), 2, True, "places"),
        DelegationRow("丁", 1, (0,) * 11 + (1,), 4, False, "total"),
    )


def test_the_best_of_a_delegation_is_the_highest_score_unless_chosen():
    first, second, third = best_of_delegations(ROWS, {"CN": 4, "KR": 99})
    assert [row.entry for row in first.named] == [4]
    assert [row.entry for row in first.by_figures] == [1]
    assert (second.member, [row.entry for row in second.named]) == ("FR", [3])
    assert (third.member, [row.entry for row in third.named]) == ("KR", [5])


def test_without_scores_the_best_has_the_best_place_in_the_largest_field():
    rows = [
        Achievement(1, "甲", "a", 2, field=40),
        Achievement(2, "甲", "b", 1, field=12),
        Achievement(3, "甲", "c", 1, field=30),
        Achievement(4, "甲", "d", 1, field=30),
    ]
    (found,) = best_of_delegations(rows)
    assert [row.entry for row in found.named] == [3, 4]


def test_everybody_with_the_highest_scale_score_has_the_albert_vidal_award():
    assert [row.entry for row in albert_vidal(ROWS)] == [1, 5]
    assert albert_vidal([Achievement(1, "甲", "a", 1)]) == ()


def published(real_data, name):
    with (real_data / "results" / name).open(encoding="utf-8") as lines:
        return [
            Achievement(
                entry=number,
                member=row["member_code"],
                skill=row["skill_number"],
                place=int(row["position"]),
                level=MEDALS[row["medal"]],
                scale_score=int(row["scale_score"]),
            )
            for number, row in enumerate(csv.DictReader(lines), start=1)
        ]


def test_the_published_tables_of_2024_compare_as_counted(real_data):
    rows = published(real_data, "wsc2024_skills_01-29.csv")
    members = compare_members(rows)
    best = report(members, Report.MEDAL_TOTAL)
    by_code = {row.member: row for row in members}

    assert len(members) == 59
    assert by_code["CN"] == MemberRow(
        "CN", 28, (19, 4, 1, 3), 93, Fraction(93, 28), 20780, Fraction(20780, 28)
    )
    assert by_code["FR"].medals == (3, 1, 1, 13)
    assert [(each.rank, each.row.member) for each in best[:2]] == [(1, "CN"), (2, "KR")]
    assert sum(row.skills for row in members) == 592


def test_the_highest_score_is_the_default_best_of_nation(real_data):
    """The award is published for the whole event; here only 28 of its 59 skills are."""
    rows = published(real_data, "wsc2024_skills_01-29.csv")
    named = {best.member: best.named for best in best_of_delegations(rows)}
    highest = max(row.scale_score for row in rows)
    assert {r.scale_score for r in named["CN"]} == {
        max(r.scale_score for r in rows if r.member == "CN")
    }
    assert [row.scale_score for row in albert_vidal(rows)] == [highest]


@given(
    st.lists(
        st.tuples(st.sampled_from("甲乙丙"), st.integers(1, 15), st.integers(0, 4)),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_input_does_not_matter(drawn, random):
    rows = [
        Achievement(n, member, f"s{n}", place, level, passed=True)
        for n, (member, place, level) in enumerate(drawn)
    ]
    mixed = list(rows)
    random.shuffle(mixed)
    assert compare_members(mixed) == compare_members(rows)
    for table in TABLES.values():
        assert delegation_totals(mixed, table) == delegation_totals(rows, table)
