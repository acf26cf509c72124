"""Final results for everybody as JSON, and the spreadsheets of the ceremony."""

import pytest

from competitions.models import Competition
from people.spreadsheets import read_workbook
from tests.factories import make_member, make_organization
from tests.scoring.points import make_points, publicise, publish, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    contest = make_points(("90", "80", "55"), medal_rule="worldskills-2026")
    verify(contest)
    publicise(contest)
    competition = contest.skill.competition
    Competition.objects.filter(pk=competition.pk).update(
        phase="final", is_listed=True, is_rehearsal=False
    )
    return contest


def name(contest, entry):
    return contest.entries[entry].members.get().person.name


def test_before_a_release_there_is_no_event(client, contest):
    pk = contest.skill.competition.pk
    assert client.get("/api/results/events").json() == {"events": [], "total_count": 0}
    assert client.get(f"/api/results/events/{pk}").status_code == 404
    assert client.get(f"/api/results/?event={pk}").status_code == 404


def test_an_event_is_listed_with_its_skills(client, contest):
    release = publish(contest)
    competition, skill = contest.skill.competition, contest.skill
    (event,) = client.get("/api/results/events").json()["events"]
    detail = client.get(f"/api/results/events/{competition.pk}").json()
    assert (event["id"], event["code"], event["name"]) == (
        competition.pk,
        competition.code,
        {"lang_code": "zh", "text": competition.name},
    )
    assert detail["skills"] == [
        {
            "id": skill.pk,
            "base_id": skill.pk,
            "number": skill.number,
            "type": "official",
            "name": {"lang_code": "zh", "text": skill.name},
        }
    ]
    assert detail["leitai"]["releases"] == [release.number]


def test_results_have_the_public_shape_and_no_data_but_the_name(client, contest):
    release = publish(contest)
    pk = contest.skill.competition.pk
    answer = client.get(f"/api/results/?event={pk}&offset=0&limit=1")
    (found,) = answer.json()["results"]
    delegation = contest.entries[0].delegation

    assert answer.json()["total_count"] == 3
    assert answer["Access-Control-Allow-Origin"] == "*"
    event = found["skill"].pop("event")
    assert event["id"] == pk
    assert found == {
        "id": contest.entries[0].pk,
        "competitors": [
            {
                "person_id": None,
                "first_name": name(contest, 0)[1:],
                "last_name": name(contest, 0)[0],
                "public_display_full_name": name(contest, 0),
                "image": None,
            }
        ],
        "member": {
            "id": delegation.pk,
            "code": delegation.region,
            "name": {"lang_code": "zh", "text": delegation.name},
        },
        "medal": {"code": "GOLD", "name": "Gold"},
        "mark": 720,
        "position": 1,
        "best_of_nation": True,
        "albert_vidal_award": True,
        "published": True,
        "skill": {
            "id": contest.skill.pk,
            "base_id": contest.skill.pk,
            "number": contest.skill.number,
            "type": "official",
            "name": {"lang_code": "zh", "text": contest.skill.name},
        },
        "note_ids": [],
        "links": [],
        "leitai": {"award": "金牌", "points": "90.00", "release": release.number},
    }


@pytest.mark.parametrize(
    "change",
    [{"is_listed": False}, {"is_rehearsal": True}, {"phase": "draft"}],
)
def test_what_is_not_public_is_not_found(client, contest, change):
    publish(contest)
    competition = contest.skill.competition
    Competition.objects.filter(pk=competition.pk).update(**change)
    assert client.get("/api/results/events").json()["total_count"] == 0
    assert client.get(f"/api/results/?event={competition.pk}").status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?event=x", 404),
        ("?event=99999999999999999999", 404),
        ("?event={pk}&limit=-1", 400),
        ("?event={pk}&offset=1e3", 400),
        ("?event={pk}&offset=９", 400),  # noqa: RUF001
        ("?event={pk}&offset=5&limit=999999", 200),
    ],
)
def test_odd_questions_are_answered_in_words(client, contest, query, status):
    publish(contest)
    address = "/api/results/" + query.format(pk=contest.skill.competition.pk)
    assert client.get(address).status_code == status


def rows_of(content):
    (sheet,) = read_workbook(content, filename="a.xlsx").sheets
    return [list(row) for row in sheet.rows]


def test_the_ceremony_program_finds_its_headings(client, contest):
    publish(contest)
    client.force_login(contest.organizer)
    base = f"/organize/{contest.skill.competition.code}/ceremony"
    results = rows_of(client.get(f"{base}/Competitor_results.xlsx").content)
    best = rows_of(client.get(f"{base}/Best_of_Nation.xlsx").content)
    delegation = contest.entries[0].delegation
    code = delegation.region or delegation.name
    first, last = name(contest, 0)[1:], name(contest, 0)[0]

    assert results[:2] == [
        [
            "Position", "Member", "Member Name", "Skill Number", "Medal",
            "First Name", "Last Name", "WorldSkills Scale Score",
        ],
        [1, code, delegation.name, contest.skill.number, "Gold", first, last, 720],
    ]  # fmt: skip
    assert [row[4] for row in results[1:]] == ["Gold", "Silver", "Bronze"]
    assert best[0] == ["Member", "Member Name", "First Name", "Last Name"]
    assert [code, delegation.name, first, last] in best
    assert client.get(f"{base}/other.xlsx").status_code == 404


def test_the_ceremony_files_are_for_organizers(client, contest):
    publish(contest)
    client.force_login(make_member(make_organization(kinds=["organizer"]), "organizer"))
    address = f"/organize/{contest.skill.competition.code}/ceremony"
    assert client.get(f"{address}/Competitor_results.xlsx").status_code == 404
