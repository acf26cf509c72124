"""Versions of documents that bureaus wrote: which acts when, and how each came about.

A published version stands for the document of its id from its ``in_force_from`` on;
before that day the one it follows still acts.  Nothing here reads a draft into force.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet

from awards.core.parsing import parse
from awards.core.rulebook import Rulebook
from awards.enums import VersionStep
from awards.models import DocumentStep, DocumentVersion
from people.models import Organization

_parsed: dict[tuple[str, str], Rulebook] = {}
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands: its last step, and who took which and when."""

    state: str
    proposed: DocumentStep | None = None
    decided: DocumentStep | None = None


def published() -> list[Rulebook]:
    """Every published version as a rulebook, newest publication first; two queries."""
    rows = DocumentVersion.objects.filter(steps__step=VersionStep.PUBLISHED)
    keys = list(rows.order_by("-steps__pk").values_list("pk", "identifier", "digest"))
    absent = [pk for pk, name, digest in keys if (name, digest) not in _parsed]
    if absent:
        if len(_parsed) > _KEPT:
            _parsed.clear()
        for row in DocumentVersion.objects.filter(pk__in=absent):
            book = parse(row.text, name=f"{row.identifier}.toml")
            _parsed[row.identifier, row.digest] = book
    return [_parsed[name, digest] for _pk, name, digest in keys]


def newest_first(shelf: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """One book per id: the newest published version, else the one on the shelf."""
    found: dict[str, Rulebook] = {book.document.id: book for book in shelf}
    for book in reversed(published()):
        found[book.document.id] = book
    return tuple(found.values())


def in_turn(shelf: Sequence[Rulebook]) -> tuple[Rulebook, ...]:
    """Books of the shelf and published versions, each for the days on which it acts."""
    versions: dict[str, list[Rulebook]] = {}
    for book in published():
        versions.setdefault(book.document.id, []).append(book)
    found: list[Rulebook] = []
    for book in shelf:
        if book.document.id in versions:
            found += _turns([*versions.pop(book.document.id), book])
        else:
            found.append(book)
    for books in versions.values():
        found += _turns(books)
    return tuple(found)


def _turns(books: Iterable[Rulebook]) -> list[Rulebook]:
    """Newest first: each older one ends the day before any newer begins."""
    found: list[Rulebook] = []
    begins: date | None = None
    for position, book in enumerate(books):
        document = book.document
        if position and begins is None:
            break  # a newer one without a day stands for the document altogether
        if begins is not None:
            last = begins - timedelta(days=1)
            ends = min(last, document.in_force_until or last)
            if document.in_force_from is None or document.in_force_from <= ends:
                limited = replace(document, in_force_until=ends)
                found.append(replace(book, document=limited))
        else:
            found.append(book)
        starts = document.in_force_from
        begins = starts if begins is None or starts is None else min(begins, starts)
    return found


def newest_text(identifier: str) -> str | None:
    """The text of the newest published version, None when there is none."""
    rows = DocumentVersion.objects.filter(
        identifier=identifier, steps__step=VersionStep.PUBLISHED
    )
    return rows.order_by("-steps__pk").values_list("text", flat=True).first()


def newest_cases(identifier: str) -> str | None:
    """The cases stored with the newest published version."""
    rows = DocumentVersion.objects.filter(
        identifier=identifier, steps__step=VersionStep.PUBLISHED
    )
    return rows.order_by("-steps__pk").values_list("cases", flat=True).first()


def text_with(identifier: str, digest: str) -> str | None:
    """The text of that digest among a document's versions, None when there is none."""
    rows = DocumentVersion.objects.filter(identifier=identifier, digest=digest)
    return rows.values_list("text", flat=True).first()


def versions_of(bureau: Organization) -> QuerySet[DocumentVersion]:
    """A bureau's versions, newest first, without their texts, with their steps."""
    rows = DocumentVersion.objects.filter(bureau=bureau).defer("text", "cases")
    return (
        rows.select_related("written_by")
        .prefetch_related("steps__by")
        .order_by("-written_at", "-pk")
    )


def standing_of(version: DocumentVersion) -> Standing:
    """Its last step; a version without any is a draft."""
    steps = {step.step: step for step in version.steps.all()}
    proposed = steps.get(VersionStep.PROPOSED)
    decided = steps.get(VersionStep.PUBLISHED) or steps.get(VersionStep.RETURNED)
    last = decided or proposed
    return Standing(last.step if last else "draft", proposed, decided)
