"""Derive what a release entitles to, and print the decisions in force.

Repeating it on the same facts writes nothing.
"""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from awards.actions.decisions import derive_awards
from awards.queries import lines_of
from people.commands import FINE, JsonCommand, UsageError, user_named
from scoring.models import Release


class Command(JsonCommand):
    help = "evaluate the documents in question for a release"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--release", required=True, metavar="R", help="its number")
        parser.add_argument("--by", metavar="USER", default="", help="who asks for it")

    def run(self, **options: Any) -> tuple[Any, int]:
        number = options["release"]
        release = Release.objects.filter(number=number).first()
        if release is None:
            raise UsageError(f"没有成绩版本 {number} / there is no release {number}")
        named = options["by"]
        by = user_named(named) if named and ":" not in named else named
        derive_awards(release, by=by or "system:awards", at=timezone.now())
        return lines_of(release), FINE

    def lines(self, answer: Any) -> list[str]:
        return [
            f"{row['skill']}  {row['person']}  {row['value']}  {row['decision']}"
            f"  {row['rule']}  {', '.join(row['missing'])}".rstrip()
            for row in answer
        ]
