"""Answers that came back and lists compared, on behalf of a user of their bureau."""

from typing import Any

from django.db.models import QuerySet

from awards.access.exports import exports_for
from awards.access.scope import bureau_of, entitlements_for, found
from awards.models import AnswerFile, Comparison, Entitlement, ExportBatch


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
