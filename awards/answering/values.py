"""What an answered workbook is read into: lines, answers, faults; what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from awards.core.row_check import reference_of
from awards.exporting.answers import ANSWER_COLUMNS, GRANTED, REFUSED
from people.spreadsheets import ERROR, Problem, Workbook

REFERENCE, CHECK, VERDICT, DOCUMENT, ANSWERED_ON, REASON = (
    column.heading for column in ANSWER_COLUMNS
)
ANSWERS = (VERDICT, DOCUMENT, ANSWERED_ON, REASON)
VERDICTS = {GRANTED: "granted", REFUSED: "refused"}
NUMBER = "导出编号"
REMEDY = "请用原导出文件，只填最后四列。"
REMEDY_EN = "use the file as it was exported and fill in the last four columns only."
ACCEPTED, UNCHANGED, UNANSWERED, WRONG = "accepted", "unchanged", "unanswered", "wrong"
LONGEST = {DOCUMENT: 200, REASON: 300}


@dataclass(frozen=True, slots=True)
class Sent:
    """One line as it was sent: its sheet, its place in it, its check."""

    sheet: str
    position: int
    check: str


@dataclass(frozen=True, slots=True)
class Papers:
    """What was sent: the export's number, its lines, the file itself while it is kept.

    ``headings`` are the columns' headings, for the time after the file was cleared.
    """

    number: str
    lines: Mapping[int, Sent]
    headings: Sequence[str]
    kept: Workbook | None = None


@dataclass(slots=True)
class AnswerRow:
    """One line of the file: the entitlement, the answer, and what is wrong with it.

    ``label``, ``value``, ``decision`` and ``outcome`` (ACCEPTED …) are filled in once
    the entitlement was looked at.
    """

    sheet: str
    row: int
    entitlement: int
    label: str = ""
    value: str = ""
    decision: int | None = None
    outcome: str = ""
    verdict: str = ""
    document: str = ""
    answered_on: date | None = None
    reason: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """办理编号."""
        return reference_of(self.entitlement)

    def wrong(self, heading: str, code: str, chinese: str, english: str) -> None:
        """Note a fault of one cell of this row."""
        place = (self.sheet, self.row, self.letters.get(heading, ""))
        text = f"{self.reference}：{chinese} / {english}"
        self.problems.append(Problem(ERROR, *place, code, text))


@dataclass(slots=True)
class AnswersReading:
    """Every line found, and the faults that belong to no line of the list.

    ``unread`` are the sheets whose headings were wrong, so that no line was read.
    """

    rows: list[AnswerRow] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def faults(self) -> list[Problem]:
        """All faults, those of the file first."""
        return self.problems + [each for row in self.rows for each in row.problems]


def say(
    reading: AnswersReading,
    sheet: str,
    row: int | None,
    column: str,
    code: str,
    chinese: str,
    english: str,
) -> None:
    """Note a fault that belongs to no line of the list."""
    message = f"{chinese} / {english[:1].upper()}{english[1:]}"
    reading.problems.append(Problem(ERROR, sheet, row, column, code, message))
