"""Published result tables: read, taken in as an external release, checked again."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from competitions.models import Competition, Entry, EntryMember, Skill
from people.actions import register_organization
from people.models import Person
from people.spreadsheets import WARNING
from scoring.actions.external import Announcement, import_external_release
from scoring.external import read_results, region_of, results_template
from scoring.models import Release, ReleaseSkill
from scoring.queries.external import external_differences
from tests.workbooks import bad_files

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HEADER = "竞赛名称,竞赛级别,年份,代表队,赛项,组别,赛项类别,每队人数,队伍号,名次,奖项,授予称号,选手,单位"
SAME = "第九届蜀江职业技能大赛,省级一类,2025"
ROWS = (
    f"{SAME},成都,焊接,职工组,,1,T1,1,一等奖,四川工匠,选手001,甲厂",
    f"{SAME},自贡,焊接,职工组,,1,T2,,优胜奖,,选手002,乙厂",
    f"{SAME},成都,机器人,学生组,世赛选拔,2,T3,2,二等奖,,选手003,丙校",
    f"{SAME},成都,机器人,学生组,世赛选拔,2,T3,2,二等奖,,选手004,丙校",
)


def table_of(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def found(table):
    return [(p.code, p.row, p.column) for p in table.problems if p.severity != WARNING]


def read(*rows, **options):
    return read_results(table_of(*rows, **options), filename="成绩.csv")


def test_rows_become_entries_of_skills():
    table = read(*ROWS)

    assert table.competition.name == "第九届蜀江职业技能大赛"
    assert (table.competition.tier, table.competition.competition_class) == (
        "provincial",
        "class-1",
    )
    assert table.competition.region == "510000"
    assert table.skills == (("焊接", "worker"), ("机器人", "student"))
    assert [(e.team, e.place, e.award, len(e.members)) for e in table.entries] == [
        ("T1", 1, "一等奖", 1),
        ("T2", None, "优胜奖", 1),
        ("T3", 2, "二等奖", 2),
    ]
    assert table.entries[2].track == "selection"


@pytest.mark.parametrize(
    ("text", "region"),
    [("江苏/常州", "320400"), ("四川省", "510000"), ("行业代表队", ""), ("", "")],
)
def test_region_of_a_delegation_is_known_or_empty(text, region):
    assert region_of(text) == region


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (ROWS[0].replace("省级一类", "宇宙级"), ("several-competitions", 6, "B")),
        (ROWS[0].replace(",1,T1,1,", ",1,T1,第一,"), ("not-a-whole-number", 6, "J")),
        (ROWS[0].replace(",1,T1,1,", ",2,T9,1,"), ("team-size", 6, "H")),
        (ROWS[0].replace("选手001", ""), ("empty-cell", 6, "M")),
        (ROWS[2].replace("二等奖", "一等奖"), ("team-differs", 6, "I")),
    ],
)
def test_fault_names_its_cell(row, finding):
    table = read(*ROWS, row)

    assert finding in found(table)
    assert table.competition is None


def test_unknown_tier_and_year_are_errors():
    table = read(ROWS[0].replace("省级一类,2025", "宇宙级,明年"))

    assert found(table) == [("unknown-tier", 2, "B"), ("bad-year", 2, "C")]


def test_the_template_is_read_back():
    row = {
        "competition": "省赛",
        "tier": "省级",
        "year": 2025,
        "delegation": "四川",
        "event": "焊接",
        "award": "一等奖",
        "contestant": "选手001",
        "unit": "甲厂",
    }

    table = read_results(results_template([row]), filename="成绩.xlsx")

    assert found(table) == []
    assert (table.skills, table.people) == ((("焊接", "unknown"),), 1)


def test_table_without_persons_names_the_columns_it_lacks():
    table = read("x,y", header="竞赛名称,年份")

    assert [code for code, _, _ in found(table)] == ["missing-column"] * 6
    assert "选手" in " ".join(problem.message for problem in table.problems)


@pytest.mark.parametrize("case", sorted(bad_files()))
def test_refused_file_is_one_error(case):
    filename, content = bad_files()[case]

    table = read_results(content, filename=filename)

    assert [p.code for p in table.problems] == [case.split(" (")[0]]


@pytest.fixture
def bureau(db):
    return register_organization(
        name="人社厅", kinds=["bureau"], region="510000", by="system:test", at=AT
    )[0]


def take_in(bureau, *rows, **options):
    announcement = Announcement(
        "成绩.csv", table_of(*rows), "川人社〔2025〕9号", date(2025, 12, 1)
    )
    return import_external_release(
        announcement, owner=bureau, by="system:test", at=AT, **options
    )


def test_a_published_table_becomes_a_release(bureau):
    outcome = take_in(bureau, *ROWS)

    answer = outcome.as_dict()
    release = Release.objects.get()
    text = json.loads(release.text)
    assert answer == {
        "release": release.number,
        "competition": "第九届蜀江职业技能大赛",
        "skills": 2,
        "entries": 3,
        "people": 4,
        "problems": [],
    }
    assert release.announced_on == date(2025, 12, 1)
    assert text["competition"]["origin"] == "external"
    assert "选手001" not in release.text
    lines = [entry for skill in text["skills"] for entry in skill["entries"]]
    assert [
        (e["place"], e["place_low"], e["place_high"], e["award"]) for e in lines
    ] == [
        (1, 1, 1, "一等奖"),
        (None, 4, None, "优胜奖"),
        (2, 2, 2, "二等奖"),
    ]
    assert lines[0]["title_granted"] == "四川工匠"
    assert [member["position"] for member in lines[2]["members"]] == [1, 2]
    assert external_differences(release) == []


def test_the_same_file_again_is_the_same_release(bureau):
    first = take_in(bureau, *ROWS)

    second = take_in(bureau, *ROWS)

    assert second.release == first.release
    assert (Release.objects.count(), Person.objects.count()) == (1, 4)


def test_a_dry_run_keeps_nothing(bureau):
    outcome = take_in(bureau, *ROWS, is_dry_run=True)

    assert (outcome.release, outcome.problems) == (None, ())
    counts = [m.objects.count() for m in (Competition, Skill, Entry, Person, Release)]
    assert counts == [0] * 5


def test_one_bad_row_keeps_every_row_out(bureau):
    bad = ROWS[0].replace("焊接", "钳工").replace("T1", "T9").replace("选手001", "")

    outcome = take_in(bureau, *ROWS, bad)

    assert outcome.release is None
    assert [p.code for p in outcome.problems] == ["empty-cell"]
    assert (Competition.objects.count(), Person.objects.count()) == (0, 0)


def test_a_corrected_table_supersedes_only_the_skills_it_lists(bureau):
    first = take_in(bureau, *ROWS).release
    corrected = [
        row.replace("一等奖", "二等奖").replace("T1,1", "T1,2") for row in ROWS
    ]

    second = take_in(bureau, *corrected[:2]).release

    standing = ReleaseSkill.objects.filter(superseded_by__isnull=True)
    assert {(row.skill.name, row.release.pk) for row in standing} == {
        ("焊接", second.pk),
        ("机器人", first.pk),
    }


def test_a_table_that_would_lose_earlier_results_is_refused(bureau):
    take_in(bureau, *ROWS)

    outcome = take_in(bureau, ROWS[0].replace("甲厂", "丁厂"))

    assert [p.code for p in outcome.problems] == ["earlier-results-lost"]
    assert "乙厂" in outcome.problems[0].message
    assert Release.objects.count() == 1


def test_a_tampered_release_is_found(bureau):
    release = take_in(bureau, *ROWS).release
    release.text = release.text.replace("二等奖", "一等奖")

    assert external_differences(release) == [
        f"{release.number} {Entry.objects.get(key__endswith='T3').key} award: "
        "一等奖 / 二等奖"
    ]


def run(capsys, path, *options):
    code = 0
    try:
        call_command("import_results", str(path), "--by", "system:test", *options)
    except SystemExit as exit_:
        code = exit_.code
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("nat2_2023_changzhou.csv", (9, 9, 12)),
        ("nat2_2023_guangzhou_light_industry.csv", (7, 8, 9)),
        ("jiangsu7_2024_college.csv", (6, 7, 8)),
    ],
)
def test_real_tables_are_taken_in(name, counts, bureau, real_data, capsys):
    path = real_data / "china-results" / name

    code, answer = run(capsys, path, "--json", "--announced-on", "2023-09-20")

    assert code == 0
    assert (answer["skills"], answer["entries"], answer["people"]) == counts
    assert answer["release"].startswith("R-")
    assert answer["problems"] == []
    assert EntryMember.objects.count() == counts[2]


@pytest.mark.parametrize(
    "name", ["award_ratio_cases.csv", "medal_tallies.csv", "team_rankings.csv"]
)
def test_real_tables_without_persons_are_refused(name, bureau, real_data, capsys):
    code, answer = run(capsys, real_data / "china-results" / name, "--json")

    assert code == 1
    assert answer["release"] == ""
    assert {p["code"] for p in answer["problems"]} == {"missing-column"}
    assert any("选手" in p["message"] for p in answer["problems"])
