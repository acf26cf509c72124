"""WorldSkills scale scores of a table of totals."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError
from scoring.core.scale import scale_500, scale_700
from scoring.score_tables import ScoreRow, TableRefused, by_skill, read_scores

ERAS = {"700": scale_700, "500": scale_500}


class Command(JsonCommand):
    help = "Scale score of every total in a CSV file, skill by skill."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--column", required=True, metavar="NAME")
        parser.add_argument("--era", choices=sorted(ERAS), default="700")

    def run(self, **options: Any) -> tuple[Any, int]:
        era = ERAS[options["era"]]
        if not options["file"].is_file():
            raise UsageError(f"{options['file']}: no such file / 没有这个文件")
        try:
            rows = read_scores(options["file"], options["column"], whole=False)
        except TableRefused as refused:
            return {"problems": refused.problems}, INPUT_ERRORS

        def scaled(of_skill: list[ScoreRow]) -> tuple[int, ...]:
            return era([row.number for row in of_skill]).scores

        return by_skill(rows, scaled), FINE
