"""Sets of documents applied to past releases: nothing is stored, nothing granted.

The engine runs as it does for a real final, once for each set.  Earlier titles are those
of the registers and those the same set would have given at an earlier release; proposals
made under other documents do not count.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from awards.core.engine import Decision, decide
from awards.core.facts import Setting
from awards.core.gaps import Filling
from awards.core.quotas import Given, limits_of, quotas_left
from awards.core.rulebook import Rulebook
from awards.core.scoping import Index, Questions, questions_of
from awards.core.settling import Held, settle, within_quotas
from awards.core.simulating import Comparison, Gain, assumed, compared, gains_of
from awards.core.vocabulary import DecisionState, GrantKind, Status
from awards.queries.cases import Outcome, Outcomes, outcomes_of
from awards.queries.documents import fillings, rulebooks
from awards.queries.fields import with_award_places
from awards.queries.known_facts import TITLES, Known
from awards.queries.quotas import titles_held
from competitions.enums import Origin
from people.core import regions
from scoring.models import Release

IN_FORCE = "in-force"  # instead of ids: every document that binds
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which documents stand against which, on which releases.

    ``anywhere`` applies the chosen documents whatever their region; IN_FORCE among the
    ids stands for all that bind, in their own regions.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    releases: tuple[str, ...]
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows are shown; ``prefix`` "" with no bureau is everybody."""

    prefix: str = ""
    bureau: int | None = None

    def holds(self, outcome: Outcome, release: Release) -> bool:
        """Whether a row is the bureau's, as its work list has it."""
        competition = release.competition
        own = self.bureau is not None and competition.owner_id == self.bureau
        if own and competition.origin == Origin.EXTERNAL:
            return True
        region = outcome.region or competition.region
        return region.startswith(self.prefix)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A comparison with the names of what it is about."""

    comparison: Comparison
    cases: int
    names: Mapping[str, str]
    results: Mapping[tuple[str, str], str]
    skills: Mapping[str, str]


@dataclass(slots=True)
class _Seen:
    """The names of what a simulation went through."""

    cases: int = 0
    names: dict[str, str] = field(default_factory=dict)
    results: dict[tuple[str, str], str] = field(default_factory=dict)
    skills: dict[str, str] = field(default_factory=dict)

    def note(self, outcomes: Outcomes, release: Release, mine: int) -> None:
        """Add one release; one query."""
        self.cases += mine
        rows = release.competition.skills.filter(pk__in=outcomes.fields)
        named = dict(rows.values_list("pk", "name"))
        self.names |= {str(pk): row.person.name for pk, row in outcomes.known.items()}
        self.names |= {f"unit:{pk}": name for pk, name in outcomes.units.items()}
        for row in outcomes.rows:
            self.skills[str(row.entry)] = named[row.skill]
            self.results[str(row.entry), row.case.person] = row.result


@dataclass(slots=True)
class _Side:
    """One set of documents and what it has given so far."""

    ids: frozenset[str]
    anywhere: bool
    gains: list[Gain] = field(default_factory=list)
    history: list[Held] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)

    def books(self, shelf: Iterable[Rulebook]) -> list[Rulebook]:
        """Its documents among those of the shelf, as if they bound."""
        found = []
        for book in shelf:
            binds = not book.is_preview and book.document.status is not Status.REPEALED
            if book.document.id in self.ids:
                found.append(assumed(book, anywhere=self.anywhere))
            elif binds and IN_FORCE in self.ids:
                found.append(book)
        return found


def scope_for(region: str, bureau: int | None = None) -> Scope:
    """The rows of a region; "" and the nation are everybody."""
    prefix = "" if region in ("", "000000") else regions.prefix_of(region)
    return Scope(prefix, bureau)


def entries_in(releases: QuerySet[Release]) -> int:
    """How many entries these releases are about; one query."""
    return (
        releases.order_by().aggregate(
            n=Count("competition__skills__entries", distinct=True)
        )["n"]
        or 0
    )


def simulated(
    releases: Sequence[Release],
    choice: Choice,
    scope: Scope,
    *,
    report: Report | None = None,
) -> Simulation:
    """Apply both sets of ``choice`` to ``releases`` in the order they were held.

    The number of queries depends on the number of releases, never on the people in them.
    """
    sides = [
        _Side(frozenset(ids), choice.anywhere) for ids in (choice.before, choice.after)
    ]
    filled, seen = fillings(), _Seen()
    ordered = sorted(releases, key=lambda row: (row.competition.ends_on, row.pk))
    for done, release in enumerate(ordered):
        if report is not None:
            report(done, len(ordered))
        outcomes = outcomes_of(release)
        shelf = rulebooks(release.competition)
        mine = _mine(outcomes, release, scope)
        for side in sides:
            _apply(side, side.books(shelf), outcomes, release, filled, mine)
        seen.note(outcomes, release, len(mine))
    digits = 2 if scope.prefix == "" else 4
    comparison = compared(sides[0].gains, sides[1].gains, area_digits=digits)
    return Simulation(comparison, seen.cases, seen.names, seen.results, seen.skills)


def _mine(outcomes: Outcomes, release: Release, scope: Scope) -> set[tuple[str, str]]:
    return {
        (outcome.case.skill, outcome.case.person)
        for outcome in outcomes.rows
        if scope.holds(outcome, release)
    }


def _apply(
    side: _Side,
    books: Sequence[Rulebook],
    outcomes: Outcomes,
    release: Release,
    filled: Mapping[str, Filling],
    mine: set[tuple[str, str]],
) -> None:
    """Decide the whole field; keep what concerns the bureau's own rows."""
    settled = _decided(side, books, outcomes, release, filled)
    side.gains += [
        gain
        for gain in gains_of(settled, release.number)
        if (gain.entry, gain.person) in mine
    ]
    for decision in settled:
        if decision.would_be is DecisionState.ENTITLED:
            _remember(side, decision, release.number)


def _decided(
    side: _Side,
    books: Sequence[Rulebook],
    outcomes: Outcomes,
    release: Release,
    filled: Mapping[str, Filling],
) -> list[Decision]:
    shelf = Index(books, outcomes.on)
    asked: dict[Setting, Questions] = {}
    for outcome in outcomes.rows:
        setting = outcome.case.setting
        if setting not in asked:
            near = shelf.near(setting)
            asked[setting] = questions_of(near, setting, outcomes.on)
    placed = with_award_places(outcomes, asked, release)
    decided: list[Decision] = []
    for outcome in placed.rows:
        decided += decide(outcome.case, asked[outcome.case.setting], filled)
    people = {str(pk) for pk in outcomes.known}
    earlier = [held for held in side.history if held.person in people]
    settled = settle(decided, [*_titles(outcomes.known), *earlier])
    named = {d.value for d in settled if d.would_be is DecisionState.ENTITLED}
    touched = [limit for limit in limits_of(books) if limit.value in named]
    if not touched:
        return settled
    given = [*titles_held({limit.value for limit in touched}), *side.given]
    return within_quotas(settled, quotas_left(touched, settled, given))


def _titles(known: Mapping[int, Known]) -> list[Held]:
    return [
        Held(str(pk), GrantKind.TITLE, row.title, row.awarded_on, TITLES)
        for pk, found in known.items()
        for row in found.titles
    ]


def _remember(side: _Side, decision: Decision, release: str) -> None:
    kind, value = decision.grant.kind, decision.value
    if kind not in (GrantKind.TITLE, GrantKind.GRADE):
        return
    side.history.append(
        Held(decision.person, kind, value, decision.on, release, decision.occupation)
    )
    if kind is GrantKind.TITLE:
        side.given.append(
            Given(
                decision.person,
                value,
                decision.on,
                decision.home_region,
                decision.document.id,
            )
        )
