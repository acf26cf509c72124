"""PINs: issued once on paper, counted for each device, released by two persons."""

from datetime import timedelta

import pytest

from ledger.core.chain import installation_chain
from ledger.queries import body_of, events_of
from people.actions import (
    agree_pin_release,
    ask_pin_release,
    check_pin,
    issue_pins,
    set_pin,
)
from people.errors import AccountRefused
from people.models import PinFailure, User
from people.queries import pin_locks
from tests.factories import AT, BY, make_user

pytestmark = pytest.mark.django_db
PIN = "274913"


@pytest.fixture
def judge():
    user = make_user()
    set_pin(user, pin=PIN, by=BY, at=AT)
    return user


def fail(user, times, device="device:1", at=AT, scope=""):
    return [
        check_pin(user, pin="000001", at=at, device=device, scope=scope)
        for _try in range(times)
    ]


def noted(kind):
    events = events_of(installation_chain()).filter(type=kind).order_by("seq")
    return [body_of(event) for event in events]


def test_a_lock_holds_on_its_device_only(judge):
    fail(judge, 5)

    assert not check_pin(judge, pin=PIN, at=AT, device="device:1")
    assert check_pin(judge, pin=PIN, at=AT, device="device:2")
    assert check_pin(judge, pin=PIN, at=AT)
    assert [lock.device for lock in pin_locks([judge], AT)] == ["device:1"]


def test_a_thousand_wrong_pins_are_five_tries_and_nobody_else_is_locked_out(judge):
    other = make_user()
    set_pin(other, pin=PIN, by=BY, at=AT)

    fail(judge, 1000)

    assert PinFailure.objects.filter(user=judge).count() == 5
    assert check_pin(other, pin=PIN, at=AT, device="device:1")


def test_one_occasion_bears_a_hundred_failures_in_an_hour():
    people = [make_user() for _n in range(25)]
    for number, user in enumerate(people):
        fail(user, 5, device=f"device:{number}", scope="competition:1")
    last = people[-1]
    set_pin(last, pin=PIN, by=BY, at=AT)

    assert PinFailure.objects.filter(scope="competition:1").count() == 100
    here = {"device": "device:99", "scope": "competition:1"}
    assert not check_pin(last, pin=PIN, at=AT, **here)
    assert check_pin(last, pin=PIN, at=AT, device="device:99", scope="competition:2")
    assert check_pin(last, pin=PIN, at=AT + timedelta(minutes=61), **here)


def test_issued_pins_are_temporary_hashed_and_in_no_event(judge):
    new = make_user()

    issued = issue_pins([judge, new], reason="忘记", by=BY, at=AT)

    pins = {user.pk: pin for user, pin in issued}
    rows = {user.pk: user for user in User.objects.filter(pk__in=pins)}
    assert all(user.pin_is_temporary for user in rows.values())
    assert all(pins[pk] not in user.pin for pk, user in rows.items())
    assert check_pin(judge, pin=pins[judge.pk], at=AT)
    assert not check_pin(judge, pin=PIN, at=AT)
    assert noted("pin-issued") == [
        {"user": judge.actor, "is_reset": True, "reason": "忘记"},
        {"user": new.actor, "is_reset": False, "reason": "忘记"},
    ]


def test_a_reset_needs_a_reason_and_a_first_issue_does_not(judge):
    with pytest.raises(AccountRefused) as refused:
        issue_pins([judge, make_user()], reason="", by=BY, at=AT)

    assert refused.value.code == "pin-reason"
    assert len(issue_pins([make_user()], reason="", by=BY, at=AT)) == 1


def test_choosing_an_own_pin_ends_the_temporary_one(judge):
    ((_user, pin),) = issue_pins([judge], reason="重置", by=BY, at=AT)

    set_pin(judge, pin="802531", by=judge, at=AT)

    assert not User.objects.get(pk=judge.pk).pin_is_temporary
    assert not check_pin(judge, pin=pin, at=AT)


def test_a_lock_is_lifted_by_two_persons_neither_of_them_the_judge(judge):
    first, second = make_user(), make_user()
    fail(judge, 5)
    with pytest.raises(AccountRefused, match="自己"):
        ask_pin_release(judge, device="device:1", reason="手滑", by=judge, at=AT)
    release = ask_pin_release(judge, device="device:1", reason="手滑", by=first, at=AT)
    for by in (first, judge):
        with pytest.raises(AccountRefused):
            agree_pin_release(release, by=by, at=AT)
    assert not check_pin(judge, pin=PIN, at=AT, device="device:1")

    agree_pin_release(release, by=second, at=AT)

    assert check_pin(judge, pin=PIN, at=AT, device="device:1")
    assert noted("pin-released") == [
        {"user": judge.actor, "device": "device:1", "asked_by": first.actor}
    ]


def test_the_fifth_try_is_on_record(judge):
    fail(judge, 5, scope="competition:7")

    assert noted("pin-last-try") == [
        {"user": judge.actor, "device": "device:1", "scope": "competition:7"}
    ]
