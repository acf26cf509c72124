"""Files a bureau makes and takes away, and the log of it, on behalf of a user."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from awards.access.scope import HEAVY, bureau_of, found
from awards.models import ExportBatch, ExportLink, ExportTaking


def exports_for(user: Any) -> QuerySet[ExportBatch]:
    """Return the files the user's bureau has asked for, newest first."""
    rows = ExportBatch.objects.filter(bureau=bureau_of(user))
    rows = rows.select_related("asked_by", "decided_by", "job", "release")
    return rows.defer(*(f"release__{name}" for name in HEAVY)).order_by(
        "-asked_at", "-pk"
    )


def export_for(user: Any, pk: int) -> ExportBatch:
    """Return one of those files."""
    return found(exports_for(user).filter(pk=pk).first())


def export_link_for(user: Any, token: str) -> ExportLink:
    """Return the link that ``token`` names, if it was issued to this very account."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    rows = ExportLink.objects.filter(
        batch__bureau=bureau_of(user), issued_to=user, digest=digest
    )
    return found(rows.select_related("batch__bureau").first())


def takings_for(user: Any) -> QuerySet[ExportTaking]:
    """Return the download log of the user's bureau, newest first."""
    rows = ExportTaking.objects.filter(batch__bureau=bureau_of(user))
    return rows.select_related("batch", "by").order_by("-at", "-pk")
