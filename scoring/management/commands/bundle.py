"""Write a release's results bundle, its name table, or the program that checks it."""

from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils import timezone

from people.commands import FINE, JsonCommand, UsageError, actor_named
from scoring.actions.bundles import take_names
from scoring.bundle import bundle_of
from scoring.errors import ScoringError
from scoring.models import Release
from scoring.shadow.single_file import verifier


class Command(JsonCommand):
    help = "Write what is needed to compute a release's places anew, elsewhere."
    writes = True

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--release", required=True, metavar="R")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--names", type=Path, metavar="FILE", help="name table")
        parser.add_argument("--verifier", type=Path, metavar="FILE", help="program")

    def run(self, **options: Any) -> tuple[Any, int]:
        release = Release.objects.filter(number=options["release"]).first()
        if release is None:
            raise UsageError(f"{options['release']}: no such release / 没有这个版本")
        by = actor_named(options["by"])
        try:
            content = bundle_of(release)
        except ScoringError as refused:
            raise UsageError(f"{refused.message} / no bundle") from refused
        options["out"].write_bytes(content)
        answer = {
            "release": release.number,
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        if options["names"]:
            names = take_names(release, by=by, at=timezone.now())
            options["names"].write_bytes(names)
            answer["names"] = sha256(names).hexdigest()
        if options["verifier"]:
            options["verifier"].write_text(verifier(), encoding="utf-8")
        return answer, FINE
