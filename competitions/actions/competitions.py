"""Competitions, their skills, hosts and delegations, and what documents set for them."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from competitions.actions.record import note
from competitions.core import tiers
from competitions.core.eligibility import read_condition
from competitions.enums import HostRole, Origin, Phase
from competitions.errors import CompetitionRefused, citation_missing
from competitions.models import Competition, Delegation, Host, Series, Skill
from people.core import occupations, regions
from people.models import Organization
from people.policy import Actor


class CompetitionFacts(TypedDict, total=False):
    """What may be said about a competition beside code, name, tier, dates, owner."""

    name_en: str
    edition: str
    competition_class: str
    kind: str
    region: str
    place: str
    zone: str
    document_number: str
    origin: str
    is_rehearsal: bool
    public_from: str
    appeal_minutes: int
    is_listed: bool
    phase: str


class SkillFacts(TypedDict, total=False):
    """What may be said about a skill beside its number and name."""

    name_en: str
    occupation_code: str
    occupation_name: str
    occupation_version: str
    group: str
    team_size: int
    track: str
    is_technical: bool
    is_demonstration: bool
    paper_grade: int | None
    days: int
    draw_levels: int
    board_naming: str


@transaction.atomic
def create_competition(
    *,
    name: str,
    tier: str,
    dates: tuple[date, date],
    owner: Organization,
    by: Actor,
    at: datetime,
    code: str = "",
    series: str = "",
    **facts: Unpack[CompetitionFacts],
) -> Competition:
    """Create a competition owned by ``owner``; ``dates`` are its first and last day.

    A code is made up where none is given.  Raises CompetitionRefused for a code in use,
    dates in the wrong order or a region that does not fit the tier.
    """
    code = slugify(code) or f"c-{dates[0]:%Y}-{secrets.token_hex(3)}"
    if Competition.objects.filter(code=code).exists():
        raise CompetitionRefused(
            _("代码“%(code)s”已经有赛事使用，请换一个。") % {"code": code}, "code-taken"
        )
    _check_facts(tier, dates, facts)
    competition = Competition.objects.create(
        code=code,
        name=name.strip(),
        tier=tier,
        starts_on=dates[0],
        ends_on=dates[1],
        owner=owner,
        series=Series.objects.get_or_create(name=series)[0] if series else None,
        created_at=at,
        **facts,
    )
    body = {"competition": competition.pk, "code": code, "name": competition.name}
    note(competition, "competition-created", body, by=by, at=at)
    return competition


def _check_facts(
    tier: str, dates: tuple[date, date], facts: Mapping[str, object]
) -> None:
    if dates[0] > dates[1]:
        raise CompetitionRefused(_("结束日期早于开始日期。"), "dates")
    region = str(facts.get("region", ""))
    if not region or facts.get("origin") == Origin.EXTERNAL:
        return
    problems = [each.message for each in regions.check(region) if each.is_error]
    if problems:
        raise CompetitionRefused(_("；").join(problems), "region")
    if not tiers.region_fits(tier, region):
        raise CompetitionRefused(
            _("行政区划“%(region)s”与赛事层级不符：省级填到省，市级填到市。")
            % {"region": regions.full_name(region) or region},
            "region-tier",
        )


@transaction.atomic
def update_competition(
    competition: Competition,
    *,
    by: Actor,
    at: datetime,
    name: str = "",
    dates: tuple[date, date] | None = None,
    **facts: Unpack[CompetitionFacts],
) -> list[str]:
    """Write the facts that differ and return their names."""
    if competition.phase in (Phase.FINAL, Phase.ARCHIVED, Phase.CANCELLED):
        raise CompetitionRefused(_("赛事已经结束，不能再改。"), "closed")
    wanted: dict[str, object] = dict(facts)
    if name:
        wanted["name"] = name.strip()
    if dates:
        wanted |= {"starts_on": dates[0], "ends_on": dates[1]}
    known = {"region": competition.region, "origin": competition.origin}
    days = dates or (competition.starts_on, competition.ends_on)
    _check_facts(competition.tier, days, known | wanted)
    changed = [
        key for key, value in wanted.items() if getattr(competition, key) != value
    ]
    for key in changed:
        setattr(competition, key, wanted[key])
    if changed:
        competition.save(update_fields=changed)
        values = {key: str(wanted[key]) for key in changed}
        note(competition, "competition-changed", {"values": values}, by=by, at=at)
    return changed


@transaction.atomic
def set_hosts(
    competition: Competition,
    *,
    hosts: Sequence[tuple[Organization, str]],
    by: Actor,
    at: datetime,
) -> None:
    """Replace 主办, 承办 and 协办, in the order given."""
    unknown = {role for _organization, role in hosts} - set(HostRole.values)
    if unknown:
        raise CompetitionRefused(_("不认识这种主办关系。"), "host-role")
    competition.hosts.all().delete()
    Host.objects.bulk_create(
        Host(
            competition=competition,
            organization=organization,
            role=role,
            position=index,
        )
        for index, (organization, role) in enumerate(hosts)
    )
    named = [
        {"organization": f"organization:{organization.pk}", "role": str(role)}
        for organization, role in hosts
    ]
    note(competition, "hosts-set", {"hosts": named}, by=by, at=at)


@transaction.atomic
def create_skill(
    competition: Competition,
    *,
    number: str,
    name: str,
    by: Actor,
    at: datetime,
    **facts: Unpack[SkillFacts],
) -> Skill:
    """Create a skill; its occupation must have the form of a code.

    The occupation's name follows from the dictionary where it is not given.
    """
    if competition.skills.filter(number=number).exists():
        raise CompetitionRefused(
            _("本赛事已有编号为“%(number)s”的赛项。") % {"number": number},
            "skill-number-taken",
        )
    code = occupations.normalize(facts.get("occupation_code", ""))
    if code:
        problems = [each.message for each in occupations.check(code) if each.is_error]
        if problems:
            raise CompetitionRefused(_("；").join(problems), "occupation")
        facts["occupation_code"] = code
        facts["occupation_name"] = facts.get(
            "occupation_name", ""
        ) or occupations.name_of(code)
    skill = Skill.objects.create(
        competition=competition,
        public_id=secrets.token_hex(8),
        number=number,
        name=name.strip(),
        **facts,
    )
    body = {"skill": skill.pk, "number": number, "name": skill.name}
    note(competition, "skill-created", body, by=by, at=at)
    return skill


@transaction.atomic
def add_delegation(
    competition: Competition,
    *,
    name: str,
    by: Actor,
    at: datetime,
    region: str = "",
    organization: Organization | None = None,
) -> tuple[Delegation, bool]:
    """Return the delegation of that name and whether the row is new."""
    known = competition.delegations.filter(name=name).first()
    if known is not None:
        return known, False
    delegation = Delegation.objects.create(
        competition=competition, name=name, region=region, organization=organization
    )
    body = {"delegation": delegation.pk, "name": name}
    note(competition, "delegation-added", body, by=by, at=at)
    return delegation, True


def _cited(citation: str) -> str:
    if not citation.strip():
        raise citation_missing()
    return citation.strip()


@transaction.atomic
def set_tier_roles(
    competition: Competition, *, role: str, citation: str, by: Actor, at: datetime
) -> None:
    """Set the part this tier plays (引领, 龙头, 主体, 基础) as a document says."""
    competition.tier_role = {"role": role, "citation": _cited(citation)}
    competition.save(update_fields=["tier_role"])
    body = {"role": role, "citation": citation}
    note(competition, "tier-role-set", body, by=by, at=at)


@transaction.atomic
def set_entry_conditions(
    competition: Competition,
    *,
    conditions: Sequence[Mapping[str, object]],
    by: Actor,
    at: datetime,
) -> None:
    """Replace the conditions of entry; each one carries its own ``citation``.

    Keys: id, citation, age_at_least, age_at_most, below_retirement, groups,
    in_occupation, track.
    """
    for condition in conditions:
        try:
            read_condition(condition)
        except ValueError as error:
            raise CompetitionRefused(str(error), "entry-condition") from None
    plain = [
        {key: list(value) if isinstance(value, tuple) else value for key, value in row}
        for row in (condition.items() for condition in conditions)
    ]
    competition.entry_conditions = plain
    competition.save(update_fields=["entry_conditions"])
    note(competition, "entry-conditions-set", {"conditions": plain}, by=by, at=at)


@transaction.atomic
def set_minimum_field(
    competition: Competition,
    *,
    entries: int,
    citation: str,
    by: Actor,
    at: datetime,
    otherwise: str = "",
) -> None:
    """Set how many entries a skill needs for its prizes to count, and what if fewer."""
    if entries < 1:
        raise CompetitionRefused(_("最少参赛数应为正整数。"), "minimum-field")
    competition.minimum_field = {
        "entries": entries,
        "otherwise": otherwise,
        "citation": _cited(citation),
    }
    competition.save(update_fields=["minimum_field"])
    body = {"entries": entries, "citation": citation}
    note(competition, "minimum-field-set", body, by=by, at=at)
