"""The only way to get a paper or a sheet's history on behalf of a user.

Beside access.py, with the same promise: the object or Http404; what belongs to another
competition is not found.
"""

from datetime import datetime
from typing import Any

from django.http import Http404

from competitions.enums import EventRole
from competitions.models import Appointment, Skill
from competitions.queries import event_roles_of
from people.models import User
from scoring.access import LEADING, judging_roles, skill_for_places
from scoring.core.paper_codes import read_code
from scoring.enums import SignerRole
from scoring.models import PaperForm, Sheet
from scoring.queries.paper import judges_on, sheets_on
from scoring.queries.seating import own_seats, seat_on
from scoring.queries.sheets import signing_digest

WATCHING = {*LEADING, EventRole.RESULTS_OFFICER.value}


def keys_papers(user: User, skill: Skill) -> bool:
    """Whether ``user`` keys in any judge's marks: a results officer of the skill."""
    return EventRole.RESULTS_OFFICER in event_roles_of(user, skill)


def paper_for(user: User, code: str, at: datetime) -> PaperForm:
    """A paper that ``user`` keys in or takes as signed.

    Results officers, the chief judge and the supervisor; a judge whose seat marks one
    of its sheets, if the paper is the panel's, the group's or their own.
    """
    rows = PaperForm.objects.select_related(
        "skill__competition", "sub_criterion__criterion__scheme", "printed_by"
    )
    form = rows.filter(code=read_code(code) or "-").first()
    if form is None:
        raise Http404
    if WATCHING & judging_roles(user, form.skill, at):
        return form
    mine = {
        seat
        for (_s, seat), judge in judges_on(sheets_on(form)).items()
        if judge == user.pk
    }
    if not mine or (
        form.seat is not None and form.seat % 100 and form.seat not in mine
    ):
        raise Http404
    return form


def paper_to_take(user: User, code: str, at: datetime) -> PaperForm:
    """A paper of a skill whose chief judge ``user`` is."""
    form = paper_for(user, code, at)
    if EventRole.CHIEF_JUDGE not in event_roles_of(user, form.skill):
        raise Http404
    return form


def witness_for(skill: Skill, pk: str) -> User | None:
    """A results officer of the skill who confirms beside the chief judge."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return next((user for user in officers_of(skill) if user.pk == int(pk)), None)


def officers_of(skill: Skill) -> list[User]:
    """The sign-ins of the results officers of a skill."""
    role = EventRole.RESULTS_OFFICER
    held = Appointment.objects.filter(
        competition=skill.competition_id, role=role, withdrawn_at__isnull=True
    )
    people = [row.person_id for row in held if row.skill_id in (None, skill.pk)]
    return list(User.objects.filter(person__in=people).order_by("pk"))


def paper_signing(
    user: User, form: PaperForm, sheets: list[Sheet]
) -> dict[str, Any] | None:
    """What the chief judge needs to take a paper as signed; None for anybody else."""
    if EventRole.CHIEF_JUDGE not in event_roles_of(user, form.skill):
        return None
    if any(sheet.state != "complete" or sheet.conflicts for sheet in sheets):
        return None
    digest = signing_digest(form.skill, sheets, SignerRole.JUDGE)
    return {"digest": digest, "witnesses": officers_of(form.skill)}


def sheet_for_history(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet whose whole history ``user`` may read.

    Chief judge, supervisor, results officer and organizer any time; a judge of its
    teams once every seat has entered everything.
    """
    rows = Sheet.objects.select_related(
        "skill__competition", "entry", "sub_criterion__criterion"
    )
    sheet = rows.filter(pk=pk).first()
    if sheet is None:
        raise Http404
    if WATCHING & judging_roles(user, sheet.skill, at):
        return sheet
    own = seat_on(sheet, user, own_seats(user, sheet.skill))
    if own.seat:
        if own.marks and sheet.cells and sheet.filled >= sheet.cells:
            return sheet
        raise Http404
    skill_for_places(user, sheet.skill_id, at)
    return sheet
