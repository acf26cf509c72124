"""Drafts of schemes, and the schemes a new one may be copied from."""

from dataclasses import dataclass

from django.db.models import QuerySet

from competitions.models import Competition, Skill
from scoring.core.scheme import Scheme
from scoring.core.scheme_text import parse
from scoring.models import SchemeDraft, SkillState

MOST = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """A scheme being written: the core value, its digest, who changed it last when."""

    row: SchemeDraft
    scheme: Scheme


def draft_of(skill: Skill) -> Draft | None:
    """The draft of a skill, if one is being written."""
    row = SchemeDraft.objects.select_related("edited_by").filter(skill=skill).first()
    return None if row is None else Draft(row, parse(row.text))


def schemes_to_copy(
    competitions: QuerySet[Competition], skill: Skill
) -> list[SkillState]:
    """Schemes in force of other skills in these competitions, newest first."""
    rows = SkillState.objects.filter(skill__competition__in=competitions)
    rows = rows.exclude(skill=skill).select_related("skill__competition", "scheme")
    order = ("-skill__competition__starts_on", "skill__number", "pk")
    return list(rows.defer("scheme__text").order_by(*order)[:MOST])
