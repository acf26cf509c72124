"""Keep the digest of every file of a single certificate that leaves the platform."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from awards.models import CertificateFile
from people.models import User


def keep_files(
    files: Iterable[tuple[int, bytes]], *, signed_with: str, by: User, at: datetime
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
