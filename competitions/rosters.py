"""Reading and checking roster workbooks: one row per person, in a skill, for a delegation.

Pure of the database: what the rows say, with every fault named by its cell.  Rows that
share a team number (队伍号) are one entry; a row without one is an entry by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from competitions.roster_columns import (
    COLUMNS,
    EMPLOYMENTS,
    FIELDS,
    IDENTITY_KINDS,
    NOTES,
    ROLES,
    SEXES,
)
from people.core import grades, identity, regions
from people.spreadsheets import (
    ERROR,
    Cell,
    Problem,
    Row,
    SpreadsheetRefused,
    as_date,
    as_integer,
    as_text,
    has_errors,
    read_table,
    read_workbook,
    template_workbook,
)

EXACT_DIGITS = 15  # a longer number typed as a number has lost its last digits
COACH, EXPERT = "coach", "expert"


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One row: who, with which document, from which unit, holding what."""

    row: Row
    role: str
    name: str
    identity_kind: str
    identity_number: str
    organization: str
    organization_region: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    occupation_code: str = ""
    grade: int | None = None
    certificate_number: str = ""
    issued_on: date | None = None
    title: str = ""
    title_issuer: str = ""
    title_on: date | None = None

    @property
    def document(self) -> tuple[str, str]:
        """What makes two rows the same person."""
        return self.identity_kind, self.identity_number


@dataclass(slots=True)
class RosterEntry:
    """One entry: its skill and delegation as written, its people in order."""

    row: Row
    skill: str
    delegation: str
    delegation_region: str
    team: str
    members: list[RosterPerson] = field(default_factory=list)
    coaches: list[RosterPerson] = field(default_factory=list)
    experts: list[RosterPerson] = field(default_factory=list)

    @property
    def everybody(self) -> tuple[RosterPerson, ...]:
        """Competitors, coaches and experts."""
        return (*self.members, *self.coaches, *self.experts)


@dataclass(frozen=True, slots=True)
class RosterReading:
    """The entries of a file and what is wrong with it."""

    entries: tuple[RosterEntry, ...]
    problems: tuple[Problem, ...]

    @property
    def people(self) -> int:
        """How many different persons the file names."""
        return len({p.document for e in self.entries for p in e.everybody})

    @property
    def is_fine(self) -> bool:
        """Whether nothing found forbids the import."""
        return not has_errors(self.problems)


def read_roster(content: bytes, *, filename: str, on: date) -> RosterReading:
    """Return what a roster file holds; ``on`` is the day identity documents are read."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return RosterReading((), (refusal.problem,))
    table = read_table(workbook, FIELDS)
    problems = list(table.problems)
    entries: dict[tuple[str, ...], RosterEntry] = {}
    for row in table.rows:
        person = _person(row, on, problems)
        _add(entries, row, person, problems)
    if not table.rows and not problems:
        problems.append(_empty(table.sheet))
    found = tuple(entries.values())
    problems += [*_doubled(found), *_lonely(found)]
    return RosterReading(found, tuple(problems))


def roster_template(rows: Sequence[Mapping[str, Cell]] | None = None) -> bytes:
    """Return the roster workbook to fill in; ``rows`` by the keys of ``COLUMNS``.

    Keys: role skill delegation delegation_region team name sex identity_kind
    identity_number birth_on ethnicity education employment organization
    organization_region home_region phone social_card occupation grade certificate
    issued_on title title_issuer title_on.  Values are the words of the sheet (男, 职工,
    技师, 选手, 教练); everything but the first required ones may be left out.
    """
    return template_workbook("参赛名单", COLUMNS, rows=rows or (), notes=NOTES)


def _person(row: Row, on: date, problems: list[Problem]) -> RosterPerson:
    kind, number = _document(row, on, problems)
    grade, occupation = _grade(row, problems)
    name = as_text(row.cells["name"])
    if not name:
        problems.append(
            row.problem("name", "no-name", "没有姓名。 / The name is empty.")
        )
    return RosterPerson(
        row=row,
        role=_word(row, "role", ROLES, problems) or "competitor",
        name=name,
        identity_kind=kind,
        identity_number=number,
        organization=_needed(row, "organization", "单位", problems),
        organization_region=_region(row, "organization_region", problems),
        facts={key: value for key, value in _facts(row, problems) if value},
        occupation_code=occupation,
        grade=grade,
        certificate_number=as_text(row.cells["certificate"]),
        issued_on=_date(row, "issued_on", problems),
        title=as_text(row.cells["title"]),
        title_issuer=as_text(row.cells["title_issuer"]),
        title_on=_date(row, "title_on", problems),
    )


def _facts(row: Row, problems: list[Problem]) -> Iterator[tuple[str, object]]:
    yield "sex", _word(row, "sex", SEXES, problems)
    yield "birth_on", _date(row, "birth_on", problems)
    yield "ethnicity", as_text(row.cells["ethnicity"])
    yield "education", as_text(row.cells["education"])
    yield "employment_kind", _word(row, "employment", EMPLOYMENTS, problems)
    yield "home_region", _region(row, "home_region", problems)
    yield "phone", as_text(row.cells["phone"])
    yield "social_card_number", as_text(row.cells["social_card"])


def _document(row: Row, on: date, problems: list[Problem]) -> tuple[str, str]:
    cell = row.cells["identity_number"]
    default = str(identity.IdentityKind.RESIDENT)
    kind = _word(row, "identity_kind", IDENTITY_KINDS, problems) or default
    text = as_text(cell)
    if not isinstance(cell, str) and len(text) > EXACT_DIGITS:
        problems.append(
            row.problem(
                "identity_number", "identity-as-number",
                "证件号码是数字格式，末位已丢失；请把该列设为文本格式后重新填写。 / The "
                "number was typed as a number and lost its last digits: format the "
                "column as text and type it again.",
            )
        )  # fmt: skip
        return kind, text
    read = identity.read(kind, text, on=on)
    for finding in read.findings:
        problems.append(
            row.problem(
                "identity_number",
                finding.code,
                finding.message,
                severity=finding.severity,
            )
        )
    return kind, read.number


def _grade(row: Row, problems: list[Problem]) -> tuple[int | None, str]:
    text = as_text(row.cells["grade"])
    occupation = as_text(row.cells["occupation"])
    if not text:
        return None, occupation
    if not occupation:
        problems.append(
            row.problem(
                "occupation", "grade-without-occupation",
                "写了已持等级，但没有职业编码。 / A grade needs its occupation code.",
            )
        )  # fmt: skip
    try:
        return int(grades.parse(text)), occupation
    except grades.GradeUnknown as unknown:
        problems.append(row.problem("grade", "grade-unknown", f"{unknown}。"))
        return None, occupation


def _word(row: Row, key: str, words: Mapping[str, str], problems: list[Problem]) -> str:
    text = as_text(row.cells[key])
    if not text or text in words:
        return words.get(text, "")
    problems.append(
        row.problem(
            key, "unknown-word",
            f"“{text}”应为 {'、'.join(words)} 之一。 / “{text}” is not one of the words "
            "of the template.",
        )
    )  # fmt: skip
    return ""


def _needed(row: Row, key: str, label: str, problems: list[Problem]) -> str:
    text = as_text(row.cells[key])
    if not text:
        problems.append(
            row.problem(
                key, "empty-cell",
                f"“{label}”不能为空。 / This cell must not be empty.",
            )
        )  # fmt: skip
    return text


def _region(row: Row, key: str, problems: list[Problem]) -> str:
    text = as_text(row.cells[key])
    code = text if text.isdigit() else regions.find(text) if text else ""
    if text and (len(code) != 6):
        problems.append(
            row.problem(
                key, "region-unknown",
                f"“{text}”不是行政区划，请写六位代码或地名全称。 / “{text}” is not a "
                "region: write its six digits or full name.",
            )
        )  # fmt: skip
        return ""
    return code


def _date(row: Row, key: str, problems: list[Problem]) -> date | None:
    day = as_date(row.cells[key])
    text = as_text(row.cells[key])
    if text and day is None:
        problems.append(
            row.problem(
                key, "bad-date",
                f"“{text}”不是日期，请写成 2026-11-20。 / “{text}” is not a date: "
                "write 2026-11-20.",
            )
        )  # fmt: skip
    return day


def _add(
    entries: dict[tuple[str, ...], RosterEntry],
    row: Row,
    person: RosterPerson,
    problems: list[Problem],
) -> None:
    number = as_integer(row.cells["skill"])
    written = _needed(row, "skill", "赛项编号", problems)
    skill = f"{number:02d}" if number is not None else written
    delegation = _needed(row, "delegation", "代表队", problems)
    team = as_text(row.cells["team"])
    own = (
        (skill, delegation, team) if team else (skill, delegation, str(row.number), "")
    )
    entry = entries.get(own)
    if entry is None:
        region = _region(row, "delegation_region", problems)
        entry = RosterEntry(row, skill, delegation, region, team)
        entries[own] = entry
    places = {COACH: entry.coaches, EXPERT: entry.experts}
    places.get(person.role, entry.members).append(person)


def _doubled(entries: Sequence[RosterEntry]) -> Iterator[Problem]:
    """Name persons that stand twice in a skill, and team numbers used twice."""
    places: dict[tuple[str, tuple[str, str]], Row] = {}
    teams: dict[tuple[str, str], RosterEntry] = {}
    for entry in entries:
        if entry.team:
            other = teams.setdefault((entry.skill, entry.team), entry)
            if other is not entry:
                yield entry.row.problem(
                    "team", "team-twice",
                    f"队伍号 {entry.team} 在第 {other.row.number} 行已属于"
                    f"“{other.delegation}”，请改用别的队伍号。 / Team {entry.team} "
                    f"belongs to another delegation in row {other.row.number}.",
                )  # fmt: skip
        for person in entry.members:
            first = places.setdefault((entry.skill, person.document), person.row)
            if first is not person.row and person.identity_number:
                yield person.row.problem(
                    "identity_number", "person-twice",
                    f"与第 {first.number} 行是同一个人，在同一赛项只能报名一次。 / The "
                    f"same person as in row {first.number}: one entry per skill.",
                )  # fmt: skip


def _lonely(entries: Sequence[RosterEntry]) -> Iterator[Problem]:
    for entry in entries:
        if not entry.members:
            yield entry.row.problem(
                "role", "coach-without-team",
                "这一行是教练或专家，但没有同一队伍号的选手。 / No competitor "
                "with the same team number.",
            )  # fmt: skip


def _empty(sheet: str) -> Problem:
    return Problem(
        ERROR, sheet, None, "", "no-rows",
        "名单中没有人员，请在表头下填写。 / The roster is empty: fill in rows.",
    )  # fmt: skip
