"""Which decisions and entitlements a set of filters lets through.

Reads only, and only inside the rows it is given (access.py scopes them).
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from awards import wording
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Decision, Entitlement
from awards.worklist.filters import CHANGED, LATE, PREVIEWS, Filters, Matched
from competitions.models import Skill
from people.core import regions
from people.models import Organization, Person
from people.names import searched
from people.queries import persons_matching
from scoring.models import Release

OPEN_STATES = (DecisionState.ENTITLED, DecisionState.OPEN)
CLOSED = (
    EntitlementState.DELIVERED,
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
WEEK = timedelta(days=7)
LISTED = 500  # ids; a search that means more stays a subquery


def narrowed(
    rows: QuerySet[Decision], filters: Filters, today: date, *, with_stray: bool = True
) -> QuerySet[Decision]:
    """Return the rows that every filter but the kind lets through.

    ``with_stray`` False leaves out lines whose decision entitles to nothing any more
    while an authority still has them: for who knows that there are none.
    """
    state = filters.state or (DecisionState.OPEN if filters.missing else "")
    rows = by_state(rows, state, with_stray=with_stray)
    if filters.overdue:
        rows = rows.filter(due(filters.overdue, today))
    if filters.value:
        rows = rows.filter(
            Q(value=filters.value)
            | Q(entitlements__value=filters.value, entitlements__basis_changed=True)
        )
    if filters.release:
        rows = rows.filter(release__number=filters.release)
    if filters.competition or filters.tier:
        rows = rows.filter(release__in=_releases(filters))
    if filters.region:
        rows = rows.filter(region__startswith=regions.prefix_of(filters.region))
    return searched_in(rows, filters)


def searched_in(rows: QuerySet[Decision], filters: Filters) -> QuerySet[Decision]:
    """Return the rows about whom was looked for, and that lack the fact asked for."""
    if filters.missing:
        rows = rows.filter(state__in=(DecisionState.OPEN, DecisionState.PREVIEW))
        rows = rows.alias(missing_text=Cast("missing", TextField()))
        rows = rows.filter(missing_text__contains=f'"{filters.missing}"')
    if filters.person:
        rows = rows.filter(
            Q(person=filters.person) | Q(person__survivor=filters.person)
        )
    if filters.unit:
        rows = rows.filter(Q(unit=filters.unit) | Q(person__organization=filters.unit))
    return rows.filter(_sought(filters)) if filters.q else rows


def of_entitlements(
    rows: QuerySet[Entitlement], filters: Filters, today: date
) -> QuerySet[Entitlement]:
    """Return the entitlements whose decision the filters let through, of any kind."""
    about = narrowed(Decision.objects.filter(is_current=True), filters, today)
    return rows.filter(decision__in=about.order_by().values("pk"))


def of_kind(rows: QuerySet[Decision], filters: Filters) -> QuerySet[Decision]:
    """Return the rows of the chosen kind; all of them where none is chosen."""
    one = filters.kind in OutcomeKind.values
    return rows.filter(kind=filters.kind) if one else rows


def by_state(
    rows: QuerySet[Decision], state: str, *, with_stray: bool = True
) -> QuerySet[Decision]:
    """Return the rows in a state; without one, all that wait for somebody.

    What has gone to an authority stays on the list although its basis has changed.
    """
    if state in (PREVIEWS, DecisionState.OPEN):
        return rows.filter(state=state)
    if state == CHANGED:
        return rows.filter(pk__in=changed())
    if state:  # whatever is decided now: what was taken back is found by its state
        return rows.filter(entitlements__state=state)
    waiting = Q(state__in=OPEN_STATES)
    return rows.filter(waiting | Q(pk__in=changed()) if with_stray else waiting)


def changed() -> QuerySet[Entitlement, Any]:
    """Return the decisions of entitlements whose basis has changed, as ids."""
    rows = Entitlement.objects.filter(basis_changed=True).exclude(state__in=CLOSED)
    return rows.order_by().values("decision")


def taken_back() -> QuerySet[Entitlement, Any]:
    """Return the decisions of entitlements that ended for good, as ids."""
    rows = Entitlement.objects.filter(state__in=CLOSED)
    return rows.order_by().values("decision")


def due(which: str, today: date) -> Q:
    """Return the condition that an entitlement is late, or due within a week."""
    under_way = Q(entitlements__state__in=wording.STEPS[:-1])
    if which == LATE:
        return under_way & Q(entitlements__due_on__lt=today)
    return under_way & Q(entitlements__due_on__range=(today, today + WEEK))


def resolved(filters: Filters) -> Filters:
    """Return the filters with what is searched for looked up once; three queries.

    For a page that asks for the same rows several times.
    """
    if not filters.q:
        return filters
    units = _listed(_units(filters.q))
    people = _listed(_people(filters.q, units))
    skills = _listed(_skills(filters.q))
    return replace(filters, matched=Matched(people, units, skills))


def _sought(filters: Filters) -> Q:
    """Name, pinyin or whole document number of the person, unit, or skill."""
    known = filters.matched or Matched(None, None, None)
    condition = Q(pk__in=())
    if known.people is None:
        people = _people(filters.q, known.units).order_by().values("pk")
        condition |= Q(person__in=people)
    elif known.people:
        condition |= Q(person__in=known.people)
    if known.units is None:
        condition |= Q(unit__in=_units(filters.q).order_by().values("pk"))
    elif known.units:
        condition |= Q(unit__in=known.units)
    if known.skills is None:
        condition |= Q(skill__in=_skills(filters.q).order_by().values("pk"))
    elif known.skills:
        condition |= Q(skill__in=known.skills)
    return condition


def _units(text: str) -> QuerySet[Organization]:
    """Units by name, traditional and simplified characters being one, or by pinyin."""
    key = searched(text)
    return Organization.objects.filter(
        Q(name__icontains=text) | Q(name__contains=key) | Q(sort_key__contains=key)
    )


def _people(text: str, units: tuple[int, ...] | None) -> QuerySet[Person]:
    staff = Person.objects.all()
    if units is None:
        staff = staff.filter(organization__in=_units(text).order_by().values("pk"))
    else:
        staff = staff.filter(organization__in=units)
    return persons_matching(text) | staff


def _skills(text: str) -> QuerySet[Skill]:
    key = searched(text)
    return Skill.objects.filter(
        Q(name__icontains=text) | Q(name__contains=key) | Q(name_en__icontains=text)
    )


def _listed(rows: QuerySet[Any]) -> tuple[int, ...] | None:
    """The ids of these rows, or None if they are too many."""
    found = tuple(rows.order_by().values_list("pk", flat=True)[: LISTED + 1])
    return found if len(found) <= LISTED else None


def _releases(filters: Filters) -> QuerySet[Release, Any]:
    rows = Release.objects.order_by()
    if filters.competition:
        rows = rows.filter(competition__code=filters.competition)
    if filters.tier:
        rows = rows.filter(competition__tier=filters.tier)
    return rows.values("pk")
