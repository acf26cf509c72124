"""The demonstration's own marking schemes: text material to core values.

The format stands in ``material/README.md``.  The text is ours; a line that does not fit
is a mistake of ours and raises ``ValueError`` with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from scoring.core.scheme import (
    Aspect,
    Calculation,
    CalculationKind,
    Criterion,
    MarkKind,
    Scheme,
    Section,
    SubCriterion,
)

MATERIAL = Path(__file__).parent / "material"
SETTINGS = re.compile(r"\s(\w+)=(\S+)")
LETTERS = {
    MarkKind.MEASUREMENT: "M",
    MarkKind.JUDGEMENT: "J",
    MarkKind.PANEL: "P",
    MarkKind.IMPORTED: "I",
}


def scheme_named(name: str) -> Scheme:
    """The scheme of ``material/<name>.txt``."""
    lines = (MATERIAL / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return _scheme(line for line in lines if line and not line.startswith("#"))


def _scheme(lines: Iterable[str]) -> Scheme:
    title, sections = "", tuple[Section, ...]()
    criteria: list[Criterion] = []
    section = ""
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "title":
            title = rest
        elif word == "sections":
            sections = tuple(_sections(rest))
        elif word == "criterion":
            criteria.append(_criterion(rest))
        elif word == "sub":
            sub, section = _sub_criterion(rest)
            criteria[-1] = replace(
                criteria[-1], sub_criteria=(*criteria[-1].sub_criteria, sub)
            )
        else:
            criteria[-1] = _with_aspect(criteria[-1], line, section)
    return Scheme(title=title, criteria=tuple(criteria), sections=sections)


def _sections(text: str) -> Iterator[Section]:
    for part in text.split("|"):
        number, name, declared = part.split()
        yield Section(number=number, name=name, declared=Decimal(declared))


def _settings(text: str) -> tuple[str, dict[str, str]]:
    return SETTINGS.sub("", text).strip(), dict(SETTINGS.findall(text))


def _criterion(text: str) -> Criterion:
    text, settings = _settings(text)
    letter, _, name = text.partition(" ")
    weight = Decimal(settings["weight"]) if "weight" in settings else None
    return Criterion(letter=letter, name=name, weight=weight)


def _sub_criterion(text: str) -> tuple[SubCriterion, str]:
    text, settings = _settings(text)
    code, _, name = text.partition(" ")
    sub = SubCriterion(
        code=code, name=name, day=int(settings["day"]), panel=settings["panel"]
    )
    return sub, settings.get("section", "")


def _with_aspect(criterion: Criterion, line: str, section: str) -> Criterion:
    *before, sub = criterion.sub_criteria
    aspect = _aspect(line, section)
    serial = len(sub.aspects) + 1
    aspect = replace(aspect, code=f"{sub.code}.{LETTERS[aspect.kind]}{serial}")
    sub = replace(sub, aspects=(*sub.aspects, aspect))
    return replace(criterion, sub_criteria=(*before, sub))


def _aspect(line: str, section: str) -> Aspect:
    head, text, *more = (part.strip() for part in line.split("|"))
    word, *numbers = head.split()
    detail = more[0] if more else ""
    build = BUILDERS.get(word)
    if build is None:
        raise ValueError(f"demonstration scheme: {line!r} is no row")
    return replace(build(numbers, detail), description=text, section=section)


def _measured(
    kind: CalculationKind, maximum: str, requirement: str, **parameters: str
) -> Aspect:
    return Aspect(
        code="",
        kind=MarkKind.MEASUREMENT,
        maximum=Decimal(maximum),
        description="",
        requirement=requirement,
        calculation=Calculation(kind, tuple(parameters.items())),
    )


def _yes_no(numbers: list[str], detail: str) -> Aspect:
    return _measured(CalculationKind.PASS_FAIL, numbers[0], detail)


def _counted(numbers: list[str], detail: str) -> Aspect:
    possible, maximum = numbers
    return _measured(
        CalculationKind.NUMBER_COMPLETED, maximum, detail, NUM_POSSIBLE=possible
    )


def _target(numbers: list[str], detail: str) -> Aspect:
    target, difference, deduction, unit = detail.split()
    return _measured(
        CalculationKind.REGULAR_DIFFERENCE_DEDUCTION,
        numbers[0],
        f"{target} {unit}",
        TARGET_VALUE=target,
        DIFFERENCE=difference,
        DIFFERENCE_TYPE="UNIT",
        DEDUCTION=deduction,
        DEDUCTION_TYPE="UNIT",
    )


def _choice(maximum: str, detail: str, deduction_type: str) -> Aspect:
    parameters = {"DEDUCTION_TYPE": deduction_type}
    for index, choice in enumerate(detail.split(";"), start=1):
        label, _, deduction = choice.strip().rpartition(":")
        parameters[f"CHOICE{index}_LABEL"] = label
        parameters[f"CHOICE{index}_DEDUCTION"] = deduction
    return _measured(CalculationKind.CHOICE, maximum, "", **parameters)


def _direct(numbers: list[str], detail: str) -> Aspect:
    aspect = _measured(CalculationKind.DIRECT, numbers[0], detail)
    return replace(aspect, step=Decimal(numbers[1]))


def _judged(numbers: list[str], detail: str) -> Aspect:
    return Aspect(
        code="",
        kind=MarkKind.JUDGEMENT,
        maximum=Decimal(numbers[0]),
        description="",
        descriptors=tuple(level.strip() for level in detail.split(";")),
    )


def _panel(numbers: list[str], detail: str) -> Aspect:
    return Aspect(
        code="",
        kind=MarkKind.PANEL,
        maximum=Decimal(numbers[0]),
        description="",
        requirement=detail,
        step=Decimal(numbers[1]),
        trim=1,
    )


def _imported(numbers: list[str], detail: str) -> Aspect:
    return Aspect(
        code="",
        kind=MarkKind.IMPORTED,
        maximum=Decimal(numbers[0]),
        description="",
        requirement=detail,
    )


BUILDERS = {
    "M": _yes_no,
    "N": _counted,
    "T": _target,
    "X": lambda numbers, detail: _choice(numbers[0], detail, "UNIT"),
    "C": lambda numbers, detail: _choice(numbers[0], detail, "PERCENT"),
    "D": _direct,
    "J": _judged,
    "P": _panel,
    "I": _imported,
}
