"""Reads: one owner's jobs and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs import progress, queries
from jobs.enums import JobState
from jobs.models import Job
from jobs.progress import Progress

AT = datetime(2026, 11, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def make_job(owner="user:5", hours=0, **values):
    created = AT + timedelta(hours=hours)
    return Job.objects.create(kind="table", owner=owner, created_at=created, **values)


def test_jobs_of_an_owner_come_latest_first():
    first, other, last = make_job(), make_job("user:6"), make_job(hours=1)

    assert list(queries.jobs_of("user:5")) == [last, first]
    assert queries.job_of("user:5", first.pk) == first
    assert queries.job_of("user:5", other.pk) is None


def test_progress_of_a_running_job_is_that_of_its_file():
    job = make_job(state=JobState.RUNNING)
    progress.write(job.pk, Progress(3, 9, "第 3 行", AT))

    assert queries.progress_of(job) == Progress(3, 9, "第 3 行", AT)


def test_progress_of_a_job_without_file_is_what_was_settled():
    job = make_job(state=JobState.DONE, done=9, total=9, message="完成")

    assert queries.progress_of(job) == Progress(9, 9, "完成", AT)


def test_jobs_that_are_over_are_not_counted():
    for state in JobState:
        make_job(state=state)

    assert queries.waiting_and_running() == 2
