"""A file of theory or machine marks: its rows checked against a skill's sheets.

Reads and compares, writes nothing.  A row names an entry by its code, an aspect of the
kind *imported* and a value; a row whose value stands already is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext_noop

from competitions.models import Skill
from people.spreadsheets import (
    ERROR,
    WARNING,
    Field,
    Problem,
    Row,
    SpreadsheetRefused,
    as_text,
    has_errors,
    read_table,
    read_workbook,
)
from people.spreadsheets.uploads import Upload
from scoring.core.marking import MarkRefused, read_value
from scoring.core.rounding import plain_text
from scoring.core.scheme import Aspect, MarkKind
from scoring.enums import MarkState, SheetState
from scoring.errors import MARK_REFUSALS
from scoring.marking_events import MarkEvent
from scoring.models import Mark, Sheet
from scoring.queries.schemes import Plan, plan_of

FIELDS = (
    Field("code", ("工位", "工位代码", "参赛代码", "entry", "entry code"), True),
    Field("aspect", ("评分点", "评分点编号", "aspect"), True),
    Field("value", ("分值", "成绩", "得分", "value", "mark"), True),
)
COLUMNS = tuple(field.key for field in FIELDS)
STATES = {
    "缺考": MarkState.ABSENT, "absent": MarkState.ABSENT,
    "未完成": MarkState.UNFINISHED, "unfinished": MarkState.UNFINISHED,
    "取消": MarkState.DISQUALIFIED, "disqualified": MarkState.DISQUALIFIED,
}  # fmt: skip
UNSIGNED = (SheetState.OPEN, SheetState.COMPLETE)
NO_SCHEME = gettext_noop("本赛项还没有评分表，先生成评分表再导入。")
ENGLISH = {
    "not-a-number": "Not a number.",
    "out-of-range": "Out of range; largest: ",
    "wrong-step": "Wrong step; step: ",
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row that would change something, as people compare it with the file."""

    number: int
    code: str
    aspect: str
    before: str
    after: str


@dataclass(slots=True)
class MarkFile:
    """What a file would enter, and everything that is wrong with it."""

    name: str
    rows: list[FileRow] = field(default_factory=list)
    events: list[MarkEvent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    empty: int = 0

    @property
    def is_clean(self) -> bool:
        return not has_errors(self.problems)

    def as_dict(self) -> dict[str, object]:
        """The JSON of the import command."""
        return {
            "marks": len(self.rows),
            "same": self.same,
            "empty": self.empty,
            "problems": [problem.as_dict() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class SentMark:
    """A mark as a machine sends it: all three as text, not checked yet."""

    code: str
    aspect: str
    value: str


@dataclass(frozen=True, slots=True)
class _Table:
    """The skill's sheets by entry code and sub-criterion, and what stands in them."""

    plan: Plan
    sheets: Mapping[tuple[str, str], Sheet]
    codes: frozenset[str]
    standing: Mapping[tuple[int, str], Mark]


def read_marks(skill: Skill, upload: Upload) -> MarkFile:
    """Check a file against the sheets of a skill; three queries, whatever its size."""
    found = MarkFile(upload.name)
    table = _open_table(found, skill)
    if table is None:
        return found
    try:
        workbook = read_workbook(upload.content, filename=upload.name)
    except SpreadsheetRefused as refusal:
        found.problems.append(refusal.problem)
        return found
    read = read_table(workbook, FIELDS)
    found.problems += read.problems
    _read_rows(found, table, read.rows, upload.digest)
    return found


def check_marks(
    skill: Skill, marks: Sequence[SentMark], *, name: str, digest: str
) -> MarkFile:
    """Check what a machine sent as rows of a file; rows count from 1."""
    found = MarkFile(name)
    table = _open_table(found, skill)
    if table is not None:
        rows = [
            Row("", number, {name: getattr(mark, name) for name in COLUMNS}, {})
            for number, mark in enumerate(marks, start=1)
        ]
        _read_rows(found, table, rows, digest)
    return found


def _open_table(found: MarkFile, skill: Skill) -> _Table | None:
    plan = plan_of(skill)
    table = None if plan is None else _table(skill, plan)
    if table is None or not table.sheets:
        message = f"{NO_SCHEME} / There are no sheets yet."
        found.problems.append(Problem(ERROR, "", None, "", "no-sheets", message))
        return None
    return table


def _read_rows(
    found: MarkFile, table: _Table, rows: Sequence[Row], digest: str
) -> None:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        _read_row(found, table, row, seen, digest)


def _table(skill: Skill, plan: Plan) -> _Table:
    rows = Sheet.objects.filter(skill=skill).select_related("entry", "sub_criterion")
    sheets = {(sheet.entry.code, sheet.sub_criterion.code): sheet for sheet in rows}
    marks = Mark.objects.filter(sheet__skill=skill, seat=0)
    return _Table(
        plan,
        sheets,
        frozenset(code for code, _sub in sheets),
        {(mark.sheet_id, mark.code): mark for mark in marks},
    )


def _read_row(
    found: MarkFile,
    table: _Table,
    row: Row,
    seen: dict[tuple[str, str], int],
    digest: str,
) -> None:
    place = _place(table, row, seen)
    if isinstance(place, Problem):
        found.problems.append(place)
        return
    sheet, aspect = place
    word = as_text(row.cells["value"])
    if not word:
        found.empty += 1
        message = "没有成绩，这一行不录入，也不记为 0。 / No value: nothing is entered."
        found.problems.append(row.problem("value", "empty", message, severity=WARNING))
        return
    told = _told(row, aspect, word)
    if isinstance(told, Problem):
        found.problems.append(told)
        return
    state, value = told
    _enter(found, row, table.standing.get((sheet.pk, aspect.code)), (
        sheet, aspect, state, value, digest,
    ))  # fmt: skip


def _enter(
    found: MarkFile,
    row: Row,
    mark: Mark | None,
    told: tuple[Sheet, Aspect, str, str, str],
) -> None:
    sheet, aspect, state, value, digest = told
    if mark is not None and (mark.state, mark.value) == (state, value):
        found.same += 1
        return
    if sheet.state not in UNSIGNED or sheet.signers:
        found.problems.append(_refused(row, "value", "sheet-signed"))
        return
    before = "" if mark is None else mark.value or MarkState(mark.state).label
    after = value or str(MarkState(state).label)
    code = sheet.entry.code
    found.rows.append(FileRow(row.number, code, aspect.code, str(before), after))
    key = f"{digest}:{row.number}:{sheet.pk}:{0 if mark is None else mark.seq}"
    found.events.append(
        MarkEvent(_key(key), sheet.pk, aspect.code, value or None, state)
    )


def _key(text: str) -> UUID:
    """The same row over the same standing mark has the same key: sent once."""
    return uuid5(NAMESPACE_URL, f"mark-file:{text}")


def _place(
    table: _Table, row: Row, seen: dict[tuple[str, str], int]
) -> tuple[Sheet, Aspect] | Problem:
    code, name = as_text(row.cells["code"]), as_text(row.cells["aspect"]).upper()
    if code not in table.codes:
        return row.problem(
            "code", "unknown-entry",
            f"没有工位“{code}”。 / There is no entry “{code}”.",
        )  # fmt: skip
    aspect = table.plan.aspects.get(name)
    if aspect is None:
        known = _listed(table.plan)
        return row.problem(
            "aspect", "unknown-aspect",
            f"没有评分点“{name}”，本赛项的导入项是 {known}。 / There is no aspect "
            f"“{name}”.",
        )  # fmt: skip
    if aspect.kind is not MarkKind.IMPORTED:
        return row.problem(
            "aspect", "not-imported",
            f"{MARK_REFUSALS['not-imported']}（{name}） / {name} is marked by judges.",
        )  # fmt: skip
    first = seen.setdefault((code, name), row.number)
    if first != row.number:
        return row.problem(
            "code", "duplicate-row",
            f"工位 {code} 的 {name} 在第 {first} 行已经有了。 / This cell stands "
            f"in row {first} already.",
        )  # fmt: skip
    sub = next(s for s in table.plan.subs.values() if aspect in s.aspects)
    return table.sheets[code, sub.code], aspect


def _told(row: Row, aspect: Aspect, word: str) -> tuple[str, str] | Problem:
    """State and canonical value of a cell, or what is wrong with it."""
    if word.lower() in STATES:
        return STATES[word.lower()], ""
    try:
        value = read_value(aspect, word)
    except MarkRefused as refused:
        return _refused(row, "value", refused.code, refused.limit)
    return MarkState.VALUE, "" if value is None else plain_text(value)


def _refused(row: Row, key: str, code: str, limit: str = "") -> Problem:
    shown = f"（{limit}）" if limit else ""
    english = ENGLISH.get(code, code.replace("-", " ").capitalize() + ".")
    message = f"{MARK_REFUSALS[code]}{shown} / {english}{limit}"
    return row.problem(key, code, message)


def _listed(plan: Plan) -> str:
    codes: Sequence[str] = [
        aspect.code
        for aspect in plan.aspects.values()
        if aspect.kind is MarkKind.IMPORTED
    ]
    return "、".join(codes) or "（没有）"
