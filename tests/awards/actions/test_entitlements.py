"""The life of an entitlement, step by step."""

import pytest

from awards.actions.decisions import derive_awards
from awards.actions.entitlements import advance_entitlement
from awards.errors import EntitlementRefused
from awards.models import Decision, Entitlement
from ledger.core.chain import bureau_chain
from ledger.queries import body_of, events_of
from people.models import TitleHeld
from tests.awards.results import (
    AT,
    entry_text,
    make_bureau,
    make_competition,
    make_entry,
    make_officer,
    make_person,
    make_release,
    make_skill,
    skill_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def officer(bureau):
    return make_officer(bureau)


@pytest.fixture
def title():
    competition = make_competition(
        "nat", name="第二届", tier="national", region="", origin="external",
        starts_on=AT.date().replace(2023), ends_on=AT.date().replace(2023),
    )  # fmt: skip
    skill = make_skill(competition, occupation_code="", group="unknown")
    entry = make_entry(skill, "1", [make_person("选手001")])
    release = make_release(
        competition, [skill_text(skill, [entry_text(entry, 1, "金牌")], field=0)]
    )
    derive_awards(release, by="system:test", at=AT)
    return Entitlement.objects.get(kind="title", value="全国技术能手")


def _advance(row, officer, to, reason=""):
    return advance_entitlement(row, to=to, reason=reason, by=officer, at=AT)


def test_steps_lead_to_the_authoritys_answer(title, officer, bureau):
    for step in ("material-complete", "publicity", "filed"):
        title = _advance(title, officer, step)
    title = _advance(title, officer, "granted", "人社部发〔2023〕1号(试验)")

    assert (title.state, title.state_reason) == ("granted", "人社部发〔2023〕1号(试验)")
    held = TitleHeld.objects.get()
    assert (held.title, held.person, held.evidence) == (
        "全国技术能手", title.person, "人社部发〔2023〕1号(试验)"
    )  # fmt: skip
    events = events_of(bureau_chain(bureau.pk)).order_by("seq")
    assert [body_of(event)["to"] for event in events] == [
        "material-complete", "publicity", "filed", "granted"
    ]  # fmt: skip


def test_granted_title_does_not_refuse_its_own_decision(title, officer):
    for step in ("material-complete", "filed"):
        _advance(title, officer, step)
    _advance(title, officer, "granted", "文件")

    derive_awards(title.release, by="system:test", at=AT)

    decision = Decision.objects.get(rule="NAT-3", is_current=True)
    assert (decision.state, decision.entitlements.get().state) == (
        "entitled", "granted"
    )  # fmt: skip


@pytest.mark.parametrize("to", ["granted", "delivered", "filed", "nonsense"])
def test_step_that_does_not_follow_is_refused(title, officer, to):
    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, to, "理由")

    assert refused.value.code == "step"
    title.refresh_from_db()
    assert title.state == "proposed"


@pytest.mark.parametrize("to", ["granted", "refused"])
def test_authoritys_answer_needs_its_paper(title, officer, to):
    for step in ("material-complete", "filed"):
        _advance(title, officer, step)

    with pytest.raises(EntitlementRefused) as refused:
        _advance(title, officer, to, " ")

    assert refused.value.code == "reason"
