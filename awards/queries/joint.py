"""Events of several regions, in which each bureau sees its own people alone."""

from collections.abc import Iterable

from django.db.models import QuerySet

from competitions.enums import Origin
from competitions.models import Competition, Delegation
from people.core import regions
from people.models import Organization


def is_joint(code: str, bureau: Organization) -> bool:
    """Whether people of other bureaus took part in the event of that code."""
    if not code:
        return False
    return joint_among(Competition.objects.filter(code=code), bureau) != set()


def joint_among(
    competitions: QuerySet[Competition] | Iterable[int], bureau: Organization
) -> set[int]:
    """Return those of the competitions in which other bureaus' people took part.

    An external event that the bureau took in itself is all its own; a national bureau
    sees everybody anyway.
    """
    if bureau.region in ("", "000000"):
        return set()
    prefix = regions.prefix_of(bureau.region)
    rows = Delegation.objects.filter(competition__in=competitions).exclude(region="")
    rows = rows.exclude(region__startswith=prefix).exclude(
        competition__owner=bureau, competition__origin=Origin.EXTERNAL
    )
    return set(rows.values_list("competition_id", flat=True).distinct())
