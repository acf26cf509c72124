"""Entries: from a roster's row to a competitor who takes part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from competitions.actions.record import note
from competitions.core.eligibility import Answer, Candidate, check
from competitions.enums import EntryState
from competitions.errors import EntryRefused, check_reason
from competitions.models import (
    Competition,
    Delegation,
    Entry,
    EntryCoach,
    EntryExpert,
    EntryMember,
    Skill,
)
from competitions.queries import TAKING_PART, UNDECIDED, entry_conditions
from people.core.integrity import Activity
from people.models import Organization, Person
from people.policy import Actor
from people.queries import sanction_words, sanctions_on


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """A competitor of an entry before it is written; the first is 主选手."""

    person: Person
    organization: Organization | None = None
    employment_kind: str = ""


ATTENDANCE = (EntryState.COMPETING, EntryState.ABSENT, EntryState.FINISHED)


@transaction.atomic
def register_entry(
    skill: Skill,
    *,
    delegation: Delegation,
    key: str,
    members: Sequence[MemberDraft],
    by: Actor,
    at: datetime,
    coaches: Sequence[Person] = (),
    is_guest: bool = False,
) -> Entry:
    """Write a submitted entry with what its review will find.

    Refused: another delegation's competition, a key in use, a team of the wrong size, a
    person twice in one skill.  What only an officer can settle (age, status, another
    entry, a sanction) stands in ``findings`` with its reason.
    """
    if delegation.competition_id != skill.competition_id:
        raise EntryRefused(_("代表队不属于这场赛事。"), "foreign-delegation")
    if Entry.objects.filter(skill=skill, key=key).exists():
        raise EntryRefused(
            _("本赛项已有编号为“%(key)s”的参赛。") % {"key": key}, "entry-key-taken"
        )
    _check_team(skill, members, None)
    entry = Entry.objects.create(
        skill=skill,
        delegation=delegation,
        key=key,
        state=EntryState.SUBMITTED,
        is_guest=is_guest,
    )
    _write_team(entry, members, coaches, at)
    body = {
        "entry": entry.pk,
        "skill": skill.pk,
        "key": key,
        "persons": [f"person:{member.person.pk}" for member in members],
    }
    note(skill.competition, "entry-registered", body, by=by, at=at)
    return entry


@transaction.atomic
def update_entry(
    entry: Entry,
    *,
    delegation: Delegation,
    members: Sequence[MemberDraft],
    by: Actor,
    at: datetime,
    coaches: Sequence[Person] = (),
    experts: Sequence[Person] = (),
) -> bool:
    """Replace delegation and people; return whether anything differed.

    Once codes are drawn no competitor or coach may be exchanged; who advises the team
    may be put right at any time, because judges stand aside by it.
    """
    differs = set_experts(entry, experts)
    if _team_of(entry) == _team(delegation, members, coaches):
        if differs:
            note(
                entry.skill.competition,
                "entry-experts",
                {"entry": entry.pk, "persons": [f"person:{p.pk}" for p in experts]},
                by=by,
                at=at,
            )
        return differs
    if entry.code:
        raise EntryRefused(
            _("%(entry)s 已经抽签，不能再换人。") % {"entry": entry.key}, "entry-drawn"
        )
    _check_team(entry.skill, members, entry)
    entry.members.all().delete()
    entry.coaches.all().delete()
    entry.delegation = delegation
    entry.save(update_fields=["delegation"])
    _write_team(entry, members, coaches, at)
    body = {
        "entry": entry.pk,
        "persons": [f"person:{member.person.pk}" for member in members],
    }
    note(entry.skill.competition, "entry-changed", body, by=by, at=at)
    return True


def set_experts(entry: Entry, experts: Sequence[Person]) -> bool:
    """Write the expert team of an entry; return whether anything differed."""
    wanted = list(dict.fromkeys(person.pk for person in experts))
    if list(entry.experts.values_list("person_id", flat=True)) == wanted:
        return False
    entry.experts.all().delete()
    for index, pk in enumerate(wanted, 1):  # one by one: who listens hears of each
        EntryExpert.objects.create(entry=entry, person_id=pk, position=index)
    return True


def _team(
    delegation: Delegation, members: Sequence[MemberDraft], coaches: Sequence[Person]
) -> tuple[object, ...]:
    return (
        delegation.pk,
        [
            (
                member.person.pk,
                member.organization.pk if member.organization else None,
                member.employment_kind,
            )
            for member in members
        ],
        [coach.pk for coach in coaches],
    )


def _team_of(entry: Entry) -> tuple[object, ...]:
    members = entry.members.order_by("position")
    coaches = entry.coaches.order_by("position")
    return (
        entry.delegation_id,
        list(members.values_list("person_id", "organization_id", "employment_kind")),
        list(coaches.values_list("person_id", flat=True)),
    )


def _check_team(
    skill: Skill, members: Sequence[MemberDraft], entry: Entry | None
) -> None:
    if len(members) != skill.team_size:
        raise EntryRefused(
            _("%(skill)s 每队 %(size)s 人，这里有 %(found)s 人。")
            % {"skill": skill.name, "size": skill.team_size, "found": len(members)},
            "team-size",
        )
    persons = [member.person.pk for member in members]
    if len(set(persons)) != len(persons):
        raise EntryRefused(_("同一个人在一队里出现两次。"), "member-twice")
    others = EntryMember.objects.filter(entry__skill=skill, person__in=persons)
    others = others.exclude(entry__state=EntryState.CANCELLED)
    if entry is not None:
        others = others.exclude(entry=entry)
    taken = others.select_related("person", "entry").first()
    if taken is not None:
        raise EntryRefused(
            _("%(name)s 已经在本赛项参赛（%(key)s）。")
            % {"name": taken.person.name, "key": taken.entry.key},
            "already-entered",
        )


def _write_team(
    entry: Entry,
    members: Sequence[MemberDraft],
    coaches: Sequence[Person],
    at: datetime,
) -> None:
    EntryMember.objects.bulk_create(
        EntryMember(
            entry=entry,
            person=member.person,
            position=index,
            organization=member.organization,
            employment_kind=member.employment_kind,
        )
        for index, member in enumerate(members, 1)
    )
    EntryCoach.objects.bulk_create(
        EntryCoach(entry=entry, person=person, position=index)
        for index, person in enumerate(coaches, 1)
    )
    entry.findings = _findings(entry, members, at)
    entry.save(update_fields=["findings"])


def _findings(
    entry: Entry, members: Sequence[MemberDraft], at: datetime
) -> list[dict[str, str]]:
    """What review finds: conditions not met (error) or unknown (warning), and more."""
    competition = entry.skill.competition
    conditions = entry_conditions(competition)
    found = []
    for member in members:
        candidate = Candidate(
            birth_on=member.person.birth_on,
            sex=member.person.sex,
            employment_kind=member.employment_kind or member.person.employment_kind,
        )
        results = check(
            candidate, conditions, track=entry.skill.track, on=competition.starts_on
        )
        for result in results:
            if result.answer == Answer.MET:
                continue
            severity = "error" if result.answer == Answer.NOT_MET else "warning"
            text = _("%(name)s：要求%(asked)s，现为%(found)s") % {
                "name": member.person.name,
                "asked": result.asked,
                "found": result.found,
            }
            row = {"severity": severity, "message": text}
            found.append(row | {"code": result.condition, "citation": result.citation})
    return found + _other_entries(entry, members) + _sanctions(members, at)


def _other_entries(
    entry: Entry, members: Sequence[MemberDraft]
) -> list[dict[str, str]]:
    others = (
        EntryMember.objects.filter(
            person__in=[member.person.pk for member in members],
            entry__skill__competition=entry.skill.competition_id,
        )
        .exclude(entry__skill=entry.skill_id)
        .exclude(entry__state__in=(EntryState.CANCELLED, EntryState.REJECTED))
        .select_related("person", "entry__skill")
    )
    return [
        {
            "severity": "warning",
            "code": "two-skills",
            "message": _("%(name)s 还报了 %(skill)s")
            % {"name": other.person.name, "skill": other.entry.skill.name},
        }
        for other in others
    ]


def _sanctions(members: Sequence[MemberDraft], at: datetime) -> list[dict[str, str]]:
    records = sanctions_on(at, persons=[member.person.pk for member in members])
    return [
        {
            "severity": "error",
            "code": "sanction",
            "message": _("%(name)s 在诚信记录限制期内：%(reason)s")
            % {"name": record.person.name, "reason": why},
        }
        for record in records.select_related("person")
        if record.person is not None
        and (why := sanction_words(record, Activity.TAKING_PART))
    ]


@transaction.atomic
def accept_entry(entry: Entry, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Let an entry take part; findings that are errors need a reason to be overruled."""
    blocking = [row["message"] for row in entry.findings if row["severity"] == "error"]
    if blocking and not reason:
        raise EntryRefused(
            _("资格审查有不符合项，不能通过：%(reasons)s")
            % {"reasons": _("；").join(blocking)},
            "not-eligible",
            blocking,
        )
    _move(entry, EntryState.ACCEPTED, UNDECIDED, reason, by, at)


@transaction.atomic
def accept_clear_entries(
    competition: Competition, *, by: Actor, at: datetime
) -> tuple[int, int]:
    """Accept every waiting entry without findings; return how many, and how many stay."""
    waiting = Entry.objects.filter(
        skill__competition=competition, state=EntryState.SUBMITTED
    ).select_related("skill__competition")
    clear = [entry for entry in waiting if not entry.findings]
    for entry in clear:
        accept_entry(entry, by=by, at=at)
    return len(clear), len(waiting) - len(clear)


@transaction.atomic
def return_entry(entry: Entry, *, reason: str, by: Actor, at: datetime) -> None:
    """Send an entry back to its delegation with a reason."""
    _move(entry, EntryState.RETURNED, UNDECIDED, _given(reason), by, at)


@transaction.atomic
def reject_entry(entry: Entry, *, reason: str, by: Actor, at: datetime) -> None:
    """Refuse an entry with a reason."""
    _move(entry, EntryState.REJECTED, UNDECIDED, _given(reason), by, at)


@transaction.atomic
def resubmit_entry(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Put a returned or draft entry before the reviewers again."""
    before = (EntryState.RETURNED, EntryState.DRAFT)
    _move(entry, EntryState.SUBMITTED, before, "", by, at)


@transaction.atomic
def mark_attendance(
    entry: Entry, *, state: str, by: Actor, at: datetime, reason: str = ""
) -> None:
    """Record that an entry competes, is absent or has finished."""
    if state not in ATTENDANCE:
        raise EntryRefused(_("到场情况只能是参赛、缺赛、完赛。"), "attendance")
    _move(entry, state, TAKING_PART, reason, by, at)


def _given(reason: str) -> str:
    if not reason.strip():
        raise EntryRefused(_("请写明原因，代表队会看到。"), "reason-missing")
    return reason.strip()


def _move(
    entry: Entry,
    to: str,
    before: Sequence[str],
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    check_reason(reason)
    if entry.state not in before:
        raise EntryRefused(
            _("%(entry)s 现在是“%(state)s”，不能这样办理。")
            % {"entry": entry.key, "state": entry.get_state_display()},
            "wrong-state",
        )
    entry.state, entry.state_reason = to, reason
    entry.save(update_fields=["state", "state_reason"])
    body = {"entry": entry.pk, "key": entry.key, "to": str(to), "reason": reason}
    note(entry.skill.competition, "entry-moved", body, by=by, at=at)


__all__ = [
    "MemberDraft",
    "accept_entry",
    "mark_attendance",
    "register_entry",
    "reject_entry",
    "resubmit_entry",
    "return_entry",
    "update_entry",
]
