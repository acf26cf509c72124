"""The periodic reports of a bureau and what it certified of employers' staff."""

from typing import Any

from django.db.models import QuerySet

from awards.access.scope import bureau_of, found
from awards.models import PeriodicReport, StaffCertificate


def reports_for(user: Any) -> QuerySet[PeriodicReport]:
    """Return the reports of the user's bureau, newest period first."""
    rows = PeriodicReport.objects.filter(bureau=bureau_of(user))
    return rows.select_related("made_by").order_by("-ends_on", "starts_on", "pk")


def report_for(user: Any, pk: int) -> PeriodicReport:
    """Return a report of the user's bureau."""
    return found(reports_for(user).filter(pk=pk).first())


def staff_certificates_for(user: Any) -> QuerySet[StaffCertificate]:
    """Return the staff certificates of the user's bureau, newest first."""
    rows = StaffCertificate.objects.filter(bureau=bureau_of(user))
    return rows.select_related("employer").order_by("-pk")
