"""Everything between a fresh checkout and a server that can start, in one process.

Migrates, collects static files when they changed, and fills an empty database with the
demonstration.  Prints the demonstration's addresses and sign-ins as JSON.
"""

import hashlib
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

NOTHING: dict[str, Any] = {"sign_ins": [], "addresses": []}


class Command(BaseCommand):
    help = "Migrate, collect static files, load the demonstration when empty."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", default="marking")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0, stdout=sys.stderr)
        collect_when_changed()
        kept = settings.VAR / f"demonstration-{database_digest()}.json"
        if not get_user_model().objects.exists():
            kept.write_text(load(options["stage"]), encoding="utf-8")
        told = demonstration(kept)
        if told.get("stage", options["stage"]) != options["stage"]:
            self.stderr.write(
                f"数据库里是阶段 {told['stage']}，照旧使用 / the database holds stage "
                f"{told['stage']} and is kept; another stage needs a fresh one."
            )
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def load(stage: str) -> str:
    """Build the demonstration; return what it tells, or end with what it refused."""
    out = StringIO()
    try:
        call_command("demo", "--stage", stage, "--json", stdout=out)
    except SystemExit:
        sys.stderr.write(out.getvalue())
        raise
    return out.getvalue()


def demonstration(kept: Path) -> dict[str, Any]:
    """What the demonstration said when it was loaded; nothing for other data."""
    if not kept.exists():
        return NOTHING
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return told


def database_digest() -> str:
    """A short name for the database in use, so that two do not share sign-ins."""
    place = connection.settings_dict
    name = f"{place.get('HOST', '')}/{place['NAME']}"
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def collect_when_changed() -> None:
    """Collect static files unless they are as they were the last time."""
    stamp = settings.STATIC_ROOT / "collected"
    state = static_state()
    if stamp.exists() and stamp.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state, encoding="ascii")


def static_state() -> str:
    """A digest of names, sizes and times of our files and of the locked packages."""
    digest = hashlib.sha256((settings.ROOT / "requirements/core.txt").read_bytes())
    for root in settings.STATICFILES_DIRS:
        for path in sorted(Path(root).rglob("*")):
            facts = path.stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
