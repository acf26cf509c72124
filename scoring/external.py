"""Read a published table of results: one row per person, members of a team together.

Columns go by their English or Chinese headings.  Nothing is guessed: a place is known
only where the table states it, and a table without persons is refused with the columns
it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from people.core import identity, regions
from people.spreadsheets import (
    ERROR,
    Cell,
    Problem,
    Row,
    SpreadsheetRefused,
    as_date,
    as_decimal,
    as_integer,
    as_text,
    has_errors,
    read_table,
    read_workbook,
    template_workbook,
)
from scoring.external_columns import COLUMNS, FIELDS, GROUPS, NOTES, TIERS, TRACKS


@dataclass(frozen=True, slots=True)
class ExternalPerson:
    """One row's person; ``name`` may be a pseudonym of the published table."""

    row: Row
    name: str
    unit: str
    identity_kind: str = ""
    identity_number: str = ""


@dataclass(slots=True)
class ExternalEntry:
    """One competitor or team as published; ``place`` only where it is stated."""

    row: Row
    team: str
    event: str
    track: str
    group: str
    occupation_code: str
    team_size: int
    delegation: str
    place: int | None
    award: str
    title_granted: str
    points: Decimal | None
    members: list[ExternalPerson] = field(default_factory=list)

    @property
    def skill(self) -> tuple[str, str]:
        """What makes two rows the same skill: its name and group."""
        return self.event, self.group


@dataclass(frozen=True, slots=True)
class ExternalCompetition:
    """What every row says about the competition."""

    name: str
    tier: str
    competition_class: str
    kind: str
    starts_on: date
    ends_on: date
    region: str = ""


@dataclass(frozen=True, slots=True)
class ExternalTable:
    """A table as read; ``competition`` is there only if nothing found is an error."""

    competition: ExternalCompetition | None
    entries: tuple[ExternalEntry, ...]
    problems: tuple[Problem, ...]

    @property
    def skills(self) -> tuple[tuple[str, str], ...]:
        """The skills in the order of the table."""
        return tuple(dict.fromkeys(entry.skill for entry in self.entries))

    @property
    def people(self) -> int:
        """How many persons the table names."""
        return sum(len(entry.members) for entry in self.entries)


def read_results(content: bytes, *, filename: str) -> ExternalTable:
    """Return the entries of a published table and everything wrong with it."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return ExternalTable(None, (), (refusal.problem,))
    table = read_table(workbook, FIELDS)
    problems = list(table.problems)
    if not table.rows and not has_errors(problems):
        problems.append(
            Problem(
                ERROR, table.sheet, None, "", "no-rows",
                "表中没有成绩，请在表头下填写。 / The table has no rows.",
            )
        )  # fmt: skip
    entries: dict[str, ExternalEntry] = {}
    for row in table.rows:
        _add(entries, row, problems)
    found = tuple(entries.values())
    for entry in found:
        _check_entry(entry, problems)
    competition = _competition(table.rows, problems) if table.rows else None
    if has_errors(problems):
        competition = None
    return ExternalTable(competition, found, tuple(problems))


def results_template(rows: Sequence[Mapping[str, Cell]] = ()) -> bytes:
    """Return the workbook in which a published table is typed; keys as in FIELDS."""
    return template_workbook("公布成绩", COLUMNS, rows=rows, notes=NOTES)


def region_of(text: str) -> str:
    """Return the region a delegation such as 江苏/常州 comes from, as far as known.

    >>> region_of("江苏/常州"), region_of("行业代表队")
    ('320400', '')
    """
    code = ""
    for part in text.split("/"):
        found = regions.find(part.strip(), within=code) if code else _province(part)
        if not found:
            break
        code = found
    return code


def _province(text: str) -> str:
    for code, name in regions.provinces():
        short = regions.short_name(code)
        if text.strip() in (name, short) or text.strip().startswith(short):
            return code
    return regions.find(text.strip())


def _competition(
    rows: Sequence[Row], problems: list[Problem]
) -> ExternalCompetition | None:
    first = rows[0]
    for key in ("competition", "tier", "year"):
        for row in rows:
            if as_text(row.cells[key]) != as_text(first.cells[key]):
                problems.append(
                    row.problem(
                        key, "several-competitions",
                        "一张表只能写一场赛事的一届，请拆成几张表。 / One table is one "
                        "edition of one competition: split it.",
                    )
                )  # fmt: skip
                return None
    name = as_text(first.cells["competition"])
    tier = _tier(first, problems)
    days = _days(first, problems)
    if not name:
        problems.append(_empty(first, "competition"))
    if tier is None or days is None or not name:
        return None
    text = as_text(first.cells["tier"])
    kinds = {"行业": "industry", "专项": "special"}
    kind = next((k for word, k in kinds.items() if word in text), "comprehensive")
    classes = {"一类": "class-1", "二类": "class-2"}
    category = next((c for word, c in classes.items() if word in text), "none")
    region = _region(tier, name, as_text(first.cells["delegation"]))
    return ExternalCompetition(name, tier, category, kind, *days, region=region)


def _region(tier: str, name: str, delegation: str) -> str:
    """Return the region of a provincial or municipal event, from name or delegation."""
    place = region_of(delegation)
    if tier == "municipal":
        return place
    if tier != "provincial":
        return ""
    named = (c for c, _ in regions.provinces() if regions.short_name(c) in name)
    return next(named, f"{place[:2]}0000" if place else "")


def _tier(row: Row, problems: list[Problem]) -> str | None:
    text = as_text(row.cells["tier"])
    for word, tier in TIERS:
        if word in text:
            return f"{tier}-industry" if tier == "national" and "行业" in text else tier
    words = "、".join(word for word, _ in TIERS)
    problems.append(
        row.problem(
            "tier", "unknown-tier",
            f"竞赛级别“{text}”无法识别，应含有：{words}。 / The tier “{text}” is not known.",
        )
    )  # fmt: skip
    return None


def _days(row: Row, problems: list[Problem]) -> tuple[date, date] | None:
    start, end = (as_date(row.cells[key]) for key in ("starts_on", "ends_on"))
    if start and end and start <= end:
        return start, end
    year = as_integer(row.cells["year"])
    if year is not None and 1980 <= year <= 2100:
        return date(year, 1, 1), date(year, 12, 31)
    problems.append(
        row.problem(
            "year", "bad-year",
            "年份应为四位数字，例如 2023。 / The year must be four digits.",
        )
    )  # fmt: skip
    return None


def _add(entries: dict[str, ExternalEntry], row: Row, problems: list[Problem]) -> None:
    team = as_text(row.cells["team"])
    key = team or f"row {row.number}"
    entry = _entry(row, team, problems)
    known = entries.setdefault(key, entry)
    if known is not entry and _said(known) != _said(entry):
        problems.append(
            row.problem(
                "team", "team-differs",
                f"与第 {known.row.number} 行同为队伍 {team}，但赛项、代表队、名次或奖项"
                f"不同。 / Same team as row {known.row.number}, but skill, delegation, "
                "place or award differ.",
            )
        )  # fmt: skip
    known.members.append(_person(row, problems))


def _said(entry: ExternalEntry) -> tuple[object, ...]:
    return (*entry.skill, entry.track, entry.delegation, entry.place, entry.award)


def _entry(row: Row, team: str, problems: list[Problem]) -> ExternalEntry:
    for key in ("event", "delegation", "award"):
        if not as_text(row.cells[key]):
            problems.append(_empty(row, key))
    group, track = as_text(row.cells["group"]), as_text(row.cells["event_kind"])
    return ExternalEntry(
        row=row,
        team=team,
        event=as_text(row.cells["event"]),
        track=next((t for word, t in TRACKS if word in track), "none"),
        group=next((g for word, g in GROUPS if word in group), "unknown"),
        occupation_code=as_text(row.cells["occupation"]),
        team_size=_whole(row, "team_size", problems) or 0,
        delegation=as_text(row.cells["delegation"]),
        place=_whole(row, "rank", problems),
        award=as_text(row.cells["award"]),
        title_granted=as_text(row.cells["title_granted"]),
        points=as_decimal(row.cells["points"]),
    )


def _person(row: Row, problems: list[Problem]) -> ExternalPerson:
    for key in ("contestant", "unit"):
        if not as_text(row.cells[key]):
            problems.append(_empty(row, key))
    kind, number = "", as_text(row.cells["identity_number"])
    if number:
        kind = str(identity.IdentityKind.RESIDENT)
        read = identity.read(kind, number)
        number = read.number
        problems += [
            row.problem("identity_number", f.code, f.message, severity=f.severity)
            for f in read.findings
        ]
    name, unit = as_text(row.cells["contestant"]), as_text(row.cells["unit"])
    return ExternalPerson(row, name, unit, kind, number)


def _whole(row: Row, key: str, problems: list[Problem]) -> int | None:
    cell = row.cells[key]
    number = as_integer(cell)
    if not as_text(cell) or (number is not None and number > 0):
        return number
    problems.append(
        row.problem(
            key, "not-a-whole-number",
            f"“{as_text(cell)}”应为正整数，不知道就留空。 / A whole number above 0 is "
            "needed; leave it empty if it is not known.",
        )
    )  # fmt: skip
    return None


def _check_entry(entry: ExternalEntry, problems: list[Problem]) -> None:
    entry.team_size = entry.team_size or len(entry.members)
    if entry.team_size != len(entry.members):
        problems.append(
            entry.row.problem(
                "team_size", "team-size",
                f"写明每队 {entry.team_size} 人，但表中列出 {len(entry.members)} 人；请补齐"
                f"或改正队伍号。 / The team has {entry.team_size} members, "
                f"{len(entry.members)} are listed.",
            )
        )  # fmt: skip


def _empty(row: Row, key: str) -> Problem:
    return row.problem(
        key, "empty-cell", "这一格不能为空。 / This cell must not be empty."
    )
