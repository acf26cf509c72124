"""Write a list of a release to a file, for the operator of the installation.

The same rules hold as on the page: a purpose, a number, a digest, events in the bureau's
chain, a line in the download log.  Who has the server is the second person; a full list
of more than 200 people needs an approver of the bureau as well.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import access
from awards.actions.exports import Order, export_at_console, take_export
from awards.enums import ExportFormat
from awards.errors import ExportRefused
from awards.listings.registry import LISTINGS
from awards.models import ExportBatch
from people.commands import FINE, INPUT_ERRORS, JsonCommand, UsageError, user_named
from people.models import User

ROSTER = "promotion-roster"


class Command(JsonCommand):
    help = "Write the promotion roster, or another list, of a release to a file."
    writes = True

    def add_options(self, parser: ArgumentParser) -> None:
        parser.add_argument("--release", required=True, metavar="R-…")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")
        parser.add_argument("--kind", default=ROSTER, choices=sorted(LISTINGS))
        parser.add_argument("--purpose", default="上报晋升职业技能等级")
        parser.add_argument("--document", default="", help="the paper it is needed for")
        parser.add_argument(
            "--approved-by", default="", metavar="USER", help="an approver who agreed"
        )
        parser.add_argument(
            "--csv", action="store_true", help="CSV instead of a workbook"
        )
        parser.add_argument(
            "--masked", action="store_true", help="shorten personal data"
        )

    def run(self, **options: Any) -> tuple[Any, int]:
        user = user_named(options["by"])
        out: Path = options["out"]
        if not out.parent.is_dir():
            raise UsageError(f"--out {out}: no such directory / 没有这个目录")
        approver = options["approved_by"] and user_named(options["approved_by"])
        try:
            batch = _made(user, approver or None, options)
        except ExportRefused as refusal:
            return _answer(options, problem=refusal), INPUT_ERRORS
        out.write_bytes(take_export(batch, by=user, at=timezone.now()))
        return _answer(options, batch=batch), FINE

    def lines(self, answer: Any) -> list[str]:
        if answer["problems"]:
            return [problem["message"] for problem in answer["problems"]]
        return [
            _("%(out)s：%(rows)d 人，导出编号 %(export)s") % answer,
            f"SHA-256 {answer['digest']}",
        ]


def _made(user: User, approver: User | None, options: dict[str, Any]) -> ExportBatch:
    try:
        bureau = access.bureau_of(user)
    except Http404:
        text = _("只有人社部门的经办人和审批人可以导出名单。")
        raise ExportRefused("not-a-bureau", text) from None
    try:
        release = access.release_for(user, options["release"])
    except Http404:
        text = _("没有这个成绩版本：%(number)s。") % {"number": options["release"]}
        raise ExportRefused("unknown-release", text) from None
    order = Order(
        kind=options["kind"],
        bureau=bureau,
        purpose=options["purpose"],
        document=options["document"],
        is_masked=options["masked"],
        form=ExportFormat.CSV if options["csv"] else ExportFormat.XLSX,
        release=release,
    )
    return export_at_console(order, by=user, approved_by=approver, at=timezone.now())


def _answer(
    options: dict[str, Any],
    *,
    batch: ExportBatch | None = None,
    problem: ExportRefused | None = None,
) -> dict[str, Any]:
    problems = []
    if problem is not None:
        message = f"{problem.message} / The export was refused: {problem.code}."
        problems = [{"severity": "error", "code": problem.code, "message": message}]
    return {
        "release": options["release"],
        "export": batch.number if batch else "",
        "rows": batch.rows if batch else 0,
        "out": str(options["out"]) if batch else "",
        "digest": batch.digest if batch else "",
        "problems": problems,
    }
