"""The third stage: decisions of a person, a title and a year against each other.

Highest promotion only, one per year, not granted twice, quotas.  The result does not
depend on the order in which decisions or rulebooks come in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from awards.core.engine import Decision
from awards.core.explanation import Answer, Phrase
from awards.core.quotas import Quota
from awards.core.vocabulary import (
    DecisionState,
    GrantKind,
    Status,
    Verdict,
    gettext_noop,
)
from people.core import grades


@dataclass(frozen=True, slots=True)
class Held:
    """Something a person was given before: a title, or a promotion on a day.

    ``on`` None is a title of unknown date: it counts as held before.  ``occupation`` is
    the one a promotion was in.
    """

    person: str
    kind: GrantKind
    value: str
    on: date | None
    source: str
    occupation: str = ""


def settle(
    decisions: Iterable[Decision],
    history: Iterable[Held] = (),
    quotas: Iterable[Quota] = (),
) -> list[Decision]:
    """Return all decisions with those that others or the past exclude refused.

    A title beyond its quota stays open: who is left out is the authority's choice.
    """
    past = _by_person(history)
    settled = sorted(decisions, key=lambda decision: decision.key)
    if past:
        settled = [_not_twice(decision, past) for decision in settled]
    settled = _keep_first(settled, _same_title, _TITLE_ELSEWHERE)
    settled = _keep_first(settled, _same_promotion, _HIGHER_ELSEWHERE)
    settled = _yearly(settled, past)
    if past:
        settled = [_not_below(decision, past) for decision in settled]
    return within_quotas(settled, quotas)


_TITLE_ELSEWHERE = gettext_noop("同一称号已由 {rulebook} {rule} 提出，不重复。")
_HIGHER_ELSEWHERE = gettext_noop("就高不重复：已由 {rulebook} {rule} 晋升{value}。")
_YEAR_ELSEWHERE = gettext_noop(
    "同一年度只晋升一次：已由 {rulebook} {rule} 晋升{value}。"
)
_YEAR_BEFORE = gettext_noop("同一年度已晋升{value}（{source}），不再晋升。")
_HIGHER_BEFORE = gettext_noop("就高不重复：此前已晋升{value}（{source}）。")
_HELD_BEFORE = gettext_noop("此前已获{value}（{source}），不重复授予。")
_BEYOND_QUOTA = gettext_noop("名额以内：{value} 共 {number} 名，由主管部门取舍")


def _by_person(history: Iterable[Held]) -> dict[str, list[Held]]:
    past: dict[str, list[Held]] = {}
    for held in history:
        past.setdefault(held.person, []).append(held)
    return past


def _refused(decision: Decision, template: str, **values: str) -> Decision:
    return replace(
        decision,
        state=DecisionState.REFUSED,
        would_be=DecisionState.REFUSED,
        notes=(*decision.notes, Phrase(template, values)),
    )


def _not_twice(decision: Decision, past: Mapping[str, Sequence[Held]]) -> Decision:
    if not decision.grant.once or decision.state is DecisionState.REFUSED:
        return decision
    for held in past.get(decision.person, ()):
        same = held.value == decision.value
        if same and (held.on is None or held.on < decision.on):
            return _refused(
                decision, _HELD_BEFORE, value=held.value, source=held.source
            )
    return decision


def _same_title(decision: Decision) -> Hashable:
    if decision.grant.kind is not GrantKind.TITLE:
        return None
    return (decision.person, decision.value, decision.state)


def _same_promotion(decision: Decision) -> Hashable:
    if decision.grant.kind is not GrantKind.GRADE:
        return None
    ladder = decision.occupation or decision.skill
    return (decision.person, ladder, decision.state)


def _keep_first(
    decisions: Sequence[Decision],
    group: Callable[[Decision], Hashable],
    template: str,
) -> list[Decision]:
    """Refuse all but the best entitled decision of each group."""
    marked = [
        (decision, mark)
        for decision in decisions
        if decision.would_be is DecisionState.ENTITLED
        and (mark := group(decision)) is not None
    ]
    if len(marked) < 2:
        return list(decisions)
    kept: dict[Hashable, Decision] = {}
    beaten: dict[tuple[str, str, str, str, int], Decision] = {}
    for decision, mark in sorted(marked, key=lambda pair: _best_first(pair[0])):
        winner = kept.setdefault(mark, decision)
        if winner is decision:
            continue
        beaten[decision.key] = _refused(
            decision,
            template,
            rulebook=winner.document.title,
            rule=winner.rule,
            value=winner.value,
        )
    return [beaten.get(decision.key, decision) for decision in decisions]


def _best_first(
    decision: Decision,
) -> tuple[int, int, date, tuple[str, str, str, str, int]]:
    """Highest grade first; then the competition's own document; then the earlier."""
    grade = -1 if decision.worth.grade is None else int(decision.worth.grade)
    own = decision.document.status is Status.EDITION_ONLY
    return (-grade, 0 if own else 1, decision.on, decision.key)


def _yearly(
    decisions: Sequence[Decision], past: Mapping[str, Sequence[Held]]
) -> list[Decision]:
    if not any(decision.grant.once_per_year for decision in decisions):
        return list(decisions)
    checked = [_not_this_year(decision, past) for decision in decisions]
    return _keep_first(checked, _same_year, _YEAR_ELSEWHERE)


def _same_year(decision: Decision) -> Hashable:
    if not decision.grant.once_per_year:
        return None
    return (decision.person, decision.grant.kind, decision.on.year, decision.state)


def _not_this_year(decision: Decision, past: Mapping[str, Sequence[Held]]) -> Decision:
    refused = decision.would_be is DecisionState.REFUSED
    if refused or not decision.grant.once_per_year:
        return decision
    earlier = [
        held
        for held in past.get(decision.person, ())
        if held.kind is decision.grant.kind
        and held.on is not None
        and held.on.year == decision.on.year
    ]
    if not earlier:
        return decision
    held = earlier[0]
    return _refused(decision, _YEAR_BEFORE, value=held.value, source=held.source)


def _not_below(decision: Decision, past: Mapping[str, Sequence[Held]]) -> Decision:
    """No promotion to a grade that an earlier competition has promoted to already."""
    reached, entitled = (
        decision.worth.grade,
        decision.would_be is DecisionState.ENTITLED,
    )
    if reached is None or not entitled or not decision.occupation:
        return decision
    for held in past.get(decision.person, ()):
        earlier = held.on is not None and held.on < decision.on
        same = held.kind is GrantKind.GRADE and held.occupation == decision.occupation
        if same and earlier and _grade(held.value) >= reached:
            return _refused(
                decision, _HIGHER_BEFORE, value=held.value, source=held.source
            )
    return decision


def _grade(text: str) -> int:
    try:
        return grades.parse(text)
    except ValueError:
        return -1


def within_quotas(
    decisions: Sequence[Decision], quotas: Iterable[Quota]
) -> list[Decision]:
    """Leave open whoever is beyond a quota, and everybody who shares the last place."""
    over: dict[tuple[str, str, str, str, int], Decision] = {}
    for quota in quotas:
        named = [decision for decision in decisions if quota.counts(decision)]
        if len(named) <= quota.left:
            continue
        last = sorted(map(_place, named))[max(quota.left, 0)]
        for decision in named:
            if _place(decision) >= last:
                over[decision.key] = _beyond(decision, quota)
    return [over.get(decision.key, decision) for decision in decisions]


def _place(decision: Decision) -> int:
    return decision.rank.low if decision.rank is not None else 0


def _beyond(decision: Decision, quota: Quota) -> Decision:
    values = {"value": quota.value, "number": str(quota.number or quota.left)}
    asked = Phrase(_BEYOND_QUOTA, values)
    missing = (f"quota:{quota.value}",)
    answer = Answer(gettext_noop("名额"), asked, "", "", Verdict.UNKNOWN, missing)
    return replace(
        decision,
        state=DecisionState.OPEN,
        would_be=DecisionState.OPEN,
        answers=(*decision.answers, answer),
    )
