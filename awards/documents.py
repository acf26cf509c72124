"""Policy documents in words: title, standing, clauses, gaps and who filled them.

Reads only; the documents themselves are awards/queries/documents.py's.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.core import conditions, grants
from awards.core.rulebook import Condition, Document, Gap, Grant, Rule, Rulebook
from awards.core.vocabulary import Award, Operator, Status
from awards.enums import OutcomeKind
from awards.models import Decision, GapFilling
from awards.queries import documents as stored
from awards.spoken import spoken
from people.core import regions

STATUSES = {
    Status.IN_FORCE: gettext_lazy("已施行"),
    Status.CONSULTATION_DRAFT: gettext_lazy("征求意见稿，只可预览"),
    Status.REPEALED: gettext_lazy("已废止"),
    Status.EDITION_ONLY: gettext_lazy("本届赛事的文件"),
}
NATIONWIDE = ("", "000000")
_PLACES = re.compile(r"(?:前\s*)?(\d+)(?:\s*名)?")


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """One document as lists and headings show it."""

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    region: str = ""
    status: str = ""
    period: str = ""
    source: str = ""
    is_report: bool = False
    rules: int = 0
    gaps: int = 0
    filled_gaps: int = 0

    @property
    def open_gaps(self) -> int:
        """How many gaps nobody has filled."""
        return self.gaps - self.filled_gaps


@dataclass(frozen=True, slots=True)
class GapWords:
    """One gap with its filling, if an authority has given one."""

    id: str
    question: str
    authority: str
    clause: str = ""
    quote: str = ""
    value: str = ""
    document: str = ""
    filled_by: str = ""
    filled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule: clause, quotation, what it asks, what it gives."""

    id: str
    clause: str
    quote: str
    conditions: list[str]
    grants: list[str]


def document_titles() -> dict[str, str]:
    """Return the titles of all documents by id."""
    return stored.document_titles()


def documents_on_shelf() -> list[DocumentWords]:
    """Return the policy documents: the bureau's lists show them by region and title."""
    filled = Counter(key.split(":", 1)[0] for key in stored.fillings())
    books = (book for book in stored.rulebooks() if not book.document.competition)
    rows = [words_of(book, filled=filled[book.document.id]) for book in books]
    return sorted(
        rows, key=lambda row: (row.region != _("全国"), row.region, row.title)
    )


def document_words(identifier: str) -> DocumentWords:
    """Return a document's heading; one that is gone is known by its id alone."""
    book = stored.rulebook(identifier)
    return words_of(book) if book else DocumentWords(identifier, identifier)


def words_of(book: Rulebook, *, filled: int = 0) -> DocumentWords:
    """Return a rulebook's heading in the reader's language."""
    document = book.document
    status = str(STATUSES[document.status])
    if document.status is Status.EDITION_ONLY and not book.confirmed:
        status = _("待人社部门确认，只可预览")
    whole = document.region in NATIONWIDE
    return DocumentWords(
        id=document.id,
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        region=_("全国") if whole else regions.full_name(document.region),
        status=status,
        period=_period(document),
        source=document.source,
        is_report=document.seen != "text",
        rules=len(book.rules),
        gaps=len(book.gaps),
        filled_gaps=filled,
    )


def _period(document: Document) -> str:
    start, end = _day(document.in_force_from), _day(document.in_force_until)
    if start and end:
        return _("%(start)s 至 %(end)s") % {"start": start, "end": end}
    return _("%(start)s 起施行") % {"start": start} if start else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def gaps_of(book: Rulebook) -> list[GapWords]:
    """Return a document's gaps, each with the filling in force."""
    rows = stored.gap_fillings_of(book.document.id).filter(withdrawn_at=None)
    filled = {row.gap: row for row in reversed(rows)}
    return [_gap(gap, filled.get(gap.id)) for gap in book.gaps]


def gaps_of_decision(decision: Decision) -> list[GapWords]:
    """Return the gaps that the rule of a decision depends on."""
    book = stored.rulebook(decision.rulebook)
    if book is None:
        return []
    rule = next((rule for rule in book.rules if rule.id == decision.rule), None)
    asked = {condition.gap for condition in rule.conditions} if rule else set()
    asked |= {code.partition(":")[2] for code in decision.missing if ":" in code}
    return [gap for gap in gaps_of(book) if gap.id in asked]


def _gap(gap: Gap, filling: GapFilling | None) -> GapWords:
    words = GapWords(
        id=gap.id,
        question=gap.question,
        authority=gap.authority,
        clause=gap.citation.clause,
        quote=gap.citation.quote,
    )
    if filling is None:
        return words
    return GapWords(
        id=words.id,
        question=words.question,
        authority=words.authority,
        clause=words.clause,
        quote=words.quote,
        value=_written(filling.value),
        document=filling.document,
        filled_by=filling.authority.name,
        filled_at=filling.filled_at,
    )


def _written(value: object) -> str:
    if isinstance(value, dict):
        return _("，").join(f"{name} → {part}" for name, part in value.items())
    return str(value)


def rules_of(book: Rulebook) -> list[RuleWords]:
    """Return what a document asks and gives, rule by rule."""
    return [_rule(rule, book) for rule in book.rules]


def _rule(rule: Rule, book: Rulebook) -> RuleWords:
    return RuleWords(
        id=rule.id,
        clause=rule.citation.clause,
        quote=rule.citation.quote,
        conditions=[_condition(row, book) for row in rule.conditions],
        grants=[_grant(grant) for grant in rule.grants],
    )


def _condition(row: Condition, book: Rulebook) -> str:
    kind = conditions.CONDITIONS[row.key]
    if row.gap:
        question = next((g.question for g in book.gaps if g.id == row.gap), row.gap)
        return _("：").join((_(kind.label), question))
    return _("：").join((_(kind.label), kind.say(row.asked).text(spoken)))


def _grant(grant: Grant) -> str:
    if isinstance(grant.operator, Operator):
        return grants.said(grant).text(spoken)
    if grant.amount is not None:
        return _("奖金 %(amount)s 元") % {"amount": grant.amount}
    if grant.amounts:
        sums = {key: _("%(n)s 元") % {"n": sum_} for key, sum_ in grant.amounts.items()}
        return _table(sums)
    if grant.values:
        return _table(grant.values)
    kind = OutcomeKind.values
    label = OutcomeKind(grant.kind.value).label if grant.kind.value in kind else ""
    return grant.value or str(label or grant.kind.value)


def _table(values: Mapping[str, str]) -> str:
    """A table keyed by place or award in words: 第 1 名 5000 元，…"""
    return _("，").join(f"{_key(key)} {value}" for key, value in values.items())


def _key(key: str) -> str:
    if key.isdigit():
        return _("第 %(place)s 名") % {"place": key}
    try:
        return _(Award.of(key).label)
    except ValueError:
        return key


def read_filling(text: str) -> object:
    """Return what a clerk typed into a gap as plain data: number, share, table, text.

    >>> read_filling("前 5 名"), read_filling("1/2"), read_filling('{ "1" = 5 }')
    (5, '1/2', {'1': 5})
    """
    stripped = text.strip()
    places = _PLACES.fullmatch(stripped)
    if places:
        return int(places[1])
    try:
        value = tomllib.loads(f"value = {stripped}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        return stripped.removeprefix("前").strip()
    return stripped if isinstance(value, Decimal) else value
