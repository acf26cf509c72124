"""Competitions, their skills, hosts, delegations and 公示."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from competitions.enums import EventRole, HostRole, Origin, Phase
from competitions.models import (
    Competition,
    Delegation,
    Host,
    PublicNotice,
    Skill,
)
from competitions.queries.entries import TAKING_PART, UNDECIDED
from ledger.core.chain import competition_chain
from ledger.queries import body_of, events_of
from people.models import Organization

PUBLIC_PHASES = (
    Phase.ENTRY,
    Phase.PREPARATION,
    Phase.COMPETING,
    Phase.VERIFICATION,
    Phase.PUBLICITY,
    Phase.FINAL,
    Phase.ARCHIVED,
)


def local_day(competition: Competition, at: datetime) -> date:
    """Return the calendar day of ``at`` where the competition takes place."""
    return at.astimezone(ZoneInfo(competition.zone)).date()


def public_competitions(at: datetime) -> QuerySet[Competition]:
    """Return what the home page may list: own, listed, real, from 报名 on."""
    return (
        Competition.objects.filter(
            origin=Origin.OWN, is_listed=True, phase__in=PUBLIC_PHASES
        )
        .prefetch_related("skills")
        .order_by("-starts_on", "pk")
    )


def skills_of(competition: Competition) -> QuerySet[Skill]:
    """Return the skills of a competition with their numbers of entries and judges."""
    taking_part = Q(entries__state__in=TAKING_PART)
    held = Q(appointments__withdrawn_at__isnull=True)
    return competition.skills.annotate(
        entry_count=Count("entries", filter=taking_part, distinct=True),
        person_count=Count("entries__members", filter=taking_part, distinct=True),
        waiting_count=Count(
            "entries", filter=Q(entries__state__in=UNDECIDED), distinct=True
        ),
        coded_count=Count(
            "entries", filter=taking_part & ~Q(entries__code=""), distinct=True
        ),
        judge_count=Count(
            "appointments",
            filter=held & Q(appointments__role=EventRole.JUDGE),
            distinct=True,
        ),
        chief_count=Count(
            "appointments",
            filter=held & Q(appointments__role=EventRole.CHIEF_JUDGE),
            distinct=True,
        ),
    )


def delegations_in(competition: Competition) -> QuerySet[Delegation]:
    """Return the delegations of a competition with their numbers of entries."""
    rows = competition.delegations.annotate(
        entry_count=Count("entries", distinct=True),
        person_count=Count("entries__members", distinct=True),
    )
    return rows.order_by("region", "name")


def notices_of(competition: Competition) -> QuerySet[PublicNotice]:
    """Return the 公示 of a competition, newest first."""
    return competition.public_notices.select_related("opened_by").order_by(
        "-opened_at", "-pk"
    )


def notices_listing(skill: Skill) -> list[PublicNotice]:
    """Return the 公示 that list ``skill``, broken off or not, newest first."""
    rows: Iterable[PublicNotice] = notices_of(skill.competition)
    return [notice for notice in rows if skill.pk in notice.skills]


def notice_covering(skill: Skill) -> PublicNotice | None:
    """Return the latest 公示 in force that lists ``skill``, or None."""
    rows: Iterable[PublicNotice] = notices_of(skill.competition).filter(void_reason="")
    return next((notice for notice in rows if skill.pk in notice.skills), None)


def hosts_line(competition: Competition) -> str:
    """Return the hosts in one line, 主办 first."""
    return _("、").join(
        str(host.organization)
        for host in hosts_of(competition)
        if host.role == HostRole.HOST
    )


def with_counts(competitions: QuerySet[Competition]) -> QuerySet[Competition]:
    """Return the competitions with their numbers of skills and competitors."""
    taking_part = Q(skills__entries__state__in=TAKING_PART)
    return competitions.annotate(
        skill_count=Count("skills", distinct=True),
        person_count=Count(
            "skills__entries__members", filter=taking_part, distinct=True
        ),
    )


def hosts_of(competition: Competition) -> QuerySet[Host]:
    """Return 主办, 承办 and 协办 in their order."""
    return competition.hosts.select_related("organization").order_by("position", "pk")


def organization_named(name: str) -> Organization | None:
    """Return the organization of this name, the only one or none."""
    rows = list(Organization.objects.filter(name=name)[:2])
    return rows[0] if len(rows) == 1 else None


def phase_days(competition: Competition) -> dict[str, date]:
    """Return the day on which each phase was entered, from the ledger."""
    days = {}
    for event in events_of(competition_chain(competition.pk)).filter(
        type__in=("competition-created", "phase-advanced")
    ):
        day = local_day(competition, event.server_time)
        phase = body_of(event).get("to", Phase.DRAFT)
        days[str(phase)] = day
    return days
