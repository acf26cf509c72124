"""Places for awards in the skills of a release, where a document counts them its way.

Reads whom the registers, earlier editions and bureaus know as prior holders.  Where no
document in question moves places, nothing is read at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from awards.core.asking import PriorHolders
from awards.core.facts import Fact, Setting
from awards.core.fields import FieldPolicy, Placed, places_under, policy_under
from awards.core.rulebook import Constraint
from awards.core.scoping import Questions
from awards.core.vocabulary import Rank, Trigger
from awards.queries.cases import InField, Outcome, Outcomes
from awards.queries.earlier import Winners, earlier_winners
from awards.queries.known_facts import Known, known_of
from scoring.models import Release

MOVED = "名次顺延或并列待定"


@dataclass(frozen=True, slots=True)
class _Counting:
    """How one document counts the places of a setting, and whom it passes over."""

    document: str
    policy: FieldPolicy
    prior: PriorHolders


@dataclass(frozen=True, slots=True)
class _Registers:
    """What is known about the people of the fields, beyond what the cases carry."""

    outcomes: Outcomes
    known: Mapping[int, Known]
    winners: Winners

    def is_prior(self, skill: int, entry: InField, prior: PriorHolders) -> bool | None:
        """Whether an entry only competes for selection: one such member is enough."""
        answers = {self._person(skill, entry.entry, p, prior) for p in entry.people}
        if True in answers:
            return True
        return None if None in answers else False

    def _person(
        self, skill: int, entry: int, person: int, prior: PriorHolders
    ) -> bool | None:
        stated = self.outcomes.stated.get((skill, entry, person), {})
        if "prior_holder" in stated:
            return bool(stated["prior_holder"].value)
        if self.won_before(person, prior):
            return True
        known = self.known.get(person)
        fact = known.facts("", self.outcomes.on).get("titles") if known else None
        if fact is None or not isinstance(fact.value, tuple):
            return None
        if not set(prior.titles).isdisjoint(fact.value):
            return True
        return None if prior.earlier_places else False

    def won_before(self, person: int, prior: PriorHolders) -> str:
        """The release of an earlier edition with a place up to the one asked, or ""."""
        known = self.known.get(person)
        pk = known.person.pk if known is not None else person
        found = self.winners.get(pk)
        if found is None or not prior.earlier_places:
            return ""
        place, edition, release = found
        near = edition <= prior.earlier_editions
        return release if near and place <= prior.earlier_places else ""


def with_award_places(
    outcomes: Outcomes, asked: Mapping[Setting, Questions], release: Release
) -> Outcomes:
    """The cases with their places for awards, by document.

    The number of queries does not depend on the number of people or skills.
    """
    counting = {setting: _counting(found) for setting, found in asked.items()}
    if not any(counting.values()):
        return outcomes
    registers = _registers(outcomes, counting, release)
    moved: dict[tuple[int, _Counting], dict[str, Rank]] = {}
    rows = []
    for row in outcomes.rows:
        ways = counting[row.case.setting]
        if row.case.trigger is not Trigger.RESULT or not ways:
            rows.append(row)
            continue
        for way in ways:
            if (row.skill, way) not in moved:
                moved[row.skill, way] = _moved(registers, row.skill, way)
        ranks = {way: moved[row.skill, way].get(str(row.entry)) for way in ways}
        rows.append(_placed(row, ranks, registers))
    return replace(outcomes, rows=tuple(rows))


def _counting(questions: Questions) -> tuple[_Counting, ...]:
    found = []
    for book in questions.books:
        constraints = [acting.constraint for acting in book.constraints]
        policy = policy_under(constraints)
        if policy.moves_places:
            prior = _prior(constraints)
            found.append(_Counting(book.book.document.id, policy, prior))
    return tuple(found)


def _prior(constraints: Iterable[Constraint]) -> PriorHolders:
    for constraint in constraints:
        if constraint.kind == "prior-holders" and constraint.policy == "skip":
            return PriorHolders(
                constraint.titles,
                constraint.earlier_places or 0,
                constraint.earlier_editions or 0,
            )
    return PriorHolders(())


def _registers(
    outcomes: Outcomes,
    counting: Mapping[Setting, tuple[_Counting, ...]],
    release: Release,
) -> _Registers:
    """What skipping needs to know; forbidding shared places needs nothing."""
    ways = [way for some in counting.values() for way in some]
    if not any(way.policy.prior == "skip" for way in ways):
        return _Registers(outcomes, {}, {})
    people = {
        person
        for field in outcomes.fields.values()
        for entry in field
        for person in entry.people
    }
    known = known_of(people)
    editions = max((way.prior.earlier_editions for way in ways), default=0)
    winners = earlier_winners(release.competition, editions) if editions else {}
    return _Registers(outcomes, known, winners)


def _moved(registers: _Registers, skill: int, way: _Counting) -> dict[str, Rank]:
    skips = way.policy.prior == "skip"
    field = [
        Placed(
            str(entry.entry),
            entry.place,
            registers.is_prior(skill, entry, way.prior) if skips else False,
        )
        for entry in registers.outcomes.fields.get(skill, ())
    ]
    return places_under(field, way.policy)


def _placed(
    row: Outcome, ranks: Mapping[_Counting, Rank | None], registers: _Registers
) -> Outcome:
    case = row.case
    under = {
        way.document: Fact(rank, f"{case.facts['rank'].source}；{MOVED}")
        for way, rank in ranks.items()
        if rank is not None and "rank" in case.facts
    }
    facts = dict(case.facts)
    for way in ranks:
        won = registers.won_before(row.person or 0, way.prior)
        if won and "prior_holder" not in facts:
            facts["prior_holder"] = Fact(True, f"成绩版本 {won}")
    return replace(row, case=replace(case, facts=facts, ranks_under=under))
