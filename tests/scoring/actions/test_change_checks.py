"""Who may ask for the change of a signed mark, for what, and with what."""

from dataclasses import replace

import pytest

from scoring.actions.change_checks import Evidence
from scoring.enums import ChangeReason
from tests.factories import (
    make_organization,
)
from tests.scoring.changing import (
    WANTED,
    approve,
    ask,
    pinned,
    put,
    refused,
    signed_contest,
)
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    return signed_contest()


def test_who_may_ask(contest):
    assert refused(ask, contest, by=pinned(contest.organizer)) == "not-your-role"
    assert refused(ask, contest, by=contest.supervisor) == "not-your-role"
    cited = replace(WANTED, reference="appeal:12", reason=ChangeReason.RULING)
    change = ask(contest, by=contest.supervisor, wanted=cited)
    assert (change.requested_role, change.reference) == ("supervisor", "appeal:12")
    assert refused(approve, contest, change, by=contest.officer) == "not-your-role"
    assert approve(contest, change).decided_role == "chief-judge"


def test_who_is_tied_to_the_entry_neither_asks_nor_approves(contest):
    unit = make_organization("同一单位")
    contest.chief.person.organization = unit
    contest.chief.person.save()
    contest.entries[1].members.update(organization=unit)

    assert refused(ask, contest, by=contest.chief) == "conflict-of-interest"
    change = ask(contest)
    assert refused(approve, contest, change) == "conflict-of-interest"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (replace(WANTED, value="2"), "value-ok"),
        (replace(WANTED, value="1"), "same-value"),
        (replace(WANTED, value=" "), "value-missing"),
        (replace(WANTED, value="4"), "not-a-level"),
        (replace(WANTED, value="x"), "not-a-number"),
        (replace(WANTED, state="gone"), "unknown-state"),
        (replace(WANTED, aspect="A1.J9"), "unknown-aspect"),
        (replace(WANTED, aspect="A1.M1", value="0"), "unknown-seat"),
        (replace(WANTED, aspect="A1.M1", seat=0, value="0"), "value-ok"),
        (replace(WANTED, seat=4), "unknown-seat"),
        (replace(WANTED, seat=0), "unknown-seat"),
        (replace(WANTED, text=" "), "reason-missing"),
        (replace(WANTED, reason="mood"), "reason-missing"),
        (replace(WANTED, text="长" * 501), "reason-too-long"),
        (replace(WANTED, reference="r" * 61), "reference"),
    ],
)
def test_what_may_be_asked_for(contest, wanted, code):
    if code == "value-ok":
        assert ask(contest, wanted=wanted).pk
    else:
        assert refused(ask, contest, wanted=wanted) == code


def test_an_unsigned_sheet_needs_no_request():
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1)
    assert refused(ask, contest) == "not-signed"


def test_one_signature_of_a_judge_is_enough_to_need_a_request():
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1)
    contest.sign(contest.judges[0], "judge")
    approve(contest, ask(contest))
    assert put(contest).status == "accepted"
    assert contest.sheet(1, "A1").signers == []


def test_evidence_is_kept_with_its_digest_and_only_files_of_known_kinds(contest):
    assert refused(ask, contest, evidence=Evidence("a.exe", b"x")) == "evidence"
    assert refused(ask, contest, evidence=Evidence("a.pdf", b"")) == "evidence"
    change = ask(contest, evidence=Evidence("说明.pdf", b"%PDF-1.7"))
    assert (change.evidence_name, len(change.evidence_digest)) == ("说明.pdf", 64)
