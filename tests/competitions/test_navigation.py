"""Nobody is shown a way to a page that is shut to them."""

import pytest
from django.urls import reverse

from competitions.navigation import links_of, office_context, roles_in
from tests.factories import (
    make_appointment,
    make_competition,
    make_member,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db
APPOINTED = ("results-officer", "supervisor", "draw-officer", "chief-judge", "judge")


@pytest.fixture
def skill():
    office = make_organization("四川省竞赛办", kinds=["organizer"], region="510000")
    return make_skill(make_competition(office, code="scgj-2026"))


def holder(skill, role):
    if role == "organizer":
        return make_member(skill.competition.owner, role)
    user = make_user(person=make_person())
    make_appointment(skill, role, person=user.person)
    return user


@pytest.mark.parametrize("role", ["organizer", *APPOINTED])
def test_every_page_in_the_navigation_opens(client, skill, role):
    user = holder(skill, role)
    client.force_login(user)

    around = office_context(user, skill.competition)
    links = links_of(skill, roles_in(user, skill.competition))

    answers = {
        item["url"]: client.get(item["url"]).status_code
        for item in [*around["nav"], *links]
    }
    assert {url: code for url, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("role", ["organizer", *APPOINTED[:3]])
def test_who_helps_to_run_a_competition_is_led_to_its_page(skill, role):
    home = reverse("organize_competition", args=["scgj-2026"])

    around = office_context(holder(skill, role), skill.competition)

    assert around["home_url"] == home


@pytest.mark.parametrize("role", APPOINTED[3:])
def test_who_judges_is_led_to_the_desk_and_not_to_the_office(skill, role):
    around = office_context(holder(skill, role), skill.competition)

    assert around["home_url"] == ""
    assert around["nav"][0]["url"] == reverse("judge_home")


@pytest.mark.parametrize("role", ["organizer", *APPOINTED[:3]])
def test_every_link_on_the_page_of_readiness_opens(client, skill, role):
    client.force_login(holder(skill, role))

    page = client.get(reverse("organize_competition", args=["scgj-2026"]))

    context = page.context
    items = [*context["blocking"], *context["later"], *context["done"]]
    urls = {item["url"] for item in items if item["url"]}
    urls |= {panel.url for panel in [*context["beside"], *context["panels"]]}
    codes = {url: client.get(url, follow=True).status_code for url in urls}
    assert {url: code for url, code in codes.items() if code != 200} == {}
