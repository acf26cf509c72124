"""Job: a piece of long work, what it is and how it ended.

``owner`` is an opaque id ("user:5"); whether somebody may see a job is asked above.
While a job runs, its progress and heartbeat stand in a file (``progress.py``); the
columns here hold what was last settled.
"""

import uuid

from django.db import models

from jobs.enums import JobState


class Job(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    owner = models.CharField(max_length=60)
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.WAITING
    )
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    result_path = models.CharField(max_length=300, blank=True, default="")
    result_name = models.CharField(max_length=200, blank=True, default="")
    result_hash = models.CharField(max_length=64, blank=True, default="")
    error = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="job_by_owner"),
            models.Index(fields=["state"], name="job_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
