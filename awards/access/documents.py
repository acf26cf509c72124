"""Edition documents and versions on behalf of a user; what a bureau may write on."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from awards.access.scope import bureau_of, found
from awards.core.rulebook import Rulebook
from awards.models import DocumentVersion, EditionDocument
from awards.queries import documents as stored
from awards.queries import versions
from competitions.access import competitions_for
from competitions.models import Competition
from people.core import regions
from people.enums import OrganizationRole
from people.models import Organization


def edition_documents_for(user: Any) -> QuerySet[EditionDocument]:
    """Return the edition documents of competitions in the bureau's region."""
    bureau = bureau_of(user)
    whole = bureau.region in ("", "000000")
    prefix = "" if whole else regions.prefix_of(bureau.region)
    rows = EditionDocument.objects.select_related("competition", "confirmed_by")
    own = Q(competition__owner=bureau)
    return rows.filter(Q(competition__region__startswith=prefix) | own).order_by("pk")


def edition_document_for(user: Any, identifier: str) -> EditionDocument:
    """Return one of those documents by its identifier."""
    return found(edition_documents_for(user).filter(identifier=identifier).first())


def versions_for(user: Any) -> QuerySet[DocumentVersion]:
    """Return the versions of documents that the user's bureau has written."""
    return versions.versions_of(bureau_of(user))


def version_for(user: Any, pk: int) -> DocumentVersion:
    """Return one of those versions, its texts included."""
    return found(versions_for(user).defer(None).filter(pk=pk).first())


def workpiece_for(user: Any, identifier: str) -> DocumentVersion | Rulebook:
    """Return what the user's bureau may write on: its newest version, or a document.

    A bureau writes documents of its own region; national ones are the platform's.
    """
    bureau = bureau_of(user)
    rows = versions_for(user).defer(None).filter(identifier=identifier)
    newest = rows.order_by("-number").first()
    if newest is not None:
        return newest
    book = stored.rulebook(identifier)
    if book is None or book.document.competition:
        raise Http404
    return found(book if writes_on(bureau, book.document.region) else None)


def region_to_write(user: Any, identifier: str) -> str:
    """Return the region of what the bureau writes on; its own for what is new."""
    try:
        piece = workpiece_for(user, identifier)
    except Http404:
        return bureau_of(user).region
    return piece.document.region if isinstance(piece, Rulebook) else piece.region


def writes_on(bureau: Organization, region: str) -> bool:
    """Whether documents of ``region`` are a bureau's to write; never national ones."""
    if bureau.region in ("", "000000") or region in ("", "000000"):
        return False
    return region.startswith(regions.prefix_of(bureau.region))


def own_competition_for(user: Any, code: str) -> Competition:
    """Return a competition the user organizes."""
    rows = competitions_for(user, roles=[OrganizationRole.ORGANIZER])
    return found(rows.filter(code=code).first())
