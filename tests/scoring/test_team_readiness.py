"""What arranged teams lack stands in the readiness, with a link to put it right."""

import pytest

from competitions.models import EntryExpert
from scoring.actions.teams import review_interests
from scoring.team_readiness import readiness, waiting
from tests.scoring.contest import make_contest
from tests.scoring.teams import arrange, official

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(entries=2)


def lines(contest):
    found = readiness(contest.skill.competition, contest.now())
    return [(item.code.partition("-")[0], item.state, item.detail) for item in found]


def test_a_skill_without_arranged_teams_adds_no_line(contest):
    assert lines(contest) == []


def test_a_full_team_is_done_and_a_short_one_is_missing(contest):
    arrange(contest, "A", *contest.judges, size=3)
    full = lines(contest)
    arrange(contest, "A", *contest.judges, size=5)

    assert full == [("teams", "done", "")]
    assert lines(contest) == [("teams", "missing", "A 组还差 2 名裁判")]


def test_an_empty_seat_warns_or_stops_and_waits_for_the_chief_judge(contest):
    expert = contest.judges[0].person
    EntryExpert.objects.create(entry=contest.entries[0], person=expert)
    official(contest, "reserve", name="替补甲")
    review_interests(contest.skill, by=contest.organizer, at=contest.now())

    warned = dict(row[:2] for row in lines(contest))
    arrange(contest, "A", *contest.judges, size=3)
    stopped = dict(row[:2] for row in lines(contest))

    assert (warned["recusals"], stopped["recusals"]) == ("warning", "missing")
    (item,) = waiting(contest.skill, contest.chief, contest.now())
    assert ("席位空着" in item.title, "替补甲" in item.detail) == (True, True)
    assert item.url.endswith("/teams/#conflicts")


def test_a_day_of_the_scheme_that_no_team_has_warns(contest):
    arrange(contest, "A", *contest.judges, days=(1,))
    assert (
        "days",
        "warning",
        "方案写明的评分日不在评分组的日子里：B1（C2）。",
    ) in lines(contest)


def test_the_number_of_queries_does_not_grow_with_skills(
    contest, django_assert_num_queries
):
    arrange(contest, "A", *contest.judges)
    with django_assert_num_queries(5):
        readiness(contest.skill.competition, contest.now())
