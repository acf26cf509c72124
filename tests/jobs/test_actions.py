"""Long work: started after the commit, reported outside the lock, always settled."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from jobs import actions, progress, queries
from jobs.actions import Result
from jobs.enums import JobState
from jobs.models import Job
from jobs.progress import Progress

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
HERE = "tests.jobs.test_actions."

seen = []


class TableRefused(Exception):
    code = "refused"


def write_table(report, rows):
    report(1, rows, "第 1 行")
    (job,) = Job.objects.all()
    seen.append((job.state, queries.progress_of(job).message))
    return Result("名单.xlsx", b"content")


def do_nothing(report):
    return None


def refuse(report):
    report(3, 9, "第 3 行")
    raise TableRefused("第 3 行没有姓名")


def stumble(report):
    raise RuntimeError("secret detail")


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def start(work, **options):
    return actions.start_job(
        "table", work=HERE + work, owner="user:5", at=AT, **options
    )


@pytest.mark.django_db(transaction=True)
def test_job_runs_after_the_commit_and_leaves_its_file():
    with transaction.atomic():
        job = start("write_table", arguments={"rows": 2}, total=2)
        assert job.state == JobState.WAITING
        assert seen == []

    job.refresh_from_db()
    assert seen == [(JobState.RUNNING, "第 1 行")]
    assert (job.state, job.done, job.total) == (JobState.DONE, 1, 2)
    assert job.result_name == "名单.xlsx"
    assert queries.result_of(job).read_bytes() == b"content"
    assert progress.read(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_job_of_a_transaction_that_failed_never_runs():
    with pytest.raises(TableRefused), transaction.atomic():
        start("write_table", arguments={"rows": 2})
        raise TableRefused

    assert (seen, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("work", "error", "done"),
    [("refuse", "第 3 行没有姓名", 3), ("stumble", "RuntimeError", 0)],
)
def test_failed_job_says_what_may_be_said(work, error, done):
    job = start(work)

    job.refresh_from_db()
    assert (job.state, job.error, job.done) == (JobState.FAILED, error, done)
    assert queries.result_of(job) is None


@pytest.mark.django_db
def test_unknown_work_is_refused_at_once():
    with pytest.raises(ImportError):
        start("no_such_work")


@pytest.mark.django_db
def test_job_that_is_over_is_not_run_again():
    job = Job.objects.create(
        kind="table", owner="user:5", created_at=AT, state=JobState.FAILED
    )

    actions.run_job(job.pk, work=HERE + "write_table", arguments={"rows": 1})

    assert seen == []


@pytest.mark.django_db
def test_reaper_fails_only_jobs_whose_heart_stopped(settings):
    settings.JOB_STALE_SECONDS = 60
    stopped, beating, waiting = (
        Job.objects.create(
            kind="table", owner="user:5", created_at=AT, state=state, heartbeat_at=AT
        )
        for state in (JobState.RUNNING, JobState.RUNNING, JobState.WAITING)
    )
    later = AT + timedelta(seconds=61)
    progress.write(beating.pk, Progress(1, 2, "", later))

    assert actions.reap_jobs(at=later) == 1

    states = {job.pk: job.state for job in Job.objects.all()}
    assert states == {
        stopped.pk: JobState.FAILED,
        beating.pk: JobState.RUNNING,
        waiting.pk: JobState.WAITING,
    }


@pytest.mark.django_db
def test_job_that_was_reaped_stays_failed_when_its_worker_comes_back():
    job = Job.objects.create(
        kind="table", owner="user:5", created_at=AT, state=JobState.FAILED
    )

    assert actions.finish_job(job.pk, result=None, at=AT) is False

    job.refresh_from_db()
    assert job.state == JobState.FAILED


@pytest.mark.django_db
def test_heart_beats_while_the_work_is_silent(monkeypatch):
    monkeypatch.setattr(actions, "BEAT_SECONDS", 0.01)
    job = Job.objects.create(kind="table", owner="user:5", created_at=AT)
    beats = []
    monkeypatch.setattr(
        progress, "write", lambda job_id, known: beats.append(known.done)
    )

    with actions._reporting(job.pk) as report:
        report(4, 9)
        while len(beats) < 5:
            pass

    assert beats[:2] == [0, 4]
    assert set(beats[2:]) == {4}
