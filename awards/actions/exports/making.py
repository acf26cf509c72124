"""Make a file that was asked for and, where it has to be, agreed to.

The lines go from the database into a nameless temporary file and from there sealed to
their place; nothing of them stays in memory or on disk in the clear.
"""

import tempfile
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.exports.telling import event_of
from awards.enums import ExportState
from awards.errors import AwardsError, ExportRefused
from awards.exporting import makers
from awards.exporting.contract import AT_ONCE, Made, Report
from awards.exporting.tally import Checked
from awards.models import ExportBatch, ExportRow
from jobs.actions import start_job
from ledger.actions import append, lock_chains
from ledger.core.chain import bureau_chain
from people.sealed_files import Sealed, seal

WORK = "awards.actions.exports.making.run_export"
CHUNK = 1000
# Models of fifty thousand checks would take longer than their file.
_INSERT = (
    "INSERT INTO awards_exportrow (batch_id, entitlement_id, position, row_check, sheet)"
    " VALUES (%s, %s, %s, %s, %s)"
)


def folder() -> Path:
    """Where sealed files are kept."""
    return Path(settings.VAR) / "exports"


def begin(batch: ExportBatch, *, at: datetime) -> None:
    """Make a small file now, a large one as a job; a failure stays with the batch."""
    maker = makers.MAKERS.get(batch.kind)
    if batch.expected > (maker.at_once if maker else AT_ONCE):
        _queue(batch, at=at)
        return
    try:
        make_export(batch, at=at)
    except AwardsError:
        batch.refresh_from_db()


def run_export(report: Report, *, batch: int) -> None:
    """The job: make the file of a batch that is still to be made."""
    rows = ExportBatch.objects.select_related("release__competition", "bureau")
    asked = rows.filter(pk=batch, state=ExportState.MAKING).first()
    if asked is None:
        raise ExportRefused("over", _("这份文件已经办过，不用再生成。"))
    report(0, asked.expected, _("读取名单"))
    make_export(asked, at=timezone.now(), report=report)


class Checks:
    """The checks of a batch, kept in a file of their own until the lines are read.

    Nothing is written to the database while its rows are still being read: on SQLite
    an open read would make the write fail as soon as somebody else has written.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115

    def __enter__(self) -> "Checks":
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def keep(self, checked: Checked) -> None:
        """Keep the check of one line."""
        told = (checked.entitlement, checked.position, checked.row_check, checked.sheet)
        self._file.write("\t".join(map(str, told)) + "\n")

    def store(self, batch: ExportBatch) -> None:
        """Write them all, in place of those of an earlier try."""
        ExportRow.objects.filter(batch=batch).delete()
        self._file.seek(0)
        with connection.cursor() as cursor:
            while lines := list(islice(self._file, CHUNK)):
                cursor.executemany(_INSERT, [_row(batch, line) for line in lines])


def _row(batch: ExportBatch, line: str) -> tuple[int, int, int, str, str]:
    entitlement, position, check, sheet = line.rstrip("\n").split("\t", 3)
    return batch.pk, int(entitlement), int(position), check, sheet


def make_export(
    batch: ExportBatch, *, at: datetime, report: Report | None = None
) -> ExportBatch:
    """Make the file of a batch, seal it, and tell the bureau's chain its digest.

    A failure is kept with the batch in words, and raised.
    """
    path = folder() / f"{uuid4().hex}.sealed"
    try:
        with Checks() as checks:
            made, sealed = _made(batch, path, checks, report or _silent, at)
            _finish(batch, made, sealed, path.name, checks=checks, at=at)
    except BaseException as error:
        path.unlink(missing_ok=True)
        told = str(error) if isinstance(error, AwardsError) else type(error).__name__
        _fail(batch, told)
        raise
    return batch


def _silent(_done: int, _total: int, _words: str = "") -> None:
    """The report of a file that is made while its asker waits."""


def _made(
    batch: ExportBatch, path: Path, checks: Checks, report: Report, at: datetime
) -> tuple[Made, Sealed]:
    with tempfile.TemporaryFile() as plain:
        made = makers.make(batch, plain, report=report, keep=checks.keep, at=at)
        report(made.lines or made.people, made.lines or made.people, _("加密保存"))
        plain.seek(0)
        return made, seal(plain, path)


@transaction.atomic
def _finish(
    batch: ExportBatch,
    made: Made,
    sealed: Sealed,
    file: str,
    *,
    checks: Checks,
    at: datetime,
) -> None:
    if not made.people and not made.lines and batch.is_personal:
        text = _("没有可列入名单的人：没有符合条件的待遇，或都还有待补的事实。")
        raise ExportRefused("nothing-to-export", text)
    chain = lock_chains([bureau_chain(batch.bureau_id)], at=at).popitem()[1]
    batch.state = ExportState.READY
    batch.rows, batch.lines = made.people, made.lines or made.people
    batch.size, batch.digest = sealed.size, sealed.digest
    batch.rows_digest = made.rows_digest
    batch.file_name, batch.file = made.file_name[-160:], file
    batch.made_at, batch.error = at, ""
    batch.save()
    checks.store(batch)
    append(chain, [event_of("export-made", batch)], actor=batch.asked_by.actor, at=at)


def _fail(batch: ExportBatch, words: str) -> None:
    batch.state, batch.error = ExportState.FAILED, words[:300]
    rows = ExportBatch.objects.filter(pk=batch.pk)
    rows.update(state=batch.state, error=batch.error)


@transaction.atomic
def _queue(batch: ExportBatch, *, at: datetime) -> None:
    batch.job = start_job(
        _("导出 %(number)s") % {"number": batch.number},
        work=WORK,
        owner=batch.asked_by.actor,
        at=at,
        total=batch.expected,
        arguments={"batch": batch.pk},
    )
    batch.save(update_fields=["job"])
