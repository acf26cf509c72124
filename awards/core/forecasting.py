"""What an event not yet held would give: the engine asked place by place beforehand.

Every place of the planned field is decided by the documents' own rules.  What only a
person's papers can tell is said to depend on them; what a document leaves open stays
unknown with its question, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from awards.core.engine import Decision, decide
from awards.core.explanation import Answer
from awards.core.facts import Case, Fact, Setting
from awards.core.gaps import Filling
from awards.core.rulebook import (
    Citation,
    Document,
    Grant,
    Prize,
    Rulebook,
)
from awards.core.scoping import BookInQuestion, Questions, in_scope, questions_of
from awards.core.vocabulary import (
    Award,
    DecisionState,
    GrantKind,
    Rank,
    Trigger,
    Verdict,
)
from scoring.core.prizes import PrizeStep, ShareRounding, prize_bounds

PLAN = "测算"
ROUNDINGS = {
    "floor": ShareRounding.DOWN,
    "ceil": ShareRounding.UP,
    "half-up": ShareRounding.HALF_UP,
}
ASKED = (Trigger.RESULT, Trigger.COACH)


@dataclass(frozen=True, slots=True)
class Contest:
    """One planned skill: how many entries of how many members; group "" is unknown."""

    name: str
    entries: int
    team_size: int = 1
    group: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned event; ``facts`` are what is known of all its skills (track …)."""

    setting: Setting
    on: date
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PrizeLine:
    """Places of one prize; ``exact`` is the share of the field before rounding.

    ``count`` None: the prize goes by points, nobody can say beforehand.
    """

    prize: Prize
    first: int = 0
    last: int = 0
    count: int | None = None
    exact: Fraction | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A minimum field with what is short of it; ``open`` are gaps it hangs on."""

    id: str
    citation: Citation
    needed: int
    short: int
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One thing a rule gives: at which places, to how many people at most.

    ``gaps`` make it unknown; ``missing`` are facts of people or skills it depends on;
    ``why`` are the conditions that fail everywhere when nobody gets it.
    """

    rule: str
    citation: Citation
    kind: GrantKind
    value: str
    places: tuple[tuple[int, int], ...] = ()
    people: int = 0
    amount: Decimal | None = None
    missing: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    why: tuple[Answer, ...] = ()

    @property
    def state(self) -> str:
        """``unknown``, ``none``, ``depends`` or ``given``."""
        if self.gaps:
            return "unknown"
        if not self.people:
            return "none"
        return "depends" if self.missing else "given"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One decision about so many people at one place."""

    decision: Decision
    place: int
    people: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one document says about one planned skill."""

    document: Document
    is_preview: bool
    prizes: tuple[PrizeLine, ...]
    fields: tuple[FieldLine, ...]
    grants: tuple[GrantLine, ...]


def forecast(
    plan: Plan,
    contest: Contest,
    rulebooks: Iterable[Rulebook],
    *,
    fillings: Mapping[str, Filling] | None = None,
) -> list[Forecast]:
    """What each document in question would give, in the order of decisions.

    A document without prizes of its own goes by those of the first binding document in
    question that has some; where none has, who wins a prize is unknown.
    """
    shelf = tuple(rulebooks)
    questions = questions_of(shelf, plan.setting, plan.on)
    asked = {each.book.document.id: each for each in questions.books}
    scales = {book.document.id: _scale(book, plan) for book in shelf}
    common = next(
        (
            scales[book.document.id]
            for book in sorted(shelf, key=lambda book: book.document.id)
            if scales[book.document.id] and not book.is_preview
        ),
        (),
    )
    found = []
    for book in sorted(shelf, key=lambda book: book.document.id):
        own = scales[book.document.id]
        question = asked.get(book.document.id)
        fields = _fields(book, plan, contest, fillings or {})
        if question is None and not own and not fields:
            continue
        awards = awards_by_place(own or common, contest.entries)
        grants: Iterable[GrantLine] = ()
        if question is not None:
            grants = _grants(question, questions, plan, contest, awards, fillings or {})
        prizes, lines = tuple(_prizes(own, contest.entries)), tuple(grants)
        if prizes or fields or lines:
            found.append(
                Forecast(book.document, book.is_preview, prizes, fields, lines)
            )
    return found


def _scale(book: Rulebook, plan: Plan) -> tuple[Prize, ...]:
    found = [
        prize
        for prize in book.prizes
        if in_scope(prize.scope, book.document, plan.setting, plan.on)
    ]
    return tuple(sorted(found, key=lambda prize: (prize.award.level, prize.id)))


def _step(prize: Prize) -> PrizeStep:
    """A share without a first place is this prize's own; with one, it ends there."""
    last = prize.rank_to
    if last is None and prize.share is None:
        last = prize.count or 0
    return PrizeStep(
        prize.label,
        last=None if prize.share is not None else last,
        share=prize.share,
        rounding=ROUNDINGS[prize.rounding],
        first=prize.rank_from,
        is_band=prize.rank_from is None and prize.rank_to is None,
    )


def awards_by_place(scale: Sequence[Prize], entries: int) -> dict[int, Award] | None:
    """The award of each place, no award included; None where nobody can say."""
    if not scale or any(prize.points_at_least is not None for prize in scale):
        return None
    bounds = prize_bounds([_step(prize) for prize in scale], entries)
    awards = {}
    for place in range(1, entries + 1):
        won = (
            prize.award
            for prize, (_label, first, last) in zip(scale, bounds, strict=True)
            if first <= place <= last
        )
        awards[place] = next(won, Award.NONE)
    return awards


def _prizes(scale: Sequence[Prize], entries: int) -> Iterator[PrizeLine]:
    awards = awards_by_place(scale, entries)
    if awards is None:
        yield from (PrizeLine(prize) for prize in scale)
        return
    for prize in scale:
        places = [place for place, award in awards.items() if award is prize.award]
        exact = prize.share * entries if prize.share is not None else None
        yield PrizeLine(
            prize,
            first=places[0] if places else 0,
            last=places[-1] if places else 0,
            count=len(places),
            exact=exact,
        )


def _fields(
    book: Rulebook, plan: Plan, contest: Contest, filled: Mapping[str, Filling]
) -> tuple[FieldLine, ...]:
    lines = []
    for limit in book.constraints:
        if limit.kind != "minimum-field" or limit.field is None:
            continue
        if not in_scope(limit.scope, book.document, plan.setting, plan.on):
            continue
        track = plan.facts.get("track")
        asked = [c for c in limit.conditions if c.key == "track"]
        if track is not None and any(_excludes(c.asked, track.value) for c in asked):
            continue
        gaps = tuple(
            f"{book.document.id}:{c.gap}"
            for c in limit.conditions
            if c.gap and f"{book.document.id}:{c.gap}" not in filled
        )
        short = max(limit.field - contest.entries, 0)
        lines.append(FieldLine(limit.id, limit.citation, limit.field, short, gaps))
    return tuple(lines)


def _excludes(asked: object, value: object) -> bool:
    return isinstance(asked, tuple) and value not in asked


def _grants(
    asked: BookInQuestion,
    questions: Questions,
    plan: Plan,
    contest: Contest,
    awards: Mapping[int, Award] | None,
    filled: Mapping[str, Filling],
) -> Iterator[GrantLine]:
    alone = replace(questions, books=(asked,), prizes=())
    tally: dict[tuple[str, int], list[_Asked]] = {}
    for place in range(1, contest.entries + 1):
        for case, people in _cases(plan, contest, place, awards):
            for decision in decide(case, alone, filled):
                key = (decision.rule, decision.position)
                tally.setdefault(key, []).append(_Asked(decision, place, people))
    gaps = {f"gap:{gap.id}": asked.book.document.id for gap in asked.book.gaps}
    for acting in asked.constraints:
        for gap in acting.book.gaps:
            gaps.setdefault(f"gap:{gap.id}", acting.book.document.id)
    for found in tally.values():
        yield from _lines(found, gaps)


def _cases(
    plan: Plan, contest: Contest, place: int, awards: Mapping[int, Award] | None
) -> Iterator[tuple[Case, int]]:
    """The cases of one place, each with how many people it stands for."""
    facts = {
        **plan.facts,
        "rank": Fact(Rank.exact(place), PLAN),
        "field_size": Fact(contest.entries, PLAN),
        "team_size": Fact(contest.team_size, PLAN),
        "held_on": Fact(plan.on, PLAN),
    }
    if contest.group:
        facts["group"] = Fact(contest.group, PLAN)
    if awards is not None:
        facts["award"] = Fact(awards[place], PLAN)
    orders = [(1, 1)]
    if contest.team_size > 1:
        orders.append((2, contest.team_size - 1))
    for order, people in orders:
        mine = {**facts, "member_order": Fact(order, PLAN)}
        yield Case(PLAN, str(place), plan.setting, mine, Trigger.RESULT), people
    lead = {**facts, "lead_coach": Fact(value=True, source=PLAN)}
    yield Case(PLAN, str(place), plan.setting, lead, Trigger.COACH), 1


def _lines(rows: Sequence[_Asked], documents: Mapping[str, str]) -> Iterator[GrantLine]:
    """The lines of one grant: one a value, or one that says why there is none."""
    first = rows[0].decision
    unknown: dict[str, None] = {}
    given: dict[str, list[_Asked]] = {}
    for row in rows:
        if row.decision.would_be is DecisionState.REFUSED:
            continue
        found = [name for name in row.decision.missing if _is_unknown(name)]
        unknown |= dict.fromkeys(found)
        if not found:
            given.setdefault(row.decision.value, []).append(row)
    plain = GrantLine(first.rule, first.citation, first.grant.kind, _words(first.grant))
    if unknown:
        yield replace(plain, gaps=tuple(_located(gap, documents) for gap in unknown))
        return
    for value, some in given.items():
        missing = (name for row in some for name in row.decision.missing)
        yield replace(
            plain,
            value=value,
            places=_ranges(sorted({row.place for row in some})),
            people=sum(row.people for row in some),
            amount=some[0].decision.worth.amount,
            missing=tuple(dict.fromkeys(missing)),
        )
    if not given:
        failing = (a for a in first.answers if a.verdict is Verdict.NO)
        yield replace(plain, why=tuple(failing))


def _is_unknown(name: str) -> bool:
    """A fact no paper of a person can fill: a gap, or a prize nobody has set."""
    return name.startswith("gap:") or name == "award"


def _located(gap: str, documents: Mapping[str, str]) -> str:
    """A gap with its document in front; ``award`` stays as it is."""
    return f"{documents[gap]}:{gap.removeprefix('gap:')}" if gap in documents else gap


def _words(grant: Grant) -> str:
    listed = dict.fromkeys(str(value) for value in grant.values.values())
    return grant.value or "、".join(listed)


def _ranges(places: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Places as stretches without holes.

    >>> _ranges([1, 2, 3, 7])
    ((1, 3), (7, 7))
    """
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return tuple(found)
