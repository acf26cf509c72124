"""Releases, certificates and exported files on behalf of a user."""

from typing import Any

from django.db.models import Q, QuerySet

from awards.access.scope import HEAVY, bureau_of, found, scope_of
from awards.models import Certificate, Decision
from competitions.access import competitions_for
from people.access import bureaus_for
from people.core import regions
from people.enums import OrganizationRole
from people.models import Organization
from scoring.models import Release

WHOLE = ("", "000000")


def own_events(bureau: Organization) -> Q:
    """Return the condition on releases of events whose papers are all the bureau's.

    Events it owns and those of its region; for a bureau of the whole country every one
    with decisions.  A joint event of elsewhere is none: there its people alone are.
    """
    owned = Q(competition__owner=bureau)
    if bureau.region in WHOLE:
        return owned | Q(pk__in=_with_lines(bureau).values("release"))
    return owned | Q(competition__region__startswith=regions.prefix_of(bureau.region))


def papers_of(bureau: Organization) -> Q:
    """Return the condition on certificates of a bureau's events and of its people."""
    events = Release.objects.order_by().filter(own_events(bureau))
    lines = _with_lines(bureau)
    people = Q(person__in=lines.values("person"), release__in=lines.values("release"))
    return Q(release__in=events.values("pk")) | people


def _with_lines(bureau: Organization) -> QuerySet[Decision]:
    return Decision.objects.order_by().filter(scope_of(bureau), person__isnull=False)


def releases_for(user: Any) -> QuerySet[Release]:
    """Return the releases the user may work on, newest first.

    A bureau: releases with decisions in its scope, and those of its region's or its own
    competitions.  An organizer: those of the competitions it owns.
    """
    wanted = _organized(user)
    if bureaus_for(user):
        bureau = bureau_of(user)
        scope = Decision.objects.filter(scope_of(bureau)).values("release")
        wanted |= Q(pk__in=scope) | own_events(bureau)
    return _newest_first(wanted)


def releases_to_certify_for(user: Any) -> QuerySet[Release]:
    """Return the releases of which the user may make all papers, newest first."""
    wanted = _organized(user)
    if bureaus_for(user):
        wanted |= own_events(bureau_of(user))
    return _newest_first(wanted)


def _organized(user: Any) -> Q:
    own = competitions_for(user, roles=[OrganizationRole.ORGANIZER])
    return Q(competition__in=own.order_by().values("pk"))


def _newest_first(wanted: Q) -> QuerySet[Release]:
    rows = Release.objects.filter(wanted).defer(*HEAVY)
    return rows.select_related("competition__owner").order_by("-published_at", "-pk")


def release_for(user: Any, number: str) -> Release:
    """Return a release the user may work on, its text included."""
    return found(releases_for(user).defer(None).filter(number=number).first())


def release_to_certify(user: Any, number: str) -> Release:
    """Return a release of which the user may make all papers, its text included."""
    rows = releases_to_certify_for(user).defer(None)
    return found(rows.filter(number=number).first())


def certificates_for(user: Any) -> QuerySet[Certificate]:
    """Return the certificates of the user's events, and of the bureau's own people."""
    releases = Release.objects.order_by().filter(_organized(user))
    wanted = Q(release__in=releases.values("pk"))
    if bureaus_for(user):
        wanted |= papers_of(bureau_of(user))
    rows = Certificate.objects.filter(wanted)
    rows = rows.select_related("skill", "release__competition")
    rows = rows.defer(*(f"release__{name}" for name in HEAVY))
    return rows.order_by("number")


def certificate_for(user: Any, pk: int) -> Certificate:
    """Return one of those certificates."""
    return found(certificates_for(user).filter(pk=pk).first())


def certificate_with_token(token: str) -> Certificate | None:
    """Return the certificate that a verification address names, for anybody."""
    rows = Certificate.objects.select_related("superseded_by", "release")
    rows = rows.defer(*(f"release__{name}" for name in HEAVY))
    return rows.filter(token=token).first()


def certificate_with_number(number: str) -> Certificate | None:
    """Return the certificate of that number; its address is given to who has the name."""
    return Certificate.objects.filter(number__iexact=number.strip()).first()
