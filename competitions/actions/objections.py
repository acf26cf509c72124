"""异议: what somebody holds against results on public notice, and the answer.

Who it was and how to reach them is kept encrypted and shown to the organizer alone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.appeals import LONGEST_TEXT, digest_of
from competitions.actions.record import lock, note
from competitions.enums import ObjectionSource
from competitions.errors import ObjectionRefused
from competitions.models import Delegation, Objection, PublicNotice, Skill
from competitions.queries import local_day
from people.models import User


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """An objection as it came in; name and contact may be empty."""

    text: str
    received_on: date
    source: str = ObjectionSource.LETTER
    name: str = ""
    contact: str = ""


@transaction.atomic
def enter_objection(
    notice: PublicNotice,
    *,
    skill: Skill,
    facts: ObjectionFacts,
    by: User,
    at: datetime,
    delegation: Delegation | None = None,
) -> Objection:
    """Enter an objection received while the notice ran, from its first to its last day.

    A letter may be entered later than it came, until the notice is closed.
    """
    competition = notice.competition
    lock(competition, at=at)
    notice.refresh_from_db()
    _require_in_time(notice, skill, facts.received_on, at)
    objection = Objection.objects.create(
        notice=notice,
        skill=skill,
        delegation=delegation,
        source=ObjectionSource(facts.source),
        name=facts.name.strip()[:80],
        contact=facts.contact.strip()[:120],
        text=_said(facts.text),
        received_on=facts.received_on,
        entered_by=by,
        entered_at=at,
    )
    body = {
        "objection": objection.pk,
        "notice": notice.pk,
        "skill": skill.pk,
        "number": skill.number,
        "source": str(objection.source),
        "digest": digest_of(objection.text),
    }
    note(competition, "objection-entered", body, by=by, at=at)
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, *, is_upheld: bool, answer: str, by: User, at: datetime
) -> None:
    """Answer an objection, once; one that is upheld then waits for its remedy."""
    competition = objection.notice.competition
    lock(competition, at=at)
    objection.refresh_from_db()
    if objection.answered_at is not None:
        raise ObjectionRefused(_("这条异议已经答复。"), "answered")
    objection.answer, objection.is_upheld = _said(answer), is_upheld
    objection.answered_by, objection.answered_at = by, at
    objection.save()
    body = {
        "objection": objection.pk,
        "upheld": is_upheld,
        "digest": digest_of(objection.answer),
    }
    note(competition, "objection-answered", body, by=by, at=at)


def _require_in_time(
    notice: PublicNotice, skill: Skill, received_on: date, at: datetime
) -> None:
    competition = notice.competition
    if skill.pk not in notice.skills:
        raise ObjectionRefused(_("这个赛项不在公示里。"), "not-listed")
    if notice.closed_at is not None:
        raise ObjectionRefused(_("公示已经结束，不再受理异议。"), "closed")
    first = local_day(competition, notice.opened_at)
    if not first <= received_on <= notice.ends_on:
        raise ObjectionRefused(
            _("异议须在公示期内收到：%(first)s 至 %(last)s。")
            % {"first": first, "last": notice.ends_on},
            "not-in-time",
        )
    if received_on > local_day(competition, at):
        raise ObjectionRefused(_("收到日期在将来。"), "future")


def _said(text: str) -> str:
    words = text.strip()
    if not words:
        raise ObjectionRefused(_("请写明内容。"), "text-missing")
    if len(words) > LONGEST_TEXT:
        raise ObjectionRefused(_("最多 5000 字。"), "text-too-long")
    return words
