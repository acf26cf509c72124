"""Apply two sets of documents to past releases; nothing is stored, nothing granted.

``in-force`` among the documents stands for all that bind; ``all`` for every release.
"""

from argparse import ArgumentParser
from typing import Any

from awards import simulations
from awards.queries.documents import rulebooks
from awards.queries.simulated import IN_FORCE, Choice, scope_for, simulated
from people.commands import FINE, JsonCommand, UsageError
from scoring.models import Release

ALL = "all"


class Command(JsonCommand):
    help = "compare what two sets of documents would give for past releases"

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--documents", required=True, metavar="A,B")
        parser.add_argument("--against", default=IN_FORCE, metavar="C,D")
        parser.add_argument("--releases", default=ALL, metavar="R,R")
        parser.add_argument("--region", default="", metavar="CODE")
        parser.add_argument(
            "--anywhere",
            action="store_true",
            help="apply the named documents whatever their region",
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        after, before = _ids(options["documents"]), _ids(options["against"])
        known = {IN_FORCE} | {book.document.id for book in rulebooks()}
        for unknown in sorted({*after, *before} - known):
            raise UsageError(f"没有文件 {unknown} / there is no document {unknown}")
        releases = _releases(options["releases"])
        choice = Choice(
            before, after, tuple(r.number for r in releases), options["anywhere"]
        )
        found = simulated(releases, choice, scope_for(options["region"]))
        return simulations.plain(found, choice), FINE

    def lines(self, answer: Any) -> list[str]:
        head = f"cases {answer['cases']}  +{answer['gaining']}  -{answer['losing']}"
        return [head, *map(_line, answer["kinds"])]


def _line(row: dict[str, Any]) -> str:
    sides = (
        f"{side}: {row[side]['given']} ({row[side]['amount']} 元, "
        f"{row[side]['open']} open)"
        for side in ("before", "after")
    )
    return f"{row['kind']}  " + "  ".join(sides)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _releases(text: str) -> list[Release]:
    rows = Release.objects.select_related("competition").defer("source").order_by("pk")
    if text == ALL:
        return list(rows)
    numbers = _ids(text)
    found = list(rows.filter(number__in=numbers))
    for number in sorted(set(numbers) - {row.number for row in found}):
        raise UsageError(f"没有成绩版本 {number} / there is no release {number}")
    return found
