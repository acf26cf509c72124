"""What a list is: its columns, who may see which of them, and where its lines come from.

Values only; a listing reads, it never writes and never formats a file.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db.models import Q

from awards.worklist import Filters
from people.models import Organization
from people.spreadsheets import Cell, Column
from scoring.models import Release


class Privacy(Enum):
    """What a masked list does with a column."""

    OPEN = "open"  # shown as it is
    IDENTITY = "identity"  # shortened by the installation's mask
    PHONE = "phone"  # shortened
    HIDDEN = "hidden"  # left out of a masked list


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a list and what a masked list does with it."""

    column: Column
    privacy: Privacy = Privacy.OPEN


@dataclass(frozen=True, slots=True)
class Selection:
    """What a list is made of: whose bureau, which rows, as of when.

    ``scope`` limits decisions and entitlements to the bureau's (access.scope_of);
    ``filters`` are the work list's (the kind in them is ignored: a listing names its
    own); ``release`` narrows to one release; ``at`` is the moment of reading.
    """

    bureau: Organization
    scope: Q
    filters: Filters
    at: datetime
    release: Release | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line: its sheet, its cells by column key, the entitlement it stands for.

    ``document`` is the title of the document cited, for the cover; ``person`` the id
    that counts towards the number of people (None: a unit or a figure).
    """

    sheet: str
    cells: Mapping[str, Cell]
    entitlement: int | None = None
    person: int | None = None
    document: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class ListOption:
    """What a list asks besides the filters: a year, an employer, a pool.

    ``choices`` gives what may be chosen as (value, label); None: any short text.  The
    answer stands in ``Selection.options`` under ``name``.
    """

    name: str
    label: str
    choices: Callable[[Selection], Iterable[tuple[str, str]]] | None = None
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Listing:
    """A list by name: its title (Chinese message id), columns, paper, lines.

    ``lines`` yields in the order of the sheets, all lines of a sheet together, with a
    number of queries that does not grow with the lines beyond one per thousand;
    ``left_open`` counts people who wait for a fact and are on no list yet; ``people``
    counts those on the list, where that is cheaper than reading the lines.
    ``takes_answers``: the workbook carries the columns an authority fills in, and no
    entitlement has two lines.
    """

    name: str
    title: str
    columns: tuple[ListColumn, ...]
    lines: Callable[[Selection], Iterable[ListLine]]
    left_open: Callable[[Selection], int]
    paper: str = "A3"
    is_landscape: bool = True
    takes_answers: bool = False
    closing_lines: tuple[str, ...] = ()
    group_title: str = ""  # heading of a sheet, "%(title)s(%(sheet)s)" by default
    people: Callable[[Selection], int] | None = None
    options: tuple[ListOption, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether a masked list differs from a full one."""
        return any(each.privacy is not Privacy.OPEN for each in self.columns)
