"""Score tables as CSV files: scale scores or totals, grouped by skill.

Only what the commands ``medals`` and ``scale`` need is read; other columns are ignored.
A cell that cannot be read is reported with its line, never guessed.
"""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

Found = TypeVar("Found")

WHOLE = re.compile(r"-?[0-9]{1,6}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,6})?", re.ASCII)


class TableRefused(Exception):
    """The file is not such a table; ``problems`` are ready for JSON."""

    def __init__(self, problems: list[dict[str, object]]) -> None:
        super().__init__("; ".join(str(problem["message"]) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line: the skill and member as read, and the number asked for."""

    skill_number: str
    member_code: str
    number: Decimal


def read_scores(path: Path, column: str, *, whole: bool) -> list[ScoreRow]:
    """Return the rows of a CSV file (UTF-8, BOM or not), or raise `TableRefused`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableRefused([_problem(0, "", "unreadable", str(error))]) from error
    heading = [cell.strip() for cell in lines[0]] if lines else []
    needed = (column,) if not whole else (column, "skill_number", "member_code")
    missing = [name for name in needed if name not in heading]
    if missing:
        text = _("缺少列 / missing column")
        raise TableRefused([_problem(1, name, "no-column", text) for name in missing])
    pattern = WHOLE if whole else NUMBER
    rows, problems = [], []
    for line, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
        text = row.get(column, "")
        if pattern.fullmatch(text):
            skill, member = row.get("skill_number", ""), row.get("member_code", "")
            rows.append(ScoreRow(skill, member, Decimal(text)))
        else:
            words = _("不是数字：%(text)r / not a number") % {"text": text}
            problems.append(_problem(line, column, "not-a-number", words))
    if problems:
        raise TableRefused(problems)
    return rows


def by_skill(
    rows: Sequence[ScoreRow], calculate: Callable[[list[ScoreRow]], Sequence[Found]]
) -> list[Found]:
    """Calculate skill by skill and return the answers in the order of the rows."""
    skills: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        skills.setdefault(row.skill_number, []).append(index)
    found: dict[int, Found] = {}
    for indexes in skills.values():
        answers = calculate([rows[index] for index in indexes])
        found.update(zip(indexes, answers, strict=True))
    return [found[index] for index in range(len(rows))]


def _problem(row: int, column: str, code: str, message: str) -> dict[str, object]:
    return {
        "severity": "error",
        "sheet": "",
        "row": row,
        "column": column,
        "code": code,
        "message": message,
    }
