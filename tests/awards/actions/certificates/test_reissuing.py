"""Making a certificate out again: lost, or put right."""

import pytest

from awards.actions.certificates import (
    ask_revocation,
    issue_certificates,
    preview_reissue,
    reissue_certificate,
)
from awards.enums import CertificateIssue
from awards.errors import CertificatesRefused
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LOST, CORRECTED = CertificateIssue.LOST, CertificateIssue.CORRECTED


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def certificate(officer):
    release, _skill, _entries = desk.make_final([desk.make_person("周吉安", 1)])
    return issue_certificates(release, by=officer, at=desk.AT)[0]


def reissue(certificate, officer, issue=LOST, reason="遗失"):
    return reissue_certificate(
        certificate, issue=issue, reason=reason, by=officer, at=desk.AT
    )


def test_lost_certificate_gets_a_number_of_its_own_and_the_same_text(
    certificate, officer
):
    new = reissue(certificate, officer)

    certificate.refresh_from_db()
    assert (certificate.state, certificate.superseded_by) == ("superseded", new)
    assert certificate.state_reason == "补发：遗失"
    same = {**certificate.content, "number": new.number}
    assert new.content == {**same, "replaces": certificate.number}
    assert (new.number, new.state) == ("SCGJ-2026-01-Z-0002", "valid")
    assert new.token != certificate.token
    assert new.digest != certificate.digest
    events = events_of(competition_chain(certificate.release.competition_id))
    last = events.order_by("seq").last()
    assert (last.type, body_of(last)["replaces"]) == (
        "certificate-reissued",
        certificate.number,
    )


def test_corrected_certificate_prints_what_the_register_says_now(certificate, officer):
    certificate.person.name = "周𠮷安"
    certificate.person.save()

    shown = preview_reissue(certificate, at=desk.AT)
    new = reissue(certificate, officer, CORRECTED, "姓名印错")

    assert shown == [("name", "周吉安", "周𠮷安")]
    assert new.content["name"] == "周𠮷安"


def test_nothing_to_correct_is_refused(certificate, officer):
    with pytest.raises(CertificatesRefused) as refusal:
        reissue(certificate, officer, CORRECTED, "看错了")

    assert refusal.value.code == "nothing-changed"
    assert preview_reissue(certificate, at=desk.AT) == []


def test_corrected_name_without_glyphs_changes_nothing(certificate, officer):
    certificate.person.name = "周\U00031350"
    certificate.person.save()

    with pytest.raises(CertificatesRefused, match=r"U\+31350"):
        reissue(certificate, officer, CORRECTED, "姓名印错")

    certificate.refresh_from_db()
    assert certificate.state == "valid"


def test_only_a_valid_certificate_with_a_reason_is_made_out_again(certificate, officer):
    with pytest.raises(CertificatesRefused) as refusal:
        reissue(certificate, officer, reason=" ")
    assert refusal.value.code == "reason-missing"
    ask_revocation(certificate, reason="冒名", by=officer, at=desk.AT)
    with pytest.raises(CertificatesRefused) as refusal:
        reissue(certificate, officer)
    assert refusal.value.code == "already-asked"
    with pytest.raises(CertificatesRefused) as refusal:
        reissue(certificate, officer, CertificateIssue.FIRST)
    assert refusal.value.code == "not-a-reissue"
