"""Signatures: PIN, digest, order of roles, and what they close."""

import json

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from scoring.actions import sign_sheets
from scoring.errors import (
    AlreadySigned,
    ContentChanged,
    PinWrong,
    SheetIncomplete,
    SigningRefused,
)
from scoring.models import Sheet, Signature
from scoring.queries.judging import receipt_of, waiting_rows
from scoring.queries.sheets import signing_digest
from tests.scoring.contest import PIN, make_contest

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def contest():
    contest = make_contest(entries=1)
    contest.fill(0)
    return contest


def states(contest):
    rows = Sheet.objects.filter(skill=contest.skill).order_by("pk")
    return [sheet.state for sheet in rows]


def test_a_sheet_is_judge_signed_once_every_seat_has_signed(contest):
    seen = []
    for judge in contest.judges:
        contest.sign(judge, "judge")
        seen.append(states(contest))
    assert seen == [
        ["complete", "complete"],
        ["complete", "complete"],
        ["judge-signed", "judge-signed"],
    ]


def test_the_chief_judge_signs_after_the_judges_and_it_is_in_the_ledger(contest):
    contest.sign_all()

    event = events_of(skill_chain(contest.skill.pk)).last()
    signature = Signature.objects.latest("pk")
    body = json.loads(event.body)
    assert states(contest) == ["chief-signed", "chief-signed"]
    assert (event.type, body["role"], body["digest"]) == (
        "sign",
        "chief-judge",
        signature.digest,
    )
    assert (signature.seq, signature.event_hash) == (event.seq, event.hash)


def test_after_a_signature_no_mark_changes(contest):
    contest.sign(contest.judges[0], "judge")
    outcome = contest.mark(1, 0, "A1.J1", "3")
    assert (outcome.status, outcome.code) == ("refused", "sheet-signed")


def test_a_wrong_pin_signs_nothing(contest):
    sheets = list(Sheet.objects.filter(skill=contest.skill))
    with pytest.raises(PinWrong):
        sign_sheets(
            contest.skill,
            sheets=sheets,
            role="judge",
            pin="000000",
            digest=signing_digest(contest.skill, sheets, "judge"),
            by=contest.judges[0],
            at=contest.now(),
        )
    assert not Signature.objects.exists()


def test_what_changed_after_it_was_shown_is_not_signed(contest):
    sheets = list(Sheet.objects.filter(skill=contest.skill))
    shown = signing_digest(contest.skill, sheets, "judge")
    contest.mark(1, 0, "A1.J1", "3")

    with pytest.raises(ContentChanged):
        sign_sheets(
            contest.skill,
            sheets=sheets,
            role="judge",
            pin=PIN,
            digest=shown,
            by=contest.judges[0],
            at=contest.now(),
        )


def test_incomplete_conflicting_and_signed_sheets_are_refused(contest):
    contest.mark(0, 0, "B1.M1", "")
    with pytest.raises(SheetIncomplete):
        contest.sign(contest.judges[0], "judge", [contest.sheet(0, "B1")])
    contest.mark(2, 0, "A1.J1", "0")
    with pytest.raises(SheetIncomplete):
        contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])
    contest.mark(2, 0, "A1.J1", "2")
    contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])
    with pytest.raises(AlreadySigned):
        contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])
    with pytest.raises(SheetIncomplete):
        contest.sign(contest.chief, "chief-judge", [contest.sheet(0, "A1")])


def test_only_who_holds_the_role_signs_in_it(contest):
    with pytest.raises(SigningRefused):
        contest.sign(contest.chief, "judge")
    for judge in contest.judges:
        contest.sign(judge, "judge")
    with pytest.raises(SigningRefused):
        contest.sign(contest.judges[0], "chief-judge")


def test_the_receipt_counts_what_was_entered_and_who_is_missing(contest):
    signature = contest.sign(contest.judges[0], "judge")

    receipt = receipt_of(signature)

    assert (receipt.entered, receipt.received) == (3, 3)
    assert (receipt.seq, receipt.hash) == (signature.seq, signature.event_hash)
    assert receipt.missing == tuple(judge.name for judge in contest.judges[1:])
    assert [row.sub_code for row in receipt.sheets] == ["A1", "B1"]
    assert waiting_rows(contest.judges[0], contest.skill, "judge") == []
    assert len(waiting_rows(contest.judges[1], contest.skill, "judge")) == 2
    assert waiting_rows(contest.chief, contest.skill, "chief-judge") == []
