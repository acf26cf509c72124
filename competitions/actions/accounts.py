"""A sign-in for somebody with an event role: account, password and PIN, shown once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.models import Appointment
from people import actions
from people.errors import AccountRefused
from people.models import User
from people.queries import account_of, username_taken

# Without letters and digits that are mistaken for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
PASSWORD_LENGTH = 12


@dataclass(frozen=True, slots=True)
class AccountSlip:
    """What is printed and handed over; it cannot be shown again."""

    name: str
    username: str
    password: str
    pin: str


def _fresh_username(latin: str) -> str:
    stem = latin.split(" ")[0] or "user"
    stem = "".join(letter for letter in stem if letter.isascii()) or "user"
    if not username_taken(stem):
        return stem
    return next(
        name
        for number in range(2, 10_000)
        if not username_taken(name := f"{stem}{number}")
    )


@transaction.atomic
def open_account(appointment: Appointment, *, by: User, at: datetime) -> AccountSlip:
    """Open a sign-in for an appointed person who has none yet."""
    person = appointment.person
    known = account_of(person)
    if known is not None:
        raise AccountRefused(
            _("%(name)s 已有账号“%(account)s”。忘记密码请联系系统管理员。")
            % {"name": person.name, "account": known.username},
            "account-exists",
        )
    password = "".join(secrets.choice(ALPHABET) for _place in range(PASSWORD_LENGTH))
    pin = actions.fresh_pin()
    user = actions.register_user(
        username=_fresh_username(person.sort_key),
        name=person.name,
        password=password,
        person=person,
        by=by,
        at=at,
    )
    actions.set_pin(user, pin=pin, by=by, at=at)
    return AccountSlip(person.name, user.username, password, pin)
