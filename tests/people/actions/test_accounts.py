"""Sign-ins, PINs and roles."""

from datetime import timedelta

import pytest

from people.actions import (
    check_pin,
    grant_membership,
    register_organization,
    register_user,
    revoke_membership,
    set_pin,
)
from people.errors import AccountRefused
from people.queries import pin_locked_until, roles_of
from tests.factories import AT, BY, PASSWORD, make_organization, make_user

pytestmark = pytest.mark.django_db
PIN = "274913"


@pytest.fixture
def judge():
    user = make_user()
    set_pin(user, pin=PIN, by=BY, at=AT)
    return user


def test_a_name_is_taken_once_and_a_password_has_rules():
    make_user("lin")
    with pytest.raises(AccountRefused, match="lin"):
        make_user("lin")
    with pytest.raises(AccountRefused) as refused:
        register_user(username="zhao", name="赵", password="12345678", by=BY, at=AT)
    assert refused.value.code == "password-weak"
    assert make_user("qian").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "pin-form"),
        ("12345a", "pin-form"),
        ("１２３４５６", "pin-form"),
        ("111111", "pin-weak"),
        ("123456", "pin-weak"),
        ("987654", "pin-weak"),
    ],
)
def test_a_pin_has_form_and_cannot_be_guessed(pin, code):
    with pytest.raises(AccountRefused) as refused:
        set_pin(make_user(), pin=pin, by=BY, at=AT)

    assert refused.value.code == code


def test_five_failures_lock_the_pin_for_fifteen_minutes(judge):
    assert check_pin(judge, pin=PIN, at=AT)
    assert not any(check_pin(judge, pin="000001", at=AT) for _try in range(5))

    just_before = AT + timedelta(minutes=15) - timedelta(seconds=1)
    after = AT + timedelta(minutes=15)
    assert pin_locked_until(judge, AT) == after
    assert not check_pin(judge, pin=PIN, at=just_before)
    assert check_pin(judge, pin=PIN, at=after)
    assert pin_locked_until(judge, after) is None


def test_a_failure_after_the_pause_counts_from_one(judge):
    for _try in range(5):
        check_pin(judge, pin="000001", at=AT)
    later = AT + timedelta(minutes=16)

    assert not check_pin(judge, pin="000001", at=later)
    assert pin_locked_until(judge, later) is None
    assert check_pin(judge, pin=PIN, at=later)


def test_a_user_without_pin_has_no_right_one():
    assert not check_pin(make_user(), pin="", at=AT)


def test_a_role_is_held_once_and_ends_at_once():
    user, office = make_user(), make_organization()
    first = grant_membership(user, organization=office, role="organizer", by=BY, at=AT)
    again = grant_membership(user, organization=office, role="organizer", by=BY, at=AT)
    held = roles_of(user, AT)
    revoke_membership(first, by=BY, at=AT)
    del user._roles_on

    assert again == first
    assert (held, roles_of(user, AT)) == ({"organizer"}, set())


def test_system_security_and_audit_administrators_are_different_people():
    user, office = make_user(), make_organization()
    grant_membership(
        user, organization=office, role="system-administrator", by=BY, at=AT
    )

    with pytest.raises(AccountRefused, match="不同的人"):
        grant_membership(
            user, organization=office, role="audit-administrator", by=BY, at=AT
        )


def test_an_organization_gains_kinds_but_is_never_doubled():
    first, created = register_organization(
        name="成都焊接厂", region="510100", kinds=["enterprise"], by=BY, at=AT
    )
    again, created_again = register_organization(
        name="成都焊接厂", region="510100", kinds=["issuer-y"], by=BY, at=AT
    )

    assert (created, created_again, again.pk) == (True, False, first.pk)
    assert again.kinds == ["enterprise", "issuer-y"]
