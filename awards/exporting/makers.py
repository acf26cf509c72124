"""Who makes which file: every listing, and the papers that are entered here.

A maker reads and writes bytes; it changes nothing.  What it makes is asked for, approved,
sealed, taken away and logged by awards.actions.exports alone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import IO

from django.utils import translation

from awards.enums import ExportFormat
from awards.exporting.contract import Made, Maker, Report
from awards.exporting.cover import Facts
from awards.exporting.selection import selection_of
from awards.exporting.tally import Checked, Tally
from awards.exporting.workbook import write_csv, write_workbook
from awards.listings.base import Listing, ListLine, Selection
from awards.listings.registry import LISTINGS
from awards.memory import collecting_seldom
from awards.models import ExportBatch
from awards.printing import application, certificate_files, staff
from awards.printing import report as report_paper

Keep = Callable[[Checked], None]


# A maker of another module is one line here: ``certificates.BATCH``.
_MAKERS: tuple[Maker, ...] = (
    application.FORMS,
    staff.CERTIFICATES,
    report_paper.REPORT,
    certificate_files.DOCUMENT,
    certificate_files.FILES,
)
MAKERS: dict[str, Maker] = {maker.name: maker for maker in _MAKERS}


def kinds() -> Mapping[str, Listing | Maker]:
    """Return everything that can be exported, listings first."""
    return {**LISTINGS, **MAKERS}


def masks(kind: Listing | Maker) -> bool:
    """Return whether there is a masked form that differs from the full one."""
    return kind.is_personal if isinstance(kind, Listing) else kind.masks


def people_of(kind: Listing | Maker, selection: Selection) -> int:
    """Return how many people a file would hold; its lines, where it has no people."""
    if kind.people is not None:
        return kind.people(selection)
    people: set[int] = set()
    lines = 0
    for line in _lines(kind, selection):
        lines += 1
        if line.person is not None:
            people.add(line.person)
    return len(people) or lines


def _lines(kind: Listing | Maker, selection: Selection) -> Iterable[ListLine]:
    return kind.lines(selection) if isinstance(kind, Listing) else ()


def make(
    batch: ExportBatch, out: IO[bytes], *, report: Report, keep: Keep, at: datetime
) -> Made:
    """Write the file of a batch, whichever kind it is."""
    maker = MAKERS.get(batch.kind)
    with translation.override("zh-hans"), collecting_seldom():
        if maker is not None:
            return maker.make(report, batch, out)
        return _listed(batch, out, report=report, keep=keep, at=at)


def _listed(
    batch: ExportBatch, out: IO[bytes], *, report: Report, keep: Keep, at: datetime
) -> Made:
    listing, selection = LISTINGS[batch.kind], selection_of(batch)
    facts = Facts(batch, listing, selection, listing.left_open(selection), at)
    tally = Tally(batch.number, batch.expected, report, keep)
    write = write_csv if batch.form == ExportFormat.CSV else write_workbook
    lines = iter(listing.lines(selection))
    try:
        contents = write(out, facts, lines, tally)
    finally:  # an open read would forbid the write that says what went wrong
        getattr(lines, "close", int)()
    parts = [listing.title, *filter(None, [_release(batch)]), batch.number]
    return Made(
        file_name=f"{'-'.join(parts)}.{batch.form}",
        people=contents.people or contents.lines,
        lines=contents.lines,
        rows_digest=contents.rows_digest,
    )


def _release(batch: ExportBatch) -> str:
    return batch.release.number if batch.release else ""
