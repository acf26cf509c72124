"""The page that compares delegations, its files, and the choice of the best."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.spreadsheets import read_workbook
from scoring.actions import write_release
from scoring.models import DelegationChoice
from scoring.queries.comparison import comparison_of
from scoring.queries.release_text import skill_text
from tests.factories import make_entry, make_member, make_organization, make_skill
from tests.scoring.points import make_points, publicise, publish, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    contest = make_points(("90", "80", "55"), medal_rule="worldskills-2026")
    verify(contest)
    publicise(contest)
    publish(contest)
    return contest


def address(contest, more=""):
    return f"/organize/{contest.skill.competition.code}/comparison/{more}"


def delegations(contest):
    return [entry.delegation.name for entry in contest.entries]


def test_before_a_release_the_page_says_what_comes(client):
    contest = make_points(("90", "80"))
    client.force_login(contest.organizer)
    assert "还没有已发布的成绩" in client.get(address(contest)).content.decode()


def test_the_page_shows_reports_totals_and_the_best(client, contest):
    client.force_login(contest.organizer)
    text = client.get(address(contest, "?report=score-average")).content.decode()
    for name in delegations(contest):
        assert name in text
    assert 'rect class="bar-value" width="240"' in text
    assert "威海市职工职业技能竞赛规则（2018）" in text
    assert "阿尔伯特·维达尔奖" in text


def test_the_choice_begins_with_the_one_who_is_best_now(client, contest):
    client.force_login(contest.organizer)

    text = client.get(address(contest)).content.decode()

    for entry in contest.entries:
        assert f'<option value="{entry.pk}" selected>' in text


def test_totals_count_places_and_prizes(contest):
    found = comparison_of(contest.skill.competition)
    first, second, third = delegations(contest)
    totals = {
        code: [(row.member, row.total) for row in rows]
        for code, rows in found.totals.items()
    }
    assert totals == {
        "places": [(first, 10), (second, 9), (third, 8)],
        "prizes": [(first, 8), (second, 4), (third, 2)],
    }


def test_tables_are_downloaded(client, contest):
    client.force_login(contest.officer)
    book = client.get(address(contest, "all.xlsx")).content
    names = [sheet.name for sheet in read_workbook(book, filename="a.xlsx").sheets]
    lines = client.get(address(contest, "places.csv")).content.decode("utf-8-sig")
    first, second, third = delegations(contest)

    assert names == [
        "按代表队", "奖牌分合计", "平均奖牌分", "标尺分合计", "平均标尺分",
        "团体总分（按名次）", "团体总分（按奖项）", "代表队最佳选手",
    ]  # fmt: skip
    assert list(csv.reader(io.StringIO(lines))) == [
        ["名次", "代表队", "总分", "第一名数", "备注"],
        ["1", first, "10", "1", ""],
        ["2", second, "9", "0", ""],
        ["3", third, "8", "0", ""],
    ]
    assert client.get(address(contest, "other.csv")).status_code == 404


def test_the_best_of_a_delegation_is_recorded_with_a_reason(client, contest):
    client.force_login(contest.organizer)
    chosen = {"entry": contest.entries[1].pk, "reason": "组委会决定"}
    text = client.post(address(contest, "best/"), chosen, follow=True).content.decode()
    client.post(address(contest, "best/"), {**chosen, "reason": " "})
    client.post(address(contest, "best/"), {**chosen, "entry": "999999"})
    client.post(address(contest, "best/"), {**chosen, "entry": "x"})

    assert "选定：组委会决定" in text
    assert DelegationChoice.objects.count() == 1


def test_demonstration_skills_do_not_count(contest):
    competition = contest.skill.competition
    skill = make_skill(competition, number="90", is_demonstration=True)
    make_entry(skill)
    text = skill_text(skill)
    write_release(competition, skills=[text], by=contest.organizer, at=contest.now())
    found = comparison_of(competition)
    assert (text["demonstration"], found.skills, found.left_out) == (True, 1, 1)
    assert "demonstration" not in skill_text(contest.skill)


def test_queries_do_not_grow_with_skills(contest):
    competition = contest.skill.competition

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            comparison_of(competition)
        return len(caught)

    one = queries()
    for number in ("91", "92"):
        text = skill_text(make_skill(competition, number=number))
        write_release(
            competition, skills=[text], by=contest.organizer, at=contest.now()
        )
    assert queries() == one


def test_strangers_find_nothing(client, contest):
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    client.force_login(stranger)
    for more in ("", "all.xlsx", "places.csv"):
        assert client.get(address(contest, more)).status_code == 404
    assert client.post(address(contest, "best/")).status_code == 404
