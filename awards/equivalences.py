"""What policy documents count a grade, class or post as; cited, never applied by itself.

Reads the documents only.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from awards.core.rulebook import Rulebook
from awards.documents import NATIONWIDE, STATUSES
from awards.queries import documents as stored
from people.core import regions
from people.core.grades import Grade
from people.models import Organization


@dataclass(frozen=True, slots=True)
class CitedEquivalence:
    """One row of a document: what counts as what, for what purpose, where it stands."""

    of: str
    counts_as: str
    purpose: str
    document: str
    title: str
    status: str
    clause: str
    quote: str


def cited_equivalences(bureau: Organization) -> list[CitedEquivalence]:
    """Return the rows of every document that reaches into the bureau's region."""
    return [
        CitedEquivalence(
            of=same.of,
            counts_as=same.counts_as,
            purpose=same.purpose,
            document=book.document.id,
            title=book.document.title,
            status=str(STATUSES[book.document.status]),
            clause=same.citation.clause,
            quote=same.citation.quote,
        )
        for book in stored.rulebooks()
        if _reaches(book, bureau.region)
        for same in book.equivalences
    ]


def about_grades(
    rows: Iterable[CitedEquivalence], held: Iterable[int]
) -> list[CitedEquivalence]:
    """Return the rows that name one of these grades, or 高级工及以上 where it fits."""
    best = max(held, default=None)
    if best is None:
        return []
    label = Grade(best).label
    above = f"{Grade.SENIOR.label}及以上"
    return [
        row
        for row in rows
        if row.of == label or (above in row.of and best >= Grade.SENIOR)
    ]


def _reaches(book: Rulebook, region: str) -> bool:
    own = book.document.region
    if own in NATIONWIDE or region in NATIONWIDE:
        return True
    return regions.is_within(region, own) or regions.is_within(own, region)
