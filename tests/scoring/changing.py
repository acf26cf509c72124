"""The cast of the tests of changes: a signed contest, and each step of a change."""

from datetime import timedelta

import pytest

from ledger.core.chain import skill_chain
from ledger.queries import events_of
from people.actions import set_pin
from scoring.actions.change_checks import Wanted
from scoring.actions.changes import (
    approve_change,
    request_change,
)
from scoring.errors import ChangeRefused
from scoring.queries.changes import (
    preview_digest,
)
from tests.factories import (
    AT,
    make_appointment,
    make_person,
    make_user,
)
from tests.scoring.contest import PIN, make_contest

WANTED = Wanted("A1.J1", 2, "3", text="看错了第二级的描述")
SECOND = timedelta(seconds=1)


def signed_contest():
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
