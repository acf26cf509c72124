"""What every command of the project shares: exit codes, ``--json``, ``--by``.

Exit 0: fine; 1: the input has errors (JSON all the same); 2: wrong usage.  With
``--json`` nothing but JSON goes to stdout.
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import User

FINE, INPUT_ERRORS, USAGE = 0, 1, 2


class UsageError(CommandError):
    """A command was called wrongly: nothing was tried, the exit code is 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=USAGE)


class JsonCommand(BaseCommand):
    """A command whose answer is a JSON value with ``--json`` and lines without.

    Subclasses declare arguments in :meth:`add_options` and return the answer and the
    exit code from :meth:`run`; ``lines`` says it to a person.  Set ``writes`` where rows
    are written: it adds the required ``--by``.
    """

    writes = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="only JSON on stdout")
        if self.writes:
            parser.add_argument(
                "--by",
                required=True,
                metavar="USER",
                help="who does it: an account, or system:<name>",
            )
        self.add_options(parser)

    def add_options(self, parser: ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, **options: Any) -> tuple[Any, int]:
        """Do the work; return the answer (plain values) and the exit code."""
        raise AssertionError(f"{type(self).__name__} defines no run()")

    def lines(self, answer: Any) -> list[str]:
        """Return the answer as lines for a person."""
        return [json.dumps(answer, ensure_ascii=False, indent=2)]

    def handle(self, *args: Any, **options: Any) -> None:
        answer, code = self.run(**options)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for line in self.lines(answer):
                self.stdout.write(line)
        self.stdout.flush()
        if code:
            sys.exit(code)


def user_named(username: str) -> User:
    """Return the active account of that name, or end as wrong usage."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise UsageError(f"--by {username}: no such account / 没有这个账号")
    return user


def actor_named(name: str) -> User | str:
    """Return the account of that name, or the system actor ``system:<name>``."""
    return name if name.startswith("system:") else user_named(name)


def problem_lines(answer: dict[str, Any]) -> list[str]:
    """Return an import's answer as lines: the counts, then each problem with its cell."""
    counts = "  ".join(f"{k}={v}" for k, v in answer.items() if k != "problems")
    return [counts, *map(_problem_line, answer["problems"])]


def _problem_line(problem: dict[str, Any]) -> str:
    place = f"{problem['sheet']}!{problem['column']}{problem['row'] or ''}"
    sign = "✗" if problem["severity"] == "error" else "!"
    return f"{sign} {place}: {problem['message']}"
