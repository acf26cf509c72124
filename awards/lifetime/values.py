"""What a lifetime file is made of: sections of dated lines, each with its source."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from people.models import Organization, Person


class Viewer(StrEnum):
    """Whose eyes a file is made for; it decides about pools and what is not final."""

    BUREAU = "bureau"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened or is held.

    ``on`` is its own day, None where no paper says it; ``source`` names the release,
    document or evidence; ``has_ended`` for what was withdrawn, revoked or replaced.
    """

    on: date | None
    what: str
    details: tuple[str, ...] = ()
    state: str = ""
    source: str = ""
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the file; an empty one is shown as such and never left out."""

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The whole file of one human being, whatever number of files they were.

    ``heads`` are (label, value); ``is_full`` says that the document number is in full.
    """

    person: Person
    viewer: Viewer
    bureau: Organization | None
    at: datetime
    is_full: bool
    heads: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        """How many lines the file has."""
        return sum(len(section.lines) for section in self.sections)
