"""Which audience of a board somebody belongs to; everything else is not found.

The public audience needs no question: its snapshot exists or not.  The others are asked
of competitions, and asked again while a socket is open.
"""

from datetime import datetime
from typing import Any

from django.http import Http404

from competitions.access import skill_for
from competitions.enums import EventRole
from competitions.models import Skill
from live import queries
from live.models import Snapshot
from scoring.access import judge_skills
from scoring.enums import Audience

ROLES: dict[str, tuple[str, ...]] = {
    Audience.HALL: ("organizer", EventRole.DISPLAY_OPERATOR),
    Audience.JUDGES: (
        "organizer",
        EventRole.CHIEF_JUDGE,
        EventRole.JUDGE,
        EventRole.SUPERVISOR,
    ),
    Audience.ORGANIZERS: ("organizer", EventRole.RESULTS_OFFICER),
}


def board_for(user: Any, board: str, audience: str) -> Snapshot:
    """Return what ``user`` sees of a board as ``audience``, or raise Http404."""
    check_audience(user, board, audience)
    snapshot = queries.snapshot_of(board, audience)
    if snapshot is None:
        raise Http404
    return snapshot


def check_audience(user: Any, board: str, audience: str) -> None:
    """Raise Http404 unless ``user`` belongs to this audience of this board."""
    if audience == Audience.PUBLIC:
        return
    if audience not in ROLES or user is None or not user.is_active:
        raise Http404
    skill_id = Skill.objects.filter(public_id=board).values_list("pk", flat=True)
    if not skill_id:
        raise Http404
    skill_for(user, skill_id[0], roles=ROLES[audience])


def marked_skill_ids(user: Any, at: datetime) -> list[int]:
    """Return the skills whose sheets concern ``user``: those tablets get nudges."""
    if not user.is_authenticated or not user.is_active:
        return []
    return [skill.pk for skill in judge_skills(user, at)]
