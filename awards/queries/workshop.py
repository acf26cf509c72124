"""What a published version touches: which releases, and which decisions would change.

Reads only; the same evaluation is stored once somebody decides to.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q

from awards.core.parsing import parse
from awards.models import Decision, DocumentVersion
from awards.queries.decided import evaluation_of, key_of
from people.core import regions
from scoring.models import Release

NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Changed:
    """How the decisions of one release would change: (before, after) and how often."""

    release: Release
    lines: int
    steps: tuple[tuple[str, str, int], ...]

    @property
    def count(self) -> int:
        """How many decisions would be replaced, made or taken away."""
        return sum(n for _before, _after, n in self.steps)


def releases_of(version: DocumentVersion) -> list[Release]:
    """Releases a version may decide: of its region or decided by it, from its day on."""
    document = parse(version.text, name=f"{version.identifier}.toml").document
    prefix = regions.prefix_of(version.region)
    decided = Decision.objects.filter(rulebook=version.identifier, is_current=True)
    rows = Release.objects.filter(
        Q(competition__region__startswith=prefix) | Q(pk__in=decided.values("release")),
        skills__superseded_by__isnull=True,
    )
    if document.in_force_from is not None:
        rows = rows.filter(competition__ends_on__gte=document.in_force_from)
    return list(rows.select_related("competition").distinct().order_by("pk"))


def changes_of(version: DocumentVersion) -> list[Changed]:
    """What deciding anew would change, release by release; unchanged ones too."""
    return [_changed(release) for release in releases_of(version)]


def _changed(release: Release) -> Changed:
    now = {found.key: found.fields for found in evaluation_of(release)}
    rows = Decision.objects.filter(release=release, is_current=True)
    before = {key_of(row): row for row in rows}
    steps: Counter[tuple[str, str]] = Counter()
    for key in before.keys() | now.keys():
        row, fields = before.get(key), now.get(key)
        if row and fields and row.facts_digest == fields["facts_digest"]:
            continue
        old = row.state if row is not None else NOTHING
        steps[old, fields["state"] if fields is not None else NOTHING] += 1
    return Changed(
        release, len(now), tuple((*step, n) for step, n in sorted(steps.items()))
    )
