"""Slips and own pages: whose competitors one may give codes, whose page is open."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import Http404

from awards.access.scope import decisions_for, found
from awards.core.codes import OPEN_FOR
from awards.models import Certificate, ResultCode
from competitions import access as competitions
from competitions.models import Competition, Delegation, EntryMember
from people.models import Person
from people.queries import same_person_ids

SECOND = timedelta(seconds=1)
OPENED = "result_code"  # in the session: id of the code and when it was opened


def members_to_organize(
    user: Any, code: str
) -> tuple[Competition, QuerySet[EntryMember]]:
    """Return a competition the user organizes with all its competitors."""
    competition = competitions.competition_for(user, code)
    return competition, EntryMember.objects.filter(
        entry__skill__competition=competition
    )


def members_of_delegation(
    user: Any, pk: int
) -> tuple[Delegation, QuerySet[EntryMember]]:
    """Return a delegation the user leads with its competitors."""
    delegation = competitions.delegation_for(user, pk)
    return delegation, EntryMember.objects.filter(entry__delegation=delegation)


def competitions_of_bureau(user: Any) -> QuerySet[Competition]:
    """Return the competitions in which the user's bureau has lines of people."""
    rows = decisions_for(user).filter(person__isnull=False)
    wanted = rows.values("release__competition_id")
    return Competition.objects.filter(pk__in=wanted).order_by("-ends_on", "-pk")


def members_of_bureau(
    user: Any, code: str
) -> tuple[Competition, QuerySet[EntryMember]]:
    """Return such a competition with those competitors who are the bureau's."""
    competition = found(competitions_of_bureau(user).filter(code=code).first())
    people = decisions_for(user).filter(release__competition=competition)
    rows = EntryMember.objects.filter(
        entry__skill__competition=competition, person__in=people.values("person_id")
    )
    return competition, rows


def result_code_for(
    competition: Competition, members: QuerySet[EntryMember], pk: int
) -> ResultCode:
    """Return the code of one of these competitors; others' are not found."""
    rows = ResultCode.objects.filter(
        competition=competition, person__in=members.values("person_id"), pk=pk
    )
    return found(rows.first())


def note_opened(session: SessionBase, code: ResultCode, at: datetime) -> None:
    """Let this browser see the code's page for half an hour."""
    session.cycle_key()
    session[OPENED] = {"code": code.pk, "at": int(at.timestamp())}


def close_opened(session: SessionBase) -> None:
    """Close the page opened with a code in this browser."""
    session.pop(OPENED, None)


def opened_code(session: SessionBase, at: datetime) -> ResultCode | None:
    """Return the code whose page is open in this browser, while it is in force."""
    kept = session.get(OPENED)
    if not isinstance(kept, dict):
        return None
    since = int(at.timestamp()) - int(kept.get("at", 0))
    if not 0 <= since < OPEN_FOR // SECOND:
        return None
    rows = ResultCode.objects.filter(
        pk=int(kept.get("code", 0)), revoked_at__isnull=True, expires_at__gt=at
    )
    return rows.select_related("person", "competition__owner").first()


def own_certificate(
    person: Person, competition: Competition | None, pk: int
) -> Certificate:
    """Return a person's own certificate, of one competition or of any."""
    rows = Certificate.objects.filter(person__in=same_person_ids(person), pk=pk)
    if competition is not None:
        rows = rows.filter(release__competition=competition)
    row = rows.select_related("release", "design").first()
    if row is None:
        raise Http404
    return row
