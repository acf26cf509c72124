"""Issuing certificates: who gets one, its number, and what is refused."""

import pytest

from awards.actions.certificates import (
    agree_revocation,
    ask_revocation,
    issue_certificates,
    withdraw_corrected,
)
from awards.enums import CertificateState
from awards.errors import CertificatesRefused
from awards.models import Certificate
from competitions.enums import Origin
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from tests.awards import desk

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def officer():
    return desk.make_officer(desk.make_bureau())


@pytest.fixture
def winners():
    return [
        desk.make_person("周𠮷安", 1, unit="蜀山重型机械有限公司"),
        desk.make_person("吴敏", 2, unit="天府精工有限公司"),
        desk.make_person("郑强", 3),
        desk.make_person("王五", 4),
    ]


def test_every_member_with_an_award_gets_a_numbered_certificate(officer, winners):
    release, _skill, _entries = desk.make_final(winners)

    issued = issue_certificates(release, by=officer, at=desk.AT)

    assert [
        (row.number, row.content["name"], row.content["award"]) for row in issued
    ] == [
        ("SCGJ-2026-01-Z-0001", "周𠮷安", "金牌"),
        ("SCGJ-2026-01-Z-0002", "吴敏", "银牌"),
        ("SCGJ-2026-01-Z-0003", "郑强", "铜牌"),
    ]
    assert {len(row.token) for row in issued} == {32}
    assert len({row.token for row in issued}) == 3
    assert issued[0].content == {
        "number": "SCGJ-2026-01-Z-0001",
        "event": "2026 年四川工匠杯职业技能大赛",
        "name": "周𠮷安",
        "skill": "焊接",
        "award": "金牌",
        "issuer": "四川工匠杯组织委员会",
        "issued_on": "2026-11-20",
        "release": release.number,
        "place": 1,
        "group": "职工组",
        "unit": "蜀山重型机械有限公司",
        "event_en": "2026 Sichuan Craftsman Cup",
        "skill_en": "Welding",
        "group_en": "workers",
        "design": "provincial",
        "design_digest": issued[0].design.digest,
    }


def test_issuing_again_makes_nothing_new(officer, winners):
    release, _skill, _entries = desk.make_final(winners)
    issue_certificates(release, by=officer, at=desk.AT)

    again = issue_certificates(release, by=officer, at=desk.AT)

    assert again == []
    assert Certificate.objects.count() == 3


def test_ledger_knows_numbers_and_digests_but_no_names(officer, winners):
    release, _skill, _entries = desk.make_final(winners)

    issued = issue_certificates(release, by=officer, at=desk.AT)

    events = events_of(competition_chain(release.competition_id)).order_by("seq")
    event = events.last()
    assert event.type == "certificates-issued"
    assert body_of(event) == {
        "release": release.number,
        "certificates": [
            {
                "number": row.number,
                "digest": row.digest,
                "person": f"person:{row.person_id}",
                "entry": f"competitions.entry:{row.entry_id}",
            }
            for row in issued
        ],
    }


def test_rehearsal_yields_no_certificate(officer, winners):
    competition = desk.make_competition(is_rehearsal=True)
    release, _skill, _entries = desk.make_final(winners, competition)

    with pytest.raises(CertificatesRefused) as refusal:
        issue_certificates(release, by=officer, at=desk.AT)

    assert refusal.value.code == "rehearsal"
    assert Certificate.objects.count() == 0


def test_external_event_yields_no_certificate(officer, winners):
    competition = desk.make_competition(origin=Origin.EXTERNAL)
    release, _skill, _entries = desk.make_final(winners, competition)

    with pytest.raises(CertificatesRefused) as refusal:
        issue_certificates(release, by=officer, at=desk.AT)

    assert refusal.value.code == "held-elsewhere"


def test_name_without_glyphs_issues_nothing_and_names_the_character(officer):
    people = [desk.make_person("周\U00031350", 1), desk.make_person("吴敏", 2)]
    release, _skill, _entries = desk.make_final(people)

    with pytest.raises(CertificatesRefused, match=r"U\+31350"):
        issue_certificates(release, by=officer, at=desk.AT)

    assert Certificate.objects.count() == 0


def test_correction_supersedes_the_older_certificate(officer, winners):
    release, skill, entries = desk.make_final(winners)
    older = issue_certificates(release, by=officer, at=desk.AT)
    swapped = [(entries[1], 1, "金牌"), (entries[0], 2, "银牌")]
    correction = desk.publish(skill, swapped, by="system:demo")

    newer = issue_certificates(correction, by=officer, at=desk.AT)

    old = Certificate.objects.get(pk=older[0].pk)
    new = next(row for row in newer if row.person_id == old.person_id)
    assert (old.state, old.superseded_by) == (CertificateState.SUPERSEDED, new)
    assert new.content["award"] == "银牌"
    with pytest.raises(CertificatesRefused) as refusal:
        issue_certificates(release, by=officer, at=desk.AT)
    assert refusal.value.code == "superseded"


def test_older_certificate_with_the_same_result_stays_in_place(officer, winners):
    release, skill, entries = desk.make_final(winners)
    older = issue_certificates(release, by=officer, at=desk.AT)
    results = [(entries[0], 1, "金牌"), (entries[2], 2, "银牌")]
    correction = desk.publish(skill, results, by="system:demo")
    withdraw_corrected(correction, by="system:awards", at=desk.AT)

    newer = issue_certificates(correction, by=officer, at=desk.AT)

    assert [(row.content["name"], row.content["award"]) for row in newer] == [
        ("郑强", "银牌")
    ]
    states = {row.pk: row.state for row in Certificate.objects.all()}
    assert [states[row.pk] for row in older] == ["valid", "revoked", "superseded"]
    third = Certificate.objects.get(pk=older[2].pk)
    assert third.superseded_by == newer[0]


def test_what_two_people_revoked_is_not_issued_again_by_a_correction(officer, winners):
    release, skill, entries = desk.make_final(winners)
    first = issue_certificates(release, by=officer, at=desk.AT)[0]
    asked = ask_revocation(first, reason="冒名参赛", by=officer, at=desk.AT)
    other = desk.make_user("li", officer.memberships.get().organization, "hr-approver")
    agree_revocation(asked, by=other, at=desk.AT)
    results = [(entries[0], 1, "金牌"), (entries[1], 2, "银牌")]
    correction = desk.publish(skill, results, by="system:demo")

    assert issue_certificates(correction, by=officer, at=desk.AT) == []


def test_certificates_name_the_design_they_are_printed_with(officer, winners):
    release, _skill, _entries = desk.make_final(winners)

    issued = issue_certificates(release, by=officer, at=desk.AT)

    designs = {row.design for row in issued}
    assert len(designs) == 1
    design = designs.pop()
    assert (design.base, design.number) == ("provincial", 1)
    assert {row.content["design_digest"] for row in issued} == {design.digest}
