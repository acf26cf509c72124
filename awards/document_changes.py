"""What a new version of a document changes, in words and line by line.

Rules, other parts and gaps are told apart by their ids; the texts line by line.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.core.rulebook import Rulebook
from awards.document_parts import parts_of
from awards.documents import rules_of, words_of

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
MOST_LINES = 3000
Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, taken away or written otherwise."""

    kind: str
    what: str
    id: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What happened, in a word."""
        words = {ADDED: _("新增"), REMOVED: _("删去"), CHANGED: _("改动")}
        return words[self.kind]


def changes(before: Rulebook | None, after: Rulebook) -> list[Change]:
    """Everything that ``after`` says otherwise than ``before``, in its order."""
    return list(_changes(before, after))


def _changes(before: Rulebook | None, after: Rulebook) -> Iterator[Change]:
    old = _said(before) if before else {}
    new = _said(after)
    for key, said in new.items():
        what, name = key
        if key not in old:
            yield Change(ADDED, what, name, after=said)
        elif old[key] != said:
            yield Change(CHANGED, what, name, *_apart(old[key], said))
    for key, said in old.items():
        if key not in new:
            yield Change(REMOVED, *key, before=said)


def _apart(
    before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Only the lines that differ."""
    gone = tuple(line for line in before if line not in after)
    come = tuple(line for line in after if line not in before)
    return (gone, come) if gone or come else (before, after)


def _said(book: Rulebook) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Every part of a document in lines, by what it is and its id."""
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    head = words_of(book)
    lines: tuple[str, ...] = (
        head.title,
        head.issuer,
        head.number,
        head.region,
        head.status,
    )
    said[_("文件信息"), ""] = tuple(filter(None, (*lines, head.period, head.source)))
    for rule in rules_of(book):
        lines = (rule.clause, rule.quote, *rule.conditions, *rule.grants)
        said[_("条款"), rule.id] = tuple(filter(None, lines))
    for part in parts_of(book):
        name = part.id or part.text.partition("，")[0]
        said[part.kind, name] = tuple(
            filter(None, (part.clause, part.quote, part.text))
        )
    for gap in book.gaps:
        lines = (gap.citation.clause, gap.citation.quote, gap.question)
        said[_("留白"), gap.id] = tuple(
            filter(None, (*lines, gap.authority, gap.fills))
        )
    return said


def text_changes(before: str, after: str) -> Lines:
    """The lines of a text diff with their sign: "+", "-", " " or "@"; () if none.

    Texts too long to compare within a page's time give none.
    """
    old, new = before.split("\n"), after.split("\n")
    if max(len(old), len(new)) > MOST_LINES:
        return ()
    found = list(difflib.unified_diff(old, new, n=2, lineterm=""))[2:]
    return tuple((line[:1], line[1:] if line[0] != "@" else line) for line in found)
