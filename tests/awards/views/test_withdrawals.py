"""The pages where a changed basis is kept or withdrawn, by two people."""

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.actions.entitlements import (
    advance_entitlement,
    ask_withdrawal,
    record_answer,
)
from awards.models import (
    BasisChange,
    Withdrawal,
)
from tests.awards import desk

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
WAIVED = "纸质材料已在窗口核验"


@pytest.fixture
def bureau():
    return desk.make_bureau()


@pytest.fixture
def officer(bureau):
    return desk.make_officer(bureau)


@pytest.fixture
def approver(bureau):
    user = desk.make_officer(bureau, "li", approves=True)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def browser(client, officer):
    client.force_login(officer)
    return client


def _rows(count=1):
    people = [desk.make_person(f"人{n}", n) for n in range(1, count + 1)]
    release, skill, entries = desk.make_final(people)
    decisions = [
        desk.make_decision(release, skill, entry, person)
        for entry, person in zip(entries, people, strict=True)
    ]
    return [
        desk.make_entitlement(
            decision, authority="四川省人社厅", due_on=timezone.localdate()
        )
        for decision in decisions
    ]


def _step(row, user, to, reason=""):
    return advance_entitlement(row, to=to, reason=reason, by=user, at=timezone.now())


def _today():
    return timezone.localdate().isoformat()


def _state(row):
    row.refresh_from_db()
    return row.state


def _filed(row, user):
    _step(row, user, "material-complete", WAIVED)
    return _step(row, user, "filed", "川人社〔2026〕1号(试验)")


def _change(row):
    row.basis_changed = True
    row.save()
    after = desk.make_decision(
        row.release, row.decision.skill, _entry(row), row.person, state="refused",
        conditions=[{**row.decision.conditions[0], "found": "名次 第 9 名", "verdict": "no"}],
        facts_digest="later",
    )  # fmt: skip
    return BasisChange.objects.create(
        entitlement=row, before=row.decision, after=after, release=row.release,
        found_at=timezone.now(),
    )  # fmt: skip


def _entry(row):
    from competitions.models import Entry

    return Entry.objects.get(pk=row.decision.entry_id)


def test_changed_basis_shows_then_and_now_and_is_kept_with_a_reason(browser, officer):
    (row,) = _rows()
    _filed(row, officer)
    row.refresh_from_db()
    change = _change(row)

    page = browser.get(reverse("bureau_changed")).content.decode()
    browser.post(
        reverse("bureau_changed"),
        {"row": row.pk, "do": "keep", "reason": "省厅同意保留"},
    )
    change.refresh_from_db()
    row.refresh_from_db()

    assert "名次 第 2 名" in page
    assert "名次 第 9 名" in page
    assert (change.choice, change.reason, row.basis_changed) == (
        "kept", "省厅同意保留", False
    )  # fmt: skip


def test_withdrawal_takes_a_second_person_and_the_password(
    browser, client, officer, approver
):
    (row,) = _rows()
    _filed(row, officer)
    record_answer(
        row, verdict="granted", document="批复", answered_on=timezone.localdate(),
        by=officer, at=timezone.now(),
    )  # fmt: skip
    browser.post(
        reverse("bureau_ask_withdrawal", args=[row.pk]),
        {"kind": "revoked", "reason": "成绩更正"},
    )
    asked = Withdrawal.objects.get()
    address = reverse("bureau_withdrawals_agree")
    by_officer = client.post(address, {"row": asked.pk, "secret": PASSWORD})
    client.force_login(approver)
    client.post(address, {"row": asked.pk, "secret": "wrong"})
    after_wrong = _state(row)
    client.post(address, {"row": asked.pk, "secret": PASSWORD})
    fact = row.given_facts.get()

    assert by_officer.status_code == 403
    assert (after_wrong, _state(row)) == ("granted", "revoked")
    assert fact.taken_back_at is not None
    assert fact.grade.withdrawn_reason == "成绩更正"


def test_nobody_agrees_to_what_they_asked_for(client, officer, approver):
    (row,) = _rows()
    _filed(row, officer)
    asked = ask_withdrawal(
        row, kind="revoked", reason="更正", by=approver, at=timezone.now()
    )
    client.force_login(approver)

    address = reverse("bureau_withdrawals_agree")
    answer = client.post(address, {"row": asked.pk, "secret": PASSWORD}, follow=True)

    assert "不能同意自己提请的撤销" in answer.content.decode()
    assert _state(row) == "filed"
