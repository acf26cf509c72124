"""Progress and heartbeat of running jobs, in one small file per job.

A file, because the work itself may hold the database's only write lock for a while and
its progress must be seen at that very time.  Replaced as a whole, so that a reader never
meets half a file.
"""

import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``done`` of ``total`` steps, with a sentence for people."""

    done: int
    total: int
    message: str
    at: datetime


def directory() -> Path:
    """Where progress and results are kept."""
    path = Path(settings.VAR) / "jobs"
    path.mkdir(parents=True, exist_ok=True)
    return path


def write(job_id: UUID, progress: Progress) -> None:
    """Replace what is known of a job's progress."""
    target = _file(job_id)
    draft = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    facts = asdict(progress) | {"at": progress.at.isoformat()}
    draft.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    draft.replace(target)


def read(job_id: UUID) -> Progress | None:
    """What is known of a job's progress; nothing when it never reported."""
    try:
        facts = json.loads(_file(job_id).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Progress(**(facts | {"at": datetime.fromisoformat(facts["at"])}))


def forget(job_id: UUID) -> None:
    """Remove the file of a job that is over."""
    _file(job_id).unlink(missing_ok=True)


def _file(job_id: UUID) -> Path:
    return directory() / f"{job_id}.json"
