"""The calculations sheet: what a measured value is worth, as CIS writes it.

The text of every calculation is kept unread beside its parameters, so an exported
workbook carries it back unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from people.spreadsheets import Sheet, as_decimal, as_text, fold
from scoring.core.scheme import Calculation, CalculationKind

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


def _calculation(row: Sequence[object]) -> Calculation | None:
    cells = [as_text(cell) for cell in (*row, "", "", "", "")[:4]]
    name, kind, _, raw = cells
    if kind.upper() not in CalculationKind.__members__:
        return None
    return Calculation(CalculationKind[kind.upper()], parameters(raw), name, raw)


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


def _plain(number: str) -> str:
    value = as_decimal(number)
    if value is None:
        # CIS writes nought as 0E-8.
        return "0" if re.fullmatch(r"0(\.0+)?E[+-]?\d+", number.strip()) else number
    return format(value.normalize() if value else Decimal(0), "f")


def default_calculation(texts: Sequence[str]) -> Calculation:
    """Return how a measurement without a calculation is entered.

    Yes or no, unless its own wording gives or takes part of the mark: then the judges
    enter the points themselves.
    """
    wording = fold(" ".join(texts))
    partial = _PARTIAL.search(wording)
    return Calculation(CalculationKind.DIRECT if partial else CalculationKind.PASS_FAIL)
