"""Cells as plain values, and the few readings of them that importers share.

Numbers are ``Decimal`` without the noise of binary floating point; text has no control
or invisible characters.  Pure: no files, no framework.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

# Whole numbers of the language are for writing; reading gives Decimal.
Cell = str | Decimal | int | date | bool | None

# Excel keeps fifteen digits; the last one is noise after a sum.
SIGNIFICANT_DIGITS = 14
LONGEST_NUMBER = 40
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# Printable ASCII, CJK ideographs and punctuation, full-width forms: nothing to mend.
_PLAIN = re.compile(r"[ -~、-】〔-〟一-鿿！-～·—–‘’“”…]*")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
# Cyrillic and Greek letters that look like Latin capitals.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # noqa: RUF001 - the point
    "ABESIJKMHOPCTYXaeijopcyxABEZHIKMNOPTYXo",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows[0]`` is row 1, rows may differ in length."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file in their order; ``formulas`` as (sheet, cell) if asked."""

    sheets: tuple[Sheet, ...]
    formulas: tuple[tuple[str, str], ...] = ()


def clean_decimal(text: str) -> Decimal:
    """Return the number a person meant by a float's shortest ``repr``.

    >>> clean_decimal("28.999999999999996"), clean_decimal("5.0")
    (Decimal('29'), Decimal('5'))
    """
    number = Decimal(text)
    if number == number.to_integral_value():
        return Decimal(int(number))
    places = SIGNIFICANT_DIGITS - 1 - number.adjusted()
    rounded = number.quantize(Decimal(1).scaleb(-places)).normalize()
    whole = rounded == rounded.to_integral_value()
    return Decimal(int(rounded)) if whole else rounded


def plain_text(text: str) -> str:
    """Return ``text`` without control and zero-width characters, line ends unified."""
    if _PLAIN.fullmatch(text):
        return text.strip()
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (
        character
        for character in unified
        if character == "\n" or unicodedata.category(character) not in _INVISIBLE
    )
    return unicodedata.normalize("NFC", "".join(kept)).replace("\xa0", " ").strip()


def as_text(cell: Cell) -> str:
    """Return a cell as trimmed text; a whole number without its decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return plain_text(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int) else format(cell, "f")


def as_decimal(cell: Cell) -> Decimal | None:
    """Return a cell as a number: text with spaces or a decimal comma counts."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if not isinstance(cell, str):
        return None
    text = unicodedata.normalize("NFKC", plain_text(cell)).replace(" ", "")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def as_integer(cell: Cell) -> int | None:
    """Return a cell as a whole number, or ``None`` if it is not one."""
    number = as_decimal(cell)
    if number is None or number != number.to_integral_value():
        return None
    return int(number)


def as_date(cell: Cell) -> date | None:
    """Return a cell as a date: a real date, 2026-11-20, 2026/11/20, 2026年11月20日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.fullmatch(as_text(cell))
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def straight(text: str) -> str:
    """Return ``text`` with Cyrillic and Greek look-alikes as Latin letters."""
    return unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKES)


def fold(cell: Cell) -> str:
    """Return a label for comparison: no case, accents, look-alikes or extra spaces.

    >>> fold("Max\\nMark"), fold("Seção  WSSS")
    ('max mark', 'secao wsss')
    """
    text = unicodedata.normalize("NFKD", straight(as_text(cell))).casefold()
    letters = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(letters.split())


def column_letter(index: int) -> str:
    """Return the letters of a zero-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
