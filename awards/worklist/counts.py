"""How many lines the list has under every filter, from one pass over grouped rows.

One grouped query counts every combination of the few columns that are filters; each
choice is then counted with all filters but its own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from awards.enums import DecisionState
from awards.models import Decision
from awards.worklist.filters import (
    CHANGED,
    LATE,
    SOON,
    Filters,
)
from awards.worklist.narrowing import (
    CLOSED,
    OPEN_STATES,
    changed,
    due,
    searched_in,
    taken_back,
)
from people.core import regions
from scoring.models import Release

ON_DESK = (*OPEN_STATES, DecisionState.PREVIEW)
COUNTED = (
    "kind",
    "value",
    "competition",
    "release",
    "state",
    "overdue",
    "region",
    "tier",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many lines have the same value in every column that is a filter."""

    kind: str
    value: str
    release: int
    region: str
    decided: str
    state: str
    is_changed: bool
    due: str
    count: int

    @property
    def waits(self) -> bool:
        """Whether the line is on the list without being asked for."""
        if self.decided not in ON_DESK:
            return self.is_changed
        return self.decided != DecisionState.PREVIEW


@dataclass(frozen=True, slots=True)
class Event:
    """The competition of a release, as far as lists need it."""

    number: str
    code: str
    name: str
    tier: str


@dataclass(slots=True)
class Counts:
    """Everything the frame of the list says, from one pass over the cells.

    ``total``, ``values`` and ``late`` are of the lines that all filters let through;
    ``by`` counts each choice with all filters but its own.
    """

    filters: Filters
    cells: list[Cell]
    events: Mapping[int, Event]
    total: int = 0
    values: Counter[str] = field(default_factory=Counter)
    late: Counter[tuple[str, str]] = field(default_factory=Counter)
    by: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by = {name: Counter() for name in COUNTED}
        checks = self._checks()
        for cell in self.cells:
            failed = [name for name, holds in checks.items() if not holds(cell)]
            if len(failed) > 1:
                continue
            if not failed:
                self.total += cell.count
                self.values[cell.value] += cell.count
                self.late[cell.kind, cell.value] += cell.count * (cell.due == LATE)
            for name in failed or COUNTED:
                if name == "state" or cell.waits or self.filters.state:
                    self._count(name, cell)

    @property
    def has_stray(self) -> bool:
        """Whether lines are shown whose decision entitles to nothing any more."""
        return any(c.decided not in ON_DESK and c.is_changed for c in self.cells)

    def _count(self, name: str, cell: Cell) -> None:
        event = self.events[cell.release]
        if name == "state":
            for state in self._states(cell):
                self.by[name][state] += cell.count
            return
        values = {
            "kind": cell.kind,
            "value": cell.value,
            "competition": event.code,
            "release": event.number,
            "overdue": cell.due,
            "region": cell.region,
            "tier": event.tier,
        }
        self.by[name][values[name]] += cell.count

    @staticmethod
    def _states(cell: Cell) -> Iterable[str]:
        if cell.decided in (DecisionState.PREVIEW, DecisionState.OPEN):
            yield cell.decided
        if cell.state and cell.decided != DecisionState.PREVIEW:
            yield cell.state
        if cell.is_changed:
            yield CHANGED

    def _checks(self) -> dict[str, Callable[[Cell], bool]]:
        filters, events = self.filters, self.events
        prefix = regions.prefix_of(filters.region) if filters.region else ""
        checks: dict[str, Callable[[Cell], bool]] = {"state": self._has_state}
        if filters.is_one_kind:
            checks["kind"] = lambda cell: cell.kind == filters.kind
        if filters.value:
            checks["value"] = lambda cell: cell.value == filters.value
        if filters.overdue:
            checks["overdue"] = lambda cell: cell.due == filters.overdue
        if filters.region:
            checks["region"] = lambda cell: cell.region.startswith(prefix)
        if filters.competition:
            checks["competition"] = lambda cell: (
                events[cell.release].code == filters.competition
            )
        if filters.release:
            checks["release"] = lambda cell: (
                events[cell.release].number == filters.release
            )
        if filters.tier:
            checks["tier"] = lambda cell: events[cell.release].tier == filters.tier
        return checks

    def _has_state(self, cell: Cell) -> bool:
        wanted = self.filters.state
        return wanted in self._states(cell) if wanted else cell.waits


def counts_of(rows: QuerySet[Decision], filters: Filters, today: date) -> Counts:
    """Count the rows under every filter at once; three queries."""
    rows = searched_in(rows, filters)
    stray = rows.filter(Q(pk__in=changed()) | Q(pk__in=taken_back()))
    stray = stray.exclude(state__in=ON_DESK)
    cells = [*_cells(rows.filter(state__in=ON_DESK), today), *_cells(stray, today)]
    return Counts(filters, cells, _events({cell.release for cell in cells}))


def _cells(rows: QuerySet[Decision], today: date) -> list[Cell]:
    deadline = Case(
        When(due(LATE, today), then=Value(2)),
        When(due(SOON, today), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = rows.order_by().values_list(
        "state",  # as the index has them, so that rows come to the sort in order
        "kind",
        "value",
        "region",
        "release_id",
        "entitlements__state",
        "entitlements__basis_changed",
        deadline,
    )
    return [
        Cell(
            kind=kind,
            value=value,
            release=release,
            region=region,
            decided=decided,
            state=state or "",
            is_changed=bool(is_changed) and state not in CLOSED,
            due=("", SOON, LATE)[late],
            count=count,
        )
        for decided, kind, value, region, release, state, is_changed, late, count in (
            found.annotate(n=Count("pk"))
        )
    ]


def _events(releases: set[int]) -> dict[int, Event]:
    found = Release.objects.filter(pk__in=releases).values_list(
        "pk",
        "number",
        "competition__code",
        "competition__name",
        "competition__tier",
    )
    return {pk: Event(*rest) for pk, *rest in found}
