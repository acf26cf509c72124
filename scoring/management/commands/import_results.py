"""Take a published table of results in as an external release."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from people.access import bureaus_for, organizations_for
from people.actions import register_organization
from people.commands import (
    FINE,
    INPUT_ERRORS,
    JsonCommand,
    UsageError,
    actor_named,
    problem_lines,
)
from people.enums import OrganizationKind, OrganizationRole
from people.models import Organization, User
from people.queries import bureaus
from people.spreadsheets import has_errors
from scoring.actions.external import Announcement, import_external_release

# Who holds what the system itself takes in where there is no bureau yet.
HOLDER = "外部成绩"


class Command(JsonCommand):
    help = "Import a published result table (.csv or .xlsx) as an external release."
    writes = True

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--document", metavar="T", default="")
        parser.add_argument("--announced-on", metavar="D", type=_day, default=None)
        parser.add_argument("--dry-run", action="store_true", help="check only")

    def run(self, **options: Any) -> tuple[Any, int]:
        path: Path = options["file"]
        if not path.is_file():
            raise UsageError(f"{path}: no such file / 没有这个文件")
        by, at = actor_named(options["by"]), timezone.now()
        outcome = import_external_release(
            Announcement(
                path.name,
                path.read_bytes(),
                options["document"],
                options["announced_on"],
            ),
            owner=_owner(by),
            by=by,
            at=at,
            is_dry_run=options["dry_run"],
        )
        failed = has_errors(outcome.problems)
        return outcome.as_dict(), INPUT_ERRORS if failed else FINE

    def lines(self, answer: Any) -> list[str]:
        """Say the counts in one line and each finding in its own."""
        return problem_lines(answer)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _owner(by: User | str) -> Organization:
    """Return the bureau or organizer whose release it becomes.

    An account needs one; the system itself and its administrators use the only bureau,
    or a holder of their own.
    """
    if isinstance(by, User):
        own = bureaus_for(by) or organizations_for(by, OrganizationRole.ORGANIZER)
        if own:
            return own[0]
        if not by.is_staff:
            raise UsageError(
                f"--by {by.username}: belongs to no bureau or organizer / "
                "不属于人社局或组委会"
            )
    known = list(bureaus()[:2])
    if len(known) == 1:
        return known[0]
    holder, _ = register_organization(
        name=HOLDER, kinds=[OrganizationKind.BUREAU], by=by, at=timezone.now()
    )
    return holder
