"""What can be chosen beside the list, with how many lines each choice has.

The number of queries does not depend on the number of rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext as _

from awards import wording
from awards.enums import DecisionState, EntitlementState, OutcomeKind
from awards.models import Decision
from awards.spoken import spoken
from awards.targets import target_order
from awards.worklist.counts import COUNTED, Cell, Counts
from awards.worklist.filters import (
    CHANGED,
    LATE,
    OVERDUE_LABELS,
    PREVIEWS,
    SOON,
    Filters,
    state_label,
)
from awards.worklist.narrowing import (
    CLOSED,
    narrowed,
    of_kind,
)
from competitions.enums import Tier
from people.core import regions
from people.models import Organization, Person

STATES = (
    DecisionState.OPEN,
    *wording.TRACK,
    EntitlementState.REFUSED,
    EntitlementState.REVOKED,
    EntitlementState.SUPERSEDED,
)
SHOWN_UNITS = 12
COUNTED_BY_UNIT = 2000  # lines; above that the units would cost more than the list
# As a subquery, so that no database begins with the people and walks all lines.
EMPLOYER = Subquery(Person.objects.filter(pk=OuterRef("person")).values("organization"))


@dataclass(frozen=True, slots=True)
class Facet:
    """One choice of a filter with how many rows it has."""

    label: str
    count: int
    query: str
    current: bool
    value: str = ""


def kind_facets(counts: Counts) -> list[Facet]:
    """Return the kinds of entitlement there are, in their fixed order."""
    filters, found = counts.filters, counts.by["kind"]
    return [
        Facet(
            str(label),
            found[kind],
            filters.but(kind=kind, value=""),
            filters.kind == kind,
            kind,
        )
        for kind, label in OutcomeKind.choices
        if kind in found or kind == filters.kind
    ]


def frame_facets(counts: Counts) -> list[tuple[str, list[Facet]]]:
    """Return the groups of choices that stand beside the list, with their titles."""
    names = {event.code: event.name for event in counts.events.values()}
    tiers = [tier.value for tier in Tier]
    values = counts.by["value"] if counts.filters.is_one_kind else {}
    found = counts.by["competition"]
    codes = sorted(found, key=lambda code: (-found[code], code))
    return [
        (_("目标"), _facets(counts, "value", sorted(values, key=target_order), spoken)),
        (_("竞赛"), _facets(counts, "competition", codes, names.get)),
        (_("赛事层级"), _facets(counts, "tier", tiers, lambda t: str(Tier(t).label))),
        (_("状态"), _facets(counts, "state", (*STATES, CHANGED), state_label)),
        (
            _("期限"),
            _facets(counts, "overdue", (LATE, SOON), lambda d: OVERDUE_LABELS[d]()),
        ),
        (
            _("人员地区"),
            _facets(
                counts,
                "region",
                sorted(counts.by["region"]),
                lambda code: regions.name_of(code) or code,
            ),
        ),
    ]


def _facets(
    counts: Counts,
    name: str,
    values: Iterable[str],
    label: Callable[[str], str | None],
) -> list[Facet]:
    now = getattr(counts.filters, name)
    return [
        Facet(
            label(value) or value,
            counts.by[name][value],
            counts.filters.but(**{name: "" if value == now else str(value)}),
            value == now,
            str(value),
        )
        for value in values
        if value and (counts.by[name][value] or value == now)
    ]


def missing_facets(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> list[Facet]:
    """Return the facts that open lines wait for, the most wanted first; one query."""
    cleared = replace(filters, missing="", state=DecisionState.OPEN, overdue="")
    rows = of_kind(narrowed(rows, cleared, today), filters).order_by()
    found: Counter[str] = Counter()
    for missing, count in rows.values_list("missing").annotate(n=Count("pk")):
        found.update(dict.fromkeys(missing, count))
    codes = sorted(found, key=lambda code: (-found[code], code))
    labels = dict(zip(codes, wording.labels_of(codes), strict=True))
    return [
        Facet(
            labels[code],
            found[code],
            filters.but(missing="" if code == filters.missing else code),
            code == filters.missing,
            code,
        )
        for code in codes
    ]


def unit_facets(
    rows: QuerySet[Decision], filters: Filters, counts: Counts, today: date
) -> list[Facet]:
    """Return the units with the most lines; the others are found by searching.

    Long lists are first to be narrowed by other filters: units are counted last.
    """
    if counts.total > COUNTED_BY_UNIT and not filters.unit:
        return []
    cleared = replace(filters, unit="")
    rows = narrowed(rows, cleared, today, with_stray=counts.has_stray)
    rows = of_kind(rows, filters).annotate(employer=EMPLOYER)
    found = rows.filter(employer__isnull=False).order_by().values_list("employer")
    found = found.annotate(n=Count("pk")).order_by("-n", "employer")
    counted: dict[int, int] = dict(found[:SHOWN_UNITS].values_list("employer", "n"))
    names = dict(Organization.objects.filter(pk__in=counted).values_list("pk", "name"))
    return [
        Facet(
            names[pk],
            count,
            filters.but(unit="" if str(pk) == filters.unit else str(pk)),
            str(pk) == filters.unit,
            str(pk),
        )
        for pk, count in counted.items()
    ]


def names_of(
    rows: QuerySet[Decision], filters: Filters, counts: Counts
) -> dict[str, str]:
    """Return what the ids and codes of the filters in force are called.

    What does not stand in ``rows``, the bureau's own, has no name here.
    """
    codes = {event.code: event.name for event in counts.events.values()}
    names = {"competition": codes.get(filters.competition, "")}
    own = rows.order_by()
    if filters.unit:
        of_staff = own.filter(person__organization=int(filters.unit))
        found = of_staff.values_list("person__organization__name", flat=True).first()
        units = own.filter(unit=int(filters.unit)).values_list("unit__name", flat=True)
        names["unit"] = found or units.first() or ""
    if filters.person:
        people = own.filter(person=int(filters.person))
        found = people.values_list("person__name", flat=True).first()
        names["person"] = found or ""
    return names


def figures(counts: Counts) -> list[object]:
    """Return the few figures above the list, each with its filter."""
    kind = counts.filters.kind if counts.filters.is_one_kind else ""
    found: Counter[str] = Counter()
    for cell in counts.cells:
        if not kind or cell.kind == kind:
            for key in _figure_keys(cell):
                found[key] += cell.count
    nothing: dict[str, Any] = dict.fromkeys(COUNTED, "")
    cleared = replace(counts.filters, **nothing)
    cleared = replace(cleared, kind=counts.filters.kind)
    shown: tuple[tuple[str, str, dict[str, str]], ...] = (
        (_("待办"), "waiting", {}),
        (_("待补事实"), "open", {"state": DecisionState.OPEN.value}),
        (_("逾期"), "late", {"overdue": LATE}),
        (_("一周内到期"), "soon", {"overdue": SOON}),
        (_("已上报"), "filed", {"state": EntitlementState.FILED.value}),
        (_("已核准"), "granted", {"state": EntitlementState.GRANTED.value}),
        (_("依据已变化"), "changed", {"state": CHANGED}),
        (_("草案预览"), "preview", {"state": PREVIEWS}),
    )
    return [
        {
            "label": label,
            "value": found[key],
            "url": cleared.but(**query),
            "tone": "danger" if key in ("late", "changed") and found[key] else "",
        }
        for label, key, query in shown
    ]


def _figure_keys(cell: Cell) -> Iterable[str]:
    if not cell.waits:
        yield "preview"
        return
    if cell.decided == DecisionState.OPEN:
        yield "open"
    if cell.decided == DecisionState.OPEN or (cell.state and cell.state not in CLOSED):
        yield "waiting"
    if cell.due:
        yield "late" if cell.due == LATE else "soon"
    if cell.state in (EntitlementState.FILED, EntitlementState.GRANTED):
        yield cell.state
    if cell.is_changed:
        yield "changed"
