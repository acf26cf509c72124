"""The only way to get a tablet, or a sheet that is another panel's, on behalf of a user.

As access.py: every function returns the object or raises Http404.
"""

from datetime import datetime

from django.http import Http404

from competitions.access import competition_for, may_edit
from competitions.access import skill_for as competition_skill_for
from competitions.enums import EventRole
from competitions.models import Competition, Skill
from competitions.queries import event_roles_in
from people.enums import OrganizationRole
from people.models import User
from scoring import access
from scoring.models import Device, Sheet

MANAGERS = (OrganizationRole.ORGANIZER, EventRole.CHIEF_JUDGE)
WATCHERS = (
    *MANAGERS,
    EventRole.SUPERVISOR,
    EventRole.RESULTS_OFFICER,
    EventRole.DRAW_OFFICER,
)
RELEASERS = (*MANAGERS, EventRole.SUPERVISOR)


def manages(user: User, competition: Competition) -> bool:
    """Whether ``user`` may enrol and revoke at a competition already reached."""
    if may_edit(user, competition):
        return True
    return EventRole.CHIEF_JUDGE in event_roles_in(user, competition)


def device_for(user: User, pk: int, at: datetime) -> Device:
    """A tablet of a competition that ``user`` organizes or in which they lead judges."""
    device = Device.objects.select_related("competition").filter(pk=pk).first()
    if device is None:
        raise Http404
    competition_for(user, device.competition.code, roles=MANAGERS, at=at)
    return device


def skill_for_devices(user: User, pk: int, at: datetime) -> Skill:
    """A skill of which ``user`` says how its panels enter marks."""
    return competition_skill_for(user, pk, roles=MANAGERS, at=at)


def foreign_sheet_for(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet of another panel of a skill in which ``user`` judges; never to be shown."""
    rows = Sheet.objects.select_related("skill__competition", "sub_criterion", "entry")
    sheet = rows.filter(pk=pk).first()
    if sheet is None:
        raise Http404
    if EventRole.JUDGE.value not in access.judging_roles(user, sheet.skill, at):
        raise Http404
    return sheet
