"""The calculations sheet: what a measured value is worth, as CIS writes it.

The text of every calculation is kept unread beside its parameters, so an exported
workbook carries it back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from people.spreadsheets import Cell, Sheet, as_decimal, as_text, fold
from scoring.core.scheme import Calculation, CalculationKind

STEP = "STEP"  # ours: the step of a value entered directly
_NAMES = ("calculations", "calculos", "计算", "计算表")
# Wording that gives part of a mark: such an aspect takes a value, not yes or no.
_PARTIAL = re.compile(
    r"deduct|subtract|minus|deduz|descont|adicion|partial|per error|for each|each "
    r"|para cada|\[\d|扣|每(个|处|项|错|少|漏)|得\s*\d|部分得分"
)


def calculations_in(sheets: Sequence[Sheet]) -> dict[int, Calculation]:
    """Return the calculations of the workbook by their 1-based row."""
    for sheet in sheets:
        if fold(sheet.name) in _NAMES:
            return {
                number: calculation
                for number, row in enumerate(sheet.rows, start=1)
                if (calculation := _calculation(row)) is not None
            }
    return {}


def _calculation(row: Sequence[Cell]) -> Calculation | None:
    cells = [as_text(cell) for cell in (*row, "", "", "", "")[:4]]
    name, kind, _, raw = cells
    if kind.upper() not in CalculationKind.__members__:
        return None
    pairs = parameters(raw)
    kept = "" if rendered(pairs) == raw else raw
    return Calculation(CalculationKind[kind.upper()], pairs, name, kept)


def parameters(raw: str) -> tuple[tuple[str, str], ...]:
    """Return ``KEY:::number#x~x#text`` entries as pairs, numbers without padding.

    >>> parameters("TYPE:::#x~x#UNIT#-#STEP:::0.25000000#x~x#")
    (('TYPE', 'UNIT'), ('STEP', '0.25'))
    """
    pairs = []
    for entry in raw.split("#-#"):
        key, mark, value = entry.partition(":::")
        if mark:
            number, _, text = value.partition("#x~x#")
            pairs.append((key.strip(), text.strip() or _plain(number)))
    return tuple(pairs)


def rendered(pairs: Sequence[tuple[str, str]]) -> str:
    """Return parameters as CIS writes them; :func:`parameters` reads them back."""
    return "#-#".join(
        f"{key}:::{value}#x~x#"
        if as_decimal(value) is not None
        else f"{key}:::#x~x#{value}"
        for key, value in pairs
    )


def _plain(number: str) -> str:
    """Drop the padding to eight decimals; CIS writes nought as 0E-8."""
    text = number.strip()
    if re.fullmatch(r"0(\.0+)?E[+-]?\d+", text):
        return "0"
    if re.fullmatch(r"-?\d+\.\d{8}", text):
        return text.rstrip("0").rstrip(".")
    return text


def default_calculation(texts: Sequence[str]) -> Calculation:
    """Return how a measurement without a calculation is entered.

    Yes or no, unless its own wording gives or takes part of the mark: then the judges
    enter the points themselves.
    """
    wording = fold(" ".join(texts))
    partial = _PARTIAL.search(wording)
    return Calculation(CalculationKind.DIRECT if partial else CalculationKind.PASS_FAIL)


def calculation_step(calculation: Calculation) -> Decimal:
    """Return the step of a directly entered value, 0.01 where none is written."""
    step = as_decimal(dict(calculation.parameters).get(STEP))
    return step if step is not None and step > 0 else Decimal("0.01")


def without_step(calculation: Calculation) -> Calculation:
    """Return the calculation without the step, which the aspect itself carries."""
    pairs = tuple(pair for pair in calculation.parameters if pair[0] != STEP)
    return replace(calculation, parameters=pairs)


_CHOICE_NAMES = {
    name: key
    for number in range(1, 10)
    for name, key in (
        (f"选项{number}", f"CHOICE{number}_LABEL"),
        (f"选项{number}扣分", f"CHOICE{number}_DEDUCTION"),
    )
}
_BAND_NAMES = {
    name: key
    for number in range(1, 10)
    for name, key in (
        (f"第{number}段到", f"BAND{number}_TO"),
        (f"第{number}段得分", f"BAND{number}_POINTS"),
    )
}
PARAMETER_NAMES = {
    "应有数量": "NUM_POSSIBLE",
    "目标值": "TARGET_VALUE",
    "目标值取自要求": "TARGET_VAL_FROM_REQ",
    "每差": "DIFFERENCE",
    "每差方式": "DIFFERENCE_TYPE",
    "扣分": "DEDUCTION",
    "扣分方式": "DEDUCTION_TYPE",
    "每次扣": "UNIT",
    "最多扣": "CAP",
    "满分用时": "FULL",
    "零分用时": "ZERO",
    **_CHOICE_NAMES,
    **_BAND_NAMES,
}
NAMES_OF_PARAMETERS = {key: name for name, key in PARAMETER_NAMES.items()}
# Times, in seconds; written as 10:00 they are read as minutes and seconds.
_TIMES = {"FULL", "ZERO", *(f"BAND{number}_TO" for number in range(1, 10))}
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_WORDS = {"分": "UNIT", "百分比": "PERCENT", "是": "true"}


def named_parameters(text: str) -> tuple[tuple[str, str], ...] | None:
    """Read ``目标值=100；每差=1`` into CIS keys; ``None`` if a part has no ``=``."""
    pairs = []
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        name, mark, value = part.partition("=")
        if not mark:
            return None
        key = name.strip()
        word = value.strip()
        known = PARAMETER_NAMES.get(key, key)
        typed = known.endswith("_TYPE") or known == "TARGET_VAL_FROM_REQ"
        if known in _TIMES and (clock := _CLOCK.fullmatch(word.replace("：", ":"))):  # noqa: RUF001
            word = str(int(clock[1]) * 60 + int(clock[2]))
        pairs.append((known, _WORDS.get(word, word) if typed else word))
    return tuple(pairs)
