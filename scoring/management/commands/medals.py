"""Positions and medals of a table of WorldSkills scale scores, by edition."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError
from scoring.core.medals import EDITIONS, label, place
from scoring.score_tables import ScoreRow, TableRefused, by_skill, read_scores


class Command(JsonCommand):
    help = "Position and medal of every scale score in a CSV file."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, choices=sorted(EDITIONS))

    def run(self, **options: Any) -> tuple[Any, int]:
        edition = EDITIONS[options["edition"]]
        if not options["file"].is_file():
            raise UsageError(f"{options['file']}: no such file / 没有这个文件")
        try:
            rows = read_scores(options["file"], "scale_score", whole=True)
        except TableRefused as refused:
            return {"problems": refused.problems}, INPUT_ERRORS

        def placed(of_skill: list[ScoreRow]) -> list[dict[str, object]]:
            found = place([int(row.number) for row in of_skill], edition)
            return [
                {
                    "skill_number": row.skill_number,
                    "member_code": row.member_code,
                    "position": got.position,
                    "medal": label(got.medal, edition),
                }
                for row, got in zip(of_skill, found, strict=True)
            ]

        return by_skill(rows, placed), FINE
