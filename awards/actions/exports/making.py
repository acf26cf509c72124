"""Make a file that was asked for and, where it has to be, agreed to.

The lines go from the database into a nameless temporary file and from there sealed to
their place; nothing of them stays in memory or on disk in the clear.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
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


def make_export(
    batch: ExportBatch, *, at: datetime, report: Report | None = None
) -> ExportBatch:
    """Make the file of a batch, seal it, and tell the bureau's chain its digest.

    A failure is kept with the batch in words, and raised.
    """
    path = folder() / f"{uuid4().hex}.sealed"
    try:
        made, sealed = _made(batch, path, report or _silent, at)
        _finish(batch, made, sealed, path.name, at=at)
    except BaseException as error:
        path.unlink(missing_ok=True)
        told = str(error) if isinstance(error, AwardsError) else type(error).__name__
        _fail(batch, told)
        raise
    return batch


def _silent(_done: int, _total: int, _words: str = "") -> None:
    """The report of a file that is made while its asker waits."""


def _made(
    batch: ExportBatch, path: Path, report: Report, at: datetime
) -> tuple[Made, Sealed]:
    rows = Rows(batch)
    with tempfile.TemporaryFile() as plain:
        made = makers.make(batch, plain, report=report, keep=rows.keep, at=at)
        rows.store()
        report(made.lines or made.people, made.lines or made.people, _("加密保存"))
        plain.seek(0)
        return made, seal(plain, path)


class Rows:
    """The checks of a batch on their way into the database, a thousand at a time.

    Those of an earlier try go first; none counts before its batch is ready.
    """

    def __init__(self, batch: ExportBatch) -> None:
        self._batch = batch
        self._held: list[ExportRow] = []
        ExportRow.objects.filter(batch=batch).delete()

    def keep(self, checked: Checked) -> None:
        """Keep the check of one line."""
        self._held.append(
            ExportRow(
                batch_id=self._batch.pk,
                entitlement_id=checked.entitlement,
                sheet=checked.sheet,
                position=checked.position,
                row_check=checked.row_check,
            )
        )
        if len(self._held) >= CHUNK:
            self.store()

    def store(self) -> None:
        """Write what is held."""
        ExportRow.objects.bulk_create(self._held)
        self._held = []


@transaction.atomic
def _finish(
    batch: ExportBatch, made: Made, sealed: Sealed, file: str, *, at: datetime
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
