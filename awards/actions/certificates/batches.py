"""Make all certificates of a release in the background: one PDF, or single files.

The files hold what the release publishes and no identity numbers.  Of single files the
digest is kept, so that a file can be known again.
"""

import io
import tempfile
import zipfile
from datetime import datetime
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import certificates, signing
from awards.actions.certificates.files import keep_files
from awards.certificates import Printing
from awards.certificates.drawing import Report
from awards.enums import CertificateState
from awards.errors import CertificatesRefused
from awards.models import Certificate
from jobs.actions import Result, start_job
from jobs.models import Job
from people.models import User
from scoring.models import Release

WORK = "awards.actions.certificates.batches.make_batch"
KEEP_AT_ONCE = 50


def start_certificate_job(
    release: Release,
    *,
    form: str,
    bilingual: bool | None,
    base: str,
    by: User,
    at: datetime,
) -> Job:
    """Begin to make the valid certificates of a release; return the job.

    ``form``: ``pdf``, one document, or ``zip``, a file each.  Raises CertificatesRefused
    when there are none, and when the signing key has expired.
    """
    number = valid_certificates(release.pk).count()
    if not number:
        raise CertificatesRefused("nothing", _("这个成绩版本还没有有效的证书。"))
    signing.signer(at=at)
    return start_job(
        "certificates",
        work=WORK,
        owner=by.actor,
        at=at,
        total=number,
        arguments={
            "release": release.pk,
            "form": form,
            "bilingual": bilingual,
            "base": base,
            "by": by.actor,
        },
    )


def make_batch(
    report: Report,
    *,
    release: int,
    form: str,
    bilingual: bool | None,
    base: str,
    by: str,
) -> Result:
    """The work of such a job."""
    rows = list(valid_certificates(release).select_related("design"))
    number = Release.objects.only("number").get(pk=release).number
    printings = certificates.printings_of(rows, base=base, bilingual=bilingual)
    out = io.BytesIO()
    if form == "zip":
        write_files(out, rows, printings, report, by=by)
    else:
        write_document(out, printings, report, title=f"获奖证书 {number}")
    return Result(f"获奖证书-{number}.{form}", out.getvalue())


def write_document(
    out: IO[bytes], printings: list[Printing], report: Report, *, title: str
) -> None:
    """Write all certificates as one PDF, signed as a whole where a key is configured.

    Every part goes to ``out`` as it is drawn; only a signature needs the whole at once.
    """
    seal = signing.signer(at=timezone.now())
    parts = certificates.render_batch(printings, report, title=title)
    if seal is None:
        certificates.join_pdfs(parts, out, title=title)
        return
    with tempfile.TemporaryFile() as unsigned:  # nameless: gone with the process
        certificates.join_pdfs(parts, unsigned, title=title)
        unsigned.seek(0)
        out.write(seal.sign(unsigned.read()))


def write_files(
    out: IO[bytes],
    rows: list[Certificate],
    printings: list[Printing],
    report: Report,
    *,
    by: str,
) -> None:
    """Write a zip with every certificate as a file of its own, named by its number."""
    at = timezone.now()
    seal = signing.signer(at=at)
    waiting: list[tuple[int, bytes]] = []
    drawn = certificates.render_each(printings, report)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for row, (_printing, drawing) in zip(rows, drawn, strict=True):
            pdf = seal.sign(drawing) if seal else drawing
            info = zipfile.ZipInfo(f"{row.number}.pdf", at.timetuple()[:6])
            packed.writestr(info, pdf)
            waiting.append((row.pk, pdf))
            if len(waiting) == KEEP_AT_ONCE:
                _keep(waiting, seal, by=by, at=at)
        _keep(waiting, seal, by=by, at=at)


def _keep(
    waiting: list[tuple[int, bytes]],
    seal: signing.Signer | None,
    *,
    by: str,
    at: datetime,
) -> None:
    keep_files(waiting, signed_with=seal.name if seal else "", by=by, at=at)
    waiting.clear()


def valid_certificates(release: int) -> QuerySet[Certificate]:
    """Return the valid certificates of a release in the order of their numbers."""
    rows = Certificate.objects.filter(release=release, state=CertificateState.VALID)
    return rows.order_by("number")
