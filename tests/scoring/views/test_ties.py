"""The chief judge's page of equals: decide, take back, decide anew."""

from dataclasses import replace

import pytest
from django.urls import reverse

from scoring.models import SkillState
from scoring.queries.ties import decisions_of
from tests.scoring.contest import make_contest
from tests.scoring.core.schemes import worldskills_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = make_contest(replace(worldskills_type(), fallback="chief-judge"), entries=2)
    made.fill(0)
    made.fill(1)
    made.sign_all()
    return made


def test_a_decision_is_taken_withdrawn_with_a_reason_and_taken_anew(client, contest):
    skill = contest.skill
    url = reverse("chief_ties", args=[skill.pk])
    desk = reverse("chief_skill", args=[skill.pk])
    client.force_login(contest.chief)
    first, second = (entry.pk for entry in contest.entries)
    order = {"place": "1", "reason": "用时", f"order-{first}": 2, f"order-{second}": 1}

    client.post(url, order)
    decided = client.get(url).content.decode()
    (decision,) = decisions_of(skill)
    client.post(url, {"withdraw": decision.seq, "reason": ""})
    client.post(url, {"withdraw": "x", "reason": "误"})
    kept = decisions_of(skill)
    linked = url in client.get(desk).content.decode()
    client.post(url, {"withdraw": decision.seq, "reason": "看错"})

    assert "撤回裁定" in decided and "用时" in decided
    assert (kept, linked) == ([decision], True)
    assert decisions_of(skill) == []
    assert SkillState.objects.get(skill=skill).decisions == {}
    assert "全部同分" in client.get(url).content.decode()


def test_a_judge_has_no_such_page(client, contest):
    client.force_login(contest.judges[0])
    url = reverse("chief_ties", args=[contest.skill.pk])
    assert client.post(url, {"withdraw": 1, "reason": "x"}).status_code == 404
