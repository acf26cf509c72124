"""A competitor's own results: what a release says of their entries, and nothing else.

Before a release there is no place, no prize and no point; other people never appear.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from awards.certificates import award_label
from awards.enums import CertificateState
from awards.models import Certificate
from competitions.enums import EntryState
from competitions.models import Competition, Entry, EntryMember, PublicNotice, Skill
from people.models import Person
from people.queries import same_person_ids
from scoring.enums import Standing
from scoring.models import ReleaseSkill
from scoring.result_lists import with_cents


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One entry: the result in words where it is published, else why there is none."""

    competition: Competition
    skill: Skill
    delegation: str
    team_size: int
    waits: str = ""
    place: int | None = None
    award: str = ""
    points: str = ""
    scale_score: int | None = None
    standing: str = ""
    release: str = ""
    notice: PublicNotice | None = None

    @property
    def is_published(self) -> bool:
        return not self.waits


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A certificate of one's own; only a valid one can be taken as PDF."""

    certificate: Certificate
    title: str
    state: str
    is_valid: bool


def own_results(person: Person, competition: Competition | None) -> list[OwnResult]:
    """The person's entries, newest competition first; three queries for all of them."""
    rows = EntryMember.objects.filter(person__in=same_person_ids(person))
    if competition is not None:
        rows = rows.filter(entry__skill__competition=competition)
    members = rows.select_related(
        "entry__skill__competition__owner", "entry__delegation"
    ).order_by("-entry__skill__competition__ends_on", "entry__skill__number", "pk")
    entries = [member.entry for member in members]
    texts = _published(entries)
    notices = _notices(entries)
    return [_own_result(entry, texts, notices) for entry in entries]


def _published(entries: Iterable[Entry]) -> dict[int, tuple[str, Mapping[str, Any]]]:
    """The release number and the release's words for each of these entries."""
    wanted = {entry.pk for entry in entries}
    skills = {entry.skill_id for entry in entries}
    links = ReleaseSkill.objects.filter(skill__in=skills, superseded_by__isnull=True)
    found = {}
    for link in links.select_related("release").defer("release__source"):
        for skill in json.loads(link.release.text)["skills"]:
            if skill["skill"] != link.skill_id:
                continue
            for text in skill["entries"]:
                if text["entry"] in wanted:
                    found[text["entry"]] = (link.release.number, text)
    return found


def _notices(entries: Iterable[Entry]) -> dict[int, PublicNotice]:
    """The public notice running now for each skill, if one is."""
    competitions = {entry.skill.competition_id for entry in entries}
    rows = PublicNotice.objects.filter(
        competition__in=competitions, closed_at__isnull=True
    )
    return {skill: row for row in rows.order_by("pk") for skill in row.skills}


def _own_result(
    entry: Entry,
    texts: Mapping[int, tuple[str, Mapping[str, Any]]],
    notices: Mapping[int, PublicNotice],
) -> OwnResult:
    skill, competition = entry.skill, entry.skill.competition
    found = OwnResult(
        competition=competition,
        skill=skill,
        delegation=entry.delegation.name,
        team_size=skill.team_size,
        notice=notices.get(skill.pk),
    )
    if competition.is_rehearsal:
        return replace(found, waits=_("这是演练，没有成绩，也不产生待遇。"))
    if entry.pk not in texts:
        return replace(found, waits=_waits(entry, found.notice))
    release, text = texts[entry.pk]
    if text["standing"] != Standing.RANKED:
        label = str(Standing(text["standing"]).label)
        return replace(found, standing=label, release=release)
    return replace(
        found,
        place=text["place"],
        award=award_label(text["award"] or ""),
        points=with_cents(text.get("points") or ""),
        scale_score=text.get("scale_score"),
        release=release,
    )


def _waits(entry: Entry, notice: PublicNotice | None) -> str:
    if entry.state in (EntryState.ABSENT, EntryState.CANCELLED):
        return _("参赛状态：%(state)s。") % {"state": entry.get_state_display()}
    if notice is not None:
        return _("成绩正在公示，公示结束、发布最终成绩以后显示在这里。")
    return _("成绩还没有发布。发布最终成绩以前，名次、奖项和得分都不显示。")


def own_papers(person: Person, competition: Competition | None) -> list[OwnPaper]:
    """The person's certificates with their state; a withdrawn one says so."""
    rows = Certificate.objects.filter(person__in=same_person_ids(person))
    if competition is not None:
        rows = rows.filter(release__competition=competition)
    return [
        OwnPaper(
            certificate=row,
            title=_("，").join(
                filter(None, (row.skill.name, award_label(row.content["award"])))
            ),
            state=str(CertificateState(row.state).label),
            is_valid=row.state == CertificateState.VALID,
        )
        for row in rows.select_related("skill", "superseded_by").order_by("-pk")
    ]
