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
    Citation,
    Condition,
    Constraint,
    Document,
    Grant,
    Prize,
    Rule,
    Rulebook,
)
from awards.core.scoping import BookInQuestion, Questions, constraints_of, questions_of
from awards.core.vocabulary import (
    DecisionState,
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
    for constraint in constraints_of(rulebook, setting, on):
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
    return decide(case, questions_of(rulebooks, case.setting, on), fillings or {})


def decide(
    case: Case, questions: Questions, fillings: Mapping[str, Filling]
) -> list[Decision]:
    """Decide a case of the setting and day that ``questions`` were found for."""
    ranked = _with_rank(case, questions.prizes)
    decisions = []
    for asked in questions.books:
        under = _under(ranked, asked.book)
        for rule in asked.rules:
            if rule.trigger is case.trigger:
                decisions += _decide(rule, asked, under, questions.on, fillings)
    return sorted(decisions, key=lambda decision: decision.key)


def _with_rank(case: Case, prizes: Sequence[Prize]) -> Case:
    """Bound an inexact place by what the prize itself says (优胜奖: 4 or worse)."""
    award, stated = case.facts.get("award"), case.facts.get("rank")
    known = stated.value if stated is not None else None
    bound = known if isinstance(known, Rank) else Rank(1)
    if award is None or bound.low == bound.high:
        return case
    sources = [stated.source] if stated is not None else []
    for prize in prizes:
        if prize.award is award.value and (prize.rank_from or prize.rank_to):
            bound = bound.narrowed(prize.rank_from or 1, prize.rank_to)
            sources.append(f"{award.source}:{prize.label}({prize.id})")
    if not sources:
        return case
    fact = Fact(bound, ";".join(dict.fromkeys(sources)))
    return replace(case, facts={**case.facts, "rank": fact})


def _under(case: Case, book: Rulebook) -> Case:
    rank = case.ranks_under.get(book.document.id)
    return case if rank is None else replace(case, facts={**case.facts, "rank": rank})


def _decide(
    rule: Rule,
    asked: BookInQuestion,
    case: Case,
    on: date,
    filled: Mapping[str, Filling],
) -> list[Decision]:
    answers = [_answer(part, asked.book, case, filled) for part in rule.conditions]
    if rule.trigger is Trigger.RESULT:
        for constraint in asked.constraints:
            answers += _constrained(constraint, asked.book, case, filled)
    return [
        _decision(rule, asked.book, case, on, position, grant, answers)
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
        template = gettext_noop("原文未见：依据报道或通知转载，可信度 {confidence}。")
        notes.append(Phrase(template, {"confidence": rule.citation.confidence}))
    if book.document.status is Status.CONSULTATION_DRAFT:
        notes.append(Phrase(gettext_noop("征求意见稿，只作预览，不产生待遇。")))
    elif not book.confirmed:
        notes.append(Phrase(gettext_noop("赛事文件尚未经人社部门确认，只作预览。")))
    return tuple(notes)
