"""Sealing sheets and decode on the draw page, by two people at two sign-ins."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from competitions.actions import draw_codes
from competitions.models import Draw
from competitions.seal_sheets import in_groups
from people.actions import set_pin
from tests.competitions.disputes import PIN, official
from tests.factories import (
    AT,
    make_competition,
    make_entry,
    make_member,
    make_organization,
    make_person,
    make_skill,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    owner = make_organization(kinds=["organizer"], region="510000")
    made = make_skill(make_competition(owner), draw_levels=1)
    make_entry(made, key="甲-001", members=[make_person("曾小梅")])
    return made


@pytest.fixture
def officer(skill):
    found = official(skill, "draw-officer")
    draw_codes(skill, level=1, seed="3 1 4", by=found, at=AT)
    return found


def page(client, skill):
    return client.get(reverse("organize_draw", args=[skill.pk])).content.decode()


def post(client, name, skill, secret=PIN):
    client.post(reverse(name, args=[skill.pk]), {"secret": secret})


def test_the_draw_page_draws_seals_and_hides_codes(client):
    owner = make_organization(kinds=["organizer"], region="510000")
    skill = make_skill(make_competition(owner), draw_levels=1)
    make_entry(skill, key="E001", members=[make_person("曾小梅")])
    drawer = official(skill, "draw-officer")
    url = reverse("organize_draw_level", args=[skill.pk, 1])

    client.force_login(make_member(owner, "organizer"))
    as_organizer = client.post(url, {"seed": "314"}).content.decode()
    client.force_login(drawer)
    client.post(url, {"seed": "314"})
    shown = page(client, skill)

    assert "只有加密裁判可以抽签" in as_organizer
    assert skill.entries.get().code == "01"
    assert " ".join(in_groups(skill.draws.get().commitment)) in shown
    assert "已抽" in shown
    assert '<td class="num">01</td>' not in shown


def test_the_sealing_sheet_shows_the_commitment_and_no_code(client, skill, officer):
    client.force_login(officer)
    url = reverse("organize_seal_sheet", args=[skill.pk, 1])
    before = page(client, skill)
    answer = client.post(url)
    paper = PdfReader(BytesIO(answer.content)).pages[0].extract_text()

    draw = Draw.objects.get()
    assert "打印之前不能开始评分" in before
    assert "共 1 份" in page(client, skill)
    words = "".join(paper.split())
    assert "".join(in_groups(draw.commitment)) in words
    assert "抽签封存单" in words
    assert "曾小梅" not in words and "甲-001" not in words
    assert (answer["Content-Type"], draw.copies) == ("application/pdf", 1)


def test_a_level_not_drawn_has_no_sheet(client, skill):
    member = make_member(skill.competition.owner, "organizer")
    client.force_login(member)
    url = reverse("organize_seal_sheet", args=[skill.pk, 1])

    assert client.post(url).status_code == 302
    assert client.get(url).status_code == 405


def test_two_people_open_the_level_and_names_appear(
    client, skill, officer, monkeypatch
):
    assert "还差" in _as(client, officer, skill)
    monkeypatch.setattr(
        "competitions.actions.decoding.decode_blockers", lambda skill, at: []
    )
    monkeypatch.setattr("competitions.actions.decode_blockers", lambda skill, at: [])
    supervisor = official(skill, "supervisor")
    client.force_login(supervisor)
    post(client, "organize_decode_open", skill)
    skill.refresh_from_db()
    assert skill.decoded_at is None
    client.force_login(officer)
    post(client, "organize_decode", skill)
    waiting = page(client, skill)
    post(client, "organize_decode_open", skill)
    client.force_login(supervisor)
    post(client, "organize_decode_open", skill, secret="000001")
    skill.refresh_from_db()
    assert skill.decoded_at is None
    post(client, "organize_decode_open", skill)

    skill.refresh_from_db()
    assert "等监督仲裁" in waiting
    assert skill.decoded_at is not None
    assert '<td class="num">01</td>' in page(client, skill)


def _as(client, user, skill):
    client.force_login(user)
    return page(client, skill)


def test_an_officer_who_is_gone_is_replaced_on_the_draw_page(client, skill, officer):
    owner = skill.competition.owner
    organizer = make_member(owner, "organizer")
    set_pin(organizer, pin=PIN, by="system:test", at=AT)
    supervisor = official(skill, "supervisor")
    empty = _as(client, organizer, skill)
    successor = official(skill, "draw-officer", name="罗接替")
    offered = _as(client, organizer, skill)
    here = [skill.pk, 1]
    facts = {"successor": successor.pk, "reason": "突发疾病", "secret": PIN}
    client.post(reverse("organize_draw_officer", args=here), facts | {"reason": ""})
    client.post(reverse("organize_draw_officer", args=here), facts)
    refused = client.post(
        reverse("organize_settle_officer", args=here),
        {"answer": "agree", "secret": PIN},
    )
    waiting = _as(client, supervisor, skill)
    client.post(
        reverse("organize_settle_officer", args=here),
        {"answer": "agree", "secret": PIN},
    )
    done = _as(client, supervisor, skill)

    assert "没有可以接替的加密裁判" in empty
    assert "罗接替" in offered and "提出更换" in offered
    assert refused.status_code in (403, 404)
    assert "突发疾病" in waiting and "同意更换" in waiting
    assert "现由 罗接替 接替" in done


def test_another_organizers_draw_stays_not_found(client, skill, officer):
    other = make_member(
        make_organization(kinds=["organizer"], region="510000"), "organizer"
    )
    client.force_login(other)
    for name in ("organize_draw_officer", "organize_settle_officer"):
        url = reverse(name, args=[skill.pk, 1])
        assert client.post(url, {}).status_code in (403, 404)
