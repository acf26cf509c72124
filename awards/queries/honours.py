"""Published results by person: who took which place and prize, in which release.

Read from the releases in force and never recomputed; rehearsals count for nothing.  The
number of queries does not grow with the people asked about.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from awards.core.talent import Asked, meets_result
from competitions.models import Competition, EntryCoach, EntryExpert, EntryMember
from scoring.enums import Standing
from scoring.models import Release, ReleaseSkill

KEPT = 24 * 3600  # seconds; a release never changes


@dataclass(frozen=True, slots=True)
class Published:
    """One entry's published result: where, as what it stands, by which release.

    ``replaces`` are earlier releases of the same skill that this one corrected.
    """

    release: str
    release_digest: str
    published_at: datetime
    document: str
    competition: Competition
    skill: Mapping[str, Any]
    entry: Mapping[str, Any]
    replaces: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """The last day of the competition."""
        return self.competition.ends_on

    @property
    def is_ranked(self) -> bool:
        """Whether the entry stands in the ranking."""
        return bool(self.entry["standing"] == Standing.RANKED)


def results_of_entries(entry_ids: Iterable[int]) -> dict[int, Published]:
    """The published result of each of these entries that has one; three queries."""
    wanted = set(entry_ids)
    links = ReleaseSkill.objects.filter(
        skill__entries__in=wanted, release__competition__is_rehearsal=False
    ).distinct()
    in_force: dict[int, list[int]] = {}
    corrected: dict[tuple[int, int], list[int]] = {}
    for release, skill, later in links.order_by("pk").values_list(
        "release_id", "skill_id", "superseded_by_id"
    ):
        if later is None:
            in_force.setdefault(release, []).append(skill)
        else:
            corrected.setdefault((later, skill), []).append(release)
    rows = Release.objects.filter(pk__in=in_force).defer("source")
    earlier = {pk for found in corrected.values() for pk in found}
    numbers = dict(Release.objects.filter(pk__in=earlier).values_list("pk", "number"))
    found = {}
    for row in rows.select_related("competition").order_by("pk"):
        for skill in json.loads(row.text)["skills"]:
            if skill["skill"] not in in_force[row.pk]:
                continue
            before = corrected.get((row.pk, skill["skill"]), [])
            head = {key: value for key, value in skill.items() if key != "entries"}
            for entry in skill["entries"]:
                if entry["entry"] in wanted:
                    found[entry["entry"]] = Published(
                        release=row.number,
                        release_digest=row.digest,
                        published_at=row.published_at,
                        document=row.document,
                        competition=row.competition,
                        skill=head,
                        entry=entry,
                        replaces=tuple(numbers[pk] for pk in before),
                    )
    return found


def entries_of_people(ids: Iterable[int]) -> QuerySet[EntryMember]:
    """The entries these people competed in, rehearsals left out."""
    rows = EntryMember.objects.filter(person__in=list(ids))
    return _real(rows)


def coached_by(ids: Iterable[int]) -> QuerySet[EntryCoach]:
    """The entries these people coached, rehearsals left out."""
    rows = EntryCoach.objects.filter(person__in=list(ids))
    return _real(rows)


def advised_by(ids: Iterable[int]) -> QuerySet[EntryExpert]:
    """The entries these people stood behind as experts, rehearsals left out."""
    rows = EntryExpert.objects.filter(person__in=list(ids))
    return _real(rows)


def _real(rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.filter(entry__skill__competition__is_rehearsal=False)
    return rows.select_related("entry__skill__competition", "entry__delegation")


def people_with_results(asked: Asked, today: date) -> dict[int, str]:
    """Everybody whose published result is as good as asked, with it in words.

    Reads every release in force of the tiers asked for; what a release says is kept.
    """
    competitions = Competition.objects.filter(
        tier__in=asked.tiers, is_rehearsal=False, ends_on__lte=today
    )
    if asked.years is not None:
        competitions = competitions.filter(ends_on__year__gt=today.year - asked.years)
    links: dict[int, set[int]] = {}
    rows = ReleaseSkill.objects.filter(
        superseded_by__isnull=True, release__competition__in=competitions
    )
    for release_id, skill_id in rows.values_list("release_id", "skill_id"):
        links.setdefault(release_id, set()).add(skill_id)
    found: dict[int, str] = {}
    for release, lines in _lines_of(links):
        for skill, name, people, place, award in lines:
            if skill not in links[release.pk]:
                continue
            if not meets_result(asked, award=award, place=place):
                continue
            words = [f"第 {place} 名" if place else "", award]
            result = "，".join(filter(None, words))
            text = f"{release.competition.name} {name}：{result}（{release.number}）"
            for person in people:
                found.setdefault(person, text)
    return found


Line = tuple[int, str, list[int], int | None, str]


def _lines_of(
    links: Mapping[int, set[int]],
) -> Iterable[tuple[Release, list[Line]]]:
    """Each release with its ranked entries in short, from the cache where it is kept."""
    rows = list(
        Release.objects.filter(pk__in=links)
        .defer("text", "source")
        .select_related("competition")
        .order_by("-competition__ends_on", "-pk")
    )
    keys = {f"awards:lines:{row.digest}": row.pk for row in rows}
    kept = cache.get_many(keys)
    known = {keys[key]: lines for key, lines in kept.items()}
    missing = [row.pk for row in rows if row.pk not in known]
    texts = Release.objects.filter(pk__in=missing).values_list("pk", "digest", "text")
    for pk, digest, text in texts.iterator(chunk_size=20):
        known[pk] = _short(json.loads(text))
        cache.set(f"awards:lines:{digest}", known[pk], KEPT)
    return [(row, known[row.pk]) for row in rows]


def _short(text: Mapping[str, Any]) -> list[Line]:
    return [
        (
            skill["skill"],
            skill["name"],
            [member["person"] for member in entry["members"]],
            entry["place"],
            entry["award"] or "",
        )
        for skill in text["skills"]
        for entry in skill["entries"]
        if entry["standing"] == Standing.RANKED
    ]
