"""A release's certificates taken away by a bureau: as one PDF, or a file each.

They say what the release publishes and hold no identity numbers, so there is no masked
form and nothing to approve.
"""

from typing import IO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards import certificates
from awards.access.papers import papers_of
from awards.actions.certificates.batches import (
    valid_certificates,
    write_document,
    write_files,
)
from awards.errors import ExportRefused
from awards.exporting.contract import Made, Maker, Report
from awards.exporting.selection import selection_of
from awards.listings.base import Selection
from awards.models import Certificate, ExportBatch
from scoring.models import Release

AT_ONCE = 50  # pages take a twentieth of a second each


def _chosen(selection: Selection) -> list[Certificate]:
    if selection.release is None:
        raise ExportRefused("no-release", _nobody(selection))
    rows = list(_valid(selection, selection.release).select_related("design"))
    if not rows:
        raise ExportRefused("nothing", _nobody(selection))
    return rows


def _nobody(selection: Selection) -> str:
    if selection.release is None:
        return _("请选一个成绩版本，证书按版本制作。")
    return _("这个成绩版本还没有有效的证书，请先在“证书”里制作。")


def _people(selection: Selection) -> int:
    if selection.release is None:
        return 0
    rows = _valid(selection, selection.release)
    return rows.values("person").distinct().count()


def _valid(selection: Selection, release: Release) -> QuerySet[Certificate]:
    """Of a joint event of elsewhere the certificates of the bureau's people alone."""
    return valid_certificates(release.pk).filter(papers_of(selection.bureau))


def _document(report: Report, batch: ExportBatch, out: IO[bytes]) -> Made:
    rows = _chosen(selection_of(batch))
    number = batch.release.number if batch.release else ""
    printings = certificates.printings_of(rows)
    write_document(out, printings, report, title=f"获奖证书 {number}")
    return _made(rows, f"获奖证书-{number}-{batch.number}.pdf")


def _files(report: Report, batch: ExportBatch, out: IO[bytes]) -> Made:
    rows = _chosen(selection_of(batch))
    number = batch.release.number if batch.release else ""
    printings = certificates.printings_of(rows)
    write_files(out, rows, printings, report, by=batch.asked_by.actor)
    return _made(rows, f"获奖证书-{number}-{batch.number}.zip")


def _made(rows: list[Certificate], name: str) -> Made:
    return Made(name, len({row.person_id for row in rows}), lines=len(rows))


DOCUMENT = Maker(
    name="award-certificates",
    title="获奖证书（一份 PDF）",
    make=_document,
    people=_people,
    is_personal=False,
    at_once=AT_ONCE,
    takes_filters=False,
    nobody=_nobody,
)
FILES = Maker(
    name="award-certificate-files",
    title="获奖证书（每张一个文件）",
    make=_files,
    people=_people,
    is_personal=False,
    at_once=AT_ONCE,
    takes_filters=False,
    nobody=_nobody,
)
