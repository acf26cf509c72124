"""What of a line is shown to whom, and the text that is printed in each cell."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from awards.listings.base import ListColumn, Listing, ListLine, Privacy
from people.core import masking
from people.privacy import identity_mask
from people.spreadsheets import Cell, Column, as_text, clean_decimal
from people.spreadsheets.cells import plain_text
from people.spreadsheets.writing import DATE, INTEGER, NUMBER, as_written

NUMBERING = "number"
SHORTENED = {
    Privacy.IDENTITY: masking.ValueKind.IDENTITY,
    Privacy.PHONE: masking.ValueKind.PHONE,
}
_plain = lru_cache(maxsize=2000)(plain_text)  # most texts of a list come again


def columns_shown(listing: Listing, *, is_masked: bool) -> tuple[ListColumn, ...]:
    """Return the columns of the list; a masked one leaves out what must stay hidden."""
    if not is_masked:
        return listing.columns
    return tuple(c for c in listing.columns if c.privacy is not Privacy.HIDDEN)


def values_of(
    line: ListLine, columns: Iterable[ListColumn], *, position: int, is_masked: bool
) -> list[Cell]:
    """Return the cells of a line in the order of its columns."""
    values: list[Cell] = []
    for each in columns:
        key = each.column.key
        value = line.cells.get(key)
        if key == NUMBERING and key not in line.cells:
            value = Decimal(position)
        elif is_masked and each.privacy is not Privacy.OPEN:
            value = shortened(value, each.privacy)
        values.append(value)
    return values


def shortened(value: Cell, privacy: Privacy) -> str:
    """Return a private value as a masked list shows it."""
    kind = SHORTENED.get(privacy)
    if kind is None or not value:
        return ""
    audience = masking.Audience.INTERNAL
    return masking.mask(kind, as_text(value), audience, policy=identity_mask())


def printed(value: Cell, column: Column) -> str:
    """Return the text of a cell as it reads again after any spreadsheet program.

    Numbers without trailing zeros, dates as yyyy-mm-dd, text without control characters;
    nothing is an empty text.
    """
    if isinstance(value, str):
        return _plain(value) if value else ""
    if value is None:
        return ""
    if isinstance(value, date):
        return as_text(value) if column.kind == DATE else plain_text(as_written(value))
    if isinstance(value, bool) or column.kind not in (NUMBER, INTEGER):
        return plain_text(as_written(value))
    return as_text(clean_decimal(format(value, "f")))
