"""The page of places: choosing, citing, overriding, and who may."""

import pytest

from scoring.models import Override
from scoring.queries.schemes import scheme_of
from tests.factories import make_member, make_organization, make_skill
from tests.scoring.contest import make_contest
from tests.scoring.points import make_points, table, verify

pytestmark = pytest.mark.django_db


def page(contest, more=""):
    return f"/organize/skills/{contest.skill.pk}/places/{more}"


def test_rule_and_ties_are_chosen_on_the_page(client):
    contest = make_contest(is_open=False)
    client.force_login(contest.organizer)
    text = client.get(page(contest)).content.decode()
    assert "按 3 个参赛、名次各不相同试算" in text
    assert "中华人民共和国职业技能大赛（2020、2023）" in text

    chosen = {"rule": "national", "tie-0": "sub:B1", "fallback": "re-match"}
    answer = client.post(page(contest, "rules/"), chosen, follow=True)

    assert "名次规则已写入评分方案的新版本。" in answer.content.decode()
    scheme = scheme_of(contest.skill)
    assert (scheme.medal_rule, scheme.ties, scheme.fallback) == (
        "national", ("sub:B1",), "re-match",
    )  # fmt: skip


def test_prizes_are_cited_on_the_page_while_marking(client):
    contest = make_points(("90", "80", "70"))
    client.force_login(contest.organizer)
    cited = {"rule": "prizes-1-2-5", "document": "川人社函〔2026〕1号", "clause": "七"}
    text = client.post(page(contest, "prizes/"), cited, follow=True).content.decode()
    assert "文件：川人社函〔2026〕1号 七" in text
    assert "一等奖 1、二等奖 2" in text


def test_two_people_override_an_award(client):
    contest = make_points(("90", "80", "70"))
    verify(contest)
    client.force_login(contest.officer)
    asked = {
        "entry": contest.entries[1].pk,
        "name": "award",
        "value": "金牌",
        "reason": "申诉成立",
    }
    client.post(page(contest, "overrides/"), asked)
    override = Override.objects.get()
    address = f"/organize/overrides/{override.pk}/confirm/"
    alone = client.post(address, follow=True).content.decode()
    client.force_login(contest.chief)
    client.post(address)
    text = client.get(page(contest)).content.decode()

    assert "更正要由提出人以外的第二人确认。" in alone
    assert [row[1] for row in table(contest)] == ["金牌", "金牌", "铜牌"]
    assert "奖项 银牌 → 金牌" in text
    assert "申诉成立" in text
    assert client.post(f"/organize/overrides/{override.pk}/other/").status_code == 404


def test_strangers_and_judges_find_nothing(client):
    contest = make_points(("90", "80"))
    verify(contest)
    stranger = make_member(make_organization(kinds=["organizer"]), "organizer")
    for user in (stranger, contest.judges[0]):
        client.force_login(user)
        assert client.get(page(contest)).status_code == 404
        assert client.post(page(contest, "overrides/"), {}).status_code == 404


def test_a_skill_without_a_scheme_says_what_to_do(client):
    contest = make_contest(is_open=False)
    bare = make_skill(contest.skill.competition)
    client.force_login(contest.organizer)
    text = client.get(f"/organize/skills/{bare.pk}/places/").content.decode()
    assert "还没有评分方案" in text
