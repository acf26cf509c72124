"""The worker: takes jobs one after the other, and fails those a dead worker left."""

import threading
from typing import Any

from django.db import connection
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from jobs.actions import reap_jobs

REAP_SECONDS = 15


class Command(db_worker.Command):
    help = "Take jobs from the queue; fail those whose heartbeat stopped."

    def handle(self, **options: Any) -> None:
        options |= {"interval": min(options["interval"], 0.5)}
        over = threading.Event()
        threading.Thread(target=reap, args=[over], daemon=True).start()
        try:
            super().handle(**options)
        finally:
            over.set()


def reap(over: threading.Event) -> None:
    """Look for stale jobs until the worker ends."""
    while True:
        try:
            reap_jobs(at=timezone.now())
        finally:
            connection.close()
        if over.wait(REAP_SECONDS):
            return
