"""Releases, certificates and exported files on behalf of a user."""

from typing import Any

from django.db.models import Q, QuerySet

from awards.access.scope import HEAVY, bureau_of, found, scope_of
from awards.models import Certificate, Decision
from competitions.access import competitions_for
from people.access import bureaus_for
from people.core import regions
from people.enums import OrganizationRole
from scoring.models import Release


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
    return found(releases_for(user).defer(None).filter(number=number).first())


def certificates_for(user: Any) -> QuerySet[Certificate]:
    """Return the certificates of releases the user may make papers of."""
    releases = releases_for(user).order_by().values("pk")
    rows = Certificate.objects.filter(release__in=releases)
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
