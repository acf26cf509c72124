"""Both sides of a comparison brought together: the list's rows and the people here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from awards.comparing import grades as held
from awards.comparing import insurance
from awards.comparing.insurance import Insured
from awards.comparing.lines import (
    CONFLICT,
    MISSING_THERE,
    NO_NUMBER,
    STRANGER,
    UNREAD,
    Difference,
    Found,
    Line,
    shortened,
)
from awards.enums import ComparisonKind
from awards.facts_file import Aliases, FactRow, read_grade_list
from awards.queries.compared import grades_here
from people.core import identity
from people.models import Person
from people.names import normalize_name
from people.spreadsheets import ERROR, Problem, Row

MOST_NOTES = 5


class People(Protocol):
    """Who of a list's people is the bureau's."""

    @property
    def found(self) -> dict[int, Person]:
        """The people by id."""

    def with_document(self, number: str) -> Person | None:
        """The person of that document number."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row of either list: whose it is, and what it says in its own form."""

    row: Row
    name: str
    identity: str
    says: FactRow | Insured

    @property
    def is_read(self) -> bool:
        """Whether there is a document and something to compare."""
        drafts = self.says.drafts if isinstance(self.says, FactRow) else ["unit"]
        return bool(self.identity and drafts)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list as it was read; ``said`` are the findings of each row by its number."""

    rows: tuple[ListedRow, ...]
    problems: tuple[Problem, ...]
    said: Mapping[int, list[Problem]] = field(default_factory=dict)

    def facts(self) -> Iterator[FactRow]:
        """The rows as the facts file knows rows, to find their people."""
        for row in self.rows:
            if isinstance(row.says, FactRow):
                yield row.says
            else:
                yield FactRow(row.row, None, row.name, row.identity, "", None)


def listed_rows(
    content: bytes, *, filename: str, kind: str, aliases: Aliases, on: date
) -> Listed:
    """Read another body's list of ``kind``, as of the day ``on``."""
    if kind == ComparisonKind.GRADES:
        reading = read_grade_list(content, filename=filename, aliases=aliases, on=on)
        rows = tuple(
            ListedRow(each.row, each.name, each.identity, each) for each in reading.rows
        )
        problems = reading.problems
    else:
        told = insurance.read_insurance(content, filename=filename, on=on)
        rows = tuple(
            ListedRow(each.row, each.name, each.identity, each) for each in told.rows
        )
        problems = told.problems
    said: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row is not None:
            said.setdefault(problem.row, []).append(problem)
    return Listed(rows, problems, said)


def compare(listed: Listed, people: People, expected: Iterable[Person]) -> Found:
    """Return a line for every row of the list and everybody it does not name.

    ``expected`` are the people whose absence from the list is said.
    """
    expected = list(expected)
    everybody = {**people.found, **{person.pk: person for person in expected}}
    side = _Side(listed, people, held.GradesHere())
    if any(isinstance(row.says, FactRow) for row in listed.rows):
        side.here = grades_here(everybody)
    found = Found([side.line(row) for row in listed.rows])
    found.lines += side.missing(expected)
    return found


@dataclass(slots=True)
class _Side:
    listed: Listed
    people: People
    here: held.GradesHere
    rows_of: dict[int, list[ListedRow]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.listed.rows:
            person = self.people.with_document(row.identity)
            if person is not None:
                self.rows_of.setdefault(person.pk, []).append(row)

    def line(self, row: ListedRow) -> Line:
        """One row of the list against what is known."""
        said = self.listed.said.get(row.row.number, [])
        notes = tuple(problem.message for problem in said)[:MOST_NOTES]
        base = Line(
            UNREAD,
            row=row.row.number,
            identity=shortened(identity.normalize(row.identity)),
            notes=notes,
        )
        person = self.people.with_document(row.identity)
        if not row.is_read:
            return base
        if person is None:
            return replace(base, outcome=STRANGER)
        base = replace(base, name=person.name, person=person.pk)
        if isinstance(row.says, FactRow):
            line = self._grade(base, row.says, person)
        else:
            line = self._insured(base, row.says, person)
        if any(problem.severity == ERROR for problem in said):
            line = replace(line, taking=None)
        return self._named(line, row, person)

    def _grade(self, base: Line, said: FactRow, person: Person) -> Line:
        draft = said.drafts[0]
        outcome, differences, taking = held.compare_grade(draft, person, self.here)
        return replace(
            base,
            outcome=outcome,
            about=held.about(draft),
            differences=tuple(differences),
            taking=taking,
        )

    def _insured(self, base: Line, said: Insured, person: Person) -> Line:
        others = [
            each.says
            for each in self.rows_of[person.pk]
            if each.says is not said and isinstance(each.says, Insured)
        ]
        outcome, differences, taking, notes = insurance.compare_insured(
            said, person, others
        )
        return replace(
            base,
            outcome=outcome,
            about=said.unit,
            differences=tuple(differences),
            notes=(*base.notes, *notes),
            taking=taking,
        )

    def _named(self, line: Line, row: ListedRow, person: Person) -> Line:
        """A name that differs is a conflict, and nothing is taken over on it."""
        if not row.name or normalize_name(row.name) == person.name:
            return line
        told = Difference(_("姓名"), person.name, row.name)
        return replace(
            line,
            outcome=CONFLICT,
            differences=(told, *line.differences),
            taking=None,
        )

    def missing(self, expected: Iterable[Person]) -> list[Line]:
        """Whom the list does not name, and what it does not say of those it names."""
        lines: list[Line] = []
        for pk in self.rows_of:
            person = self.people.found[pk]
            base = Line(MISSING_THERE, name=person.name, person=pk)
            shown = replace(base, identity=shortened(person.identity_number))
            lines += held.missing_grades(person, self.here, base=shown)
        for person in expected:
            if person.pk in self.rows_of:
                continue
            outcome = MISSING_THERE if person.identity_hash else NO_NUMBER
            lines.append(
                Line(
                    outcome,
                    name=person.name,
                    person=person.pk,
                    identity=shortened(person.identity_number),
                )
            )
        return lines
