"""Read every policy document and run every case; name each mistake.

Counts what the shelf holds: rules, prizes, entry conditions, constraints, gaps.  Every
rule needs three cases: one that entitles (a draft previews it), one refused, one out of
validity.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from awards import shelf
from awards.core.cases import (
    CASES_PER_RULE,
    OUT_OF_SCOPE,
    differences,
    lacking,
    situations_of,
)
from awards.core.reading import RulebookUnreadable
from awards.core.rulebook import Rulebook
from people.commands import FINE, INPUT_ERRORS, JsonCommand

WORDS = {
    "cases": f"needs {CASES_PER_RULE} cases",
    "entitled": "needs a case that entitles",
    "refused": "needs a case that is refused",
    OUT_OF_SCOPE: "needs a case that is out of scope",
}


class Command(JsonCommand):
    help = "read every rulebook and run its cases"

    def run(self, **options: Any) -> tuple[Any, int]:
        problems: list[str] = []
        on_shelf = list(_read(shelf.files(), problems))
        books = [*on_shelf, *_read(shelf.demonstration_files(), problems)]
        cases = _run_cases({book.document.id: book for book in books}, problems)
        answer = {
            "rulebooks": len(on_shelf),
            "rules": sum(len(book.rules) for book in on_shelf),
            "prizes": sum(len(book.prizes) for book in on_shelf),
            "entries": sum(len(book.entries) for book in on_shelf),
            "constraints": sum(len(book.constraints) for book in on_shelf),
            "cases": cases,
            "gaps": sum(len(book.gaps) for book in on_shelf),
            "problems": problems,
        }
        return answer, INPUT_ERRORS if problems else FINE

    def lines(self, answer: Any) -> list[str]:
        counts = [f"{name}: {n}" for name, n in answer.items() if name != "problems"]
        return [*counts, *answer["problems"]]


def _read(files: list[Path], problems: list[str]) -> Iterator[Rulebook]:
    for path in files:
        try:
            yield shelf.read(path)
        except RulebookUnreadable as error:
            problems += map(str, error.problems)


def _run_cases(books: dict[str, Rulebook], problems: list[str]) -> int:
    """Run every case file there is; note what differs and which rules lack cases."""
    folder = settings.ROOT / "tests" / "awards" / "cases"
    if not folder.is_dir():
        return 0
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            identifier, situations = situations_of(path.read_text(encoding="utf-8"))
        except (ValueError, KeyError, tomllib.TOMLDecodeError) as error:
            problems.append(f"{path.name}: {error}")
            continue
        if identifier not in books:
            problems.append(f"{path.name}: there is no rulebook {identifier}")
            continue
        for situation in situations:
            about = (identifier, situation.rule)
            found.setdefault(about, []).append(situation.expect)
            wrong = differences(situation, books[identifier])
            problems += [f"{path.name}: {text}" for text in wrong]
    for book in books.values():
        for rule in book.rules:
            expected = found.get((book.document.id, rule.id), [])
            place = f"{book.document.id}.toml, rule {rule.id}"
            problems += [f"{place}: {text}" for text in _lacking(expected)]
    return sum(map(len, found.values()))


def _lacking(expected: list[str]) -> list[str]:
    """What the cases of a rule leave unproved."""
    return [WORDS[what] for what in lacking(expected)]
