"""The facts file read: each row's person as written, the facts to record, the faults.

Reads cells only; who the person is and what is recorded is awards/actions/facts_file.py's
business.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from awards.fact_columns import (
    AROUND,
    EMPLOYMENTS,
    FIELDS,
    GRADE_LIST,
    HOLDERS,
    ISSUER_KINDS,
    LEVELS,
    NONE,
    ROUTES,
    SEXES,
    YES_NO,
)
from people.core import grade_facts, grades, occupations, regions, social_cards
from people.core.findings import Finding
from people.core.grades import Grade
from people.enums import EDUCATIONS
from people.spreadsheets import (
    Problem,
    Row,
    SpreadsheetRefused,
    as_date,
    as_text,
    read_table,
    read_workbook,
)
from people.spreadsheets.problems import WARNING

Aliases = Mapping[str, Mapping[str, Grade]]
PREFIX = "P-"


@dataclass(frozen=True, slots=True)
class Draft:
    """One fact to record: its kind, the column it is answered for, its values."""

    kind: str
    column: str
    values: dict[str, Any]


@dataclass(slots=True)
class FactRow:
    """One row with something in it."""

    row: Row
    person: int | None
    name: str
    identity: str
    evidence: str
    evidence_on: date | None
    drafts: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FactsReading:
    """The rows to record, how many were empty, and every fault found."""

    rows: tuple[FactRow, ...]
    skipped: int
    problems: tuple[Problem, ...]


def read_facts_file(
    content: bytes, *, filename: str, aliases: Aliases, on: date
) -> FactsReading:
    """Return what a facts file holds; ``aliases`` are issuers' own names of grades."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return FactsReading((), 0, (refusal.problem,))
    table = read_table(workbook, FIELDS)
    problems = list(table.problems)
    filled = [row for row in table.rows if _is_filled(row)]
    rows = tuple(_Reader(row, aliases, on, problems).read() for row in filled)
    if not filled and not problems:
        place = (table.sheet, None, "", "empty")
        text = "没有填写任何事实，请填写后再导入。 / No facts are filled in."
        problems.append(Problem("error", *place, text))
    return FactsReading(rows, len(table.rows) - len(filled), tuple(problems))


def read_grade_list(
    content: bytes, *, filename: str, aliases: Aliases, on: date
) -> FactsReading:
    """Return the grades of another body's list, one per row, unsound ones too.

    Every row names a document, an occupation and a grade; what is odd about it is among
    the problems.  Nobody's name or evidence is asked for.
    """
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return FactsReading((), 0, (refusal.problem,))
    table = read_table(workbook, GRADE_LIST)
    problems = list(table.problems)
    rows = tuple(_listed(_Reader(row, aliases, on, problems)) for row in table.rows)
    return FactsReading(rows, 0, tuple(problems))


def _is_filled(row: Row) -> bool:
    return any(as_text(cell) for key, cell in row.cells.items() if key not in AROUND)


@dataclass(slots=True)
class _Reader:
    """Reads one row; what cannot be read becomes a problem of its cell."""

    row: Row
    aliases: Aliases
    on: date
    problems: list[Problem]

    def read(self) -> FactRow:
        found = FactRow(
            row=self.row,
            person=self._person(),
            name=self._needed("name", "姓名"),
            identity=self._text("identity"),
            evidence=self._needed("evidence", "依据"),
            evidence_on=self._date("evidence_on"),
        )
        readers: tuple[Callable[[], list[Draft]], ...] = (
            self._grade,
            self._title,
            self._holders,
            self._professional,
            self._values,
        )
        for reader in readers:
            found.drafts += reader()
        return found

    def _person(self) -> int | None:
        text = self._text("person").upper()
        number = text.removeprefix(PREFIX)
        if number.isascii() and number.isdigit() and len(number) < 16:
            return int(number)
        if text:
            self._wrong(
                "person", "person-number",
                f"“{text}”不是档案号，应如 P-12。 / “{text}” is not a file number such "
                "as P-12.",
            )  # fmt: skip
        elif not self._text("identity"):
            self._wrong(
                "person", "no-person",
                "没有档案号，也没有证件号码，认不出是谁。 / Neither file number nor "
                "identity number is given.",
            )  # fmt: skip
        return None

    def _grade(self, *, keeps_unsound: bool = False) -> list[Draft]:
        text, issuer = self._text("grade"), self._text("issuer")
        rest = ("certificate", "issuer", "issuer_kind", "issued_on")
        if not text:
            for key in rest:
                if self._text(key):
                    self._wrong(
                        key, "certificate-without-grade",
                        "填了证书，但没有填现持等级。 / A certificate needs its grade.",
                    )  # fmt: skip
                    break
            return []
        found = self._occupation()
        if found is None:
            return []
        if text == NONE:
            return [Draft("no-grade", "grade", {"occupation_code": found.code})]
        try:
            grade = grades.parse(text, aliases=self.aliases.get(issuer))
        except grades.GradeUnknown as unknown:
            self._wrong("grade", "grade-unknown", f"{unknown}。")
            return []
        draft, is_sound = self._checked_grade(found, grade, issuer)
        return [draft] if is_sound or keeps_unsound else []

    def _checked_grade(
        self, found: occupations.Found, grade: Grade, issuer: str
    ) -> tuple[Draft, bool]:
        claim = grade_facts.GradeClaim(
            found.code,
            grade,
            self._text("certificate"),
            self._date("issued_on"),
            str(self._word("issuer_kind", ISSUER_KINDS) or ""),
        )
        checked = grade_facts.check(claim, on=self.on)
        for finding in checked.findings:
            key = "certificate"
            if finding.code.startswith("occupation"):
                continue  # said once, where the occupation was read
            if finding.code == "date-in-future":
                key = "issued_on"
            self._say(key, finding)
        values = {
            "occupation_code": checked.occupation_code,
            "grade": int(grade),
            "certificate_number": checked.certificate_number,
            "issued_on": claim.issued_on,
            "issuer": issuer,
            "issuer_kind": checked.issuer_kind,
            "work_type": found.work_type,
        }
        return Draft("grade", "grade", values), not checked.errors

    def _occupation(self) -> occupations.Found | None:
        text = self._text("occupation")
        if not text:
            self._wrong(
                "occupation", "occupation-missing",
                "现持等级要写明职业编码或名称。 / A grade needs its occupation.",
            )  # fmt: skip
            return None
        found = occupations.find(text)
        if found is None:
            self._wrong(
                "occupation", "occupation-unknown",
                f"“{text}”不是职业编码，也不是收录的职业名称。 / “{text}” is neither an "
                "occupation code nor a name we hold.",
            )  # fmt: skip
            return None
        for finding in found.findings:
            self._say("occupation", finding)
        return found

    def _title(self) -> list[Draft]:
        title = self._text("title")
        if title == NONE:
            return [Draft("no-title", "title", {})]
        values = {
            "title": title,
            "issuer": self._text("title_issuer"),
            "awarded_on": self._date("title_on"),
            "route": str(self._word("route", ROUTES) or ""),
            "origin_region": self._region("origin"),
        }
        if title:
            return [Draft("title", "title", values)]
        if any(values.values()):
            self._wrong(
                "title", "title-missing",
                "填了授予单位或日期，但没有填称号。 / The title itself is missing.",
            )  # fmt: skip
        return []

    def _holders(self) -> list[Draft]:
        found = []
        for key, kind in HOLDERS.items():
            holds = self._word(key, YES_NO)
            if holds is not None:
                found.append(Draft("holder", key, {"kind": kind, "holds": holds}))
        return found

    def _professional(self) -> list[Draft]:
        name = self._text("professional_title")
        level = self._word("professional_level", LEVELS)
        if not name and not level:
            return []
        if name and level:
            values = {"name": name, "level": level}
            return [Draft("professional-title", "professional_title", values)]
        if not self._text("professional_level") or not name:
            self._wrong(
                "professional_title" if level else "professional_level",
                "professional-title-half",
                "职称和职称层级要一起填。 / A professional title needs its level.",
            )
        return []

    def _values(self) -> list[Draft]:
        card = social_cards.normalize(self._text("social_card"))
        read = {
            "employment_kind": ("employment", self._word("employment", EMPLOYMENTS)),
            "education": ("education", self._education()),
            "birth_on": ("birth_on", self._date("birth_on")),
            "sex": ("sex", self._word("sex", SEXES)),
            "social_card_number": ("social_card", card),
        }
        return [
            Draft("value", column, {name: value})
            for name, (column, value) in read.items()
            if value
        ]

    def _education(self) -> str:
        text = self._text("education")
        if text and text not in EDUCATIONS:
            message = (
                f"“{text}”不在学历列表中，将照写登记，请核对。 / “{text}” is not in the "
                "list of education levels and is taken as written."
            )
            self.problems.append(
                self.row.problem(
                    "education", "education-unlisted", message, severity=WARNING
                )
            )
        return text

    def _text(self, key: str) -> str:
        return as_text(self.row.cells[key])

    def _needed(self, key: str, label: str) -> str:
        text = self._text(key)
        if not text:
            self._wrong(
                key, "empty-cell", f"“{label}”不能为空。 / This cell must not be empty."
            )
        return text

    def _word(self, key: str, words: Mapping[str, Any]) -> Any:
        text = self._text(key)
        if text and text not in words:
            self._wrong(
                key, "unknown-word",
                f"“{text}”应为 {'、'.join(words)} 之一。 / “{text}” is not one of the "
                "words of the template.",
            )  # fmt: skip
        return words.get(text)

    def _date(self, key: str) -> date | None:
        day, text = as_date(self.row.cells[key]), self._text(key)
        if text and day is None:
            self._wrong(
                key, "date-unknown",
                f"“{text}”不是日期，请写成 2026-11-20。 / “{text}” is not a date such "
                "as 2026-11-20.",
            )  # fmt: skip
        elif day is not None and day > self.on:
            self._wrong(
                key, "date-in-future",
                f"“{text}”在未来，请核对。 / “{text}” lies in the future.",
            )  # fmt: skip
            return None
        return day

    def _region(self, key: str) -> str:
        text = self._text(key)
        code = text if text.isdigit() else regions.find(text) if text else ""
        if text and not regions.name_of(code):
            self._wrong(
                key, "region-unknown",
                f"“{text}”不是行政区划，请写六位代码或地名全称。 / “{text}” is not a "
                "region: write its six digits or full name.",
            )  # fmt: skip
            return ""
        return code

    def _say(self, key: str, finding: Finding) -> None:
        told = {"code": finding.code, "message": finding.message}
        self.problems.append(self.row.problem(key, **told, severity=finding.severity))

    def _wrong(self, key: str, code: str, message: str) -> None:
        self.problems.append(self.row.problem(key, code, message))


def _listed(reader: _Reader) -> FactRow:
    """A row of a grade list: whose grade it is, and the grade."""
    return FactRow(
        row=reader.row,
        person=None,
        name=reader._text("name"),
        identity=reader._needed("identity", "证件号码"),
        evidence="",
        evidence_on=None,
        drafts=reader._grade(keeps_unsound=True),
    )
