"""What a corrected release does to certificates: lost, changed, the same."""

import pytest

from awards.actions.certificates import issue_certificates, withdraw_corrected
from awards.models import Certificate
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


def test_each_certificate_becomes_what_its_result_became(officer):
    people = [desk.make_person(name, n) for n, name in enumerate("甲乙丙", start=1)]
    release, skill, entries = desk.make_final(people)
    issue_certificates(release, by=officer, at=desk.AT)
    gold, silver, bronze = entries
    later = desk.publish(
        skill,
        [(gold, 1, "金牌"), (bronze, 2, "银牌"), (silver, 4, "")],
        by="system:demo",
    )
    Certificate.objects.update(state="valid", state_reason="", state_changed_at=None)

    changed = withdraw_corrected(later, by="system:awards", at=desk.AT)

    rows = Certificate.objects.order_by("pk")
    assert [(row.content["name"], row.state, row.state_reason) for row in rows] == [
        ("甲", "valid", ""),
        ("乙", "revoked", f"由成绩版本 {later.number} 更正，不再获奖"),
        ("丙", "superseded", f"由成绩版本 {later.number} 更正"),
    ]
    assert [row.state_changed_at for row in rows] == [None, desk.AT, desk.AT]
    assert [row.pk for row in changed] == [rows[1].pk, rows[2].pk]
    events = events_of(competition_chain(release.competition_id)).order_by("seq")
    last = {event.type: body_of(event) for event in events}
    assert last["certificates-revoked"] == {
        "release": later.number,
        "certificates": [rows[1].number],
    }
    assert last["certificates-superseded"] == {
        "release": later.number,
        "certificates": [rows[2].number],
    }


def test_a_release_that_corrects_nothing_withdraws_nothing(officer):
    release, _skill, _entries = desk.make_final([desk.make_person("甲", 1)])
    issue_certificates(release, by=officer, at=desk.AT)

    assert withdraw_corrected(release, by="system:awards", at=desk.AT) == []
    assert Certificate.objects.get().state == "valid"
