"""Appeals and objections: what there is, what each waits for, who may rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competitions.core import appeals as rules
from competitions.core.appeals import Case, Waits
from competitions.core.conflicts import Conflict, conflicts
from competitions.enums import EventRole
from competitions.models import (
    Appeal,
    Appointment,
    Competition,
    Delegation,
    Entry,
    Objection,
    PublicNotice,
    Ruling,
    Skill,
)
from competitions.queries.conflicts import judge_of, parties_of
from competitions.queries.entries import TAKING_PART, entries_in
from people.models import Person, User


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal with its rulings and what it waits for now."""

    appeal: Appeal
    rulings: tuple[Ruling, ...]
    waits: Waits
    answer_until: datetime | None

    @property
    def is_open(self) -> bool:
        return self.waits is not Waits.NOTHING


def appeals_of(competition: Competition) -> QuerySet[Appeal]:
    """The appeals of a competition, newest first, with their rulings."""
    rows = Appeal.objects.filter(competition=competition).order_by("-pk")
    return rows.select_related(
        "skill", "delegation", "competition", "lodged_by", "remedied_by"
    ).prefetch_related("rulings__ruled_by")


def appeal_rows(appeals: Iterable[Appeal], at: datetime) -> list[AppealRow]:
    """The appeals with what each waits for at ``at``."""
    return [appeal_row(appeal, at) for appeal in appeals]


def appeal_row(appeal: Appeal, at: datetime) -> AppealRow:
    """One appeal with what it waits for at ``at``."""
    rulings = tuple(appeal.rulings.all())
    last = rulings[-1] if rulings else None
    minutes = appeal.competition.appeal_minutes
    case = Case(
        state=appeal.state,
        ruled_at=last.ruled_at if last else None,
        is_granted=bool(last and last.is_granted),
        is_remedied=appeal.remedied_at is not None,
    )
    waits = rules.waits_for(case, at=at, minutes=minutes)
    until = (
        rules.closes_at(last.ruled_at, minutes)
        if last is not None and waits is Waits.ANSWER
        else None
    )
    return AppealRow(appeal, rulings, waits, until)


def open_appeals(competition: Competition, at: datetime) -> list[AppealRow]:
    """The appeals that still wait for somebody."""
    rows = appeal_rows(appeals_of(competition), at)
    return [row for row in rows if row.is_open]


def appeal_closes_at(skill: Skill) -> datetime | None:
    """Until when appeals in a skill are in time; None while it has no recorded end."""
    if skill.ended_at is None:
        return None
    return rules.closes_at(skill.ended_at, skill.competition.appeal_minutes)


def appealable_entries(delegation: Delegation) -> QuerySet[Entry]:
    """The entries of a delegation that compete, with their skills."""
    rows = Entry.objects.filter(delegation=delegation, state__in=TAKING_PART)
    return rows.select_related("skill__competition").order_by("skill__number", "key")


def leads(user: User, delegation: Delegation) -> bool:
    """Whether ``user`` is the delegation's leader now."""
    rows = Appointment.objects.filter(
        delegation=delegation,
        role=EventRole.LEADER,
        person=user.person_id,
        person__isnull=False,
        withdrawn_at__isnull=True,
    )
    return rows.exists()


def supervises(user: User, appeal: Appeal) -> bool:
    """Whether ``user`` sits in the body that rules on the appeal's present level.

    The first level is the supervisors of the skill (or of the whole competition); the
    second only those of the whole competition.
    """
    rows = Appointment.objects.filter(
        competition=appeal.competition_id,
        role=EventRole.SUPERVISOR,
        person=user.person_id,
        person__isnull=False,
        withdrawn_at__isnull=True,
    )
    wide = rows.filter(skill__isnull=True)
    if appeal.level == rules.LAST_LEVEL:
        return wide.exists()
    return wide.exists() or rows.filter(skill=appeal.skill_id).exists()


def interests_in(person: Person, appeal: Appeal) -> tuple[Conflict, ...]:
    """Why a person may not rule on an appeal: own delegation, unit, or competitor."""
    judge = judge_of(person, appeal.competition)
    delegation = appeal.delegation
    entries = entries_in(appeal.competition).filter(delegation=delegation)
    found = {
        conflict
        for party in parties_of(entries)
        for conflict in conflicts(judge, party)
    }
    if (
        delegation.pk in judge.delegations
        or delegation.organization_id in judge.organizations | judge.schools
    ):
        found.add(Conflict.SAME_DELEGATION)
    return tuple(conflict for conflict in Conflict if conflict in found)


def objections_of(competition: Competition) -> QuerySet[Objection]:
    """The objections of a competition's public notices, newest first."""
    rows = Objection.objects.filter(notice__competition=competition)
    return rows.select_related(
        "notice__competition", "skill", "delegation", "entered_by", "answered_by"
    ).order_by("-pk")


def open_objections(competition: Competition) -> list[Objection]:
    """The objections without an answer, or upheld and not put right yet."""
    return [row for row in objections_of(competition) if is_waiting(row)]


def final_blockers(skill: Skill, at: datetime) -> list[str]:
    """Which disputes keep a skill's results from being final."""
    rows = open_appeals(skill.competition, at)
    appeals = sum(row.appeal.skill_id == skill.pk for row in rows)
    objections = sum(
        row.skill_id == skill.pk for row in open_objections(skill.competition)
    )
    found = (
        (appeals, _("有 %(count)d 件申诉没有了结。")),
        (objections, _("有 %(count)d 条公示异议没有了结。")),
    )
    return [text % {"count": count} for count, text in found if count]


def is_waiting(objection: Objection) -> bool:
    """Whether an objection still waits for an answer or for what was promised."""
    if objection.answered_at is None:
        return True
    return bool(objection.is_upheld) and objection.remedied_at is None


def open_notices_for(delegation: Delegation) -> list[PublicNotice]:
    """The public notices running now that list a skill of the delegation's."""
    skills = set(appealable_entries(delegation).values_list("skill_id", flat=True))
    rows = PublicNotice.objects.filter(
        competition=delegation.competition_id, closed_at__isnull=True
    )
    return [row for row in rows if skills & set(row.skills)]
