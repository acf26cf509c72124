"""Publishing: a numbered, hashed, immutable release, the only thing awards ever read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from competitions.models import Competition, Skill
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import (
    ChainRef,
    canonical,
    competition_chain,
    installation_chain,
    skill_chain,
)
from ledger.models import Chain
from people.models import User
from people.policy import Actor, actor_of
from scoring.enums import ResultState
from scoring.errors import ResultsRefused
from scoring.models import Release, ReleaseSkill, SkillState
from scoring.queries.release_text import FORMAT, competition_head, skill_text
from scoring.queries.results import publish_blockers
from scoring.signals import announce_release, announce_scoreboard

LONGEST_DOCUMENT = 200


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """The table an external release was read from, kept to rebuild it."""

    content: bytes
    name: str
    digest: str


@transaction.atomic
def publish_release(
    competition: Competition,
    *,
    skills: Sequence[Skill],
    by: User,
    at: datetime,
    document: str = "",
    announced_on: date | None = None,
) -> Release:
    """Publish verified results of some skills as one release; they become final.

    Refused with every reason: a skill is not verified, not decoded, its 公示 is not
    closed, or its results are not what the ledger leads to.
    """
    chosen = sorted(skills, key=lambda skill: (skill.number, skill.pk))
    if not chosen:
        raise ResultsRefused([_("请选择要发布的赛项。")], "no-skills")
    if len(document) > LONGEST_DOCUMENT:
        raise ResultsRefused([_("文件名称和文号最多 200 字。")], "document-too-long")
    skills_chains = [skill_chain(skill.pk) for skill in chosen]
    lock_chains([installation_chain(), _chain(competition), *skills_chains], at=at)
    reasons = [
        _("：").join((skill.name, reason))
        for skill in chosen
        for reason in publish_blockers(skill, at=at)
    ]
    if reasons:
        raise ResultsRefused(reasons, "not-ready")
    return write_release(
        competition,
        skills=[skill_text(skill) for skill in chosen],
        by=by,
        at=at,
        document=document,
        announced_on=announced_on,
    )


@transaction.atomic
def write_release(
    competition: Competition,
    *,
    skills: Sequence[dict[str, Any]],
    by: Actor,
    at: datetime,
    document: str = "",
    announced_on: date | None = None,
    source: PublishedFile | None = None,
) -> Release:
    """Number, hash and store a release of ``skills`` (as in the release text).

    ``source`` is the published file of an external release.  Earlier releases of the same skills are superseded for these
    skills only.  Awards are told after the commit.
    """
    chains = lock_chains(
        [installation_chain(), competition_chain(competition.pk)], at=at
    )
    head = competition_head(competition)
    text = canonical({"format": FORMAT, "competition": head, "skills": list(skills)})
    digest = sha256(text.encode()).hexdigest()
    year = at.astimezone(ZoneInfo(competition.zone)).year
    last = Release.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    release = Release.objects.create(
        number=f"R-{year}-{last + 1:04}-{digest[:4].upper()}",
        competition=competition,
        year=year,
        serial=last + 1,
        text=text,
        digest=digest,
        source=source.content if source else None,
        source_name=source.name[:200] if source else "",
        source_digest=source.digest if source else "",
        document=document[:200],
        announced_on=announced_on,
        published_by=actor_of(by),
        published_at=at,
    )
    _follow(release, chains[_chain(competition)], [int(s["skill"]) for s in skills])
    return release


def _follow(release: Release, chain: Chain, skills: Sequence[int]) -> None:
    """Link the release to its skills, make them final, record it and tell awards."""
    superseded = _supersede(release, skills)
    SkillState.objects.filter(skill__in=skills).update(state=ResultState.FINAL)
    body = {
        "release": release.number,
        "digest": release.digest,
        "skills": list(skills),
        "supersedes": superseded,
        "source": release.source_digest,
    }
    drafts = [EventDraft("publish", body)]
    append(chain, drafts, actor=release.published_by, at=release.published_at)
    for skill in skills:
        announce_scoreboard(skill)
    announce_release(release.pk)


def _chain(competition: Competition) -> ChainRef:
    return competition_chain(competition.pk)


def _supersede(release: Release, skills: Sequence[int]) -> list[str]:
    """Link the release to its skills; return the numbers of those it supersedes."""
    before = ReleaseSkill.objects.filter(skill__in=skills, superseded_by__isnull=True)
    numbers = list(before.values_list("release__number", flat=True))
    before.update(superseded_by=release)
    ReleaseSkill.objects.bulk_create(
        ReleaseSkill(release=release, skill_id=skill) for skill in skills
    )
    return sorted(set(numbers))
