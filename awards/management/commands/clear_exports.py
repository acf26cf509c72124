"""Remove exported files that are older than they are kept; what they were stays."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.actions.exports import clear_exports
from people.commands import FINE, JsonCommand


class Command(JsonCommand):
    help = "Remove exported files older than LEITAI_EXPORT_KEEP_DAYS days."

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days",
            type=int,
            default=settings.EXPORT_KEEP_DAYS,
            help="another number of days than the setting",
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        days = max(0, options["days"])
        count = clear_exports(at=timezone.now(), days=days)
        return {"days": days, "cleared": count}, FINE

    def lines(self, answer: Any) -> list[str]:
        return [_("已清除 %(cleared)d 份文件，满 %(days)d 天。") % answer]
