"""Rulebooks applied to one case: the second of three pure stages.

``fields`` comes before and gives places for awards, ``settling`` comes after.  A rule of
another region, tier, date or edition is out of scope: it is not evaluated and leaves no
decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from awards.core import conditions
from awards.core.asking import PriorHolders
from awards.core.explanation import Answer, Phrase
from awards.core.facts import Case, Fact, Setting
from awards.core.gaps import Filling, fill_grant, filled_words
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
from awards.core.scoping import (
    Acting,
    BookInQuestion,
    Index,
    Questions,
    questions_of,
)
from awards.core.vocabulary import (
    DecisionState,
    Rank,
    Status,
    Trigger,
    Verdict,
    gettext_noop,
)


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
    home_region: str = ""

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


def evaluate_all(
    cases: Iterable[Case],
    rulebooks: Sequence[Rulebook],
    on: date,
    *,
    fillings: Mapping[str, Filling] | None = None,
) -> Iterator[list[Decision]]:
    """Decide case after case; what is in question is found once per setting.

    Rules out of scope cost nothing per case, and nothing is kept of a decided case.
    """
    shelf = Index(rulebooks, on)
    asked: dict[Setting, Questions] = {}
    for case in cases:
        questions = asked.get(case.setting)
        if questions is None:
            questions = questions_of(shelf.near(case.setting), case.setting, on)
            asked[case.setting] = questions
        yield decide(case, questions, fillings or {})


def decide(
    case: Case, questions: Questions, fillings: Mapping[str, Filling]
) -> list[Decision]:
    """Decide a case of the setting and day that ``questions`` were found for."""
    ranked = _with_rank(case, questions.prizes)
    decisions: list[Decision] = []
    for asked in questions.books:
        rules = asked.rules.get(case.trigger)
        if not rules:
            continue
        under = _under(ranked, asked.book)
        limits = _limits(asked, under, fillings)
        for rule in rules:
            if case.is_repeat and not rule.looks_at_result:
                continue
            decisions += _decide(
                rule, asked.book, under, questions.on, fillings, limits
            )
    return decisions


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


def _limits(
    asked: BookInQuestion, case: Case, filled: Mapping[str, Filling]
) -> list[Answer]:
    """What the constraints say about a case; they bend results only."""
    if case.trigger is not Trigger.RESULT:
        return []
    answers: list[Answer] = []
    for acting in asked.constraints:
        answers += _constrained(acting, case, filled)
    return answers


def _decide(
    rule: Rule,
    book: Rulebook,
    case: Case,
    on: date,
    filled: Mapping[str, Filling],
    limits: Sequence[Answer],
) -> list[Decision]:
    answers = [_answer(part, book, case, filled) for part in rule.conditions]
    answers += limits
    return [
        _decision(
            rule, book, case, on, position, *_granted(grant, book, answers, filled)
        )
        for position, grant in enumerate(rule.grants)
    ]


def _granted(
    grant: Grant,
    book: Rulebook,
    answers: Sequence[Answer],
    filled: Mapping[str, Filling],
) -> tuple[Grant, Sequence[Answer]]:
    """A grant with its gap filled, or with the answer that the gap is open."""
    if not grant.gap:
        return grant, answers
    filling = filled.get(f"{book.document.id}:{grant.gap}")
    unknown = _open_gap(gettext_noop("待遇标准"), grant.gap, book)
    if filling is None:
        return grant, (*answers, unknown)
    said, source = filled_words(filling.value), filling.document
    known = replace(unknown, found=said, source=source, verdict=Verdict.YES, missing=())
    return fill_grant(grant, filling), (*answers, known)


def _open_gap(label: str, gap: str, book: Rulebook) -> Answer:
    question = next(found.question for found in book.gaps if found.id == gap)
    phrase = Phrase(gettext_noop("{question}"), {"question": question})
    return Answer(label, phrase, "", "", Verdict.UNKNOWN, (f"gap:{gap}",))


def _answer(
    asked: Condition, book: Rulebook, case: Case, filled: Mapping[str, Filling]
) -> Answer:
    if not asked.gap:
        return conditions.judge(asked.key, asked.asked, case)
    filling = filled.get(f"{book.document.id}:{asked.gap}")
    kind = conditions.CONDITIONS[asked.key]
    if filling is None:
        return _open_gap(kind.label, asked.gap, book)
    answer = conditions.judge(asked.key, kind.read(filling.value), case)
    source = ";".join(part for part in (answer.source, filling.document) if part)
    return replace(answer, source=source)


def _constrained(
    acting: Acting, case: Case, filled: Mapping[str, Filling]
) -> list[Answer]:
    """The answer a constraint adds; none where it surely does not act."""
    constraint = acting.constraint
    barred = _barred(constraint, case)
    if barred is None:
        return []
    asked = [_answer(c, acting.book, case, filled) for c in constraint.conditions]
    if any(answer.verdict is Verdict.NO for answer in asked):
        return []
    missing = tuple(name for answer in asked for name in answer.missing)
    if missing and barred.verdict is not Verdict.YES:
        found = (*barred.missing, *missing)
        return [replace(barred, verdict=Verdict.UNKNOWN, missing=found)]
    return [barred]


def _barred(constraint: Constraint, case: Case) -> Answer | None:
    if constraint.kind == "minimum-field":
        return conditions.judge("minimum_field", constraint.field, case)
    if constraint.kind == "prior-holders" and constraint.policy == "skip":
        asked = PriorHolders(
            constraint.titles,
            constraint.earlier_places or 0,
            constraint.earlier_editions or 0,
        )
        return conditions.judge("prior_holders", asked, case)
    if constraint.kind == "no-rewards":
        return conditions.judge("no_rewards", constraint.citation.clause, case)
    return None


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
        home_region=case.setting.home_region,
    )


def _outcome(answers: Sequence[Answer]) -> DecisionState:
    verdicts = {answer.verdict for answer in answers}
    if Verdict.NO in verdicts:
        return DecisionState.REFUSED
    return DecisionState.OPEN if Verdict.UNKNOWN in verdicts else DecisionState.ENTITLED


def _notes(rule: Rule, book: Rulebook) -> tuple[Phrase, ...]:
    document = book.document
    unseen = rule.citation.confidence if document.seen == "report" else ""
    draft = document.status is Status.CONSULTATION_DRAFT
    return _said_notes(rule.approval, unseen, draft, book.confirmed)


@lru_cache(maxsize=1024)
def _said_notes(
    approval: str, unseen: str, draft: bool, confirmed: bool
) -> tuple[Phrase, ...]:
    notes = []
    if approval:
        notes.append(Phrase(gettext_noop("须{approval}。"), {"approval": approval}))
    if unseen:
        template = gettext_noop("原文未见：依据报道或通知转载，可信度 {confidence}。")
        notes.append(Phrase(template, {"confidence": unseen}))
    if draft:
        notes.append(Phrase(gettext_noop("征求意见稿，只作预览，不产生待遇。")))
    elif not confirmed:
        notes.append(Phrase(gettext_noop("赛事文件尚未经人社部门确认，只作预览。")))
    return tuple(notes)
