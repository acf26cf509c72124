"""The lines of the work list: their order, their groups, and what each one says."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from awards import wording
from awards.enums import DecisionState, OutcomeKind
from awards.models import Decision, Entitlement
from awards.spoken import spoken
from awards.targets import GRADE_ORDER
from awards.worklist.filters import LATE, Filters, state_label
from awards.worklist.narrowing import due, narrowed, of_kind
from people.models import IntegrityRecord

BY_NAME = Coalesce("person__sort_key", "unit__sort_key")
SUBJECT = Coalesce("person_id", -F("unit_id"))
RELATIONS = ("person__organization", "unit", "skill__competition", "release")
HEAVY = (
    "conditions",
    "reasons",
    "quote",
    "release__text",
    "release__source",
    "skill__competition__tier_role",
    "skill__competition__entry_conditions",
)


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
    is_changed: bool = False


def listed(
    rows: QuerySet[Decision], filters: Filters, today: date
) -> QuerySet[Decision]:
    """Return the decisions of the list, in the order of groups, skills and names."""
    rows = of_kind(narrowed(rows, filters, today), filters)
    grades = [When(value=label, then=Value(n)) for n, label in enumerate(GRADE_ORDER)]
    rows = rows.annotate(
        group_order=Case(*grades, default=Value(99), output_field=IntegerField())
    )
    return (
        rows.select_related(*RELATIONS)
        .defer(*HEAVY)
        .prefetch_related("entitlements")
        .order_by("group_order", "value", "skill__number", BY_NAME, "pk")
    )


def group_notes(
    rows: QuerySet[Decision], filters: Filters, values: Collection[str], today: date
) -> dict[str, str]:
    """Return for the groups of these values how many people they have, and how late."""
    rows = of_kind(narrowed(rows, filters, today), filters).filter(value__in=values)
    found = rows.values_list("kind", "value").annotate(
        people=Count("person", distinct=True),
        units=Count("unit", distinct=True),
        late=Count(SUBJECT, distinct=True, filter=due(LATE, today)),
    )
    notes = {}
    for kind, value, people, units, late in found.order_by():
        text = _("%(n)d 人") % {"n": people} if people or not units else ""
        text += _(" %(n)d 个单位") % {"n": units} if units else ""
        late_text = _("，逾期 %(n)d 人") if not units else _("，逾期 %(n)d 个")
        text += late_text % {"n": late} if late else ""
        notes[group_label(kind, value)] = text
    return notes


def barred(lines: Iterable[WorkRow], today: date) -> set[int]:
    """Return the people of these lines with an integrity record in force; one query."""
    people = {line.decision.person_id for line in lines} - {None}
    rows = IntegrityRecord.objects.filter(person__in=people, starts_on__lte=today)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    return {pk for pk in rows.values_list("person_id", flat=True) if pk is not None}


def group_label(kind: str, value: str) -> str:
    """Return the heading of a group: the target grade, the title, the kind."""
    if kind == OutcomeKind.GRADE and wording.is_grade(value):
        return _("晋升%(value)s") % {"value": spoken(value)}
    return spoken(value) or str(OutcomeKind(kind).label)


def row_of(decision: Decision, today: date) -> WorkRow:
    """Return a decision as a line of the list; relations must have been loaded.

    What an authority was asked for is shown as it was asked, although its basis has
    changed since.
    """
    entitlement = wording.latest_of(decision)
    person, unit = decision.person, ""
    if person is not None and person.organization is not None:
        unit = person.organization.name
    is_changed = entitlement is not None and entitlement.basis_changed
    value = entitlement.value if entitlement and is_changed else decision.value
    step = _step(decision, entitlement)
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
        after=spoken(value),
        is_promotion=is_grade and wording.is_grade(value),
        missing=wording.short_labels_of(decision.missing),
        step=step,
        ticks=wording.ticks_of(entitlement),
        tick_label=label,
        due=wording.due_of(entitlement, today),
        group=group_label(decision.kind, decision.value),
        is_changed=is_changed,
    )


def _step(decision: Decision, entitlement: Entitlement | None) -> str:
    if entitlement is not None and entitlement.basis_changed:
        return state_label(entitlement.state)
    return wording.state_word(decision, entitlement)


def promising(row: Decision) -> tuple[int, str, int]:
    """Sort key that puts what a person is entitled to before what was refused."""
    order = [state.value for state in DecisionState]
    return (order.index(row.state), row.kind, row.pk)
