"""Read a marking-scheme workbook: check it, or import it for a skill."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from people.commands import (
    FINE,
    INPUT_ERRORS,
    JsonCommand,
    UsageError,
    problem_lines,
)
from people.spreadsheets import has_errors
from scoring.workbooks import read_scheme


class Command(JsonCommand):
    help = "Check a CIS marking-scheme workbook (--dry-run) or import it for a skill."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def run(self, **options: Any) -> tuple[Any, int]:
        path: Path = options["file"]
        if not path.is_file():
            raise UsageError(f"{path}: no such file / 没有这个文件")
        reading = read_scheme(path.read_bytes(), filename=path.name)
        failed = has_errors(reading.problems)
        return reading.as_dict(), INPUT_ERRORS if failed else FINE

    def lines(self, answer: Any) -> list[str]:
        """Say the counts in one line and each finding in its own."""
        return problem_lines(answer)
