"""Reading and checking workbooks of appointments: one row per person and role.

Pure of the database: what the rows say, with every fault named by its cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from competitions.enums import EventRole
from competitions.roster_columns import IDENTITY_KINDS
from people.core import identity
from people.spreadsheets import (
    ERROR,
    Cell,
    Column,
    Field,
    Problem,
    Row,
    SpreadsheetRefused,
    as_integer,
    as_text,
    has_errors,
    read_table,
    read_workbook,
    template_workbook,
)

EXACT_DIGITS = 15  # a longer number typed as a number has lost its last digits
ROLES = {
    "裁判长": EventRole.CHIEF_JUDGE,
    "裁判员": EventRole.JUDGE,
    "裁判": EventRole.JUDGE,
    "替补裁判": EventRole.RESERVE,
    "替补": EventRole.RESERVE,
    "见习裁判": EventRole.TRAINEE,
    "见习": EventRole.TRAINEE,
    "现场裁判": EventRole.FLOOR_JUDGE,
    "加密裁判": EventRole.DRAW_OFFICER,
    "监督仲裁": EventRole.SUPERVISOR,
    "成绩管理": EventRole.RESULTS_OFFICER,
    "大屏操作": EventRole.DISPLAY_OPERATOR,
    "领队": EventRole.LEADER,
}
# key, heading, width, longest, other headings; required ones are marked with "*".
_COLUMNS = (
    ("skill", "赛项编号", 10, 100, ("赛项", "赛项代码")),
    ("role", "角色*", 12, 20, ("职务",)),
    ("name", "姓名*", 12, 80, ()),
    ("identity_kind", "证件类型", 14, 60, ()),
    ("identity_number", "证件号码*", 22, 60, ("身份证号", "身份证号码")),
    ("organization", "单位*", 30, 120, ("工作单位", "工作单位(学校)", "学校")),
    ("delegation", "推荐代表队", 20, 120, ("代表队",)),
    ("phone", "联系电话", 14, 60, ("手机",)),
)
FIELDS = tuple(
    Field(
        key,
        (heading.rstrip("*"), heading, *also),
        heading.endswith("*"),
        longest,
    )
    for key, heading, _width, longest, also in _COLUMNS
)
COLUMNS = tuple(Column(key, heading, width) for key, heading, width, *_ in _COLUMNS)
NOTES: tuple[tuple[str, Cell], ...] = (
    ("带 * 的列", "必须填写；其余可以留空，也可以删去整列。"),
    ("赛项编号", "与赛事页面上的编号一致；整个赛事的角色（领队、监督等）不填。"),
    (
        "角色",
        "、".join(label for label in ROLES if label not in ("裁判", "替补", "见习")),
    ),
    ("证件号码", "本列为文本格式，请勿改为数字，否则末几位会丢失。"),
    ("推荐代表队", "由代表队推荐的裁判填写，须回避本队；领队填写所领的代表队。"),
)


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One row: who gets which role where."""

    row: Row
    skill: str
    role: str
    name: str
    identity_kind: str
    identity_number: str
    organization: str
    delegation: str
    phone: str


@dataclass(frozen=True, slots=True)
class AppointmentReading:
    """The rows of a file and what is wrong with it."""

    rows: tuple[AppointmentRow, ...]
    problems: tuple[Problem, ...]

    @property
    def is_fine(self) -> bool:
        """Whether nothing found forbids the import."""
        return not has_errors(self.problems)


def read_appointments(content: bytes, *, filename: str, on: date) -> AppointmentReading:
    """Return what a file of appointments holds; ``on`` is the day it is read."""
    try:
        workbook = read_workbook(content, filename=filename)
    except SpreadsheetRefused as refusal:
        return AppointmentReading((), (refusal.problem,))
    table = read_table(workbook, FIELDS)
    problems = list(table.problems)
    rows = tuple(_row(row, on, problems) for row in table.rows)
    if not rows and not problems:
        problems.append(
            Problem(
                ERROR, table.sheet, None, "", "no-rows",
                "表中没有人员，请在表头下填写。 / The sheet is empty: fill in rows.",
            )
        )  # fmt: skip
    problems += _doubled(rows)
    return AppointmentReading(rows, tuple(problems))


def appointments_template(rows: Sequence[Mapping[str, Cell]] | None = None) -> bytes:
    """Return the workbook to fill in; ``rows`` by the keys of ``COLUMNS``."""
    return template_workbook("聘任名单", COLUMNS, rows=rows or (), notes=NOTES)


def _row(row: Row, on: date, problems: list[Problem]) -> AppointmentRow:
    number = as_integer(row.cells["skill"])
    written = as_text(row.cells["skill"])
    kind, document = _document(row, on, problems)
    return AppointmentRow(
        row=row,
        skill=f"{number:02d}" if number is not None else written,
        role=_role(row, problems),
        name=_needed(row, "name", "姓名", problems),
        identity_kind=kind,
        identity_number=document,
        organization=_needed(row, "organization", "单位", problems),
        delegation=as_text(row.cells["delegation"]),
        phone=as_text(row.cells["phone"]),
    )


def _role(row: Row, problems: list[Problem]) -> str:
    text = _needed(row, "role", "角色", problems)
    if text and text not in ROLES:
        problems.append(
            row.problem(
                "role", "unknown-role",
                f"“{text}”不是聘任的角色，应为 {'、'.join(ROLES)} 之一。 / “{text}” is no "
                "role of the template.",
            )
        )  # fmt: skip
    return str(ROLES.get(text, ""))


def _document(row: Row, on: date, problems: list[Problem]) -> tuple[str, str]:
    cell = row.cells["identity_number"]
    word = as_text(row.cells["identity_kind"])
    if word and word not in IDENTITY_KINDS:
        problems.append(
            row.problem(
                "identity_kind", "unknown-word",
                f"“{word}”不是证件类型。 / “{word}” is not a kind of document.",
            )
        )  # fmt: skip
    kind = IDENTITY_KINDS.get(word, str(identity.IdentityKind.RESIDENT))
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
    problems += [
        row.problem(
            "identity_number", found.code, found.message, severity=found.severity
        )
        for found in read.findings
    ]
    return kind, read.number


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


def _doubled(rows: Sequence[AppointmentRow]) -> list[Problem]:
    """Name rows that say the same thing twice."""
    first: dict[tuple[str, str, str], Row] = {}
    found = []
    for row in rows:
        key = (row.skill, row.role, row.identity_number)
        other = first.setdefault(key, row.row)
        if other is not row.row and row.identity_number:
            found.append(
                row.row.problem(
                    "identity_number", "appointed-twice",
                    f"与第 {other.number} 行重复：同一个人、同一赛项、同一角色。 / The same "
                    f"appointment as in row {other.number}.",
                )
            )  # fmt: skip
    return found
