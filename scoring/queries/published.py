"""What is published of a competition now: every skill by the release in force for it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from competitions.models import Competition
from people.models import Person
from scoring.models import Release, ReleaseSkill


@dataclass(frozen=True, slots=True)
class PublishedSkill:
    """A skill as its release in force tells it; ``text`` as in the release text."""

    release: str
    text: dict[str, Any]

    @property
    def is_official(self) -> bool:
        return not self.text.get("demonstration", False)


def published_skills(competition: Competition) -> list[PublishedSkill]:
    """Every published skill by number; two queries, whatever their number."""
    links = list(
        ReleaseSkill.objects.filter(
            release__competition=competition, superseded_by__isnull=True
        ).values_list("release_id", "skill_id")
    )
    wanted = {release for release, _skill in links}
    rows = Release.objects.filter(pk__in=wanted).defer("source")
    texts: dict[int, tuple[str, dict[int, Any]]] = {}
    for row in rows.iterator():
        skills = json.loads(row.text)["skills"]
        texts[row.pk] = (row.number, {skill["skill"]: skill for skill in skills})
    found = [
        PublishedSkill(texts[release][0], texts[release][1][skill])
        for release, skill in links
    ]
    return sorted(found, key=lambda row: (row.text["number"], row.text["skill"]))


def published_names(skills: Iterable[PublishedSkill]) -> dict[int, str]:
    """The names of everybody in these skills by person id; one query."""
    ids = {
        member["person"]
        for skill in skills
        for entry in skill.text["entries"]
        for member in entry["members"]
    }
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
