"""Start long work, report how far it is, settle how it ended.

The work is a function ``work(report, **arguments) -> Result | None`` named by its dotted
path; it may run again after a crash, so it stages what it does and commits once.  Its
rights are the caller's: the action that starts a job has asked for them.
"""

import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from jobs import progress
from jobs.enums import JobState
from jobs.models import Job
from jobs.progress import Progress

BEAT_SECONDS = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """A file that a job leaves behind: its name for the reader and its content."""

    name: str
    content: bytes


def start_job(
    kind: str,
    *,
    work: str,
    owner: str,
    at: datetime,
    arguments: dict[str, Any] | None = None,
    total: int = 0,
) -> Job:
    """Enter a job and hand it to the worker once the transaction has committed.

    ``work`` is the dotted path of the function, ``arguments`` plain JSON values,
    ``owner`` the opaque id of whoever may see it.
    """
    import_string(work)  # a wrong name is the caller's error, not the worker's
    job = Job.objects.create(kind=kind, owner=owner, created_at=at, total=total)
    plain = arguments or {}
    transaction.on_commit(lambda: _enqueue(job.pk, work, plain))
    return job


def report_progress(
    job_id: UUID, *, done: int, total: int, message: str, at: datetime
) -> None:
    """Say how far a job is; also its heartbeat.  Never waits for the database."""
    progress.write(job_id, Progress(done, total, message[:300], at))


def run_job(job_id: UUID, *, work: str, arguments: dict[str, Any]) -> None:
    """Do the work of one job and settle how it ended; called by the worker."""
    at = timezone.now()
    begun = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=at, heartbeat_at=at
    )
    if not begun:
        return  # settled already, by the reaper or by another worker
    try:
        with _reporting(job_id) as report:
            result = import_string(work)(report, **arguments)
    except Exception as error:
        logger.exception("job %s failed", job_id)
        fail_job(job_id, error=_sentence(error), at=timezone.now())
        return
    finish_job(job_id, result=result, at=timezone.now())


def finish_job(job_id: UUID, *, result: Result | None, at: datetime) -> bool:
    """Settle a job as done and keep its file; False when it is over already."""
    settled = _last_progress(job_id) | {"state": JobState.DONE, "finished_at": at}
    if result is not None:
        path = progress.directory() / f"{job_id}.result"
        path.write_bytes(result.content)
        settled |= {
            "result_path": path.name,
            "result_name": result.name,
            "result_hash": hashlib.sha256(result.content).hexdigest(),
        }
    return _settle(job_id, settled)


def fail_job(job_id: UUID, *, error: str, at: datetime) -> bool:
    """Settle a job as failed, with a sentence; False when it is over already."""
    settled = {"state": JobState.FAILED, "finished_at": at, "error": error}
    return _settle(job_id, _last_progress(job_id) | settled)


def reap_jobs(*, at: datetime) -> int:
    """Fail running jobs whose heartbeat stopped; return how many.

    A worker that was killed leaves its job running for ever otherwise.
    """
    oldest = at - timedelta(seconds=settings.JOB_STALE_SECONDS)
    reaped = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        known = progress.read(job.pk)
        beat = known.at if known else job.heartbeat_at
        if beat is None or beat < oldest:
            reaped += fail_job(job.pk, error="后台进程中断，请重新提交", at=at)
    return reaped


def _enqueue(job_id: UUID, work: str, arguments: dict[str, Any]) -> None:
    perform.enqueue(job=str(job_id), work=work, arguments=arguments)


@task()
def perform(job: str, work: str, arguments: dict[str, Any]) -> None:
    """The one task that the queue knows; its values are plain JSON."""
    run_job(UUID(job), work=work, arguments=arguments)


class Report:
    """What the work calls to say how far it is; beats on its own in between."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id = job_id
        self._known: tuple[int, int, str] = (0, 0, "")

    def __call__(self, done: int, total: int, message: str = "") -> None:
        self._known = (done, total, message)
        self.beat()

    def beat(self) -> None:
        """Write what was last said, with the present time."""
        done, total, message = self._known
        report_progress(
            self._job_id, done=done, total=total, message=message, at=timezone.now()
        )


@contextmanager
def _reporting(job_id: UUID) -> Iterator[Report]:
    """A report whose heart beats while the block runs, however silent the work is."""
    report, over = Report(job_id), threading.Event()

    def beat() -> None:
        while not over.wait(BEAT_SECONDS):
            report.beat()

    report.beat()
    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield report
    finally:
        over.set()
        heart.join()


def _last_progress(job_id: UUID) -> dict[str, Any]:
    known = progress.read(job_id)
    if known is None:
        return {}
    return {
        "done": known.done,
        "total": known.total,
        "message": known.message,
        "heartbeat_at": known.at,
    }


def _settle(job_id: UUID, values: dict[str, Any]) -> bool:
    open_states = (JobState.WAITING, JobState.RUNNING)
    changed = Job.objects.filter(pk=job_id, state__in=open_states).update(**values)
    progress.forget(job_id)
    return bool(changed)


def _sentence(error: Exception) -> str:
    """What may be shown: the words of an error meant for people, or its kind alone."""
    return str(error) if hasattr(error, "code") else type(error).__name__
