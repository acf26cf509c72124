"""Stored decisions: of a person, and of a release as the command prints them."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from awards.models import Decision
from people.models import Person
from people.queries import same_person_ids
from scoring.models import Release


def decisions_of(person: Person) -> QuerySet[Decision]:
    """The decisions in force about a person, newest release first."""
    rows = Decision.objects.filter(person__in=same_person_ids(person), is_current=True)
    return (
        rows.select_related("release__competition", "skill")
        .defer("release__text", "release__source")
        .order_by("-release_id", "skill__number", "pk")
    )


def lines_of(release: Release) -> list[dict[str, Any]]:
    """The decisions in force of a release as plain values, in a stable order."""
    rows = Decision.objects.filter(release=release, is_current=True)
    ordered = rows.select_related("person", "unit", "skill").order_by(
        "skill__number",
        "skill_id",
        "entry_id",
        Coalesce("person_id", 0),
        Coalesce("unit_id", 0),
        "rulebook",
        "rule",
        "pk",
    )
    return [
        {
            "person": row.subject_name,
            "skill": row.skill.name,
            "kind": row.kind,
            "value": row.value,
            "decision": row.state,
            "missing": row.missing,
            "rulebook": row.rulebook,
            "rule": row.rule,
            "clause": row.clause,
            "reasons": row.reasons,
        }
        for row in ordered
    ]
