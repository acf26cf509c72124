"""The best places people took in earlier editions of a competition.

Read from the releases in force; the number of queries does not depend on their number.
"""

import json
from collections.abc import Mapping

from awards.queries.known_facts import survivors_of
from competitions.models import Competition
from scoring.enums import Standing
from scoring.models import Release

# By person: the best place, how many editions ago, and the release that says so.
Winners = Mapping[int, tuple[int, int, str]]


def earlier_winners(competition: Competition, editions: int) -> Winners:
    """Who took which place in the last ``editions`` editions before ``competition``."""
    if competition.series_id is None:
        return {}
    earlier = Competition.objects.filter(
        series=competition.series_id, ends_on__lt=competition.starts_on
    )
    ago = {
        pk: number
        for number, pk in enumerate(
            earlier.order_by("-ends_on", "-pk").values_list("pk", flat=True)[:editions],
            start=1,
        )
    }
    releases = Release.objects.filter(
        competition__in=ago, skills__superseded_by__isnull=True
    )
    found: dict[int, tuple[int, int, str]] = {}
    for release in releases.distinct().order_by("pk"):
        for person, place in _places(release.text):
            best = (place, ago[release.competition_id], release.number)
            found[person] = min(best, found.get(person, best))
    survivors = survivors_of(found)
    merged: dict[int, tuple[int, int, str]] = {}
    for person, best in found.items():
        survivor = survivors[person]
        merged[survivor] = min(best, merged.get(survivor, best))
    return merged


def _places(text: str) -> list[tuple[int, int]]:
    return [
        (member["person"], entry["place"])
        for skill in json.loads(text)["skills"]
        for entry in skill["entries"]
        if entry["standing"] == Standing.RANKED and entry["place"] is not None
        for member in entry["members"]
    ]
