"""The only way to get a change of a signed mark, or a sheet to change, for a user.

As ``access``: gives the object or raises Http404; what is foreign is not found.
"""

from datetime import datetime

from django.http import Http404

from competitions.access import appeal_for
from competitions.models import Appeal, Skill
from people.models import User
from scoring import access
from scoring.models import ChangeRequest, Sheet
from scoring.queries.changes import roles_at, with_parts


def sheet_to_change(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet of which ``user`` may ask for or decide a change.

    Its judges, the chief judge, the supervisor and the results officers; a judge who
    must stand aside for its entry has no seat on it.
    """
    rows = Sheet.objects.select_related(
        "skill__competition", "entry__skill__competition", "sub_criterion__criterion"
    )
    sheet = rows.filter(pk=pk).first()
    if sheet is None or not roles_at(sheet, user):
        raise Http404
    return sheet


def change_for(user: User, pk: int, at: datetime) -> ChangeRequest:
    """A request for a sheet that ``user`` could change, or of an own competition."""
    rows = ChangeRequest.objects.defer("evidence").filter(pk=pk)
    change = with_parts(rows).first()
    if change is None:
        raise Http404
    if not roles_at(change.sheet, user):
        access.skill_for_results(user, change.skill_id, at)
    return change


def skill_with_changes(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose change log ``user`` may read: who leads, verifies or organizes it."""
    return access.skill_for_places(user, pk, at)


def cited_appeal(user: User, change: ChangeRequest) -> Appeal | None:
    """The appeal that a request cites, if it is of this skill and ``user`` may read it."""
    kind, _colon, number = change.reference.partition(":")
    if kind != "appeal" or not number:
        return None
    try:
        found = appeal_for(user, int(number))
    except Http404:
        return None
    return found if found.skill_id == change.skill_id else None
