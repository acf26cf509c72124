"""Documents in question: the shelf, bureaus' versions, competitions' own, gaps filled.

A version that a bureau has published stands for the shelf's from its day on.  A
competition's own document binds once a bureau has confirmed it; a newer one that is
not confirmed yet is previewed beside it.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.db.models import QuerySet

from awards import shelf
from awards.core.gaps import Filling
from awards.core.parsing import parse
from awards.core.rulebook import Rulebook
from awards.models import EditionDocument, GapFilling
from awards.queries import versions
from competitions.models import Competition


@lru_cache(maxsize=64)
def _parsed(identifier: str, text: str) -> Rulebook:
    return parse(text, name=f"{identifier}.toml")


def rulebook_of(row: EditionDocument) -> Rulebook:
    """The rulebook of a competition's own document, marked unless confirmed."""
    book = _parsed(row.identifier, row.text)
    return replace(book, confirmed=row.confirmed_at is not None)


def own_rulebooks(competition: Competition) -> tuple[Rulebook, ...]:
    """The newest confirmed document of a competition and a newer unconfirmed one."""
    rows = list(EditionDocument.objects.filter(competition=competition).order_by("-pk"))
    confirmed = next((row for row in rows if row.confirmed_at is not None), None)
    newest = rows[0] if rows and rows[0].confirmed_at is None else None
    return tuple(rulebook_of(row) for row in (newest, confirmed) if row is not None)


def rulebooks(competition: Competition | None = None) -> tuple[Rulebook, ...]:
    """Every document: as it acts day by day on one competition, or the newest of each."""
    if competition is not None:
        return (*versions.in_turn(shelf.rulebooks()), *own_rulebooks(competition))
    rows = EditionDocument.objects.order_by("identifier")
    newest = versions.newest_first(shelf.rulebooks())
    return (*newest, *(rulebook_of(row) for row in rows))


def rulebook(identifier: str) -> Rulebook | None:
    """One document by its id, as it was last published."""
    for book in versions.newest_first(shelf.rulebooks()):
        if book.document.id == identifier:
            return book
    row = EditionDocument.objects.filter(identifier=identifier).first()
    return rulebook_of(row) if row is not None else None


def rulebook_text(identifier: str) -> str:
    """The TOML text of a document; "" when there is none of that id."""
    written = versions.newest_text(identifier)
    on_shelf = written if written is not None else shelf.text_of(identifier)
    if on_shelf is not None:
        return on_shelf
    row = EditionDocument.objects.filter(identifier=identifier).first()
    return row.text if row is not None else ""


def document_titles(ids: Iterable[str] | None = None) -> dict[str, str]:
    """Titles by rulebook id, of ``ids`` or of every document."""
    wanted = None if ids is None else set(ids)
    return {
        book.document.id: book.document.title
        for book in rulebooks()
        if wanted is None or book.document.id in wanted
    }


def gap_fillings_of(identifier: str) -> QuerySet[GapFilling]:
    """All fillings of a document's gaps, withdrawn ones too, newest first."""
    rows = GapFilling.objects.filter(rulebook=identifier)
    return rows.select_related("authority", "filled_by").order_by("-pk")


def fillings() -> dict[str, Filling]:
    """The fillings in force, by "rulebook:gap" as the engine asks for them."""
    rows = GapFilling.objects.filter(withdrawn_at__isnull=True)
    return {
        f"{row.rulebook}:{row.gap}": Filling(row.value, row.document)
        for row in rows.select_related("authority").order_by("pk")
    }
