"""Marking teams, seats stood aside from, and practice on behalf of a user.

As access.py: the object or Http404; what belongs to another competition is not found.
"""

from datetime import datetime

from django.http import Http404

from competitions.access import skill_for as competition_skill_for
from competitions.enums import EventRole
from competitions.models import DeclaredTie, Entry, Skill
from competitions.queries import event_roles_of
from people.models import User
from scoring.access import judging_roles, skill_for_chief
from scoring.errors import ConflictOfInterest
from scoring.models import MarkingTeam, Sheet
from scoring.queries.interest import recusal_reasons, recusal_text
from scoring.queries.seating import TakenOver, own_seats, seat_on, taken_over


def aside_sheet_for(user: User, pk: int) -> Sheet:
    """A sheet for which ``user`` has a seat but stands aside or was replaced."""
    sheet = _sheet(pk)
    if sheet is None or not seat_on(sheet, user, own_seats(user, sheet.skill)).seat:
        raise Http404
    return sheet


def sheet_taken_over(user: User, pk: int) -> tuple[Sheet, TakenOver]:
    """A sheet that is another's since a reserve took ``user``'s seat, and how."""
    sheet = _sheet(pk)
    found = None if sheet is None else taken_over(sheet, user)
    if sheet is None or found is None:
        raise Http404
    return sheet, found


def sheet_to_practise(user: User, pk: int) -> Sheet:
    """A sheet of a skill in which ``user`` is a trainee (见习裁判)."""
    sheet = _sheet(pk)
    if sheet is None or EventRole.TRAINEE not in event_roles_of(user, sheet.skill):
        raise Http404
    if reasons := recusal_reasons(user, sheet.entry):
        raise ConflictOfInterest(recusal_text(sheet.entry, reasons))
    return sheet


def skill_to_practise(user: User, pk: int) -> Skill:
    """A skill in which ``user`` is a trainee."""
    skill = Skill.objects.select_related("competition").filter(pk=pk).first()
    if skill is None or EventRole.TRAINEE not in event_roles_of(user, skill):
        raise Http404
    return skill


def skill_for_teams(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose marking teams ``user`` arranges or watches."""
    try:
        return skill_for_chief(user, pk, at)
    except Http404:
        return competition_skill_for(user, pk, at=at)


def may_arrange(user: User, skill: Skill, at: datetime) -> bool:
    """Whether ``user`` may change the teams: the organizer or the chief judge."""
    if EventRole.CHIEF_JUDGE.value in judging_roles(user, skill, at):
        return True
    try:
        competition_skill_for(user, skill.pk, at=at)
    except Http404:
        return False
    return True


def skill_to_arrange(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose teams ``user`` may change."""
    skill = skill_for_teams(user, pk, at)
    if not may_arrange(user, skill, at):
        raise Http404
    return skill


def reserve_for(skill: Skill, pk: int) -> User:
    """A reserve judge of a skill that was already reached."""
    rows = User.objects.filter(
        pk=pk,
        person__appointments__skill=skill,
        person__appointments__role=EventRole.RESERVE,
        person__appointments__withdrawn_at__isnull=True,
    )
    found = rows.select_related("person").first()
    if found is None:
        raise Http404
    return found


def entry_of_skill(skill: Skill, pk: int | None) -> Entry | None:
    """An entry of a skill that was already reached; None for none."""
    if pk is None:
        return None
    found = Entry.objects.filter(skill=skill, pk=pk).first()
    if found is None:
        raise Http404
    return found


def tie_of_skill(skill: Skill, pk: int) -> DeclaredTie:
    """A tie declared to an entry of a skill that was already reached."""
    rows = DeclaredTie.objects.filter(entry__skill=skill, pk=pk)
    found = rows.select_related("person", "competition").first()
    if found is None:
        raise Http404
    return found


def team_for(skill: Skill, letter: str) -> MarkingTeam:
    """A marking team of a skill that was already reached."""
    team = MarkingTeam.objects.filter(skill=skill, letter=letter).first()
    if team is None:
        raise Http404
    team.skill = skill
    return team


def _sheet(pk: int) -> Sheet | None:
    rows = Sheet.objects.select_related(
        "skill__competition", "entry", "sub_criterion__criterion"
    )
    return rows.filter(pk=pk).first()
