"""Importing a checked roster: all of it or nothing, and the same file twice is once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict, cast

from django.db import transaction

from competitions.actions.competitions import add_delegation
from competitions.actions.entries import (
    MemberDraft,
    register_entry,
    set_experts,
    update_entry,
)
from competitions.actions.record import note
from competitions.errors import CompetitionError
from competitions.models import Competition, Delegation, Entry, Skill
from competitions.rosters import RosterEntry, RosterPerson, RosterReading
from ledger.actions import lock_chains
from ledger.core.chain import competition_chain, installation_chain
from people.actions import (
    PersonFacts,
    record_grade,
    record_title,
    register_organization,
    register_person,
    update_person,
)
from people.errors import PeopleError
from people.models import GradeHeld, Organization, Person, TitleHeld
from people.names import normalize_name
from people.policy import Actor
from people.spreadsheets import Problem, has_errors

EVIDENCE = "参赛名单"


@dataclass(frozen=True, slots=True)
class RosterOutcome:
    """What an import did, or in a dry run would do."""

    people: int
    entries: int
    created: int
    updated: int
    problems: tuple[Problem, ...]
    is_written: bool

    def as_dict(self) -> dict[str, object]:
        """Return the JSON of the import command."""
        return {
            "people": self.people,
            "entries": self.entries,
            "created": self.created,
            "updated": self.updated,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(slots=True)
class _Import:
    """One run: who acts, what was looked up already, what was found."""

    competition: Competition
    by: Actor
    at: datetime
    skills: dict[str, Skill] = field(default_factory=dict)
    units: dict[tuple[str, str], Organization] = field(default_factory=dict)
    delegations: dict[str, Delegation] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    created: int = 0
    updated: int = 0


@transaction.atomic
def import_roster(
    competition: Competition,
    *,
    reading: RosterReading,
    by: Actor,
    at: datetime,
    is_dry_run: bool = False,
) -> RosterOutcome:
    """Register every person and entry of the file, or nothing if anything is wrong.

    Known persons and entries are brought up to date: ``created`` and ``updated`` count
    entries.  A dry run does the same work, finds the same problems and keeps nothing.
    """
    run = _Import(competition, by, at, problems=list(reading.problems))
    with transaction.atomic():
        if reading.is_fine:
            chains = [installation_chain(), competition_chain(competition.pk)]
            lock_chains(chains, at=at)
            run.skills = skills_by_key(competition)
            for entry in reading.entries:
                _import_entry(run, entry)
            body = {"created": run.created, "updated": run.updated}
            note(competition, "roster-imported", body, by=by, at=at)
        else:
            known = skills_by_key(competition)
            run.problems += _unknown_skills(reading, known)
            run.problems.sort(key=lambda problem: problem.row or 0)
        is_written = not is_dry_run and not has_errors(run.problems)
        if not is_written:
            transaction.set_rollback(True)
    return RosterOutcome(
        people=reading.people,
        entries=len(reading.entries),
        created=run.created,
        updated=run.updated,
        problems=tuple(run.problems),
        is_written=is_written,
    )


def skills_by_key(competition: Competition) -> dict[str, Skill]:
    """Return the skills by number (with and without leading noughts) and by name."""
    found: dict[str, Skill] = {}
    for skill in competition.skills.select_related("competition"):
        number = skill.number
        keys = {number, number.lstrip("0"), skill.name}
        if number.isdigit():
            keys.add(f"{int(number):02d}")
        found |= dict.fromkeys(keys, skill)
    return found


def _unknown_skills(reading: RosterReading, known: dict[str, Skill]) -> list[Problem]:
    """Name these beside the faults of the rows, so that one round mends both."""
    return [
        _unknown_skill(entry)
        for entry in reading.entries
        if entry.skill and entry.skill not in known
    ]


def _unknown_skill(entry: RosterEntry) -> Problem:
    return entry.row.problem(
        "skill", "unknown-skill",
        f"本赛事没有编号或名称为“{entry.skill}”的赛项，请先建立赛项或改正编号。 / This "
        f"competition has no skill “{entry.skill}”.",
    )  # fmt: skip


def _import_entry(run: _Import, entry: RosterEntry) -> None:
    skill = run.skills.get(entry.skill)
    if skill is None:
        run.problems.append(_unknown_skill(entry))
        return
    changed: list[bool] = []
    members = [_member(run, person, changed) for person in entry.members]
    coaches = [_member(run, person, changed) for person in entry.coaches]
    experts = [_member(run, person, changed) for person in entry.experts]
    drafts = [draft for draft in members if draft is not None]
    if len(drafts) < len(members) or None in (*coaches, *experts):
        return
    key = entry.team or f"p{drafts[0].person.pk}"
    team = _Team(
        delegation=_delegation(run, entry),
        members=drafts,
        coaches=[draft.person for draft in coaches if draft is not None],
        by=run.by,
        at=run.at,
    )
    try:
        with transaction.atomic():
            advising = [draft.person for draft in experts if draft is not None]
            _write_entry(run, skill, key, team, advising, has_changed=any(changed))
    except CompetitionError as refused:
        message = f"{refused.message} / The entry was refused: {refused.code}."
        run.problems.append(entry.row.problem("team", refused.code, message))


class _Team(TypedDict):
    """What an entry is written with, new or known."""

    delegation: Delegation
    members: list[MemberDraft]
    coaches: list[Person]
    by: Actor
    at: datetime


def _write_entry(
    run: _Import,
    skill: Skill,
    key: str,
    team: _Team,
    experts: list[Person],
    *,
    has_changed: bool,
) -> None:
    known = Entry.objects.filter(skill=skill, key=key).select_related("skill").first()
    if known is None:
        set_experts(register_entry(skill, key=key, **team), experts)
        run.created += 1
    elif update_entry(known, **team, experts=experts) or has_changed:
        run.updated += 1


def _delegation(run: _Import, entry: RosterEntry) -> Delegation:
    if entry.delegation not in run.delegations:
        run.delegations[entry.delegation], _ = add_delegation(
            run.competition,
            name=entry.delegation,
            region=entry.delegation_region,
            by=run.by,
            at=run.at,
        )
    return run.delegations[entry.delegation]


def _member(
    run: _Import, person: RosterPerson, changed: list[bool]
) -> MemberDraft | None:
    """Return the person as a member, or ``None`` with the reason among the problems."""
    try:
        with transaction.atomic():
            return _register(run, person, changed)
    except PeopleError as refused:
        message = f"{refused.message} / The person was refused: {refused.code}."
        run.problems.append(person.row.problem("name", refused.code, message))
        return None


def _register(
    run: _Import, person: RosterPerson, changed: list[bool]
) -> MemberDraft | None:
    unit = _unit(run, person)
    facts = cast(PersonFacts, {**person.facts, "organization": unit})
    row, is_new = register_person(
        name=person.name,
        identity_kind=person.identity_kind,
        identity_number=person.identity_number,
        by=run.by,
        at=run.at,
        **facts,
    )
    if row.name != normalize_name(person.name):
        run.problems.append(
            person.row.problem(
                "name", "name-differs",
                f"该证件号码已登记在另一个姓名下，与“{person.name}”不符，请核对。 / The "
                "document belongs to somebody registered under another name.",
            )
        )  # fmt: skip
        return None
    if not is_new:
        changed.append(bool(update_person(row, by=run.by, at=run.at, **facts)))
    _record_facts(run, person, row)
    kind = str(person.facts.get("employment_kind", ""))
    return MemberDraft(row, unit, kind)


def _unit(run: _Import, person: RosterPerson) -> Organization:
    """Return the unit; without a region a known unit of that name is taken."""
    name, region = person.organization, person.organization_region
    if (name, region) not in run.units:
        known = list(Organization.objects.filter(name=name)[:2]) if not region else []
        run.units[name, region] = (
            known[0]
            if len(known) == 1
            else register_organization(name=name, region=region, by=run.by, at=run.at)[
                0
            ]
        )
    return run.units[name, region]


def _record_facts(run: _Import, person: RosterPerson, row: Person) -> None:
    if person.grade is not None and not _holds_grade(row, person):
        record_grade(
            row,
            occupation_code=person.occupation_code,
            grade=person.grade,
            certificate_number=person.certificate_number,
            issued_on=person.issued_on,
            evidence=person.certificate_number or EVIDENCE,
            by=run.by,
            at=run.at,
        )
    if person.title and not _holds_title(row, person.title):
        record_title(
            row,
            title=person.title,
            issuer=person.title_issuer,
            awarded_on=person.title_on,
            evidence=EVIDENCE,
            by=run.by,
            at=run.at,
        )


def _holds_grade(row: Person, person: RosterPerson) -> bool:
    held = GradeHeld.objects.filter(person=row, withdrawn_at__isnull=True)
    return held.filter(
        occupation_code=person.occupation_code, grade=person.grade or 0
    ).exists()


def _holds_title(row: Person, title: str) -> bool:
    held = TitleHeld.objects.filter(person=row, withdrawn_at__isnull=True)
    return held.filter(title=title).exists()
