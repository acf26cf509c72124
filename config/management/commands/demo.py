"""Build the demonstration in a fresh database; refuse one that holds anything else."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from config.demo.accounts import LOGINS, PASSWORD, PIN
from config.demo.build import Stage
from config.demo.stages import build_stage
from people.commands import INPUT_ERRORS, JsonCommand, UsageError

JUDGING = ("chief", "judge", "reserve", "supervisor")


class Command(JsonCommand):
    """``demo --stage S``: the same competition from one seed, at one of four moments."""

    help = "Build the demonstration competition in a fresh database."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stage", default=Stage.MARKING, choices=[str(stage) for stage in Stage]
        )
        parser.add_argument(
            "--on", default="", metavar="DATE", help="the day it is built for (today)"
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        on = _day(options["on"])
        call_command("migrate", verbosity=0)
        if held := _held():
            message = (
                f"数据库里已有 {held}，演示只装入空数据库，什么也没有改动。"
                "换一个 DATABASE_URL，或移走原来的文件。 / The database is not empty "
                f"({held}); the demonstration needs a fresh one. Nothing was changed."
            )
            return {"error": "not-empty", "message": message}, INPUT_ERRORS
        show = build_stage(Stage(options["stage"]), on)
        return {
            "stage": options["stage"],
            "competition": show.competition.code,
            "sign_ins": [
                {
                    "role": role,
                    "username": name,
                    "password": PASSWORD,
                    "pin": PIN if name.startswith(JUDGING) else "",
                    "path": path,
                }
                for name, (role, path) in LOGINS.items()
            ],
            "addresses": list(_addresses(show)),
        }, 0

    def lines(self, answer: Any) -> list[str]:
        if "error" in answer:
            return [answer["message"]]
        return [
            f"{answer['competition']} · {answer['stage']}",
            *(
                f"{row['role']:　<6}{row['username']:<12}{row['password']}  {row['path']}"
                for row in answer["sign_ins"]
            ),
            *(f"{row['name']:　<10}{row['path']}" for row in answer["addresses"]),
        ]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise UsageError(f"--on {text}: write the day as 2026-11-20") from None


def _held() -> str:
    """The first kind of row found that a fresh database does not have."""
    own = ("ledger", "people", "competitions", "scoring", "awards", "live")
    for label in own:
        for model in apps.get_app_config(label).get_models():
            if model._default_manager.exists():
                return str(model._meta.verbose_name)
    return ""


def _addresses(show: Any) -> Any:
    yield {"name": "首页", "path": "/"}
    for skill in show.skills.values():
        yield {"name": f"看板 {skill.name}", "path": f"/live/{skill.public_id}/"}
        yield {"name": f"大屏 {skill.name}", "path": f"/live/{skill.public_id}/wall/"}
