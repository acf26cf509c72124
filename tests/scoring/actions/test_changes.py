"""A change of a signed mark: asked for, decided by another, entered, signed again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import body_of, events_of
from people.actions import set_pin
from scoring.actions.change_checks import Evidence, Wanted
from scoring.actions.changes import (
    approve_change,
    reject_change,
    request_change,
    withdraw_change,
)
from scoring.actions.results import verify_results
from scoring.enums import ChangeReason
from scoring.errors import ChangeRefused, PinWrong
from scoring.models import ChangeRequest, Result, Sheet, Signature, SkillState
from scoring.queries.changes import (
    pending_of,
    preview_digest,
    reader_of,
    state_at,
    steps_for,
)
from scoring.queries.rebuilding import differences
from scoring.queries.results import blockers_of
from scoring.queries.schemes import state_of
from scoring.queries.second_opinion import opinion_differences
from tests.factories import (
    AT,
    make_appointment,
    make_organization,
    make_person,
    make_user,
)
from tests.scoring.contest import PIN, make_contest, next_key

pytestmark = pytest.mark.django_db

WANTED = Wanted("A1.J1", 2, "3", text="看错了第二级的描述")
SECOND = timedelta(seconds=1)


@pytest.fixture
def contest():
    """Two entries, marked 2-2-2 and 2-1-2, signed by the judges and the chief judge."""
    contest = make_contest(entries=2)
    contest.fill(0)
    contest.fill(1, levels="212")
    contest.sign_all()
    contest.supervisor = official(contest, "supervisor")
    return contest


def official(contest, role, **facts):
    person = make_person(**facts)
    user = make_user(person=person)
    make_appointment(contest.skill, role, person, by=contest.organizer)
    return pinned(user)


def pinned(user):
    set_pin(user, pin=PIN, by=user, at=AT)
    return user


def ask(contest, by=None, wanted=WANTED, entry=1, **more):
    return request_change(
        contest.sheet(entry, wanted.aspect.split(".")[0]),
        wanted=wanted,
        secret=PIN,
        by=by or contest.judges[1],
        at=contest.now(),
        **more,
    )


def approve(contest, change, by=None, at=None, digest=None):
    change.refresh_from_db()
    return approve_change(
        change,
        digest=digest or preview_digest(change.preview),
        secret=PIN,
        by=by or contest.chief,
        at=at or contest.now(),
    )


def put(contest, value="3", judge=1, entry=1, **more):
    return contest.mark(judge, entry, "A1.J1", value, **more)


def story(contest):
    rows = events_of(skill_chain(contest.skill.pk)).order_by("seq")
    return [row.type for row in rows]


def refused(what, *args, **more):
    with pytest.raises(ChangeRefused) as refusal:
        what(*args, **more)
    return refusal.value.code


def test_the_whole_way_of_a_change(contest):
    before = len(story(contest))
    change = ask(contest)
    assert put(contest).code == "sheet-signed"
    approve(contest, change)

    outcome = put(contest)

    sheet = contest.sheet(1, "A1")
    assert (outcome.status, outcome.sheet.state) == ("accepted", "complete")
    assert (sheet.state, sheet.version, sheet.signers) == ("complete", 2, [])
    assert (sheet.is_guarded, sheet.unlocked) == (True, [])
    change.refresh_from_db()
    assert state_at(change, contest.now()) == "done"
    assert (change.done_seq, change.done_by) == (outcome.seq, contest.judges[1])
    assert story(contest)[before:] == [
        "change-request",
        "change-approve",
        "mark",
        "signatures-void",
        "change-done",
    ]
    assert differences(contest.skill) == opinion_differences(contest.skill) == []


def test_signatures_above_are_void_for_that_sheet_and_stay_on_record(contest):
    change = ask(contest)
    approve(contest, change)
    put(contest)

    assert set(change.voided.values_list("role", flat=True)) == {"judge", "chief-judge"}
    assert change.voided.count() == 4
    assert not Signature.objects.filter(sheets=contest.sheet(1, "A1")).exists()
    others = contest.sheet(1, "B1"), contest.sheet(0, "A1")
    for other in others:
        assert (other.state, other.version) == ("chief-signed", 1)
        assert Signature.objects.filter(sheets=other, void_at=None).count() == 4


def test_after_the_change_every_cell_is_shut_until_all_have_signed_and_after(contest):
    approve(contest, ask(contest))
    put(contest)

    assert put(contest).code == put(contest, "1", judge=0).code == "sheet-signed"
    assert contest.mark(0, 1, "A1.M1", "0").code == "sheet-signed"
    sheets = [contest.sheet(1, "A1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", [contest.sheet(1, "A1")])
    sheet = contest.sheet(1, "A1")
    assert (sheet.state, sheet.version) == ("chief-signed", 2)
    assert put(contest, "2").code == "sheet-signed"


def test_only_the_approved_value_by_the_judge_of_the_seat_is_taken(contest):
    approve(contest, ask(contest))

    other = put(contest, "2")
    assert (other.code, other.message) == (
        "not-approved-value",
        "只能录入批准的值。（3）",
    )
    assert put(contest, "").code == "not-approved-value"
    assert put(contest, None, state="absent").code == "not-approved-value"
    assert put(contest, "3", judge=0).code == "sheet-signed"
    assert contest.mark(1, 1, "A1.M1", "0").code == "sheet-signed"
    assert contest.mark(1, 0, "A1.J1", "3").code == "sheet-signed"
    assert put(contest, "3").status == "accepted"


def test_the_cell_takes_one_mark_even_in_one_batch(contest):
    approve(contest, ask(contest))
    event = contest.event(1, "A1.J1", "3")

    first, second = contest.enter(1, event, replace(event, key=next_key()))

    assert (first.status, second.code) == ("accepted", "sheet-signed")
    assert contest.sheet(1, "A1").version == 2


@pytest.mark.parametrize(
    ("late", "code"), [(-SECOND, ""), (0 * SECOND, ""), (SECOND, "cell-closed")]
)
def test_the_cell_closes_by_the_servers_clock(contest, late, code):
    change = approve(contest, ask(contest))
    contest.clock = change.opened_until + late - SECOND

    outcome = put(contest)

    assert outcome.code == code
    expected = "lapsed" if code else "done"
    change.refresh_from_db()
    assert state_at(change, contest.clock) == expected
    assert contest.sheet(1, "A1").state == ("chief-signed" if code else "complete")


@pytest.mark.parametrize(
    ("late", "code"), [(-SECOND, ""), (0 * SECOND, ""), (SECOND, "not-waiting")]
)
def test_a_request_waits_fifteen_minutes(contest, late, code):
    change = ask(contest)
    assert change.expires_at - change.requested_at == timedelta(minutes=15)
    at = change.expires_at + late
    if code:
        assert refused(approve, contest, change, at=at) == code
    else:
        assert approve(contest, change, at=at).decision == "approved"


def test_a_lapsed_request_is_renewed_by_asking_again(contest):
    change = ask(contest)
    contest.clock = change.expires_at + SECOND
    again = ask(contest)
    approve(contest, again)
    contest.clock += timedelta(minutes=31)
    third = ask(contest)

    change.refresh_from_db()
    again.refresh_from_db()
    assert (again.renews, third.renews) == (change, again)
    assert state_at(change, contest.now()) == "expired"
    assert state_at(again, contest.now()) == "lapsed"
    assert contest.sheet(1, "A1").unlocked == []


def test_two_requests_for_one_cell_are_refused_and_for_two_cells_are_not(contest):
    change = ask(contest)
    assert refused(ask, contest, by=contest.chief) == "cell-busy"
    other = ask(contest, by=contest.chief, wanted=replace(WANTED, seat=1, value="3"))
    approve(contest, change)
    assert refused(ask, contest, by=contest.officer) == "cell-busy"
    approve(contest, other, by=contest.supervisor)

    assert put(contest, "3").status == "accepted"
    assert put(contest, "3", judge=0).status == "accepted"
    assert contest.sheet(1, "A1").version == 3


def test_nobody_approves_their_own_and_only_another_role_does(contest):
    change = ask(contest, by=contest.chief)
    assert refused(approve, contest, change, by=contest.chief) == "same-person"
    colleague = official(contest, "results-officer")
    for judge in contest.judges:
        assert refused(approve, contest, change, by=judge) == "not-your-role"
    organizer = pinned(contest.organizer)
    assert refused(approve, contest, change, by=organizer) == "not-your-role"
    assert approve(contest, change, by=colleague).decided_role == "results-officer"


def test_a_judge_s_request_is_not_for_the_results_officer(contest):
    change = ask(contest)
    assert refused(approve, contest, change, by=contest.officer) == "not-your-role"
    assert approve(contest, change, by=contest.supervisor).decision == "approved"


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


def test_both_prove_who_they_are(contest):
    sheet = contest.sheet(1, "A1")
    with pytest.raises(PinWrong):
        request_change(
            sheet,
            wanted=WANTED,
            secret="000001",
            by=contest.judges[1],
            at=contest.now(),
        )
    assert not ChangeRequest.objects.exists()
    change = ask(contest)
    with pytest.raises(PinWrong):
        approve_change(
            change,
            digest=preview_digest(change.preview),
            secret="",
            by=contest.chief,
            at=contest.now(),
        )
    change.refresh_from_db()
    assert change.decision == ""


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


def test_rejected_and_withdrawn_requests_leave_the_mark_and_stay_on_record(contest):
    first = ask(contest)
    assert refused(reject_change, first, text=" ", by=contest.chief, at=contest.now())
    reject_change(first, text="记录清楚，无误", by=contest.chief, at=contest.now())
    second = ask(contest)
    by_other = refused(withdraw_change, second, by=contest.chief, at=contest.now())
    withdraw_change(second, by=contest.judges[1], at=contest.now())

    assert by_other == "not-yours"
    assert refused(approve, contest, first) == "not-waiting"
    assert refused(approve, contest, second) == "not-waiting"
    assert [
        state_at(row, contest.now()) for row in ChangeRequest.objects.order_by("pk")
    ] == ["rejected", "withdrawn"]
    assert contest.sheet(1, "A1").version == 1


def test_withdrawing_an_approved_request_shuts_the_cell(contest):
    change = approve(contest, ask(contest))
    withdraw_change(change, by=contest.judges[1], at=contest.now())
    assert put(contest).code == "sheet-signed"
    again = refused(withdraw_change, change, by=contest.judges[1], at=contest.now())
    assert again == "not-waiting"


def test_the_preview_tells_what_the_mark_will_do(contest):
    change = ask(contest)
    preview = dict(change.preview)
    approve(contest, change)
    put(contest)

    first, second = (entry.pk for entry in contest.entries)
    up = [["名次", "2", "1"], ["总分", "95.56", "97.78"]]
    down = [["名次", "1", "2"]]
    assert preview == {
        "sheet": {
            "points": ["35.56", "37.78"],
            "aspect": ["scored", "scored"],
            "complete": True,
        },
        "signatures": 4,
        "reopened": "",
        "entries": [
            {"entry": second, "code": "02", "lines": up, "effects": []},
            {"entry": first, "code": "01", "lines": down, "effects": []},
        ],
        "release": "",
        "released": [],
    }
    places = Result.objects.order_by("entry_id").values_list("place", "points_scaled")
    assert list(places) == [(2, 96_670_000), (1, 97_780_000)]


def test_a_preview_leaves_no_trace(contest):
    marks = list(contest.sheet(1, "A1").marks.order_by("pk").values())
    results = list(Result.objects.order_by("pk").values())
    sheets = list(Sheet.objects.order_by("pk").values())
    ask(contest)
    assert list(contest.sheet(1, "A1").marks.order_by("pk").values()) == marks
    assert list(Result.objects.order_by("pk").values()) == results
    assert list(Sheet.objects.order_by("pk").values()) == sheets
    assert story(contest)[-2:] == ["sign", "change-request"]


def change_another(contest):
    """Change a mark of the other entry, from request to the new mark."""
    wanted = replace(WANTED, aspect="A1.M1", seat=0, value="0")
    approve(contest, ask(contest, wanted=wanted, entry=0))
    contest.mark(0, 0, "A1.M1", "0", remark="没有达到")


def test_an_approval_of_something_else_than_was_shown_is_refused(contest):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    change = ask(contest)
    change_another(contest)

    assert refused(approve, contest, change) == "preview-changed"
    change.refresh_from_db()
    assert change.decision == ""


def test_while_marking_runs_the_marks_of_others_do_not_hinder_an_approval(contest):
    change = ask(contest)
    change_another(contest)

    approved = approve(contest, change)

    assert approved.approved_preview["entries"] != approved.preview["entries"]
    assert approved.approved_preview["sheet"] == approved.preview["sheet"]


def test_a_verified_result_is_provisional_again_until_signed_and_verified(contest):
    contest.sign(contest.supervisor, "supervisor")
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    change = ask(contest)
    assert change.preview["reopened"] == "verified"
    assert state_of(contest.skill).state == "verified"
    approve(contest, change)
    put(contest)

    state = SkillState.objects.get(skill=contest.skill)
    assert (state.state, state.verified_at) == ("provisional", None)
    assert set(Result.objects.values_list("award", flat=True)) == {""}
    assert "results-reopen" in story(contest)
    change.refresh_from_db()
    assert change.reopened == "verified"
    assert differences(contest.skill) == opinion_differences(contest.skill) == []
    sheets = [contest.sheet(1, "A1")]
    for judge in contest.judges:
        contest.sign(judge, "judge", sheets)
    contest.sign(contest.chief, "chief-judge", [contest.sheet(1, "A1")])
    contest.sign(contest.supervisor, "supervisor", [contest.sheet(1, "A1")])
    verify_results(contest.skill, note="", by=contest.officer, at=contest.now())
    assert differences(contest.skill) == opinion_differences(contest.skill) == []


def test_a_waiting_request_and_an_opened_cell_block_verification(contest):
    change = ask(contest)
    assert pending_of(contest.skill, contest.now()) == 1
    text = "有 1 项签名后更改没有办完。"
    at = contest.now()
    assert text in blockers_of(contest.skill, state_of(contest.skill), 0, at=at)
    assert pending_of(contest.skill, change.expires_at + SECOND) == 0


def test_the_events_tell_the_cell_and_no_words(contest):
    change = ask(contest)
    approve(contest, change)
    put(contest)
    rows = events_of(skill_chain(contest.skill.pk)).order_by("seq")
    told = {row.type: body_of(row) for row in rows}
    request = told["change-request"]
    assert {name: request[name] for name in ("old", "new", "role", "reason")} == {
        "old": ["value", "1"],
        "new": ["value", "3"],
        "role": "judge",
        "reason": "entry",
    }
    assert "看错" not in str(told)
    assert told["mark"]["change"] == change.pk
    assert told["change-done"]["version"] == 2


def test_steps_are_offered_to_whom_they_are_for(contest):
    change = ask(contest)
    at = contest.now()
    people = {
        "asker": contest.judges[1],
        "other judge": contest.judges[0],
        "chief": contest.chief,
        "officer": contest.officer,
        "organizer": contest.organizer,
    }

    def offered(row):
        return {
            who: sorted(steps_for(row, reader_of(contest.skill, user), at))
            for who, user in people.items()
        }

    waiting = offered(change)
    opened = offered(approve(contest, change, at=at))
    assert waiting == {
        "asker": ["withdraw"],
        "other judge": [],
        "chief": ["approve", "reject"],
        "officer": [],
        "organizer": [],
    }
    assert opened == {
        "asker": ["enter", "withdraw"],
        "other judge": [],
        "chief": [],
        "officer": [],
        "organizer": [],
    }
