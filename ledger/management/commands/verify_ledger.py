"""Walk every chain of the ledger and report the first break of each."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger import queries


class Command(BaseCommand):
    help = "Walk every chain of the ledger; exit 1 when an event does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="only JSON on stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        chains, events = queries.counts()
        broken = list(queries.breaks())
        if options["json"]:
            report = {
                "chains": chains,
                "events": events,
                "broken": [asdict(found) for found in broken],
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{chains} 条记录链，{events} 条留痕，{len(broken)} 处不符"
            )
            for found in broken:
                self.stdout.write(f"{found.chain} #{found.seq}: {found.reason}")
        if broken:
            raise SystemExit(1)
