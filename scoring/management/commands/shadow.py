"""Compute results once more by the second opinion and compare with the first.

``--random N`` compares generated competitions; otherwise stored results are checked.
"""

from argparse import ArgumentParser
from typing import Any

from competitions.models import Skill
from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError
from scoring.models import Release
from scoring.queries.second_opinion import (
    opinion_differences,
    plain_differences,
    random_differences,
    second_opinion,
)

SHOWN = 20


class Command(JsonCommand):
    help = "Compare results with an independent calculation in whole numbers."

    def add_options(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--skill", type=int, metavar="ID", help="only this skill")
        what.add_argument("--release", metavar="R", help="the skills of this release")
        what.add_argument("--random", type=int, metavar="N", help="N random ones")
        parser.add_argument("--seed", type=int, default=1, help="of the random ones")
        parser.add_argument(
            "--plant", action="store_true", help="let the first calculation err"
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        if options["random"] is not None:
            plant = options["plant"]
            found = random_differences(options["random"], options["seed"], plant=plant)
            answer: dict[str, Any] = {
                "competitions": options["random"],
                "differences": found[:SHOWN],
            }
            if len(found) > SHOWN:
                answer["count"] = len(found)
            return answer, INPUT_ERRORS if found else FINE
        if options["plant"]:
            raise UsageError("--plant needs --random / --plant 只与 --random 同用")
        skills = _skills(options)
        stored = [row for skill in skills for row in opinion_differences(skill)]
        results = sum(len(second_opinion(skill)) for skill in skills)
        answer = {
            "skills": len(skills),
            "results": results,
            "differences": plain_differences(stored),
        }
        return answer, INPUT_ERRORS if stored else FINE


def _skills(options: dict[str, Any]) -> list[Skill]:
    rows = Skill.objects.select_related("competition").order_by("pk")
    if options["release"]:
        release = Release.objects.filter(number=options["release"]).first()
        if release is None:
            raise UsageError(f"{options['release']}: no such release / 没有这个版本")
        return list(rows.filter(releases__release=release))
    if options["skill"] is None:
        return list(rows.filter(scoring_state__isnull=False))
    found = list(rows.filter(pk=options["skill"]))
    if not found:
        raise UsageError(f"{options['skill']}: no such skill / 没有这个赛项")
    return found
