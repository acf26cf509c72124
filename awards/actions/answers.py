"""Take an answered workbook in: all of it or nothing, every refused line named.

The answers themselves are entered by ``awards.actions.entitlements``; here they are read
from the file, held against what was sent and against where each entitlement stands.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.access import bureau_of, export_numbered, exported_for
from awards.actions.entitlements import answer_many
from awards.actions.exports import opened
from awards.answering import AnswerRow, Papers, Sent, export_number, read_answers
from awards.answering.values import (
    ACCEPTED,
    ANSWERED_ON,
    REFERENCE,
    UNANSWERED,
    UNCHANGED,
    VERDICT,
    WRONG,
)
from awards.enums import AnswerSource, EntitlementState
from awards.exporting.answers import ANSWER_COLUMNS
from awards.exporting.cells import columns_shown
from awards.listings.registry import LISTINGS
from awards.models import (
    AnswerFile,
    Entitlement,
    EntitlementStep,
    ExportBatch,
    ExportRow,
)
from ledger.actions import EventDraft, append, lock_chains
from ledger.core.chain import bureau_chain
from people.models import User
from people.spreadsheets import (
    ERROR,
    OWN_LISTS,
    Problem,
    SpreadsheetRefused,
    Workbook,
    has_errors,
    read_workbook,
)

ANSWERED = (EntitlementState.GRANTED, EntitlementState.REFUSED)
Tell = Callable[[int, int, str], object]


@dataclass(slots=True)
class AnswersOutcome:
    """What a file did, or would do: its export, its lines, the faults."""

    export: ExportBatch | None = None
    rows: list[AnswerRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    file: AnswerFile | None = None
    is_done: bool = False

    def of(self, outcome: str, verdict: str = "") -> list[AnswerRow]:
        """Return the lines with an outcome, and a verdict if one is given."""
        rows = (row for row in self.rows if row.outcome == outcome)
        return [row for row in rows if not verdict or row.verdict == verdict]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have each outcome; those accepted by verdict."""
        return {
            "granted": len(self.of(ACCEPTED, "granted")),
            "refused": len(self.of(ACCEPTED, "refused")),
            "unchanged": len(self.of(UNCHANGED)),
            "unanswered": len(self.of(UNANSWERED)),
            "wrong": len(self.of(WRONG)),
        }

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing is wrong and something is new."""
        return not has_errors(self.problems) and bool(self.of(ACCEPTED))


@transaction.atomic
def take_answers(
    content: bytes,
    *,
    filename: str,
    by: User,
    at: datetime,
    is_dry_run: bool = False,
    tell: Tell | None = None,
) -> AnswersOutcome:
    """Enter the answers of an exported workbook that came back; nothing on any fault.

    The same answer again changes nothing, so that the same file twice is once.  A file
    of another bureau is as unknown as none.
    """
    bureau = bureau_of(by)
    outcome = AnswersOutcome()
    workbook = _workbook(content, filename, outcome)
    if workbook is None:
        return outcome
    outcome.export = batch = export_numbered(by, export_number(workbook))
    papers = None if batch is None else papers_of(batch)
    if batch is None or papers is None:
        _unknown(outcome, export_number(workbook), is_known=batch is not None)
        return outcome
    lock_chains([bureau_chain(bureau.pk)], at=at)
    reading = read_answers(workbook, papers)
    outcome.rows = reading.rows
    _Judge(by, batch, at).look(reading.rows)
    outcome.problems = reading.faults
    if is_dry_run or not outcome.can_be_taken:
        return outcome
    _enter(outcome, batch, by=by, at=at, tell=tell)
    if has_errors(outcome.problems):
        transaction.set_rollback(True)
        return outcome
    digest = hashlib.sha256(content).hexdigest()
    outcome.file = _stored(outcome, batch, filename, digest, by=by, at=at)
    told = [_event(outcome.file)]
    append(bureau_chain(bureau.pk), told, actor=by.actor, at=at)
    outcome.is_done = True
    return outcome


def papers_of(batch: ExportBatch) -> Papers | None:
    """Return what an export put before its authority; None if it asks no answers."""
    rows = ExportRow.objects.filter(batch=batch).values_list(
        "entitlement", "sheet", "position", "row_check"
    )
    lines = {pk: Sent(sheet, place, check) for pk, sheet, place, check in rows}
    if not lines or not batch.made_at:
        return None
    kept = None
    if batch.file:
        kept = read_workbook(opened(batch), filename=batch.file_name, limits=OWN_LISTS)
    return Papers(batch.number, lines, headings_of(batch), kept)


def headings_of(batch: ExportBatch) -> tuple[str, ...]:
    """Return the headings of an export, as its list has them today."""
    listing = LISTINGS.get(batch.kind)
    shown = columns_shown(listing, is_masked=batch.is_masked) if listing else ()
    columns = (*(each.column for each in shown), *ANSWER_COLUMNS)
    return tuple(column.heading for column in columns)


def _workbook(
    content: bytes, filename: str, outcome: AnswersOutcome
) -> Workbook | None:
    try:
        return read_workbook(
            content, filename=filename, limits=OWN_LISTS, with_formulas=True
        )
    except SpreadsheetRefused as refusal:
        outcome.problems.append(refusal.problem)
        return None


def _unknown(outcome: AnswersOutcome, number: str, *, is_known: bool) -> None:
    if is_known:
        text = (
            f"名单 {number} 不需要主管部门答复，不能导入。 / "
            f"List {number} asks for no answers."
        )
        code = "asks-no-answers"
    elif number:
        text = (
            f"本单位没有导出过编号为“{number[:40]}”的名单，请核对封面上的导出编号。 / "
            "Your bureau has made no export of this number: check the cover."
        )
        code = "export-unknown"
    else:
        text = (
            "封面上没有导出编号。请用本平台导出的 .xlsx 文件，填好后原样上传。 / "
            "There is no export number on the cover: use the .xlsx file as it was "
            "exported."
        )
        code = "export-number-missing"
    outcome.problems.append(Problem(ERROR, "", None, "", code, text))


@dataclass(slots=True)
class _Judge:
    """Holds the lines of a file against where their entitlements stand."""

    by: User
    batch: ExportBatch
    at: datetime
    known: dict[int, Entitlement] = field(default_factory=dict)
    last: dict[int, EntitlementStep] = field(default_factory=dict)
    filed: dict[int, date] = field(default_factory=dict)

    def look(self, rows: list[AnswerRow]) -> None:
        """Give every line its name and its outcome."""
        self.known = {row.pk: row for row in exported_for(self.by, self.batch)}
        self._read_steps()
        for row in rows:
            entitlement = self.known.get(row.entitlement)
            if entitlement is None:
                if not row.problems:
                    row.wrong(
                        REFERENCE, "not-found", "本单位没有这项待遇，或已不归本单位办理。",
                        "there is no such entitlement with your bureau.",
                    )  # fmt: skip
            else:
                row.label, row.value = entitlement.subject_name, entitlement.value
                row.decision = entitlement.decision_id
                self._judge(row, entitlement)
            if row.problems:
                row.outcome = WRONG

    def _read_steps(self) -> None:
        steps = EntitlementStep.objects.filter(
            entitlement__exported_rows__batch=self.batch,
            after__in=(EntitlementState.FILED, *ANSWERED),
            undone_at__isnull=True,
        ).select_related("filing")
        for step in steps.order_by("pk"):
            if step.after == EntitlementState.FILED:
                day = step.on or (step.filing.filed_on if step.filing else None)
                found = day or timezone.localdate(step.at)
                self.filed[step.entitlement_id] = found
            else:
                self.last[step.entitlement_id] = step

    def _judge(self, row: AnswerRow, entitlement: Entitlement) -> None:
        if not row.verdict:
            row.outcome = UNANSWERED
            return
        row.outcome = ACCEPTED
        if entitlement.state == EntitlementState.FILED:
            self._check_day(row)
        elif self._is_same(row, entitlement):
            row.outcome = UNCHANGED
        elif entitlement.state in ANSWERED:
            row.wrong(
                VERDICT, "answered",
                f"已登记为“{entitlement.get_state_display()}”，与文件不同；请在待遇页更正。",
                "another answer is on record: correct it on the entitlement's page.",
            )  # fmt: skip
        else:
            row.wrong(
                VERDICT, "not-filed",
                f"现在是“{entitlement.get_state_display()}”，只有已上报的才能登记答复。",
                "only what has been filed can be answered.",
            )  # fmt: skip

    def _is_same(self, row: AnswerRow, entitlement: Entitlement) -> bool:
        step = self.last.get(row.entitlement)
        delivered = entitlement.state == EntitlementState.DELIVERED
        if step is None or (entitlement.state != step.after and not delivered):
            return False
        told = (step.after, step.document, step.on)
        return told == (row.verdict, row.document, row.answered_on)

    def _check_day(self, row: AnswerRow) -> None:
        day, filed = row.answered_on, self.filed.get(row.entitlement)
        if day is None:
            return
        if day > timezone.localdate(self.at):
            row.wrong(
                ANSWERED_ON, "date-in-future", f"答复日期 {day} 在未来。",
                "the day of the answer lies in the future.",
            )  # fmt: skip
        elif filed is not None and day < filed:
            row.wrong(
                ANSWERED_ON, "date-before-filing",
                f"答复日期 {day} 早于上报日期 {filed}。",
                "the day of the answer is before the filing.",
            )  # fmt: skip


def _enter(
    outcome: AnswersOutcome,
    batch: ExportBatch,
    *,
    by: User,
    at: datetime,
    tell: Tell | None,
) -> None:
    """Enter the answers, those of one paper together; what is refused is named."""
    groups: dict[tuple[Any, ...], dict[int, AnswerRow]] = {}
    for row in outcome.of(ACCEPTED):
        paper = (row.verdict, row.document, row.answered_on, row.reason)
        groups.setdefault(paper, {})[row.entitlement] = row
    known = {row.pk: row for row in exported_for(by, batch)}
    done, total = 0, sum(len(rows) for rows in groups.values())
    for (verdict, document, answered_on, reason), rows in groups.items():
        step = answer_many(
            [known[pk] for pk in rows],
            verdict=verdict,
            document=document,
            answered_on=answered_on,
            reason=reason,
            source=AnswerSource.WORKBOOK,
            by=by,
            at=at,
        )
        for entitlement, why in step.skipped:
            row = rows[entitlement.pk]
            row.outcome = WRONG
            row.wrong(VERDICT, "refused", why, "the answer was refused.")
            outcome.problems.append(row.problems[-1])
        done += len(rows)
        if tell is not None:
            tell(done, total, "")


def _stored(
    outcome: AnswersOutcome,
    batch: ExportBatch,
    filename: str,
    digest: str,
    *,
    by: User,
    at: datetime,
) -> AnswerFile:
    counts = outcome.counts
    return AnswerFile.objects.create(
        bureau=batch.bureau,
        export=batch,
        file_name=filename[-160:],
        digest=digest,
        lines=len(outcome.rows),
        granted=counts["granted"],
        refused=counts["refused"],
        unchanged=counts["unchanged"],
        unanswered=counts["unanswered"],
        rows=[
            {
                "sheet": row.sheet,
                "row": row.row,
                "entitlement": row.entitlement,
                "verdict": row.verdict,
                "outcome": row.outcome,
            }
            for row in outcome.rows
        ],
        taken_by=by,
        taken_at=at,
    )


def _event(file: AnswerFile) -> EventDraft:
    body = {
        "file": file.pk,
        "export": file.export.number,
        "digest": file.digest,
        "lines": file.lines,
        "granted": file.granted,
        "refused": file.refused,
    }
    return EventDraft("answers-taken", body)
