"""Designs, revocations and public checks of certificates on behalf of a user."""

from typing import Any

from django.db.models import Q, QuerySet

from awards.access.papers import certificates_for, releases_to_certify_for
from awards.access.scope import bureau_of, found
from awards.models import Certificate, CertificateFile, CertificateWithdrawal
from competitions.access import competitions_for
from competitions.models import Competition
from people.access import bureaus_for
from people.core import regions
from people.enums import OrganizationRole
from scoring.models import Release, ReleaseSkill


def papered_competition_for(user: Any, code: str) -> Competition:
    """Return a competition whose certificates the user may design.

    An organizer's own; for a bureau its own, those of its region and those of whose
    releases it may make all papers.
    """
    own = competitions_for(user, roles=[OrganizationRole.ORGANIZER])
    wanted = Q(pk__in=own.order_by().values("pk"))
    if bureaus_for(user):
        bureau = bureau_of(user)
        released = releases_to_certify_for(user).order_by().values("competition")
        wanted |= Q(owner=bureau) | Q(pk__in=released)
        if bureau.region not in ("", "000000"):
            wanted |= Q(region__startswith=regions.prefix_of(bureau.region))
    rows = Competition.objects.filter(wanted, code=code).select_related("owner")
    return found(rows.first())


def revocations_for(user: Any) -> QuerySet[CertificateWithdrawal]:
    """Return the revocations asked for of certificates the user may make papers of."""
    papers = certificates_for(user).order_by().values("pk")
    rows = CertificateWithdrawal.objects.filter(certificate__in=papers)
    names = ("certificate__release", "certificate__skill", "asked_by", "decided_by")
    rows = rows.select_related(*names).defer(
        "certificate__release__text", "certificate__release__source"
    )
    return rows.order_by("-asked_at", "-pk")


def revocation_for(user: Any, pk: int) -> CertificateWithdrawal:
    """Return one of those revocations."""
    return found(revocations_for(user).filter(pk=pk).first())


def certificate_of_file(digest: str) -> Certificate | None:
    """Return the certificate whose file has this digest, for anybody who has the file."""
    rows = CertificateFile.objects.filter(digest=digest)
    kept = rows.select_related("certificate").order_by("pk").first()
    return kept.certificate if kept else None


def later_release_of(certificate: Certificate) -> Release | None:
    """Return the release that has replaced a certificate's own for its skill."""
    rows = ReleaseSkill.objects.filter(
        release=certificate.release_id, skill=certificate.skill_id
    )
    part = rows.select_related("superseded_by").defer(
        "superseded_by__text", "superseded_by__source"
    )
    found_part = part.first()
    return found_part.superseded_by if found_part else None


def signature_of(certificate: Certificate) -> str:
    """Return with whose key files of a certificate were signed last, or nothing."""
    rows = certificate.files.exclude(signed_with="").order_by("-made_at", "-pk")
    return rows.values_list("signed_with", flat=True).first() or ""
