"""Write docs/seed-coverage.md from awards/coverage.toml."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from awards.coverage import Clause, clauses, counts

HEAD = """# What serves the policy documents

Assembled from `awards/coverage.toml` by `./run manage write_coverage`; a test compares, and
no address, rule or export in it may be gone. The running site shows the same under
规则文件 → 政策条款落实. Of {all} clauses that a platform must serve, {served} are served,
{partly} in part, {missing} not yet.

| document | clause | text | served by | what is missing |
|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Write docs/seed-coverage.md from awards/coverage.toml."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.ROOT / "docs" / "seed-coverage.md"
        page.write_text(assembled(), encoding="utf-8")


def assembled() -> str:
    """The whole page, clauses in the order of the documents."""
    found = counts()
    head = HEAD.format(
        all=sum(found.values()),
        served=found["served"],
        partly=found["partly"],
        missing=found["not-yet"],
    )
    return head + "".join(map(_row, clauses()))


def _row(each: Clause) -> str:
    served = ", ".join(f"{told.replace(':', ' ', 1)}" for told in each.served_by)
    cells = (each.document, each.clause, each.quote, served, each.lacks_en)
    return f"| {' | '.join(cells)} |\n"
