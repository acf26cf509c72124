"""The organizer's pages, each reached by its own person only."""

import pytest
from django.urls import reverse

from competitions.models import Appointment, Competition, Entry, Skill
from people.core.identity import check_character
from people.models import Person, User
from tests.factories import (
    PASSWORD,
    make_appointment,
    make_competition,
    make_delegation,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_organization("四川省竞赛办", kinds=["organizer"], region="510000")


@pytest.fixture
def lin(office, client):
    user = make_member(office, "organizer", "lin")
    client.force_login(user)
    return user


@pytest.fixture
def competition(office):
    return make_competition(office, code="scgj-2026", name="四川工匠杯")


def text(response):
    return response.content.decode()


def test_a_competition_is_created_on_its_page(client, lin, office):
    response = client.post(
        reverse("organize_new"),
        {
            "name": "天府杯",
            "owner": office.pk,
            "tier": "provincial",
            "competition_class": "class-1",
            "kind": "comprehensive",
            "region": "510000",
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-03",
            "public_from": "chief-signed",
        },
    )

    created = Competition.objects.get()
    assert response.headers["Location"] == f"/organize/{created.code}/"
    assert (created.name, created.owner) == ("天府杯", office)


def test_a_refusal_is_said_on_the_form(client, lin, office):
    page = client.post(
        reverse("organize_new"),
        {
            "name": "天府杯",
            "owner": office.pk,
            "tier": "municipal",
            "competition_class": "none",
            "kind": "industry",
            "region": "510000",
            "starts_on": "2026-12-01",
            "ends_on": "2026-12-03",
            "public_from": "chief-signed",
        },
    )

    assert "市级填到市" in text(page)
    assert not Competition.objects.exists()


def test_the_page_of_a_competition_says_what_is_missing(client, lin, competition):
    page = text(client.get(f"/organize/{competition.code}/"))

    assert "进入备案，还差 1 项" in page
    assert "备案须写明主办单位" in page


def test_hosts_are_set_and_the_step_is_taken(client, lin, competition):
    client.post(
        f"/organize/{competition.code}/settings/",
        {"host": "四川省人力资源和社会保障厅", "organizer": "", "supporter": ""},
    )
    response = client.post(
        f"/organize/{competition.code}/advance/", {"to": "filed"}, follow=True
    )

    competition.refresh_from_db()
    assert competition.phase == "filed"
    assert "已进入“备案”" in text(response)
    assert "主办：四川省人力资源和社会保障厅" in text(response)


def test_a_blocked_step_says_why(client, lin, competition):
    response = client.post(
        f"/organize/{competition.code}/advance/", {"to": "filed"}, follow=True
    )

    competition.refresh_from_db()
    assert competition.phase == "draft"
    assert "还差 1 项：主办单位" in text(response)


def test_a_skill_is_created_on_its_page(client, lin, competition):
    response = client.post(
        f"/organize/{competition.code}/skills/new/",
        {
            "number": "01",
            "name": "电气装置",
            "occupation_code": "6-31-01-03",
            "group": "worker",
            "team_size": 1,
            "track": "none",
            "paper_grade": "4",
            "days": 2,
            "draw_levels": 1,
            "board_naming": "codes",
        },
    )

    skill = Skill.objects.get()
    assert response.headers["Location"] == f"/organize/skills/{skill.pk}/"
    assert (skill.occupation_name, skill.paper_grade, skill.draw_levels) == (
        "电工",
        4,
        1,
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["曾小梅", "张伟"]),
        ("?q=zxm", ["曾小梅"]),
        ("?q=张", ["张伟"]),
        ("?q=E001", ["曾小梅"]),
        ("?state=submitted", ["张伟"]),
        ("?q=无此人", []),
    ],
)
def test_entries_are_found_by_name_pinyin_key_and_state(
    client, lin, competition, query, names
):
    skill = make_skill(competition)
    make_entry(skill, members=[make_person("曾小梅")], key="E001")
    make_entry(skill, members=[make_person("张伟")], key="E002", is_accepted=False)

    page = text(client.get(f"/organize/{competition.code}/entries/{query}"))

    assert [name for name in ("曾小梅", "张伟") if name in page] == names


def test_what_is_shown_is_exported_without_documents(client, lin, competition):
    skill = make_skill(competition)
    person = make_person("曾小梅")
    make_entry(skill, members=[person], key="E001")
    make_entry(skill, members=[make_person("张伟")], key="E002")

    response = client.get(f"/organize/skills/{skill.pk}/entries/?q=zeng&export=csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "曾小梅" in lines[1]
    assert person.identity_number not in response.content.decode()


def test_an_entry_is_returned_with_a_reason(client, lin, competition):
    entry = make_entry(make_skill(competition), is_accepted=False)
    url = reverse("organize_entry_review", args=[entry.pk])

    refused = client.post(url, {"decision": "return", "reason": ""}, follow=True)
    client.post(url, {"decision": "return", "reason": "缺证书"})

    assert "请写明原因" in text(refused)
    assert Entry.objects.get().state_reason == "缺证书"


def test_a_list_needs_as_many_queries_for_three_entries_as_for_one(
    client, lin, competition, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    skill = make_skill(competition)
    url = f"/organize/{competition.code}/entries/"
    home = make_delegation(competition)
    make_entry(skill, delegation=home)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_entry(skill, delegation=home)
    make_entry(skill, delegation=home)
    with django_assert_num_queries(len(one)):
        client.get(url)


def appoint(client, competition, **values):
    return client.post(f"/organize/{competition.code}/appointments/new/", values)


def test_a_refused_appointment_is_explained(client, lin, competition, office):
    skill = make_skill(competition)
    factory = make_organization("成都焊接厂")
    make_entry(skill, members=[make_person(organization=factory)])
    judge = make_person("梁晓岚", organization=factory)
    make_appointment(make_skill(competition), "judge", judge)

    page = appoint(client, competition, role="judge", skill=skill.pk, who="梁晓岚")

    assert "不能聘任 梁晓岚" in text(page)
    assert "同一单位或学校" in text(page)
    assert Appointment.objects.filter(skill=skill).count() == 0


def test_an_unknown_judge_is_registered_and_appointed(client, lin, competition):
    skill = make_skill(competition)
    number = "51990019800307021"
    number += check_character(number)
    values = {"role": "judge", "skill": skill.pk, "who": "梁晓岚"}

    asked = appoint(client, competition, **values)
    appoint(
        client,
        competition,
        **values,
        name="梁晓岚",
        identity_kind="resident-id",
        identity_number=number,
        organization="绵阳技师学院",
    )

    appointment = Appointment.objects.get()
    assert "档案里没有这个人" in text(asked)
    assert appointment.person.name == "梁晓岚"
    assert appointment.person.organization.name == "绵阳技师学院"


def test_a_stranger_is_not_found_by_name(client, lin, competition):
    make_person("梁晓岚")

    page = appoint(client, competition, role="results-officer", who="梁晓岚")

    assert "档案里没有这个人" in text(page)
    assert Person.objects.count() == 1


def test_an_account_slip_is_shown_once_and_works(client, lin, competition):
    appointment = make_appointment(
        make_skill(competition), "judge", make_person("梁晓岚")
    )
    url = f"/organize/{competition.code}/appointments/{appointment.pk}/account/"

    page = text(client.post(url))
    again = text(client.post(url, follow=True))

    user = User.objects.get(person=appointment.person)
    password = page.split("密码</dt><dd><code>")[1].split("<")[0]
    assert user.username == "liangxiaolan"
    assert user.check_password(password)
    assert "已有账号" in again


def test_publicity_is_opened_with_its_last_day(client, lin, competition):
    skill = make_skill(competition, name="焊接")
    page = client.post(
        f"/organize/{competition.code}/publicity/open/",
        {"skills": [skill.pk], "working_days": 5, "reason": ""},
        follow=True,
    )

    notice = competition.public_notices.get()
    assert notice.skills == [skill.pk]
    assert f"{notice.ends_on}" in text(page)
    assert "期满后可结束" in text(page)


def test_history_tells_who_did_what(client, lin, competition):
    client.post(
        f"/organize/{competition.code}/settings/",
        {"host": "四川省总工会", "organizer": "", "supporter": ""},
    )

    page = text(client.get(f"/organize/{competition.code}/history/"))

    assert "设置主办、承办、协办" in page
    assert "lin" in page


PAGES = (
    "",
    "settings/",
    "history/",
    "entries/",
    "appointments/",
    "publicity/",
    "skills/new/",
)


def test_every_page_of_another_organizer_is_not_found(client, lin):
    foreign = make_skill()
    codes = [
        client.get(f"/organize/{foreign.competition.code}/{page}").status_code
        for page in PAGES
    ]
    skill_pages = [
        client.get(f"/organize/skills/{foreign.pk}/{page}").status_code
        for page in ("", "entries/", "draw/")
    ]

    assert (codes, skill_pages) == ([404] * len(PAGES), [404] * 3)


def test_every_page_of_ones_own_is_shown(client, lin, competition):
    skill = make_skill(competition)
    make_entry(skill)
    make_appointment(skill, "judge")
    codes = [
        client.get(f"/organize/{competition.code}/{page}").status_code for page in PAGES
    ]
    skill_pages = [
        client.get(f"/organize/skills/{skill.pk}/{page}").status_code
        for page in ("", "entries/", "draw/")
    ]

    assert (codes, skill_pages) == ([200] * len(PAGES), [200] * 3)


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("organizer", "/organize/"),
        ("system-administrator", "/me/"),
    ],
)
def test_everybody_starts_at_the_own_first_page(client, office, role, start):
    user = make_member(office, role, "somebody")

    response = client.post(
        "/sign-in/", {"username": user.username, "password": PASSWORD}
    )

    assert response.headers["Location"] == "/start/"
    assert client.get("/start/").headers["Location"] == start


def test_a_leader_sees_the_own_delegation(client, competition, lin):
    delegation = make_delegation(competition, "成都市代表队")
    entry = make_entry(
        make_skill(competition), delegation=delegation, is_accepted=False
    )
    other = make_entry(make_skill(competition))
    person = make_person("领队甲")
    leader = make_user(person=person)
    client.post(
        f"/organize/{competition.code}/appointments/new/",
        {"role": "leader", "delegation": delegation.pk, "who": person.identity_number},
    )
    client.force_login(leader)

    page = text(client.get("/delegation/"))

    assert client.get("/start/").headers["Location"] == "/delegation/"
    assert entry.key in page
    assert other.key not in page
