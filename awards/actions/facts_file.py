"""Take a facts file in: all of it or nothing, then judge the people in it again.

A dry run does the same work and undoes it, so that it finds the same faults.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.access import bureau_of, people_for
from awards.actions.decisions import refresh_people
from awards.facts_file import Draft, FactRow, read_facts_file
from people import actions
from people.core import identity
from people.dossier import aliases_by_issuer
from people.errors import PeopleError
from people.fields import blind_index
from people.models import (
    GradeConfirmation,
    GradeHeld,
    HolderFact,
    Person,
    ProfessionalTitle,
    TitleConfirmation,
    TitleHeld,
    User,
)
from people.names import normalize_name
from people.spreadsheets import Problem, has_errors

Key = tuple[Any, ...]
AT_ONCE = 5000  # values that one query carries


@dataclass(slots=True)
class FactsOutcome:
    """What a file did, or would do: facts by kind, people, decisions, faults."""

    rows: int = 0
    skipped: int = 0
    people: int = 0
    facts: int = 0
    known: int = 0
    decisions: int = 0
    problems: list[Problem] = field(default_factory=list)
    is_done: bool = False


def import_facts_file(
    content: bytes, *, filename: str, by: User, at: datetime, is_dry_run: bool = False
) -> FactsOutcome:
    """Record every fact of a file about people of the bureau; nothing on any error.

    A fact already recorded is passed over, so that the same file again changes
    nothing.  Somebody of another region is as unknown as nobody.
    """
    reading = read_facts_file(
        content,
        filename=filename,
        aliases=aliases_by_issuer(bureau_of(by)),
        on=timezone.localdate(at),
    )
    outcome = FactsOutcome(rows=len(reading.rows), skipped=reading.skipped)
    outcome.problems += reading.problems
    return record_rows(outcome, reading.rows, by=by, at=at, is_dry_run=is_dry_run)


def record_rows(
    outcome: FactsOutcome,
    rows: Iterable[FactRow],
    *,
    by: User,
    at: datetime,
    is_dry_run: bool = False,
) -> FactsOutcome:
    """Record the facts of rows that were read; nothing on any error.

    What happens, and every fault, goes into ``outcome``, which is returned.
    """
    rows = list(rows)
    people = people_of(rows, by)
    run = _Run(outcome, _known_facts(people.found.values()), by, at)
    touched: dict[int, Person] = {}
    with transaction.atomic():
        for row in rows:
            person = people.of(row, outcome.problems)
            if person is not None and run.record(row, person):
                touched[person.pk] = person
        outcome.people = len(touched)
        if is_dry_run or has_errors(outcome.problems):
            transaction.set_rollback(True)
            return outcome
    outcome.is_done = True
    outcome.decisions = len(refresh_people(touched.values(), by=by, at=at))
    return outcome


@dataclass(frozen=True, slots=True)
class RowPeople:
    """The people of the file whom the bureau may see, by id and by document."""

    found: dict[int, Person]
    by_document: dict[str, Person]

    def with_document(self, number: str) -> Person | None:
        """Return the person of that document number."""
        return self.by_document.get(identity.normalize(number)) if number else None

    def of(self, row: FactRow, problems: list[Problem]) -> Person | None:
        """Return the row's person, or None with the reason among the problems."""
        if row.person is not None:
            person = self.found.get(row.person)
            if person is not None and row.identity:
                same = self.by_document.get(identity.normalize(row.identity))
                person = person if same == person else None
            column = "person"
        else:
            person = self.by_document.get(identity.normalize(row.identity))
            column = "identity"
        if person is None:
            if row.person is not None or row.identity:
                problems.append(
                    row.row.problem(
                        column, "person-not-found",
                        "本地区的待遇名单里没有这个人，请核对档案号或证件号码。 / There "
                        "is nobody with this number among the bureau's decisions.",
                    )
                )  # fmt: skip
            return None
        if row.name and normalize_name(row.name) != person.name:
            problems.append(
                row.row.problem(
                    "name", "name-differs",
                    "姓名与档案不一致，请核对。 / The name is not the one on file.",
                )
            )  # fmt: skip
            return None
        return person


def people_of(rows: Iterable[FactRow], by: User) -> RowPeople:
    """Return the people that rows speak of, as far as they are the bureau's."""
    rows = list(rows)
    ids = {row.person for row in rows if row.person is not None}
    numbers = {identity.normalize(row.identity) for row in rows if row.identity}
    hashes = {
        blind_index(f"identity:{kind}", number): number
        for number in numbers
        for kind in identity.IdentityKind
    }
    found: dict[int, Person] = {}
    for column, values in (("pk", ids), ("identity_hash", hashes)):
        for part in batched(values, AT_ONCE):
            rows_found = people_for(by).filter(**{f"{column}__in": part})
            found |= {person.pk: person for person in rows_found}
    by_document = {
        hashes[row.identity_hash]: row
        for row in found.values()
        if row.identity_hash in hashes
    }
    return RowPeople(found, by_document)


def batched(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield the values in lists of a size that a query can carry."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def _known_facts(persons: Iterable[Person]) -> set[Key]:
    """Every fact in force about these people, as the keys drafts are compared by."""
    known: set[Key] = set()
    for ids in batched((person.pk for person in persons), AT_ONCE):
        for model, kind, fields in SAME:
            rows = model._default_manager.filter(
                person__in=ids, withdrawn_at__isnull=True
            ).values_list("person", *fields)
            known |= {(pk, kind, *rest) for pk, *rest in rows}
    return known


SAME: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (GradeHeld, "grade", ("occupation_code", "grade", "certificate_number")),
    (GradeConfirmation, "no-grade", ("occupation_code",)),
    (TitleHeld, "title", ("title", "awarded_on")),
    (TitleConfirmation, "no-title", ()),
    (HolderFact, "holder", ("kind", "holds")),
    (ProfessionalTitle, "professional-title", ("name", "level")),
)
_FIELDS = {kind: fields for _model, kind, fields in SAME}


def _key(draft: Draft, person: Person) -> Key:
    values = [draft.values[name] for name in _FIELDS[draft.kind]]
    return (person.pk, draft.kind, *values)


def _value(draft: Draft, person: Person, **who: Any) -> object:
    return actions.state_values(person, values=draft.values, **who)


def _plain(action: Callable[..., object]) -> Callable[..., object]:
    def record(draft: Draft, person: Person, **who: Any) -> object:
        return action(person, **draft.values, **who)

    return record


RECORD: dict[str, Callable[..., object]] = {
    "grade": _plain(actions.record_grade),
    "no-grade": _plain(actions.confirm_no_grade),
    "title": _plain(actions.record_title),
    "no-title": _plain(actions.confirm_no_title),
    "holder": _plain(actions.record_holder_fact),
    "professional-title": _plain(actions.record_professional_title),
    "value": _value,
}


@dataclass(slots=True)
class _Run:
    """Records drafts, counting; what is known already is passed over."""

    outcome: FactsOutcome
    known: set[Key]
    by: User
    at: datetime

    def record(self, row: FactRow, person: Person) -> bool:
        """Record a row's facts; return whether anything was new."""
        before = self.outcome.facts
        for draft in row.drafts:
            if self._is_known(draft, person):
                self.outcome.known += 1
            elif self._contradicts(draft, person):
                self._wrong(
                    row, draft, "contradiction",
                    "档案里的登记与“无”或“否”相反，请先在人员页更正。 / The file says the "
                    "opposite of what is recorded: correct the record on the person's "
                    "page first.",
                )  # fmt: skip
            elif row.evidence:
                self._record(row, draft, person)
        return self.outcome.facts > before

    def _record(self, row: FactRow, draft: Draft, person: Person) -> None:
        who = {"by": self.by, "at": self.at}
        basis = {"evidence": row.evidence, "evidence_on": row.evidence_on}
        try:
            with transaction.atomic():
                RECORD[draft.kind](draft, person, **basis, **who)
        except PeopleError as refused:
            message = f"{refused.message} / The fact was refused: {refused.code}."
            self._wrong(row, draft, refused.code, message)
            return
        self.outcome.facts += 1
        if draft.kind != "value":
            self.known.add(_key(draft, person))

    def _is_known(self, draft: Draft, person: Person) -> bool:
        if draft.kind == "value":
            return all(getattr(person, k) == v for k, v in draft.values.items())
        return _key(draft, person) in self.known

    def _contradicts(self, draft: Draft, person: Person) -> bool:
        """Whether "none" or a yes/no is said against what is recorded."""
        if draft.kind == "no-grade":
            start: Key = (person.pk, "grade", draft.values["occupation_code"])
        elif draft.kind == "no-title":
            start = (person.pk, "title")
        elif draft.kind == "holder":
            opposite = not draft.values["holds"]
            start = (person.pk, "holder", draft.values["kind"], opposite)
        else:
            return False
        return any(key[: len(start)] == start for key in self.known)

    def _wrong(self, row: FactRow, draft: Draft, code: str, message: str) -> None:
        self.outcome.problems.append(row.row.problem(draft.column, code, message))
