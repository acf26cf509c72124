"""What a maker of a file is; the makers themselves are entered in ``makers``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from awards.listings.base import ListOption, Selection
from awards.models import ExportBatch

AT_ONCE = 200
Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker has written: the file's name, people and lines in it, its rows."""

    file_name: str
    people: int
    lines: int = 0
    rows_digest: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """A paper by name: its title (Chinese message id), and how it is made.

    ``make`` writes the file into a binary file and reports (done, total, words) on the
    way; ``people`` counts whom it would hold.  ``is_personal``: persons stand in it, so
    that a masked and a full one differ or, with ``masks`` False, it is always full.
    Up to ``at_once`` people it is made while the asker waits, above as a job.
    ``nobody`` says why nothing can be asked for while nobody would be in it.
    """

    name: str
    title: str
    make: Callable[[Report, ExportBatch, IO[bytes]], Made]
    people: Callable[[Selection], int]
    is_personal: bool = True
    masks: bool = False
    options: tuple[ListOption, ...] = ()
    at_once: int = AT_ONCE
    takes_filters: bool = True
    nobody: Callable[[Selection], str] | None = None
