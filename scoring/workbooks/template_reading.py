"""Read the project's own scheme workbook; every fault names its cell.

The rows are read top to bottom: cells that describe module and sub-criterion may be
left empty and then repeat the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from people.spreadsheets import (
    WARNING,
    Cell,
    Problem,
    Row,
    Table,
    as_decimal,
    as_integer,
    as_text,
)
from people.spreadsheets.cells import straight
from scoring.core.calculation import calculation_fault
from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    SubCriterion,
)
from scoring.workbooks.calculations import named_parameters
from scoring.workbooks.checks import LARGEST_MARK
from scoring.workbooks.settings import as_weight
from scoring.workbooks.template import CALCULATED, CALCULATIONS, KINDS, LEVEL_KEYS

_PLACE = ("letter", "criterion", "weight", "sub", "sub_name", "day", "panel")
_LETTERS = {
    MarkKind.MEASUREMENT: "M",
    MarkKind.JUDGEMENT: "J",
    MarkKind.PANEL: "P",
    MarkKind.IMPORTED: "I",
    MarkKind.DEDUCTION: "D",
    MarkKind.TIME: "T",
}
_USUAL = {
    MarkKind.DEDUCTION: CalculationKind.COUNT_DEDUCTION,
    MarkKind.TIME: CalculationKind.TIME_ONLY,
}
_FAULTS = {
    "number-possible": ("缺少“应有数量”", "the number possible is missing"),
    "calculation-of-another-kind": (
        "这种计算不属于这个类型",
        "this calculation belongs to another type",
    ),
    "deduction": ("缺少“每次扣”", "the points taken each time are missing"),
    "time-linear": (
        "要写“满分用时”和更长的“零分用时”",
        "a time for all points and a longer one for none are needed",
    ),
    "time-bands": (
        "至少一段，各段时间递增",
        "at least one band is needed, with rising times",
    ),
    "choices": ("至少要有两个选项", "at least two choices are needed"),
    "difference": (
        "缺少“目标值”“每差”或“扣分”",
        "target, difference or deduction is missing",
    ),
}


@dataclass(slots=True)
class TemplateRows:
    """What the rows gave: criteria in order, and all findings."""

    criteria: list[Criterion]
    problems: list[Problem]
    untyped: int = 0


def read_rows(table: Table) -> TemplateRows:
    """Return the criteria of the table's rows, with what is wrong in them."""
    read = TemplateRows([], list(table.problems))
    above: dict[str, Cell] = {}
    for row in table.rows:
        above = _place_of(row, above)
        aspect, problems = _aspect(row)
        problems += [*_place_problems(row, above), *_day_problems(row, above)]
        read.problems += problems
        read.untyped += any(problem.code == "unknown-type" for problem in problems)
        _add(read, above, aspect)
    return read


def _place_of(row: Row, above: dict[str, Cell]) -> dict[str, Cell]:
    """Fill empty cells from above; a new module or sub-criterion starts afresh."""
    given = {key: row.cells[key] for key in _PLACE if as_text(row.cells[key])}
    is_new_module = "letter" in given and _code(given["letter"]) != above.get("letter")
    is_new_sub = "sub" in given and _code(given["sub"]) != above.get("sub")
    kept = dict(above)
    if is_new_module:
        kept = {}
    elif is_new_sub:
        kept = {
            k: v for k, v in above.items() if k in ("letter", "criterion", "weight")
        }
    for key in ("letter", "sub", "panel"):
        if key in given:
            given[key] = _code(given[key])
    return kept | given


def _code(cell: Cell) -> str:
    return straight(as_text(cell)).upper().replace(" ", "")


def _place_problems(row: Row, place: dict[str, Cell]) -> list[Problem]:
    letter, sub = str(place.get("letter", "")), str(place.get("sub", ""))
    found = []
    if not re.fullmatch(r"[A-Z]", letter):
        found.append(
            row.problem(
                "letter", "bad-criterion-letter",
                f"模块“{letter}”应为一个大写字母。 / "
                f"Module “{letter}” must be one capital letter.",
            )
        )  # fmt: skip
    elif not re.fullmatch(letter + r"\d{1,3}", sub):
        found.append(
            row.problem(
                "sub", "bad-sub-criterion-code",
                f"子项编号“{sub}”应为模块字母 {letter} 加数字，例如 {letter}1。 / "
                f"Sub-criterion “{sub}” must be {letter} and a number.",
            )
        )  # fmt: skip
    weight = place.get("weight")
    if weight is not None and not (as_weight(weight) or Decimal(0)) > 0:
        found.append(
            row.problem(
                "weight", "bad-weight",
                f"权重“{as_text(weight)}”应为大于 0 的数，例如 30%。 / "
                "The weight must be a number above 0, for example 30%.",
            )
        )  # fmt: skip
    if not re.fullmatch(r"[A-Z]", str(place.get("panel", "A"))):
        found.append(
            row.problem(
                "panel", "bad-panel",
                "评分组应为一个大写字母。 / The marking team must be one letter.",
            )
        )  # fmt: skip
    return found


def _day_problems(row: Row, place: dict[str, Cell]) -> list[Problem]:
    day = place.get("day")
    if day is None or (as_integer(day) or 0) in range(1, 32):
        return []
    return [
        row.problem(
            "day", "bad-day",
            f"评分日“{as_text(day)}”应为 1、2、3 这样的整数。 / The day of marking must be "
            "a whole number.",
        )
    ]  # fmt: skip


def _aspect(row: Row) -> tuple[Aspect, list[Problem]]:
    problems: list[Problem] = []
    kind = KINDS.get(as_text(row.cells["kind"]))
    if kind is None:
        problems.append(
            row.problem(
                "kind", "unknown-type",
                f"类型“{as_text(row.cells['kind'])}”应为 {'、'.join(KINDS)} 之一。 / "
                "The type must be one of those words.",
            )
        )  # fmt: skip
    aspect = Aspect(
        code="",
        kind=kind or MarkKind.MEASUREMENT,
        maximum=_maximum(row, kind, problems),
        description=as_text(row.cells["description"]),
        extra=tuple(as_text(row.cells["extra"]).splitlines()),
        requirement=as_text(row.cells["requirement"]),
        section=as_text(row.cells["section"]),
        step=_positive(row, "step", problems) or Decimal("0.01"),
        scale=_positive(row, "scale", problems),
        trim=_trim(row, problems),
    )
    if not aspect.description:
        problems.append(
            row.problem(
                "description", "no-description",
                "评分点没有写内容。 / The aspect has no description.",
            )
        )  # fmt: skip
    if aspect.kind is MarkKind.JUDGEMENT:
        aspect = replace(aspect, descriptors=_levels(row, problems))
    elif kind in CALCULATED:
        aspect = replace(aspect, calculation=_calculation(row, aspect, problems))
    return aspect, problems


def _maximum(row: Row, kind: MarkKind | None, problems: list[Problem]) -> Decimal:
    """The maximum; a deduction and a time may have none."""
    is_free = kind in (MarkKind.DEDUCTION, MarkKind.TIME)
    if is_free and not (as_decimal(row.cells["maximum"]) or Decimal(0)):
        return Decimal(0)
    return _positive(row, "maximum", problems, needed=True) or Decimal(0)


def _positive(
    row: Row, key: str, problems: list[Problem], *, needed: bool = False
) -> Decimal | None:
    cell = row.cells[key]
    number = as_decimal(cell)
    if number is not None and 0 < number <= LARGEST_MARK:
        return number
    if as_text(cell) or needed:
        code = "aspect-without-mark" if key == "maximum" else "bad-number"
        problems.append(
            row.problem(
                key, code if not as_text(cell) else "not-a-positive-number",
                f"“{as_text(cell)}”应为大于 0、不超过 {LARGEST_MARK} 的数。 / A number above 0 is "
                "needed.",
            )
        )  # fmt: skip
    return None


def _trim(row: Row, problems: list[Problem]) -> int:
    cell = row.cells["trim"]
    trim = as_integer(cell) if as_text(cell) else 0
    if trim is None or trim < 0:
        problems.append(
            row.problem(
                "trim", "bad-trim",
                "去高低应为 0、1、2 这样的整数。 / Write a whole number such as 1.",
            )
        )  # fmt: skip
        return 0
    return trim


def _levels(row: Row, problems: list[Problem]) -> tuple[str, ...]:
    levels = tuple(as_text(row.cells[key]) for key in LEVEL_KEYS)
    missing = [str(level) for level, text in enumerate(levels) if not text]
    if missing:
        problems.append(
            row.problem(
                LEVEL_KEYS[int(missing[0])], "judgement-descriptors",
                f"评价评分点缺少第 {'、'.join(missing)} 档的说明，0–3 四档都要写。 / "
                f"Level {', '.join(missing)} has no description: all four are needed.",
            )
        )  # fmt: skip
    return levels


def _calculation(row: Row, aspect: Aspect, problems: list[Problem]) -> Calculation:
    word = as_text(row.cells["calculation"])
    kind = CALCULATIONS.get(word) or CalculationKind.__members__.get(word.upper())
    if kind is None and word:
        problems.append(
            row.problem(
                "calculation", "unknown-calculation",
                f"计算“{word}”应为 {'、'.join(CALCULATIONS)} 之一。 / "
                f"“{word}” is not a calculation of the template.",
            )
        )  # fmt: skip
    pairs = named_parameters(as_text(row.cells["parameters"]))
    if pairs is None:
        problems.append(
            row.problem(
                "parameters", "bad-parameters",
                "参数应为以“；”分隔的“名称=值”。 / Write name=value, parted by “;”.",
            )
        )  # fmt: skip
    usual = _USUAL.get(aspect.kind, CalculationKind.PASS_FAIL)
    calculation = Calculation(kind or usual, pairs or ())
    fault = calculation_fault(replace(aspect, calculation=calculation))
    if fault:
        chinese, english = _FAULTS.get(fault, (fault, fault))
        problems.append(
            row.problem(
                "parameters", "calculation-incomplete",
                f"“{word}”的参数不完整：{chinese}。 / The parameters are not complete: "
                f"{english}.",
            )
        )  # fmt: skip
    return calculation


def _add(read: TemplateRows, place: dict[str, Cell], aspect: Aspect) -> None:
    letter, code = str(place.get("letter", "")), str(place.get("sub", ""))
    index = next((i for i, c in enumerate(read.criteria) if c.letter == letter), None)
    if index is None:
        weight = as_weight(place.get("weight"))
        name = as_text(place.get("criterion"))
        read.criteria.append(Criterion(letter, name, weight=weight))
        index = len(read.criteria) - 1
    criterion = read.criteria[index]
    subs = {sub.code: sub for sub in criterion.sub_criteria}
    sub = subs.get(code) or SubCriterion(
        code,
        as_text(place.get("sub_name")),
        as_integer(place.get("day")),
        panel=str(place.get("panel", "A")),
    )
    position = len(sub.aspects) + 1
    named = replace(aspect, code=f"{code}.{_LETTERS[aspect.kind]}{position}")
    subs[code] = replace(sub, aspects=(*sub.aspects, named))
    read.criteria[index] = replace(criterion, sub_criteria=tuple(subs.values()))


def total_problems(sheet: str, total: Decimal) -> Iterator[Problem]:
    """Warn where the weighted maxima do not add up to 100."""
    if total != 100:
        yield Problem(
            WARNING, sheet, None, "", "total-not-100",
            f"各模块加权后的满分合计为 {total:.2f}，不是 100；正式比赛冻结前须为 100。"
            f" / The weighted total is {total:.2f}, not 100.",
        )  # fmt: skip
