"""A finding after the final: a mark is changed, somebody loses the prize, a new release.

Run inside an installation that holds the demonstration at its final:
``manage.py shell -c "from tests.stories.corrected import run; run('…')"``.
"""

from __future__ import annotations

import sys
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from competitions.actions import close_publicity, open_publicity
from competitions.models import Entry, Skill
from config.demo.accounts import PIN
from config.demo.build import JUDGES
from people.models import User
from scoring.actions import enter_marks, sign_sheets
from scoring.actions.change_checks import Wanted
from scoring.actions.changes import approve_change, request_change
from scoring.actions.penalties import impose_penalty
from scoring.actions.releases import publish_release
from scoring.actions.results import verify_results
from scoring.actions.verification import (
    Finding,
    check_sheet,
    sign_verification,
)
from scoring.marking_events import MarkEvent
from scoring.models import Mark, Sheet
from scoring.queries import signing_digest
from scoring.queries.changes import preview_digest
from scoring.queries.verification import worklist_of

OFFICER, CHIEF, ORGANIZER = "results", "chief", "organizer"
TEXT = "复核录像：没有断电作业"
CLAUSE = "安全操作规程第三条"


def run(name: str) -> None:
    """Take the prize of ``name`` away and write the number of the new release."""
    entry = Entry.objects.select_related("skill__competition").get(
        members__person__name=name, skill__competition__code__startswith="scgj-"
    )
    at = timezone.now()
    sheet = _change(entry, at)
    impose_penalty(
        entry,
        value=Decimal(100),
        is_percent=True,
        clause=CLAUSE,
        reason=TEXT,
        by=_user(CHIEF),
        at=at,
    )
    _sign_again(entry.skill, sheet, at)
    _check_by_hand(entry.skill, at)
    sys.stdout.write(_publish(entry.skill, at))


def _change(entry: Entry, at: datetime) -> Sheet:
    """Ask for the change of one signed mark, agree to it, enter the new value."""
    mark = (
        Mark.objects.filter(sheet__entry=entry, seat=0)
        .select_related("sheet")
        .order_by("pk")
        .first()
    )
    assert mark is not None
    wanted = Wanted(
        mark.code, 0, "0", reason="finding", text=TEXT, reference="finding:1"
    )
    asked = request_change(
        mark.sheet, wanted=wanted, secret=PIN, by=_user(OFFICER), at=at
    )
    approve_change(
        asked,
        digest=preview_digest(asked.preview),
        secret=PIN,
        by=_user(CHIEF),
        at=at,
    )
    judge = _user(JUDGES[entry.skill.number][0])
    event = MarkEvent(
        key=uuid4(), sheet_id=mark.sheet_id, aspect=mark.code, seat=0, value="0",
        remark=TEXT,
    )  # fmt: skip
    (outcome,) = enter_marks(entry.skill, events=[event], by=judge, device="T1", at=at)
    assert outcome.status == "accepted", outcome
    return mark.sheet


def _sign_again(skill: Skill, sheet: Sheet, at: datetime) -> None:
    signers = [(name, "judge") for name in JUDGES[skill.number]]
    for name, role in [*signers, (CHIEF, "chief-judge"), ("supervisor", "supervisor")]:
        rows = list(Sheet.objects.filter(pk=sheet.pk))
        digest = signing_digest(skill, rows, role)
        sign_sheets(
            skill, sheets=rows, role=role, pin=PIN, digest=digest, by=_user(name), at=at
        )


def _check_by_hand(skill: Skill, at: datetime) -> None:
    """Check what the correction has put on the list, find it right, sign."""
    officer, draw = _user(OFFICER), skill.verification_draw
    for line in worklist_of(draw).open_lines:
        check_sheet(draw, sheet=line.sheet, finding=Finding(), by=officer, at=at)
    sign_verification(draw, secret=PIN, note=TEXT, by=officer, at=at)


def _publish(skill: Skill, at: datetime) -> str:
    """Verify anew, a notice of no days with its reason, the next release."""
    organizer = _user(ORGANIZER)
    verify_results(skill, note=TEXT, by=_user(OFFICER), at=at)
    notice = open_publicity(
        skill.competition,
        skills=[skill],
        working_days=0,
        reason="更正一名选手，其余名次已公示",
        by=organizer,
        at=at,
    )
    close_publicity(notice, by=organizer, at=at)
    release = publish_release(skill.competition, skills=[skill], by=organizer, at=at)
    return release.number


def _user(name: str) -> User:
    return User.objects.get(username=name)
