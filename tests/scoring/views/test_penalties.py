"""The penalties page: the chief judge acts, others look, strangers find nothing."""

import pytest
from django.urls import reverse

from scoring.models import Penalty
from tests.factories import make_member, make_organization
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(entries=2)


def impose(client, contest, **changes):
    client.force_login(contest.chief)
    given = {
        "entry": contest.entries[0].pk,
        "value": "2.5",
        "unit": "points",
        "clause": "安全规程第 7 条",
        "reason": "带电作业",
    }
    url = reverse("impose_penalty", args=[contest.skill.pk])
    return client.post(url, given | changes)


def test_a_penalty_is_imposed_listed_and_withdrawn(client, contest):
    assert impose(client, contest).status_code == 302
    penalty = Penalty.objects.get()
    url = reverse("penalties", args=[contest.skill.pk])
    page = client.get(url).content.decode()
    assert "安全规程第 7 条" in page
    gone = reverse("withdraw_penalty", args=[penalty.pk])
    client.post(gone, {"reason": "误记"})
    assert "误记" in client.get(url).content.decode()


def test_what_is_wrong_is_said_beside_the_field(client, contest):
    answer = impose(client, contest, value="0", clause="")
    assert (answer.status_code, Penalty.objects.count()) == (400, 0)
    assert set(answer.context["form"].errors) == {"value", "clause"}


def test_an_entry_of_another_skill_is_no_choice(client, contest):
    other = make_contest(entries=1)
    answer = impose(client, contest, entry=other.entries[0].pk)
    assert (answer.status_code, Penalty.objects.count()) == (400, 0)


def test_organizers_see_but_cannot_act(client, contest):
    impose(client, contest)
    client.force_login(contest.organizer)
    page = client.get(reverse("penalties", args=[contest.skill.pk]))
    assert (page.status_code, page.context["form"]) == (200, None)
    gone = reverse("withdraw_penalty", args=[Penalty.objects.get().pk])
    assert client.post(gone, {"reason": "x"}).status_code in (403, 404)


def test_other_organizers_find_nothing(client, contest):
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    client.force_login(stranger)
    assert client.get(reverse("penalties", args=[contest.skill.pk])).status_code == 404


def test_queries_do_not_grow_with_penalties(
    client, contest, django_assert_max_num_queries
):
    url = reverse("penalties", args=[contest.skill.pk])
    for _number in range(3):
        impose(client, contest)
    with django_assert_max_num_queries(22):
        client.get(url)
