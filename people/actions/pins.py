"""PINs: set, issued on sealed slips, tried, and locks lifted by two persons.

A PIN is stored as a hash only; no event, log or page holds one.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.actions.changes import note
from people.core import pins
from people.errors import AccountRefused
from people.models import PinFailure, PinRelease, User
from people.policy import Actor

FIELDS = ["pin", "pin_set_at", "pin_is_temporary"]
LONGEST_REASON = 300


@transaction.atomic
def set_pin(user: User, *, pin: str, by: Actor, at: datetime) -> None:
    """Set a judge's PIN: six digits, neither one digit repeated nor a plain run."""
    if not pins.has_form(pin):
        raise AccountRefused(_("PIN 应为 6 位数字。"), "pin-form")
    if pins.is_weak(pin):
        raise AccountRefused(_("PIN 太容易猜到，请换一个。"), "pin-weak")
    user.pin, user.pin_set_at, user.pin_is_temporary = make_password(pin), at, False
    user.save(update_fields=FIELDS)
    _open_failures(user).update(cleared_at=at)
    note("pin-set", {"user": user.actor}, by=by, at=at)


def issue_pins(
    users: Sequence[User], *, reason: str, by: Actor, at: datetime
) -> list[tuple[User, str]]:
    """Give each of ``users`` a new one-time PIN; the only moment at which it is known.

    Who holds a PIN already loses it, which needs a ``reason``.  A one-time PIN opens a
    tablet once: its owner must choose another before anything is signed with it.
    """
    if len(reason) > LONGEST_REASON:
        raise AccountRefused(_("事由最多 300 字。"), "pin-reason")
    if not reason and any(user.pin for user in users):
        raise AccountRefused(_("其中有人已有 PIN，重置要写明事由。"), "pin-reason")
    issued = [(user, fresh_pin()) for user in users]
    hashes = [make_password(pin) for _user, pin in issued]  # slow: before any lock
    with transaction.atomic():
        for (user, _pin), hashed in zip(issued, hashes, strict=True):
            body = {"user": user.actor, "is_reset": bool(user.pin), "reason": reason}
            user.pin, user.pin_set_at, user.pin_is_temporary = hashed, at, True
            user.save(update_fields=FIELDS)
            _open_failures(user).update(cleared_at=at)
            note("pin-issued", body, by=by, at=at)
    return issued


def fresh_pin() -> str:
    """Return a PIN that nobody could have guessed."""
    while True:
        pin = f"{secrets.randbelow(10**pins.DIGITS):0{pins.DIGITS}d}"
        if not pins.is_weak(pin):
            return pin


def check_pin(
    user: User, *, pin: str, at: datetime, device: str = "", scope: str = ""
) -> bool:
    """Return whether ``pin`` is the user's; five failures lock it for 15 minutes.

    The lock holds for this ``device`` only; at one occasion (``scope``) there are at
    most 100 failures in an hour.  A try is counted before it is looked at, so that tries
    at the same instant are not more than five either.  Call it outside any transaction,
    so that a failure stays counted when the caller refuses.  While locked the answer is
    no, even for the right PIN.
    """
    failure = _begin(user, device, scope, at)
    if failure is None:
        return False
    row = User.objects.only("pin").get(pk=user.pk)
    right = bool(row.pin) and check_password(pin, row.pin)
    if not row.pin:
        make_password(pin)  # as slow as a wrong one
    if right:
        _open_failures(user).filter(device=device).update(cleared_at=at)
    return right


def check_secret(user: User, *, secret: str, at: datetime, device: str = "") -> str:
    """Return how ``secret`` proves that this is ``user``: "pin", "password" or "".

    For steps that ask again who acts, of people who may have no PIN.  Failures of both
    count together; a one-time PIN proves nothing.  Call it outside any transaction.
    """
    if pins.has_form(secret):
        right = check_pin(user, pin=secret, at=at, device=device)
        return "pin" if right and not user.pin_is_temporary else ""
    if _begin(user, device, "", at) is None:
        return ""
    right = User.objects.only("password").get(pk=user.pk).check_password(secret)
    if right:
        _open_failures(user).filter(device=device).update(cleared_at=at)
    return "password" if right else ""


@transaction.atomic
def _begin(user: User, device: str, scope: str, at: datetime) -> PinFailure | None:
    """Count a try, unless the PIN is locked here."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)
    mine = _open_failures(user).filter(device=device, failed_at__gt=at - pins.PAUSE)
    moments = list(mine.values_list("failed_at", flat=True))
    if pins.locked_until(moments, at):
        return None
    if scope and _failures_at(scope, at) >= pins.OCCASION_TRIES:
        return None
    if len(moments) == pins.TRIES - 1:
        body = {"user": user.actor, "device": device, "scope": scope}
        note("pin-last-try", body, by=user, at=at)
    return PinFailure.objects.create(
        user=user, device=device, scope=scope, failed_at=at
    )


def _failures_at(scope: str, at: datetime) -> int:
    rows = PinFailure.objects.filter(scope=scope, cleared_at__isnull=True)
    return rows.filter(failed_at__gt=at - pins.OCCASION_PAUSE).count()


def _open_failures(user: User) -> QuerySet[PinFailure]:
    return PinFailure.objects.filter(user=user, cleared_at__isnull=True)


@transaction.atomic
def ask_pin_release(
    user: User, *, device: str, reason: str, by: User, at: datetime
) -> PinRelease:
    """Ask that a PIN's lock on a device be lifted now; another person must agree."""
    if not reason or len(reason) > LONGEST_REASON:
        raise AccountRefused(_("请写明事由，最多 300 字。"), "pin-reason")
    _require_other(user, by)
    release = PinRelease.objects.create(
        user=user, device=device, reason=reason, asked_by=by, asked_at=at
    )
    body = {"user": user.actor, "device": device, "reason": reason}
    note("pin-release-asked", body, by=by, at=at)
    return release


@transaction.atomic
def agree_pin_release(release: PinRelease, *, by: User, at: datetime) -> None:
    """Lift the lock that another person asked to lift; twice changes nothing."""
    row = PinRelease.objects.select_for_update().get(pk=release.pk)
    if row.agreed_at is not None:
        return
    _require_other(row.user, by)
    if row.asked_by_id == by.pk:
        raise AccountRefused(_("解除锁定要两个人：请另一人同意。"), "two-persons")
    row.agreed_by, row.agreed_at = by, at
    row.save(update_fields=["agreed_by", "agreed_at"])
    _open_failures(row.user).filter(device=row.device).update(cleared_at=at)
    body = {
        "user": row.user.actor,
        "device": row.device,
        "asked_by": f"user:{row.asked_by_id}",
    }
    note("pin-released", body, by=by, at=at)


def _require_other(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise AccountRefused(_("不能为自己解除锁定。"), "own-pin")
