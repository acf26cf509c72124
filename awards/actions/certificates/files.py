"""Make single certificate files, and keep the digest of each that leaves the platform."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from awards import certificates, signing
from awards.enums import CertificateState
from awards.errors import CertificatesRefused
from awards.models import Certificate, CertificateFile


def make_file(
    certificate: Certificate,
    *,
    base: str,
    by: str,
    at: datetime,
    bilingual: bool | None = None,
) -> bytes:
    """Return a certificate as PDF, signed where a key is configured, and remember it.

    ``base`` is where the asker sees the site, ``by`` the opaque id of who takes it.
    Raises CertificatesRefused for one that is not valid, for a character without glyph
    and for an expired signing key, PdfUnavailable without the drawing libraries.
    """
    if certificate.state != CertificateState.VALID:
        message = _("%(number)s已不是有效证书，不能再打印。")
        shown = {"number": certificate.number}
        raise CertificatesRefused("not-valid", message % shown)
    seal = signing.signer(at=at)
    printings = certificates.printings_of([certificate], base=base, bilingual=bilingual)
    pdf = certificates.render_certificates(printings)
    pdf = seal.sign(pdf) if seal else pdf
    signed_with = seal.name if seal else ""
    keep_files([(certificate.pk, pdf)], signed_with=signed_with, by=by, at=at)
    return pdf


def keep_files(
    files: Iterable[tuple[int, bytes]], *, signed_with: str, by: str, at: datetime
) -> int:
    """Remember files by their digest, given as (id of the certificate, bytes).

    A file that is made again with the same bytes is known already.  Returns how many
    were looked at.
    """
    rows = [
        CertificateFile(
            certificate_id=certificate,
            digest=hashlib.sha256(content).hexdigest(),
            signed_with=signed_with,
            made_by=by,
            made_at=at,
        )
        for certificate, content in files
    ]
    CertificateFile.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
