"""A correction: previewed, published as the next release, and compared afterwards."""

import pytest

from scoring.actions.overrides import confirm_override, propose_override
from scoring.models import ReleaseSkill
from scoring.register import Effect, effects
from tests.factories import make_member, make_organization
from tests.scoring.points import make_points, publicise, publish, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    contest = make_points(("90", "80", "70"))
    verify(contest)
    publicise(contest)
    return contest


@pytest.fixture
def moved():
    """What the apps above say is moved, as one line per entry."""

    def told(skill, entries):
        return [Effect(entry, "certificate", f"证书 {skill}") for entry in entries]

    effects.add("test", told)
    yield
    del effects._entries["test"]


def correct(contest):
    waiting = propose_override(
        contest.skill,
        entry=contest.entries[1].pk,
        name="award",
        value="金牌",
        reason="申诉成立",
        by=contest.officer,
        at=contest.now(),
    )
    confirm_override(waiting, by=contest.chief, at=contest.now())


def test_a_correction_is_shown_before_it_is_published_and_afterwards(
    client, contest, moved
):
    preview = f"/organize/skills/{contest.skill.pk}/correction/"
    client.force_login(contest.organizer)
    assert "还没有发布过" in client.get(preview).content.decode()
    first = publish(contest)
    assert "与前一版本没有差别。" in client.get(preview).content.decode()

    correct(contest)
    before = client.get(preview).content.decode()
    second = publish(contest)
    page = f"/organize/releases/{second.number}/changes/"
    after = client.get(page).content.decode()

    for text in (before, after):
        assert first.number in text
        assert "奖项：银牌 → 金牌" in text
        assert f"证书 {contest.skill.pk}" in text
        assert contest.entries[1].members.get().person.name in text
        assert contest.entries[0].members.get().person.name not in text
    assert "下一版本（尚未发布）" in before
    assert second.number in after
    links = ReleaseSkill.objects.order_by("pk").values_list(
        "release__number", "superseded_by__number"
    )
    assert list(links) == [(first.number, second.number), (second.number, None)]


def test_a_first_release_replaces_nothing(client, contest):
    client.force_login(contest.officer)
    number = publish(contest).number
    text = client.get(f"/organize/releases/{number}/changes/").content.decode()
    assert "没有替代任何版本" in text


def test_strangers_find_nothing(client, contest):
    number = publish(contest).number
    client.force_login(make_member(make_organization(kinds=["organizer"]), "organizer"))
    for page in (
        f"/organize/skills/{contest.skill.pk}/correction/",
        f"/organize/releases/{number}/changes/",
    ):
        assert client.get(page).status_code == 404
