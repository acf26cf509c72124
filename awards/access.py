"""The only way to get a decision, an entitlement, a paper on behalf of a user.

A bureau sees what belongs to people of its region, and all of an external event it took
in itself; an organizer sees the papers of its own competitions.  Everything else is *not
found*.
"""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from awards.core.rulebook import Rulebook
from awards.models import (
    Certificate,
    Decision,
    DocumentVersion,
    EditionDocument,
    Entitlement,
    ExportBatch,
)
from awards.queries import documents as stored
from awards.queries import versions
from competitions.access import competitions_for
from competitions.enums import Origin
from competitions.models import Competition
from people.access import bureaus_for
from people.core import regions
from people.dossier import KINDS
from people.enums import OrganizationRole
from people.models import (
    GradeAlias,
    GradeEquivalence,
    IntegrityRecord,
    Organization,
    Person,
    PersonFact,
)
from scoring.models import Release

Row = TypeVar("Row", bound=Model | Rulebook)
TABLES: dict[str, type[GradeAlias] | type[GradeEquivalence]] = {
    "names": GradeAlias,
    "equivalences": GradeEquivalence,
}
HEAVY = ("text", "source")  # columns of a release that lists must not load


def bureau_of(user: Any) -> Organization:
    """Return the bureau ``user`` works for (the first, by id); else it is not found."""
    bureaus = sorted(bureaus_for(user), key=lambda bureau: bureau.pk)
    if not bureaus:
        raise Http404
    return bureaus[0]


def scope_of(bureau: Organization) -> Q:
    """Return the condition on decisions and entitlements that are the bureau's.

    People of its region; people of unknown region in a competition of its region; and
    everybody in an external event whose results it took in.
    """
    whole = bureau.region in ("", "000000")
    prefix = "" if whole else regions.prefix_of(bureau.region)
    unknown = Q(region="", release__competition__region__startswith=prefix)
    taken_in = Q(
        release__competition__owner=bureau,
        release__competition__origin=Origin.EXTERNAL,
    )
    return Q(region__startswith=prefix) | unknown | taken_in


def decisions_for(user: Any) -> QuerySet[Decision]:
    """Return the current decisions of the user's bureau."""
    return Decision.objects.filter(scope_of(bureau_of(user)), is_current=True)


def decision_for(user: Any, pk: int) -> Decision:
    """Return a decision of the user's bureau, replaced ones included."""
    rows = Decision.objects.filter(scope_of(bureau_of(user)), pk=pk).select_related(
        "person__organization", "skill", "release__competition"
    )
    return _found(rows.defer(*(f"release__{name}" for name in HEAVY)).first())


def successor_of(decision: Decision) -> Decision:
    """Return the decision in force about the same line, or the one given."""
    rows = Decision.objects.filter(
        entry_id=decision.entry_id,
        person=decision.person_id,
        rulebook=decision.rulebook,
        rule=decision.rule,
        kind=decision.kind,
        is_current=True,
    )
    return rows.order_by("-pk").first() or decision


def entitlements_for(user: Any) -> QuerySet[Entitlement]:
    """Return the entitlements of the user's bureau."""
    return Entitlement.objects.filter(scope_of(bureau_of(user)))


def entitlement_for(user: Any, pk: int) -> Entitlement:
    """Return an entitlement of the user's bureau."""
    return _found(entitlements_for(user).filter(pk=pk).first())


def person_for(user: Any, pk: int) -> Person:
    """Return a person about whom the user's bureau has or had a decision."""
    return _found(people_for(user).filter(pk=pk).first())


def people_for(user: Any) -> QuerySet[Person]:
    """Return the people about whom the user's bureau has a decision, replaced ones
    included: what was recorded about them stays within reach."""
    rows = Decision.objects.filter(scope_of(bureau_of(user)))
    about = rows.order_by().values("person")
    return Person.objects.filter(pk__in=about).select_related("organization")


def fact_for(user: Any, kind: str, pk: int) -> PersonFact:
    """Return a fact in force or ended about a person of the user's bureau."""
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind][0]._default_manager.filter(person__in=_known_to(user), pk=pk)
    return _found(rows.select_related("person__organization").first())


def sanction_for(user: Any, pk: int) -> IntegrityRecord:
    """Return an integrity record of a person of the user's bureau."""
    rows = IntegrityRecord.objects.filter(person__in=_known_to(user), pk=pk)
    return _found(rows.select_related("person__organization").first())


def table_row_for(user: Any, table: str, pk: int) -> GradeAlias | GradeEquivalence:
    """Return a row the user's bureau has entered beside the ladder of grades."""
    if table not in TABLES:
        raise Http404
    rows = TABLES[table]._default_manager.filter(bureau=bureau_of(user), pk=pk)
    row: GradeAlias | GradeEquivalence | None = rows.first()
    if row is None:
        raise Http404
    return row


def _known_to(user: Any) -> QuerySet[Person]:
    """People of the bureau and the duplicates that point to them."""
    own = people_for(user).order_by().values("pk")
    return Person.objects.filter(Q(pk__in=own) | Q(survivor__in=own)).order_by()


def releases_for(user: Any) -> QuerySet[Release]:
    """Return the releases whose papers the user may make, newest first.

    A bureau: releases with decisions in its scope, and those of its region's or its own
    competitions.  An organizer: those of the competitions it owns.
    """
    own = competitions_for(user, roles=[OrganizationRole.ORGANIZER])
    wanted = Q(competition__in=own.order_by().values("pk"))
    bureaus = bureaus_for(user)
    if bureaus:
        bureau = bureau_of(user)
        scope = Decision.objects.filter(scope_of(bureau)).values("release")
        wanted |= Q(pk__in=scope) | Q(competition__owner=bureau)
        if bureau.region not in ("", "000000"):
            prefix = regions.prefix_of(bureau.region)
            wanted |= Q(competition__region__startswith=prefix)
    rows = Release.objects.filter(wanted).defer(*HEAVY)
    return rows.select_related("competition__owner").order_by("-published_at", "-pk")


def release_for(user: Any, number: str) -> Release:
    """Return a release whose papers the user may make, its text included."""
    return _found(releases_for(user).defer(None).filter(number=number).first())


def certificates_for(user: Any) -> QuerySet[Certificate]:
    """Return the certificates of releases the user may make papers of."""
    releases = releases_for(user).order_by().values("pk")
    rows = Certificate.objects.filter(release__in=releases)
    return rows.select_related("skill").order_by("number")


def certificate_for(user: Any, pk: int) -> Certificate:
    """Return one of those certificates."""
    return _found(certificates_for(user).filter(pk=pk).first())


def certificate_with_token(token: str) -> Certificate | None:
    """Return the certificate that a verification address names, for anybody."""
    rows = Certificate.objects.select_related("superseded_by")
    return rows.filter(token=token).first()


def certificate_with_number(number: str) -> Certificate | None:
    """Return the certificate of that number; its address is given to who has the name."""
    return Certificate.objects.filter(number__iexact=number.strip()).first()


def exports_for(user: Any) -> QuerySet[ExportBatch]:
    """Return the files the user's bureau has made, newest first, without content."""
    rows = ExportBatch.objects.filter(bureau=bureau_of(user)).defer("content")
    rows = rows.select_related("made_by", "release").order_by("-made_at", "-pk")
    return rows.defer("content", *(f"release__{name}" for name in HEAVY))


def export_for(user: Any, pk: int) -> ExportBatch:
    """Return one of those files with its content."""
    rows = ExportBatch.objects.filter(bureau=bureau_of(user), pk=pk)
    return _found(rows.select_related("release").first())


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
    return _found(edition_documents_for(user).filter(identifier=identifier).first())


def versions_for(user: Any) -> QuerySet[DocumentVersion]:
    """Return the versions of documents that the user's bureau has written."""
    return versions.versions_of(bureau_of(user))


def version_for(user: Any, pk: int) -> DocumentVersion:
    """Return one of those versions, its texts included."""
    return _found(versions_for(user).defer(None).filter(pk=pk).first())


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
    return _found(book if writes_on(bureau, book.document.region) else None)


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
    return _found(rows.filter(code=code).first())


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
