"""Taking in a published table as an external release: all of it or nothing."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from competitions.actions import (
    MemberDraft,
    accept_entry,
    add_delegation,
    create_competition,
    create_skill,
    mark_attendance,
    register_entry,
)
from competitions.enums import EntryState, Origin, Phase
from competitions.errors import CompetitionError
from competitions.models import Competition, Skill
from ledger.actions import lock_chains
from ledger.core.chain import competition_chain, installation_chain
from people.actions import register_organization, register_person
from people.errors import PeopleError
from people.models import Organization
from people.policy import Actor
from people.spreadsheets import ERROR, Problem
from scoring.actions.releases import PublishedFile, write_release
from scoring.external import (
    ExternalCompetition,
    ExternalEntry,
    ExternalPerson,
    ExternalTable,
    read_results,
    region_of,
)
from scoring.models import Release, ReleaseSkill
from scoring.queries.external import entry_key, external_skills, external_texts

REASON = "依公布的成绩"


@dataclass(frozen=True, slots=True)
class Announcement:
    """The file, and the document that made it public."""

    name: str
    content: bytes
    document: str = ""
    announced_on: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the file: the same file is the same release."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ExternalOutcome:
    """What an import did; ``release`` is empty when nothing was written."""

    release: Release | None
    competition: str
    skills: int
    entries: int
    people: int
    problems: tuple[Problem, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON of the import command."""
        return {
            "release": self.release.number if self.release else "",
            "competition": self.competition,
            "skills": self.skills,
            "entries": self.entries,
            "people": self.people,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@transaction.atomic
def import_external_release(
    announcement: Announcement,
    *,
    owner: Organization,
    by: Actor,
    at: datetime,
    is_dry_run: bool = False,
) -> ExternalOutcome:
    """Write competition, skills, entries, persons and the release of a published table.

    The same file again is the same release.  A later table replaces an earlier one for
    a skill only if it names every unit the earlier one named; else it is refused, since
    the release would silently lose their results.
    """
    table = read_results(announcement.content, filename=announcement.name)
    if table.competition is None:
        return _outcome(None, table, table.problems)
    known = _known_release(owner, announcement.digest)
    if known is not None:
        return _outcome(known, table, table.problems)
    problems: list[Problem] = list(table.problems)
    release = None
    with transaction.atomic():
        competition = _competition(table.competition, owner, by, at)
        lock_chains([installation_chain(), competition_chain(competition.pk)], at=at)
        problems += _lost_units(competition, table)
        if len(problems) == len(table.problems):
            problems += _write_entries(competition, table, announcement.digest, by, at)
        if any(problem.severity == ERROR for problem in problems):
            transaction.set_rollback(True)
        else:
            release = write_release(
                competition,
                skills=external_texts(competition, table, announcement.digest),
                document=announcement.document,
                announced_on=announcement.announced_on,
                source=PublishedFile(
                    announcement.content, announcement.name, announcement.digest
                ),
                by=by,
                at=at,
            )
            if is_dry_run:
                transaction.set_rollback(True)
    return _outcome(None if is_dry_run else release, table, tuple(problems))


def _outcome(
    release: Release | None, table: ExternalTable, problems: tuple[Problem, ...]
) -> ExternalOutcome:
    return ExternalOutcome(
        release=release,
        competition=table.competition.name if table.competition else "",
        skills=len(table.skills),
        entries=len(table.entries),
        people=table.people,
        problems=problems,
    )


def _known_release(owner: Organization, digest: str) -> Release | None:
    return Release.objects.filter(
        source_digest=digest, competition__owner=owner
    ).first()


def _competition(
    facts: ExternalCompetition, owner: Organization, by: Actor, at: datetime
) -> Competition:
    """Return the edition this owner has taken in before, or a new one."""
    known = Competition.objects.filter(
        owner=owner,
        origin=Origin.EXTERNAL,
        name=facts.name,
        starts_on__year=facts.starts_on.year,
    ).first()
    if known is not None:
        return known
    named = f"{owner.pk}:{facts.name}:{facts.starts_on.year}"
    short = hashlib.sha256(named.encode()).hexdigest()[:8]
    return create_competition(
        code=f"ext-{facts.starts_on.year}-{short}",
        name=facts.name,
        tier=facts.tier,
        dates=(facts.starts_on, facts.ends_on),
        owner=owner,
        competition_class=facts.competition_class,
        kind=facts.kind,
        region=facts.region,
        origin=Origin.EXTERNAL,
        phase=Phase.FINAL,
        is_listed=False,
        by=by,
        at=at,
    )


def _lost_units(competition: Competition, table: ExternalTable) -> Iterator[Problem]:
    """Name the skills whose earlier release has units that this table lacks."""
    skills = external_skills(competition)
    standing = ReleaseSkill.objects.filter(
        skill__in=[skills[key] for key in table.skills if key in skills],
        superseded_by__isnull=True,
    ).select_related("release")
    for listed in standing:
        key = next(k for k, skill in skills.items() if skill.pk == listed.skill_id)
        earlier = read_results(
            bytes(listed.release.source or b""), filename=listed.release.source_name
        )
        lost = _units(earlier, key) - _units(table, key)
        if lost:
            first = next(entry for entry in table.entries if entry.skill == key)
            yield first.row.problem(
                "event", "earlier-results-lost",
                f"赛项“{key[0]}”已有成绩版本 {listed.release.number}，其中的"
                f"{'、'.join(sorted(lost))}不在本表中；请把两张表合并后再导入。 / Release "
                f"{listed.release.number} of this skill has units that this table "
                "lacks: join the two tables and import again.",
            )  # fmt: skip


def _units(table: ExternalTable, key: tuple[str, str]) -> set[str]:
    return {
        person.unit
        for entry in table.entries
        if entry.skill == key
        for person in entry.members
    }


def _write_entries(
    competition: Competition,
    table: ExternalTable,
    digest: str,
    by: Actor,
    at: datetime,
) -> list[Problem]:
    problems = []
    skills = external_skills(competition)
    for entry in table.entries:
        try:
            with transaction.atomic():
                if entry.skill not in skills:
                    number = f"{len(skills) + 1:02d}"
                    skills[entry.skill] = _skill(competition, number, entry, by, at)
                _write_entry(skills[entry.skill], entry, digest, by, at)
        except (CompetitionError, PeopleError) as refused:
            message = f"{refused.message} / The row was refused: {refused.code}."
            problems.append(entry.row.problem("contestant", refused.code, message))
    return problems


def _skill(
    competition: Competition, number: str, entry: ExternalEntry, by: Actor, at: datetime
) -> Skill:
    return create_skill(
        competition,
        number=number,
        name=entry.event,
        group=entry.group,
        team_size=entry.team_size,
        track=entry.track,
        occupation_code=entry.occupation_code,
        by=by,
        at=at,
    )


def _write_entry(
    skill: Skill, entry: ExternalEntry, digest: str, by: Actor, at: datetime
) -> None:
    delegation, _ = add_delegation(
        skill.competition,
        name=entry.delegation,
        region=region_of(entry.delegation),
        by=by,
        at=at,
    )
    members = [_member(person, digest, by, at) for person in entry.members]
    row = register_entry(
        skill,
        delegation=delegation,
        key=entry_key(digest, entry),
        members=members,
        by=by,
        at=at,
    )
    accept_entry(row, reason=REASON, by=by, at=at)
    mark_attendance(row, state=EntryState.FINISHED, reason=REASON, by=by, at=at)


def _member(
    person: ExternalPerson, digest: str, by: Actor, at: datetime
) -> MemberDraft:
    """Return the person: by document where there is one, else of this file alone."""
    unit = _unit(person.unit, by, at)
    own = hashlib.sha256(f"{person.name}\n{person.unit}".encode()).hexdigest()[:16]
    row, _ = register_person(
        name=person.name,
        identity_kind=person.identity_kind,
        identity_number=person.identity_number,
        provisional_key=None if person.identity_number else f"{digest[:16]}-{own}",
        organization=unit,
        by=by,
        at=at,
    )
    return MemberDraft(row, unit)


def _unit(name: str, by: Actor, at: datetime) -> Organization:
    """Return the unit of that name; a table says nothing of where a unit is."""
    known = list(Organization.objects.filter(name=name)[:2])
    if len(known) == 1:
        return known[0]
    return register_organization(name=name, by=by, at=at)[0]
