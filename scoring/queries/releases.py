"""Releases of a competition, what may be published next, and the names beside ids."""

from dataclasses import dataclass
from typing import Any

from competitions.models import Competition, Skill
from people.models import Person
from scoring.enums import ResultState
from scoring.models import Release, ReleaseSkill
from scoring.queries.results import (
    current_release,
    publish_blockers,
    result_state_of,
)


@dataclass(frozen=True, slots=True)
class PublishableSkill:
    """A skill on the publishing page: its state and what still stands in the way."""

    skill: Skill
    state: ResultState
    blockers: tuple[str, ...]
    release: Release | None


def publishable(competition: Competition) -> list[PublishableSkill]:
    """Every skill with the reasons against publishing it."""
    rows = list(competition.skills.select_related("competition"))
    return [
        PublishableSkill(
            skill=skill,
            state=result_state_of(skill),
            blockers=tuple(publish_blockers(skill, remembered=True)),
            release=current_release(skill),
        )
        for skill in rows
    ]


def releases_of(competition: Competition) -> list[Release]:
    """The releases of a competition, newest first, without their texts."""
    rows = competition.releases.defer("text", "source")
    return list(rows.prefetch_related("skills__skill").order_by("-year", "-serial"))


def standing_in(release: Release) -> list[ReleaseSkill]:
    """The skills of a release that a later one has superseded."""
    rows = release.skills.filter(superseded_by__isnull=False)
    return list(rows.select_related("skill", "superseded_by"))


def names_in(text: dict[str, Any]) -> dict[int, str]:
    """The names of the persons a release names by id; one query."""
    ids = {
        member["person"]
        for skill in text["skills"]
        for entry in skill["entries"]
        for member in entry["members"]
    }
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
