"""Lines on their way into a file: counted, digested, their checks kept.

Sees every line once and holds none of them.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from awards.core.row_check import reference_of, row_check
from awards.exporting.cells import NUMBERING
from awards.exporting.contract import Report
from awards.exporting.cover import Contents
from awards.listings.base import ListLine

STEP = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """The check of a line that an authority answers, and where the line stands."""

    entitlement: int
    sheet: str
    position: int
    row_check: str


def is_sum(line: ListLine) -> bool:
    """Whether a line closes a sheet: it numbers itself and stands for nobody."""
    stands = line.entitlement is not None or line.person is not None
    return NUMBERING in line.cells and not stands


@dataclass(slots=True)
class Tally:
    """The sums of a file in the making."""

    number: str
    expected: int
    report: Report
    keep: Callable[[Checked], None]
    sheets: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    _people: set[int] = field(default_factory=set)
    _documents: set[str] = field(default_factory=set)
    _releases: set[str] = field(default_factory=set)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def see(self, line: ListLine, sheet: str, texts: Sequence[str]) -> None:
        """Count a line as it is printed."""
        told = json.dumps([sheet, *texts], ensure_ascii=False, separators=(",", ":"))
        self._digest.update(told.encode() + b"\n")
        if is_sum(line):
            return
        self.lines += 1
        self.sheets[sheet] = self.sheets.get(sheet, 0) + 1
        if line.person is not None:
            self._people.add(line.person)
        if line.document:
            self._documents.add(line.document)
        if line.release:
            self._releases.add(line.release)
        if self.lines % STEP == 0:
            self.report(self.lines, max(self.expected, self.lines), "")

    def check(self, line: ListLine, sheet: str, texts: Sequence[str]) -> list[str]:
        """Return reference and check of a line, and keep them; blank for a sum."""
        if line.entitlement is None:
            return ["", ""]
        reference = reference_of(line.entitlement)
        found = row_check(self.number, reference, texts)
        position = self.sheets[sheet]
        self.keep(Checked(line.entitlement, sheet, position, found))
        return [reference, found]

    def contents(self) -> Contents:
        """Return what the file holds, once every line was seen."""
        return Contents(
            sheets=dict(self.sheets),
            lines=self.lines,
            people=len(self._people),
            documents=frozenset(self._documents),
            releases=frozenset(self._releases),
            rows_digest=self._digest.hexdigest(),
        )
