"""Reads with names: the jobs of one owner, and how far a job is now."""

from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from jobs import progress
from jobs.enums import JobState
from jobs.models import Job
from jobs.progress import Progress


def jobs_of(owner: str) -> QuerySet[Job]:
    """All jobs of one owner, latest first."""
    return Job.objects.filter(owner=owner).order_by("-created_at", "pk")


def job_of(owner: str, job_id: UUID) -> Job | None:
    """One job, if it belongs to ``owner``; another owner's job is not there."""
    return jobs_of(owner).filter(pk=job_id).first()


def progress_of(job: Job) -> Progress:
    """How far a job is at this moment, from its file while it runs."""
    known = progress.read(job.pk) if job.state == JobState.RUNNING else None
    at = job.heartbeat_at or job.created_at
    return known or Progress(job.done, job.total, job.message, at)


def result_of(job: Job) -> Path | None:
    """The file that a finished job left behind."""
    if job.state != JobState.DONE or not job.result_path:
        return None
    return progress.directory() / job.result_path


def waiting_and_running() -> int:
    """How many jobs are not over."""
    return Job.objects.exclude(state__in=(JobState.DONE, JobState.FAILED)).count()
