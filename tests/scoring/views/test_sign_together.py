"""One tablet for a panel; histories and lists of what is due, and who may see them."""

import pytest
from django.urls import reverse

from people.pdf import pdf_problem
from tests.scoring.contest import PIN, make_contest
from tests.scoring.views.test_judge import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = make_contest(entries=2)
    made.fill(0)
    return made


def together(client, contest, **more):
    url = reverse("judge_together", args=[contest.skill.pk])
    sheet = contest.sheet(0, "A1").pk
    if not more:
        return client.get(url, {"sheet": sheet})
    return client.post(url, {"sheet": sheet} | more)


def test_each_judge_signs_in_turn_with_an_own_pin(contest):
    client = signed_in(contest.judges[0])
    signed = []
    for judge in contest.judges:
        page = together(client, contest)
        assert judge in page.context["signers"]
        answer = together(
            client, contest, signer=judge.pk, pin=PIN, digest=page.context["digest"]
        )
        signed.append(answer.status_code)

    page = together(client, contest)
    assert signed == [302, 302, 302]
    assert (page.context["signers"], len(page.context["signed"])) == ([], 3)
    assert contest.sheet(0, "A1").state == "judge-signed"


@pytest.mark.parametrize(
    "changes", [{"pin": "000000"}, {"signer": ""}, {"signer": "x"}]
)
def test_a_wrong_pin_or_a_stranger_signs_nothing(contest, changes):
    client = signed_in(contest.judges[0])
    page = together(client, contest)
    facts = {"signer": contest.judges[1].pk, "pin": PIN} | changes

    answer = together(client, contest, digest=page.context["digest"], **facts)

    assert (answer.status_code, bool(answer.context["error"])) == (409, True)
    assert contest.sheet(0, "A1").signers == []


def test_somebody_without_a_seat_signs_for_nobody_here(contest):
    client = signed_in(contest.judges[0])
    page = together(client, contest)
    answer = together(
        client,
        contest,
        signer=contest.chief.pk,
        pin=PIN,
        digest=page.context["digest"],
    )
    assert answer.status_code == 409


def test_a_sheet_still_being_marked_is_not_shown(contest):
    contest.judged(1, "A1.J1", "2", "2", "2")
    page = signed_in(contest.judges[0]).get(
        reverse("judge_together", args=[contest.skill.pk]),
        {"sheet": contest.sheet(1, "A1").pk},
    )
    assert page.context["sheets"] == []


def test_the_chief_judge_sees_a_list_before_the_details(contest):
    for judge in contest.judges:
        contest.sign(judge, "judge", [contest.sheet(0, "A1"), contest.sheet(0, "B1")])

    page = signed_in(contest.chief).get(
        reverse("judge_review", args=[contest.skill.pk]), {"role": "chief-judge"}
    )

    listed = [(part.code, part.points) for part in page.context["sheets"]]
    assert listed == [("01", "36.67"), ("01", "60.00")]
    assert "review-list" in page.content.decode()


def test_the_list_of_what_is_due_names_people_and_links_histories(contest):
    page = signed_in(contest.chief).get(
        reverse("signatures_due", args=[contest.skill.pk])
    )

    rows = [(row["name"], row["count"]) for row in page.context["rows"]]
    assert rows == sorted((str(judge), 2) for judge in contest.judges)
    assert reverse("sheet_history", args=[contest.sheet(0, "A1").pk]) in (
        page.content.decode()
    )


@pytest.mark.parametrize("name", ["sheet_history", "sheet_history_pdf"])
def test_who_reads_a_history_and_when(contest, name):
    if name.endswith("pdf") and pdf_problem():
        pytest.skip(pdf_problem())
    contest.mark(0, 1, "A1.J1", "3")
    full = reverse(name, args=[contest.sheet(0, "A1").pk])
    begun = reverse(name, args=[contest.sheet(1, "A1").pk])
    stranger = make_contest(entries=1)

    def seen(user):
        client = signed_in(user)
        return [client.get(full).status_code, client.get(begun).status_code]

    assert seen(contest.judges[1]) == [200, 404]
    for watcher in (contest.chief, contest.officer, contest.organizer):
        assert seen(watcher) == [200, 200]
    for other in (stranger.chief, stranger.judges[0], stranger.officer):
        assert seen(other) == [404, 404]
