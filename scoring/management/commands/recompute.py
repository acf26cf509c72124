"""Rebuild every result from the ledger, and external ones from their stored files.

``--check`` only compares; without it, stored results of running skills are written anew
from their sheets first.
"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from people.commands import FINE, INPUT_ERRORS, JsonCommand
from scoring.actions.results import recompute_results
from scoring.queries.audit import all_differences


class Command(JsonCommand):
    help = "Compare every stored result with its rebuilding from the ledger."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing")
        parser.add_argument("--skill", type=int, metavar="ID", help="only this skill")

    def run(self, **options: Any) -> tuple[Any, int]:
        if not options["check"]:
            recompute_results(skill=options["skill"], at=timezone.now())
        results, found = all_differences(skill=options["skill"])
        answer: dict[str, Any] = {"results": results, "differences": len(found)}
        if found:
            answer["found"] = found
        return answer, INPUT_ERRORS if found else FINE
