"""The only way to get a sheet, signature, call or release on behalf of a user.

Every function returns the object or raises Http404; what belongs to another competition
is not found.  A judge who must stand aside gets :class:`ConflictOfInterest` instead.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from competitions.access import competition_for
from competitions.access import skill_for as competition_skill_for
from competitions.enums import EventRole
from competitions.models import Appointment, Entry, Skill
from competitions.queries import event_roles_of
from people.enums import OrganizationRole
from people.models import User
from scoring.core.teams import SeatState
from scoring.errors import ConflictOfInterest, refusal_text
from scoring.models import (
    ImportKey,
    JudgeCall,
    Override,
    PanelSeat,
    Penalty,
    Release,
    ReleaseSkill,
    SchemeProposal,
    Sheet,
    Signature,
    SkillState,
)
from scoring.queries.derivation import is_chief_signed
from scoring.queries.hot import seated_skill
from scoring.queries.interest import recusal_reasons, recusal_text
from scoring.queries.public_results import published_competitions
from scoring.queries.seating import own_seats, seat_on

LEADING = frozenset({EventRole.CHIEF_JUDGE.value, EventRole.SUPERVISOR.value})
DESK_ROLES = (
    EventRole.CHIEF_JUDGE,
    EventRole.SUPERVISOR,
    EventRole.RESULTS_OFFICER,
)
PLACES_ROLES = frozenset(map(str, DESK_ROLES))
# Who waits or learns beside the judges has the judges' first page too.
BESIDE = frozenset({EventRole.RESERVE.value, EventRole.TRAINEE.value})
RESULTS_ROLES = (OrganizationRole.ORGANIZER, EventRole.RESULTS_OFFICER)


def judging_roles(user: User, skill: Skill, at: datetime) -> set[str]:
    """What ``user`` is in this skill: judge (seated), chief judge, supervisor, …"""
    roles = {str(role) for role in event_roles_of(user, skill)}
    roles.discard(EventRole.JUDGE.value)
    if _seats(user).filter(skill=skill).exists():
        roles.add(EventRole.JUDGE.value)
    return roles


def judge_skills(user: User, at: datetime) -> list[Skill]:
    """The skills in which ``user`` marks, leads, verifies or learns, newest first."""
    held = _appointments(user).filter(role__in=[*DESK_ROLES, *BESIDE])
    named = held.filter(skill__isnull=False).values("skill_id")
    wide = held.filter(skill__isnull=True).values("competition_id")
    seats = _seats(user).values("skill_id")
    rows = Skill.objects.filter(
        Q(pk__in=seats) | Q(pk__in=named) | Q(competition__in=wide)
    )
    order = ("-competition__starts_on", "competition_id", "number", "pk")
    return list(rows.select_related("competition").order_by(*order))


def skill_for_judge(user: User, pk: int, at: datetime) -> Skill:
    """A skill in which ``user`` has a seat, or which they lead."""
    return _skill_with(user, pk, at, {EventRole.JUDGE.value} | LEADING)


def skill_on_desk(user: User, pk: int, at: datetime) -> Skill:
    """A skill that ``user`` judges, leads, waits in as a reserve, or learns in."""
    return _skill_with(user, pk, at, {EventRole.JUDGE.value} | LEADING | BESIDE)


def skill_for_marking(user: User, pk: int) -> Skill:
    """A skill in which ``user`` has a seat; one query.

    Its chief judge too, where a panel enters everything on one tablet.
    """
    skill = seated_skill(user, pk)
    if skill is not None:
        return skill
    led = _skill_with(user, pk, timezone.now(), {EventRole.CHIEF_JUDGE.value})
    if not SkillState.objects.filter(skill=led).exclude(group_panels=[]).exists():
        raise Http404
    return led


def skill_for_chief(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose chief judge or supervisor ``user`` is."""
    return _skill_with(user, pk, at, LEADING)


def skill_for_results(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose results ``user`` verifies or publishes."""
    return competition_skill_for(user, pk, roles=RESULTS_ROLES, at=at)


def sheet_for_results(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet of a skill whose results ``user`` verifies or publishes."""
    sheet = _sheets().filter(pk=pk).first()
    if sheet is None:
        raise Http404
    skill_for_results(user, sheet.skill_id, at)
    return sheet


def skill_for_places(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose places ``user`` decides: its organizers and its leading officials."""
    skill = Skill.objects.select_related("competition").filter(pk=pk).first()
    if skill is not None and judging_roles(user, skill, at) & PLACES_ROLES:
        return skill
    return competition_skill_for(user, pk, at=at)


def skill_for_statistics(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose judge statistics ``user`` may ask for; see :func:`sees_statistics`."""
    skill = Skill.objects.select_related("competition").filter(pk=pk).first()
    if skill is not None and judging_roles(user, skill, at) & PLACES_ROLES:
        return skill
    return competition_skill_for(user, pk, at=at)


def sees_statistics(user: User, skill: Skill, at: datetime) -> bool:
    """Whether they are shown now: to organizers only once the results are released."""
    if judging_roles(user, skill, at) & PLACES_ROLES:
        return True
    return ReleaseSkill.objects.filter(skill=skill).exists()


def skill_to_open(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose supervisor ``user`` is."""
    return _skill_with(user, pk, at, {EventRole.SUPERVISOR.value})


def entry_for_audit(user: User, pk: int, at: datetime) -> Entry:
    """An entry whose result ``user`` may look into, down to each mark.

    Organizers and results officers any time; the chief judge once all of its sheets are
    signed by a chief judge.
    """
    entry = _entries().filter(pk=pk).first()
    if entry is None:
        raise Http404
    chief = EventRole.CHIEF_JUDGE.value in judging_roles(user, entry.skill, at)
    if chief and is_chief_signed(entry):
        return entry
    entry.skill = skill_for_results(user, entry.skill_id, at)
    return entry


def proposal_for(user: User, pk: int, at: datetime) -> SchemeProposal:
    """A proposed version of a scheme that ``user`` may confirm or take back."""
    rows = SchemeProposal.objects.select_related("skill__competition", "proposed_by")
    proposal = rows.filter(pk=pk).first()
    if proposal is None:
        raise Http404
    roles = judging_roles(user, proposal.skill, at)
    if not roles & {EventRole.CHIEF_JUDGE.value, EventRole.RESULTS_OFFICER.value}:
        competition_skill_for(user, proposal.skill_id, at=at)
    return proposal


def override_for(user: User, pk: int, at: datetime) -> Override:
    """A proposed override of a skill whose places ``user`` decides."""
    override = Override.objects.select_related("skill__competition").filter(pk=pk)
    found = override.first()
    if found is None:
        raise Http404
    skill_for_places(user, found.skill_id, at)
    return found


def skill_for_penalties(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose penalties ``user`` imposes or may see."""
    try:
        return skill_for_chief(user, pk, at)
    except Http404:
        return skill_for_results(user, pk, at)


def skill_led(user: User, pk: int, at: datetime) -> Skill:
    """A skill whose chief judge ``user`` is."""
    return _skill_with(user, pk, at, {EventRole.CHIEF_JUDGE.value})


def entry_for_penalty(user: User, skill: Skill, pk: int, at: datetime) -> Entry:
    """An entry of a skill whose chief judge ``user`` is."""
    entry = Entry.objects.filter(skill=skill_led(user, skill.pk, at), pk=pk)
    found = entry.select_related("skill__competition").first()
    if found is None:
        raise Http404
    return found


def penalty_for(user: User, pk: int, at: datetime) -> Penalty:
    """A penalty of a skill whose chief judge ``user`` is."""
    rows = Penalty.objects.select_related("entry__skill__competition", "skill")
    penalty = rows.filter(pk=pk).first()
    if penalty is None:
        raise Http404
    skill_led(user, penalty.skill_id, at)
    return penalty


def sheet_for(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet of a team in which ``user`` has a seat; leaders may look at any.

    A judge who must stand aside for its entry, or whose seat a reserve holds here, gets
    :class:`ConflictOfInterest` with the reason.
    """
    sheet = _sheets().filter(pk=pk).first()
    if sheet is None:
        raise Http404
    own = seat_on(sheet, user, own_seats(user, sheet.skill))
    if own.state is SeatState.NONE:
        if LEADING & judging_roles(user, sheet.skill, at):
            return sheet
        raise Http404
    if reasons := recusal_reasons(user, sheet.entry):
        raise ConflictOfInterest(recusal_text(sheet.entry, reasons))
    if own.state is SeatState.REPLACED:
        raise ConflictOfInterest(refusal_text("replaced"), "replaced")
    return sheet


def seated_sheet_for(user: User, pk: int, at: datetime) -> Sheet:
    """A sheet of a team in which ``user`` has a seat, as :func:`sheet_for`."""
    sheet = sheet_for(user, pk, at)
    if not seat_on(sheet, user, own_seats(user, sheet.skill)).seat:
        raise Http404
    return sheet


def sheets_for(
    user: User, skill: Skill, ids: Collection[int], at: datetime
) -> list[Sheet]:
    """The named sheets of a skill, all of which ``user`` may look at."""
    sheets = list(_sheets().filter(skill=skill, pk__in=ids).order_by(*SHEET_ORDER))
    if len(sheets) != len(set(ids)):
        raise Http404
    if LEADING & judging_roles(user, skill, at):
        return sheets
    held = own_seats(user, skill)
    if all(seat_on(sheet, user, held).marks for sheet in sheets):
        return sheets
    raise Http404


def signature_for(user: User, pk: int) -> Signature:
    """One's own signature."""
    rows = Signature.objects.select_related("skill__competition", "signer")
    signature = rows.filter(pk=pk, signer=user).first()
    if signature is None:
        raise Http404
    return signature


def call_for(user: User, pk: int, at: datetime) -> JudgeCall:
    """A call from a skill that ``user`` leads."""
    rows = JudgeCall.objects.select_related("sheet__skill__competition")
    call = rows.filter(pk=pk).first()
    if call is None or not LEADING & judging_roles(user, call.sheet.skill, at):
        raise Http404
    return call


def release_for(user: User, number: str, at: datetime) -> Release:
    """A release of a competition that ``user`` organizes or verifies."""
    rows = Release.objects.select_related("competition").defer("source")
    release = rows.filter(number=number).first()
    if release is None:
        raise Http404
    competition_for(user, release.competition.code, roles=RESULTS_ROLES, at=at)
    return release


def import_key_for(user: User, pk: int, at: datetime) -> ImportKey:
    """A machine's key of a skill whose results ``user`` verifies."""
    key = ImportKey.objects.select_related("skill__competition").filter(pk=pk).first()
    if key is None:
        raise Http404
    skill_for_results(user, key.skill_id, at)
    return key


def import_key_with(digest: str) -> ImportKey | None:
    """The key in force with that digest; its skill and issuer come along."""
    rows = ImportKey.objects.select_related("skill__competition", "issued_by")
    held = rows.filter(digest=digest, revoked_at=None, issued_by__is_active=True)
    return held.first()


def public_release_for(number: str, at: datetime) -> Release:
    """A release that everybody may look at: of an own, listed, real competition."""
    rows = Release.objects.filter(competition__in=published_competitions(at))
    release = rows.select_related("competition").defer("source").filter(number=number)
    found = release.first()
    if found is None:
        raise Http404
    return found


SHEET_ORDER = (
    "sub_criterion__criterion__position",
    "sub_criterion__position",
    "entry__code",
    "pk",
)


def _entries() -> QuerySet[Entry]:
    return Entry.objects.select_related("skill__competition", "delegation")


def _sheets() -> QuerySet[Sheet]:
    return Sheet.objects.select_related(
        "skill__competition", "entry", "sub_criterion__criterion"
    )


def _seats(user: User) -> QuerySet[PanelSeat]:
    return PanelSeat.objects.filter(judge=user, left_at__isnull=True)


def _appointments(user: User) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(withdrawn_at__isnull=True)
    return rows.filter(person=user.person_id, person__isnull=False)


def _skill_with(user: User, pk: int, at: datetime, roles: Collection[str]) -> Skill:
    skill = Skill.objects.select_related("competition").filter(pk=pk).first()
    if skill is None or not set(roles) & judging_roles(user, skill, at):
        raise Http404
    return skill
