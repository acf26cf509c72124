"""Facts and results that change after an entitlement has gone forward."""

from datetime import timedelta

import pytest

from awards.actions.decisions import derive_awards, refresh_decisions
from awards.actions.documents import confirm_edition_document, submit_edition_document
from awards.actions.entitlements import (
    advance_entitlement,
    agree_withdrawal,
    ask_withdrawal,
    keep_entitlement,
    record_answer,
)
from awards.errors import EntitlementRefused
from awards.models import BasisChange, Decision, Entitlement
from awards.shelf import demonstration_files
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from people.actions import record_grade, record_title, withdraw_fact
from people.core.grades import Grade
from people.models import Membership, TitleHeld, User
from tests.awards.results import (
    AT,
    WELDER,
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
BY = "system:test"
LATER = AT + timedelta(days=1)
DAY = AT.date()


@pytest.fixture
def bureau():
    return make_bureau()


@pytest.fixture
def officer(bureau):
    return make_officer(bureau)


@pytest.fixture
def approver(bureau):
    user = User.objects.create(username="approver", name="approver")
    Membership.objects.create(
        user=user, organization=bureau, role="hr-approver", starts_on=DAY
    )
    return user


@pytest.fixture
def final(officer):
    """Wu 高级工 first, Zheng 技师 second, by the competition's own document."""
    competition = make_competition()
    text = demonstration_files()[0].read_text(encoding="utf-8")
    row = submit_edition_document(competition, text=text, by=BY, at=AT)
    confirm_edition_document(row, by=officer, at=AT)
    skill = make_skill(competition)
    people = [make_person(name) for name in ("吴", "郑")]
    for person, grade in zip(people, (Grade.SENIOR, Grade.TECHNICIAN), strict=True):
        _grade(person, grade)
    entries = [make_entry(skill, p.name, [p]) for p in people]
    texts = [
        entry_text(e, n, m) for e, n, m in zip(entries, (1, 2), "金银", strict=True)
    ]
    texts = [{**t, "award": f"{t['award']}牌"} for t in texts]
    release = make_release(competition, [skill_text(skill, texts)])
    derive_awards(release, by=BY, at=AT)
    return release, people, entries


def _grade(person, grade):
    return record_grade(
        person, occupation_code=WELDER, grade=int(grade), evidence="证书", by=BY, at=AT
    )


def _promotion(person):
    return Entitlement.objects.get(person=person, kind="grade", decision__rule="TF-6")


def _to(row, officer, state):
    steps = ["material-complete", "filed"]
    for to in steps[: steps.index(state) + 1] if state in steps else steps:
        advance_entitlement(row, to=to, reason="免交", by=officer, at=AT)
    if state == "granted":
        record_answer(
            row, verdict="granted", document="批复", answered_on=DAY, by=officer, at=AT
        )
    row.refresh_from_db()
    return row


def _corrected(final, order):
    release, _people, entries = final
    texts = [
        entry_text(entries[n], place, award)
        for n, place, award in zip(order, (1, 2), ("金牌", "银牌"), strict=True)
    ]
    skill = release.competition.skills.get()
    later = make_release(release.competition, [skill_text(skill, texts)], serial=2)
    derive_awards(later, by=BY, at=LATER)
    return later


@pytest.mark.parametrize("state", ["proposed", "material-complete"])
def test_what_is_being_prepared_follows_the_facts(final, officer, state):
    _release, (wu, _zheng), _entries = final
    row = _promotion(wu)
    if state == "material-complete":
        _to(row, officer, state)

    _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    row.refresh_from_db()
    new = Entitlement.objects.get(person=wu, kind="grade", state="proposed")
    assert (row.state, row.state_reason, new.value) == (
        "superseded", "依据已变化", "高级技师"
    )  # fmt: skip
    assert row.steps.last().by is None
    assert not BasisChange.objects.exists()


@pytest.mark.parametrize("state", ["filed", "granted"])
def test_what_has_gone_forward_is_marked_and_stays(final, officer, state):
    release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, state)
    before = row.decision

    _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    row.refresh_from_db()
    change = row.basis_changes.get()
    assert (row.state, row.value, row.basis_changed) == (state, "技师", True)
    assert (change.before, change.after, change.is_correction) == (
        before, row.decision, False
    )  # fmt: skip
    assert (row.decision.value, row.decision.is_current) == ("高级技师", True)
    assert Entitlement.objects.filter(person=wu, kind="grade").count() == 1
    chain = competition_chain(release.competition_id)
    body = body_of(
        events_of(chain).filter(type="awards-derived").order_by("seq").last()
    )
    assert (body["held"], body["superseded"]) == ([row.pk], [])


def test_marker_comes_off_when_the_facts_are_as_before(final, officer):
    _release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, "filed")
    fact = _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    withdraw_fact(fact, reason="误录", by=BY, at=LATER)
    refresh_decisions(wu, by=BY, at=LATER)

    row.refresh_from_db()
    assert (row.state, row.basis_changed) == ("filed", False)
    assert row.basis_changes.get().choice == "restored"


def test_kept_with_a_reason_is_not_asked_about_again(final, officer):
    _release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, "filed")
    _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    kept = keep_entitlement(row, reason="上报时确为高级工", by=officer, at=LATER)
    record_title(wu, title="某市技术能手", evidence="文件", by=BY, at=LATER)
    derive_awards(row.release, by=BY, at=LATER)

    kept.refresh_from_db()
    assert (kept.state, kept.basis_changed) == ("filed", False)
    assert kept.basis_changes.get().choice == "kept"


def test_changed_basis_is_decided_before_it_is_filed_again(final, officer):
    _release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, "filed")
    advance_entitlement(row, to="refused", reason="缺件", by=officer, at=AT)
    _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    with pytest.raises(EntitlementRefused) as refused:
        advance_entitlement(row, to="filed", reason="补件", by=officer, at=LATER)

    assert refused.value.code == "basis"


def test_correction_is_proposed_for_withdrawal_and_carried_out_by_two(
    final, officer, approver
):
    _release, (wu, _zheng), _entries = final
    title = Entitlement.objects.get(person=wu, kind="title", value="四川省技术能手")
    _to(title, officer, "granted")
    assert TitleHeld.objects.get(person=wu).withdrawn_at is None

    later = _corrected(final, (1, 0))
    title.refresh_from_db()
    change = title.basis_changes.get()
    marked = (title.state, title.basis_changed, change.is_correction, change.release)
    asked = ask_withdrawal(
        title, kind="revoked", reason="成绩更正", by=officer, at=LATER
    )
    agree_withdrawal(asked, by=approver, at=LATER)

    title.refresh_from_db()
    fact = TitleHeld.objects.get(person=wu)
    assert marked == ("granted", True, True, later)
    assert (title.state, title.basis_changed) == ("revoked", False)
    assert (fact.withdrawn_at, fact.withdrawn_reason) == (LATER, "成绩更正")
    assert title.basis_changes.get().choice == "withdrawn"
    derive_awards(later, by=BY, at=LATER)
    assert not Entitlement.objects.filter(
        person=wu, value="四川省技术能手", state="proposed"
    ).exists()


def test_replaced_one_is_proposed_anew_once_it_is_agreed(final, officer, approver):
    _release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, "filed")
    _grade(wu, Grade.TECHNICIAN)
    refresh_decisions(wu, by=BY, at=LATER)

    asked = ask_withdrawal(
        row, kind="superseded", reason="等级更正", by=officer, at=LATER
    )
    agree_withdrawal(asked, by=approver, at=LATER)

    values = Entitlement.objects.filter(person=wu, kind="grade").order_by("pk")
    assert list(values.values_list("value", "state")) == [
        ("技师", "superseded"),
        ("高级技师", "proposed"),
    ]


def test_revoked_is_not_proposed_again_on_the_same_conclusion(final, officer, approver):
    release, (wu, _zheng), _entries = final
    row = _to(_promotion(wu), officer, "filed")
    asked = ask_withdrawal(row, kind="revoked", reason="本人放弃", by=officer, at=LATER)
    agree_withdrawal(asked, by=approver, at=LATER)

    Decision.objects.filter(pk=row.decision_id).update(facts_digest="older")
    derive_awards(release, by=BY, at=LATER)

    row.refresh_from_db()
    assert list(
        Entitlement.objects.filter(person=wu, kind="grade").values_list("state")
    ) == [("revoked",)]
    assert row.decision.is_current
