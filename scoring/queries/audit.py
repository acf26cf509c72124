"""Every stored result against its sources: the ledger, or a published file."""

from typing import Any

from competitions.enums import Origin
from competitions.models import Skill
from scoring.models import Release, Result
from scoring.queries.external import external_differences
from scoring.queries.rebuilding import differences


def all_differences(*, skill: int | None = None) -> tuple[int, list[dict[str, Any]]]:
    """How many results were compared, and every value that differs from its source.

    Own results come from the events of their chains alone, external releases from the
    stored file; ``skill`` limits it to one own skill.
    """
    own = Skill.objects.filter(scoring_state__opened_at__isnull=False)
    own = own.exclude(competition__origin=Origin.EXTERNAL)
    if skill is not None:
        own = own.filter(pk=skill)
    found: list[dict[str, Any]] = []
    for row in own.select_related("competition").order_by("pk"):
        found += [
            {
                "skill": row.pk,
                "entry": each.entry,
                "name": each.name,
                "stored": each.stored,
                "rebuilt": each.rebuilt,
            }
            for each in differences(row)
        ]
    count = Result.objects.filter(skill__in=own).count()
    if skill is None:
        external = Release.objects.filter(source__isnull=False).order_by("pk")
        for release in external:
            count += release.text.count('"entry":')
            found += [{"release": text} for text in external_differences(release)]
    return count, found
