"""Published results for everybody, in the shape of the public WorldSkills results.

Only releases in force of own, listed, real competitions; of a person only the name,
which a release may show because it is final.  What the shape does not know stands under
the key ``leitai``.
"""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Max, QuerySet

from competitions.models import Competition, Delegation
from competitions.queries import public_competitions
from people.names import family_and_given
from scoring.core.comparison import LEVELS
from scoring.models import ReleaseSkill
from scoring.queries.comparison import comparison_of
from scoring.queries.published import (
    PublishedSkill,
    published_names,
    published_skills,
)

API = "/api/results"
KEPT = 60  # seconds
MEDALS = (
    None,
    {"code": "GOLD", "name": "Gold"},
    {"code": "SILVER", "name": "Silver"},
    {"code": "BRONZE", "name": "Bronze"},
    {"code": "MEDALLION_FOR_EXCELLENCE", "name": "Medal for Excellence"},
)


def published_competitions(at: datetime) -> QuerySet[Competition]:
    """The competitions everybody may see that have a release in force."""
    released = ReleaseSkill.objects.filter(superseded_by__isnull=True)
    rows = public_competitions(at).filter(is_rehearsal=False)
    return rows.filter(pk__in=released.values("release__competition"))


def event_value(competition: Competition) -> dict[str, Any]:
    """One competition as an event of the public shape."""
    return {
        "id": competition.pk,
        "name": _text(competition.name),
        "type": "competition",
        "code": competition.code,
        "start_date": competition.starts_on.isoformat(),
        "end_date": competition.ends_on.isoformat(),
        "town": competition.place,
        "links": [
            {"rel": "self", "href": f"{API}/events/{competition.pk}"},
            {"rel": "results", "href": f"{API}/?event={competition.pk}"},
        ],
        "leitai": {
            "name_en": competition.name_en,
            "tier": competition.tier,
            "document": competition.document_number,
        },
    }


def event_detail(competition: Competition) -> dict[str, Any]:
    """One event with its published skills and the releases they stand in."""
    skills = published_skills(competition)
    value = event_value(competition)
    value["skills"] = [_skill_value(skill) for skill in skills]
    value["leitai"]["releases"] = sorted({skill.release for skill in skills})
    return value


def result_values(competition: Competition) -> list[dict[str, Any]]:
    """Every ranked entry of a competition's releases in force, skill by skill.

    Kept for a minute per newest release and choice: anybody may ask for it.
    """
    released = ReleaseSkill.objects.filter(release__competition=competition)
    newest = [
        rows.aggregate(last=Max("pk"))["last"]
        for rows in (released, competition.delegation_choices.all())
    ]
    key = f"public-results:{competition.pk}:{newest[0]}:{newest[1]}"
    found = cache.get(key)
    if found is None:
        found = _result_values(competition)
        cache.set(key, found, KEPT)
    return list(found)


def _result_values(competition: Competition) -> list[dict[str, Any]]:
    skills = published_skills(competition)
    names = published_names(skills)
    delegations = dict(
        Delegation.objects.filter(competition=competition).values_list("name", "pk")
    )
    compared = comparison_of(competition)
    best = {row.entry for each in compared.best for row in each.named}
    vidal = {row.entry for row in compared.albert_vidal}
    event = event_value(competition)
    event = {
        key: event[key] for key in ("id", "name", "code", "start_date", "end_date")
    }
    return [
        {
            "id": entry["entry"],
            "competitors": [
                _competitor(names[member["person"]])
                for member in entry["members"]
                if member["person"] in names
            ],
            "member": {
                "id": delegations.get(entry["delegation"]),
                "code": entry["region"],
                "name": _text(entry["delegation"]),
            },
            "medal": MEDALS[LEVELS.get(entry["award"], 0)],
            "mark": entry["scale_score"],
            "position": entry["place"],
            "best_of_nation": entry["entry"] in best,
            "albert_vidal_award": entry["entry"] in vidal,
            "published": True,
            "skill": {**_skill_value(skill), "event": event},
            "note_ids": [],
            "links": [],
            "leitai": {
                "award": entry["award"],
                "points": entry["points"],
                "release": skill.release,
            },
        }
        for skill in skills
        for entry in skill.text["entries"]
        if entry["standing"] == "ranked"
    ]


def _skill_value(skill: PublishedSkill) -> dict[str, Any]:
    text = skill.text
    return {
        "id": text["skill"],
        "base_id": text["skill"],
        "number": text["number"],
        "type": "official" if skill.is_official else "demonstration",
        "name": _text(text["name"]),
    }


def _competitor(name: str) -> dict[str, Any]:
    """The name and nothing else: no id that leads from one event to another."""
    family, given = family_and_given(name)
    return {
        "person_id": None,
        "first_name": given,
        "last_name": family,
        "public_display_full_name": name,
        "image": None,
    }


def _text(text: str) -> dict[str, str]:
    return {"lang_code": "zh", "text": text}
