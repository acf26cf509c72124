"""The lines of the work list: their order, their groups, and what each one says."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from awards import wording
from awards.enums import DecisionState, OutcomeKind
from awards.models import Decision, Entitlement
from awards.spoken import spoken
from awards.targets import target_order
from awards.worklist.counts import Counts
from awards.worklist.filters import state_label
from awards.worklist.narrowing import narrowed, of_kind
from competitions.models import Skill
from people.models import IntegrityRecord

BY_NAME = Coalesce("person__sort_key", "unit__sort_key")
# As a subquery, so that no database begins with the few skills and walks all lines.
SKILL_NUMBER = Subquery(Skill.objects.filter(pk=OuterRef("skill")).values("number"))
RELATIONS = ("person__organization", "unit", "skill")
HEAVY = ("conditions", "reasons", "quote")


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


def ordered(
    rows: QuerySet[Decision], counts: Counts, today: date
) -> QuerySet[Decision]:
    """Return the decisions of the list, to be put in the order of a column."""
    filters = counts.filters
    rows = narrowed(rows, filters, today, with_stray=counts.has_stray)
    return of_kind(rows, filters).order_by("pk")


def in_groups(
    rows: QuerySet[Decision], counts: Counts, start: int, most: int
) -> list[int]:
    """Return the ids of a page in the order of groups, skills and names.

    Only the groups that the page touches are sorted: how many lines each has is counted
    already.
    """
    touched, before = [], 0
    for value in sorted(counts.values, key=target_order):
        count = counts.values[value]
        if before + count > start and before < start + most:
            touched.append((value, before))
        before += count
    if not touched:
        return []
    first = touched[0][1]
    order = [When(value=value, then=Value(n)) for n, (value, _n) in enumerate(touched)]
    group = Case(*order, default=Value(0), output_field=IntegerField())
    rows = rows.filter(value__in=[value for value, _before in touched])
    rows = rows.order_by(group, "kind", SKILL_NUMBER, BY_NAME, "pk")
    found = rows.values_list("pk", flat=True)
    return list(found[start - first : start - first + most])


def loaded(ids: Sequence[int]) -> list[Decision]:
    """Return the decisions of these ids in their order, with what a line shows."""
    rows = Decision.objects.filter(pk__in=ids).select_related(*RELATIONS).defer(*HEAVY)
    found = rows.prefetch_related("entitlements").in_bulk()
    return [found[pk] for pk in ids if pk in found]


def group_notes(
    rows: QuerySet[Decision], counts: Counts, values: Collection[str]
) -> dict[str, str]:
    """Return for the groups of these values how many people they have, and how late."""
    found = rows.filter(value__in=values).order_by().values("kind", "value")
    found = found.annotate(
        people=Count("person", distinct=True), units=Count("unit", distinct=True)
    )
    notes = {}
    for kind, value, people, units in found.values_list(
        "kind", "value", "people", "units"
    ):
        text = _("%(n)d 人") % {"n": people} if people or not units else ""
        text += _(" %(n)d 个单位") % {"n": units} if units else ""
        late = counts.late[kind, value]
        text += _("，逾期 %(n)d 项") % {"n": late} if late else ""
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
