"""Import a roster workbook into a competition, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils import timezone

from competitions.access import competition_for
from competitions.actions.rosters import import_roster
from competitions.models import Competition
from competitions.queries import local_day
from competitions.rosters import read_roster
from people.commands import (
    FINE,
    INPUT_ERRORS,
    JsonCommand,
    UsageError,
    actor_named,
    problem_lines,
)
from people.models import User
from people.spreadsheets import has_errors


class Command(JsonCommand):
    help = "Import persons and entries from a roster workbook (.xlsx or .csv)."
    writes = True

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--competition", metavar="CODE", required=True)
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def run(self, **options: Any) -> tuple[Any, int]:
        path: Path = options["file"]
        if not path.is_file():
            raise UsageError(f"{path}: no such file / 没有这个文件")
        by = actor_named(options["by"])
        competition = _competition(options["competition"], by)
        at = timezone.now()
        reading = read_roster(
            path.read_bytes(), filename=path.name, on=local_day(competition, at)
        )
        outcome = import_roster(
            competition, reading=reading, by=by, at=at, is_dry_run=options["dry_run"]
        )
        failed = has_errors(outcome.problems)
        return outcome.as_dict(), INPUT_ERRORS if failed else FINE

    def lines(self, answer: Any) -> list[str]:
        """Say the counts in one line and each finding in its own."""
        return problem_lines(answer)


def _competition(code: str, by: User | str) -> Competition:
    """Return the competition: an organizer's own, or any for those who run the system."""
    try:
        if isinstance(by, User) and not by.is_staff:
            return competition_for(by, code)
        return Competition.objects.get(code=code)
    except (Http404, Competition.DoesNotExist):
        raise UsageError(f"{code}: no such competition / 没有这场赛事") from None
