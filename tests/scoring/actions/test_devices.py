"""Tablets: one-time codes, confirmation, revocation, reports, company on a sheet."""

from datetime import timedelta

import pytest

from competitions.register import readiness
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from scoring.actions import devices as actions
from scoring.actions.devices import Report, digest_of, take_report
from scoring.errors import DeviceRefused, SigningRefused
from scoring.models import Device, Visit
from scoring.queries import devices
from scoring.queries.results import blockers_of
from scoring.queries.schemes import state_of
from tests.scoring.contest import make_contest

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-a-browser"


@pytest.fixture
def contest():
    return make_contest()


def enrol(contest, name="平板 7", secret=SECRET, client="C-7"):
    competition = contest.skill.competition
    device, code = actions.begin_enrolment(
        competition, name=name, by=contest.organizer, at=contest.now()
    )
    actions.claim_device(code=code, client=client, secret=secret, at=contest.now())
    actions.confirm_device(device, by=contest.organizer, at=contest.now())
    return Device.objects.get(pk=device.pk)


def report(contest, judge, sheet, *, client="C-7", tab="t1", secret="", **more):
    at = more.pop("at", None) or contest.now()
    take_report(
        Report(client=client, tab=tab, **more),
        sheet=sheet,
        seat=judge + 1,
        secret=secret,
        by=contest.judges[judge],
        at=at,
    )
    return at


def events(contest, kind):
    chain = competition_chain(contest.skill.competition_id)
    found = events_of(chain).filter(type=kind).order_by("seq")
    return [body_of(event) for event in found]


def test_a_tablet_is_enrolled_in_three_steps(contest):
    device = enrol(contest)

    assert devices.devices_with(digest_of(SECRET)) == [device]
    assert (device.enrolled_by, device.client) == (contest.organizer, "C-7")
    assert (device.code_digest, device.code_until) == ("", None)
    assert SECRET not in device.secret_digest
    body = {"device": f"device:{device.pk}", "name": "平板 7", "client": "C-7"}
    assert events(contest, "device-enrolled") == [body]


def test_a_code_is_good_once_and_for_ten_minutes(contest):
    competition, by = contest.skill.competition, contest.organizer
    at = contest.now()
    device, old = actions.begin_enrolment(competition, name="平板 1", by=by, at=at)
    _same, code = actions.begin_enrolment(competition, name="平板 1", by=by, at=at)
    late = at + timedelta(minutes=10)
    for word, when in ((old, at), ("WRONGONE", at), (code, late)):
        with pytest.raises(DeviceRefused):
            actions.claim_device(code=word, client="C", secret="s", at=when)
    actions.claim_device(code=code, client="C", secret="s", at=at)

    with pytest.raises(DeviceRefused):
        actions.claim_device(code=code, client="D", secret="t", at=at)
    assert Device.objects.get() == device
    assert devices.devices_with(digest_of("s")) == []  # nobody confirmed it


def test_a_name_is_taken_once_and_an_unclaimed_tablet_cannot_be_confirmed(contest):
    enrol(contest)
    competition, by = contest.skill.competition, contest.organizer
    with pytest.raises(DeviceRefused) as taken:
        actions.begin_enrolment(competition, name="平板 7", by=by, at=contest.now())
    other, _code = actions.begin_enrolment(
        competition, name="平板 8", by=by, at=contest.now()
    )
    with pytest.raises(DeviceRefused) as unclaimed:
        actions.confirm_device(other, by=by, at=contest.now())

    assert taken.value.code == "device-name-taken"
    assert unclaimed.value.code == "device-unclaimed"


def test_a_revoked_tablet_is_out_and_what_waits_on_it_is_given_up_on_record(contest):
    device = enrol(contest)
    sheet = contest.sheet(0, "A1")
    report(contest, 0, sheet, secret=SECRET, unsent={sheet.pk: 3})
    with pytest.raises(DeviceRefused):
        actions.revoke_device(
            device, reason=" ", by=contest.organizer, at=contest.now()
        )

    actions.revoke_device(
        device, reason="屏幕碎了", by=contest.organizer, at=contest.now()
    )

    assert devices.devices_with(digest_of(SECRET)) == []
    assert devices.unsent_devices(contest.skill) == []
    (body,) = events(contest, "device-revoked")
    assert (body["reason"], body["unsent"]) == ("屏幕碎了", 3)
    assert enrol(contest).pk != device.pk  # the name is free again


def test_unsent_marks_block_verification_and_signing_and_are_named(contest):
    enrol(contest)
    contest.fill(0)
    sheet = contest.sheet(0, "A1")
    report(contest, 0, sheet, secret=SECRET, unsent={sheet.pk: 3, 10**9: 4})

    assert devices.unsent_devices(contest.skill) == [("平板 7", 3)]
    items = readiness.items(contest.skill.competition, contest.now())
    (item,) = [item for item in items if item.code.startswith("unsent-")]
    assert "平板 7 报告还有 3 条没有上传" in item.detail
    state = state_of(contest.skill)
    blockers = blockers_of(contest.skill, state, 0)
    assert "平板上还有 3 条评分没有上传，见平板页。" in blockers
    with pytest.raises(SigningRefused):
        contest.sign(contest.judges[0], "judge", [sheet])

    report(contest, 0, sheet, secret=SECRET)

    assert devices.unsent_devices(contest.skill) == []
    assert contest.sign(contest.judges[0], "judge", [contest.sheet(0, "A1")])


def test_a_phone_that_nobody_enrolled_is_on_the_wall_too(contest):
    sheet = contest.sheet(0, "A1")
    at = contest.now()
    slow = at - timedelta(seconds=90)
    report(contest, 1, sheet, client="abcd-1", at=at, clock=slow, receipt=(4, "7f3a"))

    (row,) = devices.device_rows(contest.skill.competition, at)
    code = sheet.entry.code
    assert (row.state, row.label, row.sheet) == ("loose", "未登记 ABCD", f"{code} A1")
    assert (row.user, row.skew_seconds) == (str(contest.judges[1]), -90)
    assert (row.device.receipt_seq, row.device.receipt_hash) == (4, "7f3a")
    assert not row.is_away
    late = devices.device_rows(contest.skill.competition, at + timedelta(minutes=3))
    assert late[0].is_away


def test_enrolling_a_known_phone_keeps_what_it_reported(contest):
    sheet = contest.sheet(0, "A1")
    report(contest, 0, sheet, unsent={sheet.pk: 2})

    enrol(contest)

    assert [str(device) for device in Device.objects.all()] == ["平板 7"]
    assert devices.unsent_devices(contest.skill) == [("平板 7", 2)]


def kinds(contest, judge, sheet, client, tab, at):
    user = contest.judges[judge]
    found = devices.companions(sheet, user=user, client=client, tab=tab, at=at)
    return sorted((each.kind, each.name) for each in found)


def test_everybody_on_a_sheet_knows_of_the_others(contest):
    sheet, other = contest.sheet(0, "A1"), contest.sheet(1, "A1")
    first, second = map(str, contest.judges[:2])
    report(contest, 0, sheet, client="C-1", tab="t1")
    report(contest, 0, sheet, client="C-1", tab="t2")
    report(contest, 0, sheet, client="C-2", tab="t3")
    report(contest, 2, other, client="C-4", tab="t5")
    at = report(contest, 1, sheet, client="C-3", tab="t4")

    assert kinds(contest, 0, sheet, "C-1", "t1", at) == [
        ("panel", second),
        ("same-tab", first),
        ("same-user", first),
    ]
    assert kinds(contest, 1, sheet, "C-3", "t4", at) == [("panel", first)] * 3
    assert kinds(contest, 2, other, "C-4", "t5", at) == []


def test_who_left_or_fell_silent_is_no_company(contest):
    sheet = contest.sheet(0, "A1")
    report(contest, 0, sheet, client="C-1", tab="t1")
    at = report(contest, 1, sheet, client="C-2", tab="t2")
    later = at + timedelta(minutes=1)
    assert kinds(contest, 1, sheet, "C-2", "t2", later) == []

    actions.leave_sheet(tab="t1", by=contest.judges[1], at=at)  # not theirs
    assert Visit.objects.count() == 2
    actions.leave_sheet(tab="t1", by=contest.judges[0], at=at)

    assert kinds(contest, 1, sheet, "C-2", "t2", at) == []


def test_a_newcomer_nudges_those_who_were_there(
    contest, django_capture_on_commit_callbacks, monkeypatch
):
    nudged = []
    monkeypatch.setattr(
        "scoring.actions.devices.announce_sheets",
        lambda skill, sheets: nudged.append(list(sheets)),
    )
    sheet = contest.sheet(0, "A1")
    report(contest, 0, sheet, client="C-1", tab="t1")
    assert nudged == []
    report(contest, 1, sheet, client="C-2", tab="t2")
    report(contest, 1, sheet, client="C-2", tab="t2")

    assert nudged == [[sheet.pk]]
