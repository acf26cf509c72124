"""The organizer's pages, walked from the scheme to the release."""

from dataclasses import replace

import pytest

from competitions.actions import close_publicity, open_publicity
from scoring.actions import verify_results
from scoring.models import Release, Sheet, SkillState
from tests.factories import make_member, make_organization
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return make_contest(entries=2, is_open=False)


def pages(contest):
    code = contest.skill.competition.code
    return [
        f"/organize/skills/{contest.skill.pk}/results/",
        f"/organize/{code}/progress/",
        f"/organize/{code}/sheets/",
        f"/organize/{code}/release/",
    ]


def test_sheets_are_made_by_the_organizers_button(client, contest):
    client.force_login(contest.organizer)
    page = f"/organize/skills/{contest.skill.pk}/results/"
    before = client.get(page).content.decode()

    answer = client.post(
        f"/organize/skills/{contest.skill.pk}/sheets/", follow=True
    ).content.decode()

    assert "生成评分表" in before
    assert "共 4 张评分表，裁判可以开始评分。" in answer
    assert contest.judges[2].name in answer
    assert Sheet.objects.filter(skill=contest.skill).count() == 4


def test_running_places_are_on_the_page(client):
    contest = make_contest(entries=2)
    contest.fill(0)
    client.force_login(contest.officer)
    text = client.get(f"/organize/skills/{contest.skill.pk}/results/").content.decode()
    assert "96.67" in text
    assert "未评" in text


def test_the_board_is_frozen_and_moves_again(client):
    contest = make_contest(entries=1)
    client.force_login(contest.organizer)
    address = f"/organize/skills/{contest.skill.pk}/freeze/"

    text = client.post(address, {"to": "frozen"}, follow=True).content.decode()
    assert "公众看板已封榜" in text
    client.post(address, {"to": "live"})

    assert SkillState.objects.get().frozen_at is None


def test_publishing_says_what_is_missing_and_then_makes_a_release(client):
    contest = make_contest(entries=2)
    client.force_login(contest.organizer)
    address = f"/organize/{contest.skill.competition.code}/release/publish/"
    asked = {"skill": contest.skill.pk}
    early = client.post(address, asked, follow=True).content.decode()

    contest.fill(0)
    contest.fill(1, levels="333")
    contest.sign_all()
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    notice = open_publicity(
        contest.skill.competition,
        skills=[contest.skill],
        working_days=0,
        reason="演示",
        by=contest.organizer,
        at=contest.now(),
    )
    close_publicity(notice, by=contest.organizer, at=contest.now())
    page = client.post(address, asked, follow=True)

    release = Release.objects.get()
    name = contest.entries[1].members.get().person.name
    text = page.content.decode()
    assert "焊接：成绩还没有复核。" in early
    assert release.number in text
    assert name in text
    download = client.get(f"/organize/releases/{release.number}/text.json")
    assert download.content.decode() == release.text


def test_foreign_organizers_find_nothing(client, contest):
    client.force_login(make_member(make_organization(kinds=["organizer"]), "organizer"))
    assert [client.get(page).status_code for page in pages(contest)] == [
        404,
        404,
        404,
        404,
    ]
    for action in ("sheets", "freeze"):
        address = f"/organize/skills/{contest.skill.pk}/{action}/"
        assert client.post(address).status_code == 404


def test_judges_do_not_see_the_places(client):
    contest = make_contest(entries=1)
    client.force_login(contest.judges[0])
    assert [client.get(page).status_code for page in pages(contest)] == [
        404,
        404,
        404,
        404,
    ]


def test_the_chief_judge_parts_equals_on_the_page(client):
    contest = make_contest(
        replace(worldskills_type(), fallback="chief-judge"), entries=2
    )
    contest.fill(0)
    contest.fill(1)
    client.force_login(contest.chief)
    first, second = (entry.pk for entry in contest.entries)
    address = f"/judge/ties/{contest.skill.pk}/"

    shown = client.get(address).content.decode()
    order = {"place": 1, f"order-{first}": 2, f"order-{second}": 1, "reason": "用时"}
    done = client.post(address, order, follow=True).content.decode()

    assert "第 1 名，2 个参赛全部同分" in shown
    assert "名次已裁定。" in done
    assert SkillState.objects.get().decisions == {str(second): 1, str(first): 2}
