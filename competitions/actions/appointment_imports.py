"""Importing a checked file of appointments: all of it or nothing, twice is once.

Every row is held against what the page of appointments asks: conflicts of interest,
roles that exclude each other, sanctions.  Rows above count for those below.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from competitions.actions.appointments import SKILL_ROLES, appoint
from competitions.actions.record import note
from competitions.actions.rosters import skills_by_key
from competitions.appointment_sheets import AppointmentReading, AppointmentRow
from competitions.enums import EventRole
from competitions.errors import AppointmentRefused
from competitions.models import Appointment, Competition, Delegation, Skill
from ledger.actions import lock_chains
from ledger.core.chain import competition_chain, installation_chain
from people.actions import register_organization, register_person, update_person
from people.errors import PeopleError
from people.models import Organization, Person, User
from people.names import normalize_name
from people.spreadsheets import Problem, has_errors


@dataclass(frozen=True, slots=True)
class AppointmentsOutcome:
    """What an import did, or in a dry run would do."""

    rows: int
    appointed: int
    known: int
    problems: tuple[Problem, ...]
    is_written: bool


@dataclass(slots=True)
class _Import:
    """One run: who acts, what was looked up already, what was found."""

    competition: Competition
    by: User
    at: datetime
    skills: dict[str, Skill]
    delegations: dict[str, Delegation]
    problems: list[Problem]
    units: dict[str, Organization] = field(default_factory=dict)
    appointed: int = 0
    known: int = 0


@transaction.atomic
def import_appointments(
    competition: Competition,
    *,
    reading: AppointmentReading,
    by: User,
    at: datetime,
    is_dry_run: bool = False,
) -> AppointmentsOutcome:
    """Appoint everybody in the file, or nobody if anything is wrong.

    A dry run does the same work, finds the same problems by row and keeps nothing.
    """
    chains = [installation_chain(), competition_chain(competition.pk)]
    lock_chains(chains, at=at)
    run = _Import(
        competition,
        by,
        at,
        skills_by_key(competition),
        {row.name: row for row in competition.delegations.all()},
        list(reading.problems),
    )
    with transaction.atomic():
        wrong = {p.row for p in reading.problems if has_errors([p])}
        for row in reading.rows:
            if row.row.number not in wrong:
                _import_row(run, row)
        if run.appointed:
            body = {"appointed": run.appointed, "known": run.known}
            note(competition, "appointments-imported", body, by=by, at=at)
        is_written = not is_dry_run and not has_errors(run.problems)
        if not is_written:
            transaction.set_rollback(True)
    return AppointmentsOutcome(
        rows=len(reading.rows),
        appointed=run.appointed,
        known=run.known,
        problems=tuple(sorted(run.problems, key=lambda p: p.row or 0)),
        is_written=is_written,
    )


def _import_row(run: _Import, row: AppointmentRow) -> None:
    skill = run.skills.get(row.skill)
    delegation = run.delegations.get(row.delegation)
    if not _is_placed(run, row, skill, delegation):
        return
    person = _person(run, row)
    if person is None:
        return
    held = Appointment.objects.filter(
        competition=run.competition, withdrawn_at__isnull=True
    )
    before = held.count()
    try:
        with transaction.atomic():
            appoint(
                run.competition,
                person=person,
                role=row.role,
                skill=skill,
                delegation=delegation,
                by=run.by,
                at=run.at,
            )
    except AppointmentRefused as refused:
        for reason in refused.reasons:
            text = f"{reason} / Not appointed: {refused.code}."
            run.problems.append(row.row.problem("role", refused.code, text))
        return
    run.appointed += held.count() > before
    run.known += held.count() == before


def _is_placed(
    run: _Import,
    row: AppointmentRow,
    skill: Skill | None,
    delegation: Delegation | None,
) -> bool:
    """Whether skill and delegation are named as the role needs and exist."""
    found = []
    if row.skill and skill is None:
        text = (
            f"本赛事没有编号或名称为“{row.skill}”的赛项。 / This competition has no skill "
            f"“{row.skill}”."
        )
        found.append(row.row.problem("skill", "unknown-skill", text))
    if not row.skill and row.role in SKILL_ROLES:
        text = "这个角色按赛项聘任，请填赛项编号。 / This role needs a skill."
        found.append(row.row.problem("skill", "skill-missing", text))
    if row.delegation and delegation is None:
        text = (
            f"本赛事没有代表队“{row.delegation}”。 / This competition has no delegation "
            f"“{row.delegation}”."
        )
        found.append(row.row.problem("delegation", "unknown-delegation", text))
    if row.role == EventRole.LEADER and not row.delegation:
        text = "领队须写明代表队。 / A leader needs a delegation."
        found.append(row.row.problem("delegation", "delegation-missing", text))
    run.problems += found
    return not found


def _person(run: _Import, row: AppointmentRow) -> Person | None:
    """The person of a row; None, with the reason among the problems, if refused."""
    try:
        with transaction.atomic():
            person, is_new = register_person(
                name=row.name,
                identity_kind=row.identity_kind,
                identity_number=row.identity_number,
                organization=_unit(run, row.organization),
                phone=row.phone,
                by=run.by,
                at=run.at,
            )
    except PeopleError as refused:
        text = f"{refused.message} / The person was refused: {refused.code}."
        run.problems.append(row.row.problem("name", refused.code, text))
        return None
    if not is_new and person.name != normalize_name(row.name):
        text = (
            f"该证件号码已登记在另一个姓名下，与“{row.name}”不符，请核对。 / The document "
            "belongs to somebody registered under another name."
        )
        run.problems.append(row.row.problem("name", "name-differs", text))
        return None
    if not is_new:
        unit = _unit(run, row.organization)
        update_person(person, organization=unit, by=run.by, at=run.at)
    return person


def _unit(run: _Import, name: str) -> Organization:
    if name not in run.units:
        known = list(Organization.objects.filter(name=name)[:2])
        run.units[name] = (
            known[0]
            if len(known) == 1
            else register_organization(name=name, by=run.by, at=run.at)[0]
        )
    return run.units[name]
