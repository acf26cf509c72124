"""Read a marking-scheme workbook: check it, or import it for a skill."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils import timezone

from competitions.access import skill_for
from competitions.models import Skill
from people.commands import (
    FINE,
    INPUT_ERRORS,
    JsonCommand,
    UsageError,
    problem_lines,
    user_named,
)
from people.models import User
from people.spreadsheets import Problem
from people.spreadsheets.uploads import Upload
from scoring.actions.schemes import import_scheme
from scoring.errors import SchemeRefused
from scoring.management.skills import skill_named
from scoring.workbooks import SchemeReading, read_scheme


class Command(JsonCommand):
    help = (
        "Check a marking-scheme workbook (--dry-run) or import it for a skill "
        "(--skill S --by U). S is an id or COMPETITION/NUMBER."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only")
        parser.add_argument("--skill", metavar="S", default="")
        parser.add_argument("--by", metavar="USER", default="")

    def run(self, **options: Any) -> tuple[Any, int]:
        path: Path = options["file"]
        if not path.is_file():
            raise UsageError(f"{path}: no such file / 没有这个文件")
        upload = Upload(path.name, path.read_bytes())
        target = None if options["dry_run"] else _target(options)
        reading = read_scheme(upload.content, filename=upload.name)
        answer = reading.as_dict()
        if reading.scheme is None:
            return answer, INPUT_ERRORS
        if target is not None:
            try:
                _import(*target, reading, upload)
            except SchemeRefused as refused:
                message = f"{refused.message} / The scheme was refused."
                problem = Problem("error", "", None, "", refused.code, message)
                answer["problems"] = [problem.as_dict()]
                return answer, INPUT_ERRORS
        return answer, FINE

    def lines(self, answer: Any) -> list[str]:
        """Say the counts in one line and each finding in its own."""
        return problem_lines(answer)


def _target(options: dict[str, Any]) -> tuple[Skill, User]:
    """Return the skill to import for and who does it; a foreign skill is not found."""
    if not options["skill"] or not options["by"]:
        raise UsageError(
            "give --dry-run, or --skill and --by / 须写 --dry-run，或 --skill 和 --by"
        )
    by = user_named(options["by"])
    skill = skill_named(options["skill"])
    try:
        if skill is None:
            raise Http404
        return (skill if by.is_staff else skill_for(by, skill.pk)), by
    except Http404:
        raise UsageError(f"{options['skill']}: no such skill / 没有这个赛项") from None


def _import(skill: Skill, by: User, reading: SchemeReading, upload: Upload) -> None:
    if reading.scheme is None:
        return
    import_scheme(
        skill,
        scheme=reading.scheme,
        source_name=upload.name,
        source_digest=upload.digest,
        findings=[problem.as_dict() for problem in reading.problems],
        by=by,
        at=timezone.now(),
    )
