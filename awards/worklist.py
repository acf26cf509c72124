"""The bureau's work list: filters from the address, facets, groups, rows.

Reads only, and only inside the decisions it is given (access.py scopes them).  The
number of queries does not depend on the number of rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from awards import wording
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.exports import GRADE_ORDER
from awards.models import Decision, Entitlement
from awards.spoken import spoken
from people.core import regions
from people.models import Person
from people.queries import persons_matching

OPEN_STATES = (DecisionState.ENTITLED, DecisionState.OPEN)
STATES = (
    DecisionState.OPEN,
    *wording.TRACK,
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
PREVIEWS = "preview"
OVERDUE = "overdue"
ALL = "all"
BY_NAME = Coalesce("person__sort_key", "unit__sort_key")
SUBJECT = Coalesce("person_id", -F("unit_id"))
CLOSED = (
    EntitlementState.DELIVERED,
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty means everything."""

    kind: str = ""
    competition: str = ""
    release: str = ""
    state: str = ""
    region: str = ""
    q: str = ""

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Filters":
        """Return the filters of a query string; unknown values are dropped."""
        kind = values.get("kind", "")
        return cls(
            kind=kind if kind == ALL or kind in OutcomeKind.values else "",
            competition=values.get("competition", "")[:60],
            release=values.get("release", "")[:24],
            state=values.get("state", "")[:20],
            region=values.get("region", "")[:6],
            q=values.get("q", "").strip()[:60],
        )

    def but(self, **changes: str) -> str:
        """Return the query string of these filters with some of them changed."""
        changed = replace(self, **changes)
        names = self.__dataclass_fields__
        kept = {name: getattr(changed, name) for name in names}
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    @property
    def kept(self) -> dict[str, str]:
        """The filters that a new search keeps."""
        names = set(self.__dataclass_fields__) - {"q"}
        return {
            name: getattr(self, name) for name in sorted(names) if getattr(self, name)
        }

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in force, each with the address that takes it off."""
        labels = {
            "competition": self.competition,
            "release": self.release,
            "state": state_label(self.state),
            "region": regions.name_of(self.region) or self.region,
            "q": self.q,
        }
        return [
            {"label": label, "query": self.but(**{name: ""})}
            for name, label in labels.items()
            if label
        ]


def state_label(state: str) -> str:
    """Return the word of a state filter."""
    if state == OVERDUE:
        return _("逾期")
    if state in DecisionState.values:
        return str(DecisionState(state).label)
    known = state in EntitlementState.values
    return str(EntitlementState(state).label) if known else ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter with how many rows it has."""

    label: str
    count: int
    query: str
    current: bool
    value: str = ""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of the list as it is shown."""

    decision: Decision
    entitlement: Entitlement | None
    unit: str
    tail: str
    result: str
    before: str
    after: str
    is_promotion: bool
    missing: list[str]
    step: str
    ticks: list[str]
    tick_label: str
    due: wording.Due
    group: str


def listed(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> QuerySet[Decision]:
    """Return the decisions of the list, in the order of groups, skills and names."""
    rows = narrowed(rows, filters, today)
    rows = _of_kind(rows, filters)
    grades = [When(value=label, then=Value(n)) for n, label in enumerate(GRADE_ORDER)]
    rows = rows.annotate(
        group_order=Case(*grades, default=Value(99), output_field=IntegerField())
    )
    return (
        rows.select_related(
            "person__organization", "unit", "skill__competition", "release"
        )
        .defer("release__text", "release__source", "skill__competition__tier_role")
        .prefetch_related("entitlements")
        .order_by("group_order", "value", "skill__number", BY_NAME, "pk")
    )


def rows_of_person(rows: QuerySet[Decision], person: Person) -> list[Decision]:
    """Return the decisions about a person worth showing, most promising first."""
    order = {state.value: place for place, state in enumerate(DecisionState)}
    found = (
        rows.filter(person=person)
        .select_related("person__organization", "skill", "release")
        .defer("release__text", "release__source")
        .prefetch_related("entitlements")
    )
    return sorted(found, key=lambda row: (order[row.state], row.kind, row.pk))


def narrowed(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> QuerySet[Decision]:
    """Return the rows that every filter but the kind lets through."""
    rows = _by_state(rows, filters.state, today)
    if filters.competition:
        rows = rows.filter(release__competition__code=filters.competition)
    if filters.release:
        rows = rows.filter(release__number=filters.release)
    if filters.region:
        rows = rows.filter(region__startswith=regions.prefix_of(filters.region))
    return rows.filter(_matching(filters.q)) if filters.q else rows


def _of_kind(rows: QuerySet[Decision], filters: Filters) -> QuerySet[Decision]:
    one = filters.kind in OutcomeKind.values
    return rows.filter(kind=filters.kind) if one else rows


def _matching(text: str) -> Q:
    """Name, pinyin or whole document number of the person, unit, or skill."""
    return (
        Q(person__in=persons_matching(text).order_by().values("pk"))
        | Q(person__organization__name__icontains=text)
        | Q(unit__name__icontains=text)
        | Q(skill__name__icontains=text)
    )


def _by_state(rows: QuerySet[Decision], state: str, today: date) -> QuerySet[Decision]:
    if state == PREVIEWS:
        return rows.filter(state=DecisionState.PREVIEW)
    rows = rows.filter(state__in=OPEN_STATES)
    if state == DecisionState.OPEN:
        return rows.filter(state=DecisionState.OPEN)
    if state == OVERDUE:
        return rows.filter(_overdue(today))
    if state:
        entitled = rows.filter(state=DecisionState.ENTITLED)
        return entitled.filter(entitlements__state=state)
    return rows


def _overdue(today: date) -> Q:
    return Q(
        entitlements__due_on__lt=today,
        entitlements__state__in=wording.STEPS[:-1],
        state=DecisionState.ENTITLED,
    )


def kind_facets(rows: QuerySet[Decision], filters: Filters, today: date) -> list[Facet]:
    """Return the kinds of entitlement there are, in their fixed order."""
    counts = _counts(narrowed(rows, filters, today), "kind")
    if filters.kind in OutcomeKind.values:
        counts.setdefault(filters.kind, 0)
    return [
        Facet(
            str(label), counts[kind], filters.but(kind=kind), filters.kind == kind, kind
        )
        for kind, label in OutcomeKind.choices
        if kind in counts
    ]


def competition_facets(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> list[Facet]:
    """Return the competitions with rows of the chosen kind, most rows first."""
    rows = narrowed(rows, replace(filters, competition=""), today)
    rows = _of_kind(rows, filters)
    found = rows.values_list(
        "release__competition__code", "release__competition__name"
    ).annotate(n=Count("pk", distinct=True))
    return [
        Facet(
            name,
            count,
            filters.but(competition="" if code == filters.competition else code),
            code == filters.competition,
        )
        for code, name, count in found.order_by("-n", "release__competition__code")
    ]


def state_facets(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> list[Facet]:
    """Return the states that rows of the chosen kind are in, in their order."""
    rows = narrowed(rows, replace(filters, state=""), today)
    rows = _of_kind(rows, filters)
    entitled = rows.filter(state=DecisionState.ENTITLED)
    counts = _counts(entitled, "entitlements__state")
    counts[DecisionState.OPEN] = rows.filter(state=DecisionState.OPEN).count()
    return [
        Facet(
            str(state.label),
            counts[state],
            filters.but(state="" if state == filters.state else state.value),
            state == filters.state,
        )
        for state in STATES
        if counts.get(state)
    ]


def region_facets(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> list[Facet]:
    """Return the regions of the people, by code."""
    rows = narrowed(rows, replace(filters, region=""), today)
    rows = _of_kind(rows, filters)
    counts = _counts(rows, "region")
    return [
        Facet(
            regions.name_of(region) or region,
            counts[region],
            filters.but(region="" if region == filters.region else region),
            region == filters.region,
        )
        for region in sorted(filter(None, counts))
    ]


def group_notes(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> dict[str, str]:
    """Return for each group of the list how many people it has and how many are late."""
    rows = narrowed(rows, filters, today)
    rows = _of_kind(rows, filters)
    found = rows.values_list("kind", "value").annotate(
        people=Count("person", distinct=True),
        units=Count("unit", distinct=True),
        late=Count(SUBJECT, distinct=True, filter=_overdue(today)),
    )
    notes = {}
    for kind, value, people, units, late in found.order_by():
        text = _("%(n)d 人") % {"n": people} if people or not units else ""
        text += _(" %(n)d 个单位") % {"n": units} if units else ""
        late_text = _("，逾期 %(n)d 人") if not units else _("，逾期 %(n)d 个")
        text += late_text % {"n": late} if late else ""
        notes[group_label(kind, value)] = text
    return notes


def figures(rows: QuerySet[Decision], filters: Filters, today: date) -> list[object]:
    """Return the few figures above the list, each with its filter."""
    rows = _of_kind(rows, filters)
    waiting = Q(state=DecisionState.ENTITLED) & ~Q(entitlements__state__in=CLOSED)
    counts = rows.aggregate(
        waiting=Count(
            "pk", distinct=True, filter=waiting | Q(state=DecisionState.OPEN)
        ),
        open=Count("pk", distinct=True, filter=Q(state=DecisionState.OPEN)),
        late=Count("pk", distinct=True, filter=_overdue(today)),
        filed=Count("pk", distinct=True, filter=_in(EntitlementState.FILED)),
        granted=Count("pk", distinct=True, filter=_in(EntitlementState.GRANTED)),
        preview=Count("pk", distinct=True, filter=Q(state=DecisionState.PREVIEW)),
    )
    cleared = Filters(kind=filters.kind)
    shown = (
        (_("待办"), "waiting", ""),
        (_("待补事实"), "open", DecisionState.OPEN.value),
        (_("逾期"), "late", OVERDUE),
        (_("已上报"), "filed", EntitlementState.FILED.value),
        (_("已核准"), "granted", EntitlementState.GRANTED.value),
        (_("草案预览"), "preview", PREVIEWS),
    )
    return [
        {
            "label": label,
            "value": counts[key],
            "url": cleared.but(state=state),
            "tone": "danger" if key == "late" and counts[key] else "",
        }
        for label, key, state in shown
    ]


def _in(state: EntitlementState) -> Q:
    return Q(state=DecisionState.ENTITLED, entitlements__state=state)


def _counts(rows: QuerySet[Decision], field: str) -> dict[str, int]:
    found = rows.order_by().values_list(field).annotate(n=Count("pk", distinct=True))
    return {value: count for value, count in found if value is not None}


def group_label(kind: str, value: str) -> str:
    """Return the heading of a group: the target grade, the title, the kind."""
    if kind == OutcomeKind.GRADE and wording.is_grade(value):
        return _("晋升%(value)s") % {"value": spoken(value)}
    return spoken(value) or str(OutcomeKind(kind).label)


def row_of(decision: Decision, today: date) -> WorkRow:
    """Return a decision as a line of the list; relations must have been loaded."""
    entitlement = next(iter(decision.entitlements.all()), None)
    person, unit = decision.person, ""
    if person is not None and person.organization is not None:
        unit = person.organization.name
    step = wording.state_word(decision, entitlement)
    done = wording.step_of(entitlement)
    label = _("%(step)s，第 %(n)d 步，共 %(all)d 步") % {
        "step": step,
        "n": done,
        "all": len(wording.STEPS),
    }
    is_grade = decision.kind == OutcomeKind.GRADE
    return WorkRow(
        decision=decision,
        entitlement=entitlement,
        unit=unit,
        tail=person.identity_number[-4:] if person is not None else "",
        result=spoken(decision.detail.get("result") or ""),
        before=spoken(decision.detail.get("from") or "") if is_grade else "",
        after=spoken(decision.value),
        is_promotion=is_grade and wording.is_grade(decision.value),
        missing=wording.short_labels_of(decision.missing),
        step=step,
        ticks=wording.ticks_of(entitlement),
        tick_label=label,
        due=wording.due_of(entitlement, today),
        group=group_label(decision.kind, decision.value),
    )
