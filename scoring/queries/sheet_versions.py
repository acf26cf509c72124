"""The versions of a sheet, told back from what stands there now.

Once signed, a cell changes by a request only, and each keeps the old value: undoing them
one after the other gives every earlier version.  A new version of the scheme ends that;
what was before it stands in the history.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.models import ChangeRequest, Sheet, Signature
from scoring.queries.changes import with_parts
from scoring.queries.sheets import cells_of

Value = tuple[str, str]  # state and value


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One version: what stood in the cells, who signed it, which changes ended it."""

    number: int
    cells: Mapping[tuple[str, int], Value]
    signatures: tuple[Signature, ...]
    changes: tuple[ChangeRequest, ...]
    is_current: bool


def sheet_versions(sheet: Sheet) -> list[SheetVersion]:
    """The versions of a sheet, newest first; three queries."""
    cells = {
        place: (mark.state, mark.value)
        for place, mark in cells_of([sheet])[sheet.pk].items()
    }
    standing = Signature.objects.filter(sheets=sheet, void_at__isnull=True)
    signatures = tuple(standing.select_related("signer").order_by("seq"))
    versions = [SheetVersion(sheet.version, cells, signatures, (), is_current=True)]
    for number, ended in _ended(sheet):
        if number + 1 != versions[-1].number:
            break
        cells = dict(cells)
        for change in ended:
            place = (change.code, change.seat)
            if change.old_state:
                cells[place] = (change.old_state, change.old_value)
            else:
                cells.pop(place, None)
        signed = sorted(ended[0].voided.all(), key=lambda row: row.seq)
        versions.append(
            SheetVersion(number, cells, tuple(signed), tuple(ended), is_current=False)
        )
    return versions


def _ended(sheet: Sheet) -> list[tuple[int, list[ChangeRequest]]]:
    """The changes that were made, by the version they ended, newest first."""
    rows = ChangeRequest.objects.filter(sheet=sheet, done_at__isnull=False)
    found: dict[int, list[ChangeRequest]] = {}
    related = with_parts(rows.defer("evidence")).prefetch_related("voided__signer")
    for row in related.order_by("-done_seq"):
        found.setdefault(row.version, []).append(row)
    return sorted(found.items(), reverse=True)
