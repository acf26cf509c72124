"""Revoking a certificate: two people, a reason, once."""

import pytest

from awards.actions.certificates import (
    agree_revocation,
    ask_revocation,
    decline_revocation,
    issue_certificates,
)
from awards.errors import CertificatesRefused
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def other(officer):
    return desk.make_user("li", officer.memberships.get().organization, "hr-approver")


@pytest.fixture
def certificate(officer):
    release, _skill, _entries = desk.make_final([desk.make_person("周吉安", 1)])
    return issue_certificates(release, by=officer, at=desk.AT)[0]


def code_of(act) -> str:
    with pytest.raises(CertificatesRefused) as refusal:
        act()
    return refusal.value.code


def test_certificate_stays_valid_until_another_person_agrees(
    certificate, officer, other
):
    asked = ask_revocation(certificate, reason=" 冒名参赛 ", by=officer, at=desk.AT)
    certificate.refresh_from_db()
    before = certificate.state

    revoked = agree_revocation(asked, by=other, at=desk.AT)

    assert before == "valid"
    assert (revoked.state, revoked.state_reason) == ("revoked", "冒名参赛")
    assert revoked.state_changed_at == desk.AT
    events = events_of(competition_chain(certificate.release.competition_id))
    last = events.order_by("seq").last()
    assert (last.type, body_of(last)) == (
        "certificate-revoked",
        {
            "number": certificate.number,
            "reason": "冒名参赛",
            "asked_by": officer.actor,
        },
    )


def test_who_asked_cannot_agree(certificate, officer):
    asked = ask_revocation(certificate, reason="冒名", by=officer, at=desk.AT)

    code = code_of(lambda: agree_revocation(asked, by=officer, at=desk.AT))

    certificate.refresh_from_db()
    assert (code, certificate.state) == ("same-person", "valid")


def test_a_reason_is_asked_of_both(certificate, officer, other):
    def ask(reason):
        return ask_revocation(certificate, reason=reason, by=officer, at=desk.AT)

    assert code_of(lambda: ask(" ")) == "reason-missing"
    asked = ask("重名")
    assert code_of(lambda: ask("再来")) == "already-asked"
    code = code_of(lambda: decline_revocation(asked, reason="", by=other, at=desk.AT))
    assert code == "reason-missing"


def test_declined_revocation_is_over_and_may_be_asked_anew(certificate, officer, other):
    asked = ask_revocation(certificate, reason="重名", by=officer, at=desk.AT)
    decline_revocation(asked, reason="核实无误", by=other, at=desk.AT)

    code = code_of(lambda: agree_revocation(asked, by=other, at=desk.AT))
    again = ask_revocation(certificate, reason="新证据", by=officer, at=desk.AT)
    agree_revocation(again, by=other, at=desk.AT)

    assert code == "decided"
    late = code_of(
        lambda: ask_revocation(certificate, reason="再撤", by=officer, at=desk.AT)
    )
    assert late == "not-valid"
