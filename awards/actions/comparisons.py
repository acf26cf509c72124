"""Hold another body's list against our facts, and take over what somebody chooses.

A comparison is kept as it was; nothing is written over: a fact is recorded beside what
is known, or corrected so that the old row points to the new one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.access import bureau_of, compared_people_for, people_for
from awards.actions.decisions import refresh_people
from awards.actions.facts_file import FactsOutcome, batched, people_of, record_rows
from awards.comparing.lines import CORRECT, Line, from_text, to_text
from awards.comparing.sides import Listed, compare, listed_rows
from awards.errors import ComparisonRefused
from awards.facts_file import Draft, FactRow
from awards.models import Comparison, ComparisonTake
from ledger.actions import EventDraft, append
from ledger.core.chain import bureau_chain
from people import actions
from people.dossier import aliases_by_issuer
from people.errors import PeopleError
from people.models import GradeHeld, Person, User
from people.spreadsheets import ERROR, Problem, Row, has_errors

AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Source:
    """What a list is: its kind, who wrote it, of which day, whose absence counts."""

    kind: str
    whom: str
    source: str
    source_on: date


@dataclass(slots=True)
class ComparisonOutcome:
    """What a list says against our facts; ``comparison`` once it is kept."""

    lines: list[Line] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0
    comparison: Comparison | None = None

    @property
    def can_be_kept(self) -> bool:
        """Whether the list could be read at all."""
        return bool(self.rows) and not any(
            problem.severity == ERROR and problem.row is None
            for problem in self.problems
        )


@transaction.atomic
def compare_list(
    content: bytes,
    *,
    filename: str,
    source: Source,
    by: User,
    at: datetime,
    is_dry_run: bool = False,
) -> ComparisonOutcome:
    """Compare a list with the facts about the bureau's people, both ways; keep it.

    No fact is changed.  People of other bureaus are strangers like anybody else.
    """
    bureau = bureau_of(by)
    listed = listed_rows(
        content,
        filename=filename,
        kind=source.kind,
        aliases=aliases_by_issuer(bureau),
        on=min(source.source_on, timezone.localdate(at)),
    )
    outcome = ComparisonOutcome(problems=list(listed.problems), rows=len(listed.rows))
    if not outcome.can_be_kept:
        return outcome
    expected = list(compared_people_for(by, source.whom))
    found = compare(listed, people_of(listed.facts(), by), expected)
    outcome.lines, outcome.counts = found.lines, found.counts()
    if not is_dry_run:
        outcome.comparison = _kept(outcome, listed, content, filename, source, by, at)
    return outcome


def _kept(
    outcome: ComparisonOutcome,
    listed: Listed,
    content: bytes,
    filename: str,
    source: Source,
    by: User,
    at: datetime,
) -> Comparison:
    bureau = bureau_of(by)
    row = Comparison.objects.create(
        bureau=bureau,
        kind=source.kind,
        whom=source.whom,
        source=source.source.strip(),
        source_on=source.source_on,
        file_name=filename[-160:],
        digest=hashlib.sha256(content).hexdigest(),
        lines=len(listed.rows),
        counts=outcome.counts,
        rows=to_text(outcome.lines),
        made_by=by,
        made_at=at,
    )
    body = {
        "comparison": row.pk,
        "kind": row.kind,
        "digest": row.digest,
        "counts": row.counts,
    }
    _note(row, "comparison-made", body, by=by, at=at)
    return row


@dataclass(slots=True)
class TakeOutcome:
    """What taking lines over did: facts, people, or why nothing was done."""

    facts: int = 0
    people: int = 0
    problems: list[Problem] = field(default_factory=list)
    take: ComparisonTake | None = None


@transaction.atomic
def take_over(
    comparison: Comparison, *, numbers: Iterable[int], by: User, at: datetime
) -> TakeOutcome:
    """Record or correct what the chosen lines say, with the list as evidence.

    All of them or none.  A value that has changed since the comparison is refused and
    named.  Whoever is concerned is judged again.  Raises ComparisonRefused when no line
    was chosen that can be taken over.
    """
    wanted, done = set(numbers), taken_numbers(comparison)
    lines = [
        line
        for line in from_text(comparison.rows)
        if line.number in wanted - done and line.taking is not None
    ]
    if not lines:
        text = _("请先勾选可以采纳的行；已采纳的和要先核对的不能采纳。")
        raise ComparisonRefused("nothing-chosen", text)
    outcome = TakeOutcome()
    persons = _persons(lines, by, outcome)
    corrected = _correct(lines, persons, comparison, outcome, by=by, at=at)
    rows = [_fact_row(line, comparison) for line in lines if not _corrects(line)]
    _refuse_changed(lines, persons, outcome)
    recorded = record_rows(FactsOutcome(), rows, by=by, at=at)
    outcome.problems += recorded.problems
    if has_errors(outcome.problems):
        transaction.set_rollback(True)
        return outcome
    refresh_people(corrected.values(), by=by, at=at)
    outcome.facts = recorded.facts + len(corrected)
    outcome.people = len({line.person for line in lines})
    outcome.take = _taken(comparison, lines, outcome, by=by, at=at)
    return outcome


def taken_numbers(comparison: Comparison) -> set[int]:
    """Return the numbers of the lines that were taken over."""
    return {number for take in comparison.takes.all() for number in take.lines}


def _corrects(line: Line) -> bool:
    return line.taking is not None and line.taking.do == CORRECT


def _persons(
    lines: Iterable[Line], by: User, outcome: TakeOutcome
) -> dict[int, Person]:
    """The people of the lines who are still the bureau's; the others are named."""
    lines = list(lines)
    found: dict[int, Person] = {}
    for ids in batched({line.person for line in lines}, AT_ONCE):
        found |= {person.pk: person for person in people_for(by).filter(pk__in=ids)}
    for line in lines:
        if line.person not in found:
            _wrong(
                outcome, line, "person-not-found",
                "本地区的待遇名单里没有这个人。", "this person is not with your bureau.",
            )  # fmt: skip
    return found


def _correct(
    lines: Iterable[Line],
    persons: dict[int, Person],
    comparison: Comparison,
    outcome: TakeOutcome,
    *,
    by: User,
    at: datetime,
) -> dict[int, Person]:
    """Correct the grades that lines name; return whose grades were."""
    done: dict[int, Person] = {}
    wanted = [line for line in lines if _corrects(line) and line.person in persons]
    known = GradeHeld.objects.filter(withdrawn_at__isnull=True).in_bulk(
        [line.taking.fact for line in wanted if line.taking]
    )
    reason = _("按名单更正：%(source)s") % {"source": comparison.source}
    for line in wanted:
        taking = line.taking
        fact = known.get(taking.fact or 0) if taking else None
        if taking is None or fact is None or fact.person_id != line.person:
            _wrong(
                outcome, line, "changed-since",
                "档案里的这项等级在比对之后已经变了，请重新比对。",
                "the grade on file has changed since: compare again.",
            )  # fmt: skip
            continue
        try:
            actions.correct_fact(
                fact,
                reason=reason[:300],
                by=by,
                at=at,
                evidence=comparison.source,
                evidence_on=comparison.source_on,
                **taking.values,
            )
        except PeopleError as refused:
            _wrong(
                outcome, line, refused.code, refused.message, "the grade was refused."
            )
            continue
        done[fact.pk] = persons[fact.person_id]
    return done


def _fact_row(line: Line, comparison: Comparison) -> FactRow:
    """A line as the row of a facts file it would be."""
    taking = line.taking
    drafts = []
    if taking is not None:
        drafts.append(Draft(taking.kind, taking.column, dict(taking.values)))
    return FactRow(
        row=Row("", line.row or 0, {}, {}),
        person=line.person,
        name=line.name,
        identity="",
        evidence=comparison.source,
        evidence_on=comparison.source_on,
        drafts=drafts,
    )


def _refuse_changed(
    lines: Iterable[Line], persons: dict[int, Person], outcome: TakeOutcome
) -> None:
    """A value that was empty when compared must be empty still."""
    for line in lines:
        person = persons.get(line.person or 0)
        if person is None or line.taking is None or line.taking.kind != "value":
            continue
        for name, value in line.taking.values.items():
            if getattr(person, name) not in ("", value):
                _wrong(
                    outcome, line, "changed-since",
                    "档案在比对之后已经填了别的内容，请重新比对。",
                    "the file says something else by now: compare again.",
                )  # fmt: skip


def _taken(
    comparison: Comparison,
    lines: Iterable[Line],
    outcome: TakeOutcome,
    *,
    by: User,
    at: datetime,
) -> ComparisonTake:
    row = ComparisonTake.objects.create(
        comparison=comparison,
        lines=sorted(line.number for line in lines),
        facts=outcome.facts,
        people=outcome.people,
        taken_by=by,
        taken_at=at,
    )
    body = {
        "comparison": comparison.pk,
        "facts": outcome.facts,
        "people": outcome.people,
    }
    _note(comparison, "comparison-taken", body, by=by, at=at)
    return row


def _wrong(
    outcome: TakeOutcome, line: Line, code: str, chinese: str, english: str
) -> None:
    text = f"{line.name}：{chinese} / {english[:1].upper()}{english[1:]}"
    outcome.problems.append(Problem(ERROR, "", line.row, "", code, text))


def _note(
    comparison: Comparison,
    kind: str,
    body: Mapping[str, object],
    *,
    by: User,
    at: datetime,
) -> None:
    chain = bureau_chain(comparison.bureau_id)
    append(chain, [EventDraft(kind, body)], actor=by.actor, at=at)
