"""Read a file of theory or machine marks: check it, or enter it for a skill."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils import timezone

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
from scoring.access import skill_for_results
from scoring.actions.mark_imports import import_marks
from scoring.errors import ScoringError
from scoring.management.skills import skill_named
from scoring.mark_files import read_marks


class Command(JsonCommand):
    help = (
        "Check a file of marks (entry code, aspect, value) against a skill's sheets "
        "(--dry-run) or enter it. S is an id or COMPETITION/NUMBER; USER is a "
        "results officer of the skill."
    )

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only")
        parser.add_argument("--skill", metavar="S", required=True)
        parser.add_argument("--by", metavar="USER", required=True)

    def run(self, **options: Any) -> tuple[Any, int]:
        path: Path = options["file"]
        if not path.is_file():
            raise UsageError(f"{path}: no such file / 没有这个文件")
        by = user_named(options["by"])
        skill = _skill(options["skill"], by)
        upload = Upload(path.name, path.read_bytes())
        found = read_marks(skill, upload)
        answer = found.as_dict() | {"entered": 0}
        if not found.is_clean:
            return answer, INPUT_ERRORS
        if not options["dry_run"]:
            try:
                at = timezone.now()
                answer["entered"] = import_marks(skill, file=found, by=by, at=at)
            except ScoringError as refused:
                message = f"{refused.message} / The marks were refused."
                problem = Problem("error", "", None, "", refused.code, message)
                answer["problems"] = [problem.as_dict()]
                return answer, INPUT_ERRORS
        return answer, FINE

    def lines(self, answer: Any) -> list[str]:
        """Say the counts in one line and each finding in its own."""
        return problem_lines(answer)


def _skill(text: str, by: User) -> Skill:
    skill = skill_named(text)
    try:
        if skill is None:
            raise Http404
        return skill_for_results(by, skill.pk, timezone.now())
    except Http404:
        raise UsageError(f"{text}: no such skill / 没有这个赛项") from None
