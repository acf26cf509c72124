"""Which pools policy documents found, and those a bureau founds by its own document.

``pools.toml`` says it; the document's title, number and standing are read from the shelf
and never written twice.  Reads only.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from awards import shelf
from awards.core.rulebook import Document
from awards.core.vocabulary import Status
from people.core import regions

FILE = Path(__file__).parent / "pools.toml"


@dataclass(frozen=True, slots=True)
class Founded:
    """One pool of the catalogue; without a rulebook it is for a bureau to found."""

    id: str
    kind: str
    name: str
    region: str = ""
    rulebook: str = ""
    clause: str = ""
    quote: str = ""
    takes: tuple[str, ...] = ()

    @property
    def document(self) -> Document | None:
        """The document that founds it, None where none does."""
        books = {book.document.id: book.document for book in shelf.rulebooks()}
        return books.get(self.rulebook)

    @property
    def citation(self) -> str:
        """Title and number of the document, as pages and files print it."""
        document = self.document
        if document is None:
            return ""
        return f"《{document.title}》{document.number}"

    def binds(self, on: date) -> bool:
        """Whether the document founds the pool by itself on that day.

        A consultation draft and a document whose time is over do not: then the bureau
        names the document it goes by.
        """
        document = self.document
        if document is None:
            return False
        return document.status is Status.IN_FORCE and document.is_in_force(on)


@cache
def catalogue() -> tuple[Founded, ...]:
    """Every pool of pools.toml, in its order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["pool"]
    return tuple(
        Founded(**{**row, "takes": tuple(row.get("takes", ()))}) for row in rows
    )


def offered_in(region: str) -> tuple[Founded, ...]:
    """The pools a bureau of ``region`` may open: those documents of its place found,
    and of the three kinds without one those it founds itself."""
    found = [
        row
        for row in catalogue()
        if row.region and regions.is_within(region, row.region)
    ]
    kinds = {row.kind for row in found}
    own = (row for row in catalogue() if not row.region and row.kind not in kinds)
    return (*found, *own)


def by_id(identifier: str) -> Founded | None:
    """The pool of that id, or None."""
    return {row.id: row for row in catalogue()}.get(identifier)
