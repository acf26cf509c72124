"""The pages of the workshop: a text being written, a version, what the list shows.

Reads and words only; writing is awards/actions/workshop.py's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from awards import documents, findings, shelf
from awards.access import writes_on
from awards.core.drafting import CaseResult, Draft, read_draft
from awards.core.rulebook import Rulebook
from awards.document_changes import Change, changes, text_changes
from awards.document_parts import PartWords, parts_of
from awards.documents import DocumentWords, RuleWords
from awards.enums import VersionStep
from awards.models import DocumentVersion
from awards.queries import documents as stored
from awards.queries import versions
from awards.queries.versions import Standing, standing_of
from awards.queries.workshop import Changed
from people.models import Organization


@dataclass(frozen=True, slots=True)
class Checked:
    """A text being written, in words: mistakes, cases, what rules lack, the rules."""

    draft: Draft
    findings: list[dict[str, Any]]
    cases: list[dict[str, Any]]
    lacking: list[dict[str, Any]]
    rules: list[RuleWords]
    parts: list[PartWords]
    refusal: str

    @property
    def failing(self) -> int:
        """How many cases come out otherwise than expected."""
        return sum(not case["passed"] for case in self.cases)

    @property
    def passing(self) -> int:
        """How many come out as expected."""
        return len(self.cases) - self.failing


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside what is in force."""

    title: str
    changes: list[Change]
    lines: tuple[tuple[str, str], ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One version in a list with where it stands."""

    version: DocumentVersion
    standing: Standing


def check(text: str, cases: str, *, identifier: str, refusal: Any) -> Checked:
    """Read what is typed; ``refusal`` says why a draft may not be published."""
    draft = read_draft(text, cases, name=identifier)
    book = draft.book
    return Checked(
        draft=draft,
        findings=[findings.in_words(one) for one in draft.findings],
        cases=[_case(one) for one in draft.cases],
        lacking=[
            {"rule": rule, "words": [str(findings.NEEDED[what]()) for what in needs]}
            for rule, needs in (draft.lacking or {}).items()
        ],
        rules=documents.rules_of(book) if book else [],
        parts=parts_of(book) if book else [],
        refusal=refusal(draft),
    )


def _case(one: CaseResult) -> dict[str, Any]:
    return {
        "name": one.name,
        "rule": one.rule,
        "line": one.line,
        "expect": findings.state(one.expect),
        "passed": one.passed,
        "differences": [findings.difference(each) for each in one.differences],
    }


def texts_of(piece: DocumentVersion | Rulebook) -> tuple[str, str]:
    """The text to go on from, with its cases."""
    if isinstance(piece, DocumentVersion):
        return piece.text, piece.cases
    identifier = piece.document.id
    cases = versions.newest_cases(identifier)
    known = shelf.cases_of(identifier) if cases is None else cases
    return stored.rulebook_text(identifier), known


def compared(version: DocumentVersion, draft: Draft) -> Compared:
    """A version beside what is in force now, else beside what was before it."""
    text = _text_before(version)
    before = _read(text, version.identifier)
    found = changes(before, draft.book) if draft.book and before else []
    lines = text_changes(text, version.text) if text else ()
    return Compared(before.document.title if before else "", found, lines, not text)


def _text_before(version: DocumentVersion) -> str:
    """What is in force, or for a published version what it was begun from."""
    if standing_of(version).state != VersionStep.PUBLISHED:
        return stored.rulebook_text(version.identifier)
    name, digest = version.identifier, version.base_digest
    on_shelf = shelf.text_of(name) or ""
    return versions.text_with(name, digest) or (on_shelf if digest else "")


def _read(text: str, identifier: str) -> Rulebook | None:
    return read_draft(text, "", name=identifier).book if text else None


def listed(rows: Iterable[DocumentVersion]) -> list[Listed]:
    """Versions with their standing."""
    return [Listed(row, standing_of(row)) for row in rows]


def writable(bureau: Organization) -> list[DocumentWords]:
    """The documents of the bureau's region, which it may write on."""
    return [
        documents.words_of(book)
        for book in stored.rulebooks()
        if not book.document.competition and writes_on(bureau, book.document.region)
    ]


def in_words(found: Iterable[Changed]) -> list[dict[str, Any]]:
    """Releases that would be decided otherwise: how many lines, from what to what."""
    states = {"none": lambda: _("没有"), **findings.STATES}
    return [
        {
            "release": change.release,
            "lines": change.lines,
            "count": change.count,
            "steps": [
                {"before": states[old](), "after": states[new](), "n": n}
                for old, new, n in change.steps
            ],
        }
        for change in found
    ]
