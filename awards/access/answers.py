"""Answers that came back and lists compared, on behalf of a user of their bureau."""

from typing import Any

from django.db.models import QuerySet

from awards.access.exports import exports_for
from awards.access.people import people_for
from awards.access.scope import bureau_of, decisions_for, entitlements_for, found
from awards.enums import ComparedPeople, DecisionState, EntitlementState
from awards.models import AnswerFile, Comparison, Entitlement, ExportBatch
from people.models import Person

BEFORE_ANSWER = (
    EntitlementState.PROPOSED,
    EntitlementState.MATERIAL_COMPLETE,
    EntitlementState.PUBLICITY,
    EntitlementState.FILED,
)


def export_numbered(user: Any, number: str) -> ExportBatch | None:
    """Return the file of the user's bureau with that number; None for another's."""
    return exports_for(user).filter(number=number).first() if number else None


def exported_for(user: Any, batch: ExportBatch) -> QuerySet[Entitlement]:
    """Return the entitlements of the user's bureau that stand in an export."""
    rows = entitlements_for(user).filter(exported_rows__batch=batch)
    return rows.select_related("person", "unit")


def answer_files_for(user: Any) -> QuerySet[AnswerFile]:
    """Return the answered workbooks the user's bureau has taken in, newest first."""
    rows = AnswerFile.objects.filter(bureau=bureau_of(user))
    return rows.select_related("export", "taken_by").order_by("-taken_at", "-pk")


def answer_file_for(user: Any, pk: int) -> AnswerFile:
    """Return one of those workbooks."""
    return found(answer_files_for(user).filter(pk=pk).first())


def comparisons_for(user: Any) -> QuerySet[Comparison]:
    """Return the comparisons of the user's bureau, newest first, without their rows."""
    rows = Comparison.objects.filter(bureau=bureau_of(user)).defer("rows")
    return rows.select_related("made_by").order_by("-made_at", "-pk")


def comparison_for(user: Any, pk: int) -> Comparison:
    """Return one of those comparisons with its rows."""
    return found(comparisons_for(user).defer(None).filter(pk=pk).first())


def compared_people_for(user: Any, whom: str) -> QuerySet[Person]:
    """Return the people of the user's bureau whose absence from a list is said."""
    rows = people_for(user).order_by("sort_key", "pk")
    if whom == ComparedPeople.OPEN:
        open_ones = entitlements_for(user).filter(state__in=BEFORE_ANSWER)
        return rows.filter(pk__in=open_ones.order_by().values("person"))
    if whom == ComparedPeople.WAITING:
        waiting = decisions_for(user).filter(state=DecisionState.OPEN)
        return rows.filter(pk__in=waiting.order_by().values("person"))
    return rows
