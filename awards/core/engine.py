"""Rulebooks applied to one case: the places for awards, then the decisions.

The first two of three pure stages; ``settling`` is the third.  A rule of another region,
tier, date or edition is out of scope: it is not evaluated and leaves no decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from awards.core import conditions
from awards.core.explanation import Answer, Phrase
from awards.core.facts import Case, Fact, Setting
from awards.core.grants import Worth, worth
from awards.core.rulebook import (
    NATIONAL,
    Citation,
    Condition,
    Constraint,
    Document,
    Grant,
    Prize,
    Rule,
    Rulebook,
    Scope,
)
from awards.core.vocabulary import (
    DecisionState,
    GrantKind,
    Rank,
    Status,
    Trigger,
    Verdict,
    gettext_noop,
)


@dataclass(frozen=True, slots=True)
class Filling:
    """An authority's answer to a gap: the value and the paper it stands on."""

    value: object
    document: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One grant of one rule, decided for one person, with every condition asked.

    ``would_be`` tells a preview's outcome; elsewhere it equals ``state``.
    """

    person: str
    skill: str
    occupation: str
    on: date
    document: Document
    digest: str
    rule: str
    position: int
    citation: Citation
    grant: Grant
    worth: Worth
    state: DecisionState
    would_be: DecisionState
    answers: tuple[Answer, ...]
    notes: tuple[Phrase, ...] = ()
    rank: Rank | None = None

    @property
    def value(self) -> str:
        """What is given, in words."""
        return self.worth.value

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts (and gaps, quotas) that would settle the decision."""
        if self.would_be is not DecisionState.OPEN:
            return ()
        found = (name for answer in self.answers for name in answer.missing)
        return tuple(dict.fromkeys(found))

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """A stable order that no order of rulebooks can change."""
        return (self.person, self.skill, self.document.id, self.rule, self.position)


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry's real place; ``is_prior_holder`` None when that is unknown."""

    entry: str
    place: int
    is_prior_holder: bool | None = False


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """How a document counts places: ``prior`` is skip, no-repeat or none."""

    prior: str = "none"
    minimum_field: int | None = None
    shares_places: bool = True


@dataclass(frozen=True, slots=True)
class AwardRank:
    """The place for awards; None with the reason (prior-holder, minimum-field, tied)."""

    entry: str
    place: int
    rank: Rank | None
    why: str = ""


def award_ranks(field_: Sequence[Placed], policy: FieldPolicy) -> list[AwardRank]:
    """Places for awards over the whole field of a skill, best first.

    Under ``skip`` prior holders take no place and those behind move up; where it is
    unknown whether somebody is one, the places behind are bounds.
    """
    ordered = sorted(field_, key=lambda placed: (placed.place, placed.entry))
    too_small = policy.minimum_field is not None and len(ordered) < policy.minimum_field
    skips = policy.prior == "skip"
    shared = {p.place for p in ordered if _sharing(ordered, p.place)}
    ranks = []
    for placed in ordered:
        if too_small:
            ranks.append(AwardRank(placed.entry, placed.place, None, "minimum-field"))
        elif skips and placed.is_prior_holder:
            ranks.append(AwardRank(placed.entry, placed.place, None, "prior-holder"))
        elif not policy.shares_places and placed.place in shared:
            ranks.append(AwardRank(placed.entry, placed.place, None, "tied"))
        else:
            rank = _moved_up(placed, ordered) if skips else Rank.exact(placed.place)
            ranks.append(AwardRank(placed.entry, placed.place, rank))
    return ranks


def _sharing(field_: Sequence[Placed], place: int) -> bool:
    return sum(placed.place == place for placed in field_) > 1


def _moved_up(placed: Placed, field_: Sequence[Placed]) -> Rank:
    ahead = [other for other in field_ if other.place < placed.place]
    surely = sum(other.is_prior_holder is False for other in ahead)
    perhaps = sum(other.is_prior_holder is None for other in ahead)
    return Rank(surely + 1, surely + perhaps + 1)


def policy_of(rulebook: Rulebook, setting: Setting, on: date) -> FieldPolicy:
    """How ``rulebook`` counts places in competitions of ``setting``."""
    policy = FieldPolicy()
    for constraint in _constraints(rulebook, setting, on):
        if constraint.kind == "minimum-field":
            policy = replace(policy, minimum_field=constraint.field)
        elif constraint.kind == "prior-holders":
            policy = replace(policy, prior=constraint.policy)
        elif constraint.kind == "no-shared-places":
            policy = replace(policy, shares_places=False)
    return policy


def evaluate(
    case: Case,
    rulebooks: Iterable[Rulebook],
    on: date,
    *,
    fillings: Mapping[str, Filling] | None = None,
) -> list[Decision]:
    """Decide every rule of ``rulebooks`` that is in question for ``case`` on ``on``.

    ``fillings`` are the filled gaps by "rulebook:gap".  A missing fact makes a decision
    open; it is refused only where another condition surely fails.
    """
    books = tuple(rulebooks)
    filled = fillings or {}
    ranked = _with_rank(case, books, on)
    decisions = []
    for book in books:
        under = _under(ranked, book)
        for rule in book.rules:
            if rule.trigger is case.trigger and in_scope(
                rule.scope, book.document, case.setting, on
            ):
                decisions += _decide(rule, book, under, on, filled)
    return sorted(decisions, key=lambda decision: decision.key)


def in_scope(scope: Scope, document: Document, setting: Setting, on: date) -> bool:
    """Whether a rule is in question for such a competition on that day."""
    if document.status is Status.REPEALED or not document.is_in_force(on):
        return False
    home = scope.region_of == "person"
    region = setting.home_region if home else setting.region
    return (
        region_covers(document.region, region)
        and (not scope.tier or setting.tier in scope.tier)
        and _one_of(scope.competition_class, setting.competition_class)
        and _one_of(scope.kind, setting.kind)
        and _one_of(scope.competition, setting.competition)
        and (not scope.years or setting.year in scope.years)
        and (
            not scope.named
            or any(part in setting.competition_name for part in scope.named)
        )
    )


def _one_of(asked: Sequence[str], found: str) -> bool:
    return not asked or found in asked


def region_covers(area: str, region: str) -> bool:
    """Whether ``region`` lies in ``area``; a national document covers everything.

    >>> region_covers("510000", "510107"), region_covers("510000", "500000")
    (True, False)
    """
    if area == NATIONAL:
        return True
    prefix = area
    while prefix.endswith("00"):
        prefix = prefix[:-2]
    return bool(region) and region.startswith(prefix)


def _with_rank(case: Case, books: Sequence[Rulebook], on: date) -> Case:
    """Bound an inexact place by what the prize itself says (优胜奖: 4 or worse)."""
    award, stated = case.facts.get("award"), case.facts.get("rank")
    known = stated.value if stated is not None else None
    bound = known if isinstance(known, Rank) else Rank(1)
    if award is None or bound.low == bound.high:
        return case
    sources = [stated.source] if stated is not None else []
    for prize in sorted(_prizes(books, case.setting, on), key=lambda prize: prize.id):
        if prize.award is award.value and (prize.rank_from or prize.rank_to):
            bound = bound.narrowed(prize.rank_from or 1, prize.rank_to)
            sources.append(f"{award.source}:{prize.label}({prize.id})")
    if not sources:
        return case
    fact = Fact(bound, ";".join(dict.fromkeys(sources)))
    return replace(case, facts={**case.facts, "rank": fact})


def _prizes(books: Sequence[Rulebook], setting: Setting, on: date) -> list[Prize]:
    return [
        prize
        for book in books
        for prize in book.prizes
        if in_scope(prize.scope, book.document, setting, on)
    ]


def _under(case: Case, book: Rulebook) -> Case:
    rank = case.ranks_under.get(book.document.id)
    return case if rank is None else replace(case, facts={**case.facts, "rank": rank})


def _constraints(book: Rulebook, setting: Setting, on: date) -> list[Constraint]:
    return [
        constraint
        for constraint in book.constraints
        if in_scope(constraint.scope, book.document, setting, on)
    ]


def _decide(
    rule: Rule, book: Rulebook, case: Case, on: date, filled: Mapping[str, Filling]
) -> list[Decision]:
    answers = [_answer(asked, book, case, filled) for asked in rule.conditions]
    constraints = _constraints(book, case.setting, on)
    if rule.trigger is Trigger.RESULT:
        for constraint in constraints:
            answers += _constrained(constraint, book, case, filled)
    yearly = any(c.kind == "one-promotion-per-year" for c in constraints)
    return [
        _decision(
            rule, book, case, on, position, _limited(grant, book, yearly), answers
        )
        for position, grant in enumerate(rule.grants)
    ]


def _answer(
    asked: Condition, book: Rulebook, case: Case, filled: Mapping[str, Filling]
) -> Answer:
    if not asked.gap:
        return conditions.judge(asked.key, asked.asked, case)
    filling = filled.get(f"{book.document.id}:{asked.gap}")
    kind = conditions.CONDITIONS[asked.key]
    if filling is None:
        question = next(gap.question for gap in book.gaps if gap.id == asked.gap)
        phrase = Phrase(gettext_noop("{question}"), {"question": question})
        missing = (f"gap:{asked.gap}",)
        return Answer(kind.label, phrase, "", "", Verdict.UNKNOWN, missing)
    answer = conditions.judge(asked.key, kind.read(filling.value), case)
    source = ";".join(part for part in (answer.source, filling.document) if part)
    return replace(answer, source=source)


def _constrained(
    constraint: Constraint, book: Rulebook, case: Case, filled: Mapping[str, Filling]
) -> list[Answer]:
    if constraint.kind == "minimum-field":
        return [conditions.judge("minimum_field", constraint.field, case)]
    if constraint.kind != "no-rewards":
        return []
    asked = [_answer(part, book, case, filled) for part in constraint.conditions]
    if any(answer.verdict is Verdict.NO for answer in asked):
        return []
    barred = conditions.judge("no_rewards", constraint.citation.clause, case)
    missing = tuple(name for answer in asked for name in answer.missing)
    if missing:
        return [replace(barred, verdict=Verdict.UNKNOWN, missing=missing)]
    return [barred]


def _limited(grant: Grant, book: Rulebook, yearly: bool) -> Grant:
    """The grant with the limits its document sets elsewhere."""
    once = grant.once or any(
        title.name == grant.value and title.once for title in book.titles
    )
    promotion = yearly and grant.kind is GrantKind.GRADE
    return replace(grant, once=once, once_per_year=promotion or grant.once_per_year)


def _decision(
    rule: Rule,
    book: Rulebook,
    case: Case,
    on: date,
    position: int,
    grant: Grant,
    answers: Sequence[Answer],
) -> Decision:
    gained = worth(grant, case)
    asked = (*answers, *([gained.answer] if gained.answer else []))
    outcome = _outcome(asked)
    shown = outcome is not DecisionState.REFUSED and book.is_preview
    rank = case.facts.get("rank")
    return Decision(
        person=case.person,
        skill=case.skill,
        occupation=case.occupation,
        on=on,
        document=book.document,
        digest=book.digest,
        rule=rule.id,
        position=position,
        citation=rule.citation,
        grant=grant,
        worth=gained,
        state=DecisionState.PREVIEW if shown else outcome,
        would_be=outcome,
        answers=asked,
        notes=_notes(rule, book),
        rank=rank.value if rank and isinstance(rank.value, Rank) else None,
    )


def _outcome(answers: Sequence[Answer]) -> DecisionState:
    verdicts = {answer.verdict for answer in answers}
    if Verdict.NO in verdicts:
        return DecisionState.REFUSED
    return DecisionState.OPEN if Verdict.UNKNOWN in verdicts else DecisionState.ENTITLED


def _notes(rule: Rule, book: Rulebook) -> tuple[Phrase, ...]:
    notes = []
    if rule.approval:
        notes.append(
            Phrase(gettext_noop("须{approval}。"), {"approval": rule.approval})
        )
    if book.document.seen == "report":
        template = gettext_noop("原文未见:依据报道或通知转载,可信度 {confidence}。")
        notes.append(Phrase(template, {"confidence": rule.citation.confidence}))
    if book.document.status is Status.CONSULTATION_DRAFT:
        notes.append(Phrase(gettext_noop("征求意见稿,只作预览,不产生待遇。")))
    elif not book.confirmed:
        notes.append(Phrase(gettext_noop("赛事文件尚未经人社部门确认,只作预览。")))
    return tuple(notes)
